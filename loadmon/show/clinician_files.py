"""What a clinician takes along of a plan: its stages and other days on the page, and the whole sheet as files to file and sign."""

from __future__ import annotations

from functools import partial

import streamlit as st

from loadmon.planning.other_days import RULE, other_days
from loadmon.planning.projected_ratio import projected_ratio
from loadmon.planning.recorded_before import recorded_before
from loadmon.planning.return_rules import Profile
from loadmon.report.clinician_page import clinician_page
from loadmon.report.clinician_sheet import Section, clinician_sheet, sheet_csv, sheet_text
from loadmon.report.paper import PAPERS
from loadmon.report.return_stages import plan_stage_rows, stage_rows
from loadmon.show import state
from loadmon.show.plain import plain
from loadmon.show.return_page import both
from loadmon.show.return_view import ReturnView
from loadmon.show.words import day_of_year

WEEKS_OF_OTHER_DAYS = 4


def stages_before(profile: Profile) -> None:
    """The stages that a plan of this tissue would go through, before it is made."""
    with st.expander("The stages of this ladder"):
        st.table(stage_rows(profile), border="horizontal", hide_index=True)


def beside_the_runs(view: ReturnView) -> None:
    """The stages with the day on which the plan comes to each, and strength and cross-training of the next weeks."""
    told, _ = both(view)
    with st.expander("The stages of this plan"):
        st.table(plan_stage_rows(told.plan), border="horizontal", hide_index=True)
    days = other_days(told.plan)
    if not days:
        return
    with st.expander("Strength and cross-training days"):
        st.caption(plain(f"{RULE} (loadmon convention)"))
        lines = [
            f"- {day_of_year(one.day)}: {one.what}{', after the run' if one.after_run else ''}"
            for one in days
            if (one.day - told.plan.today).days < 7 * WEEKS_OF_OTHER_DAYS
        ]
        st.markdown("\n".join(lines) if lines else f"From {day_of_year(days[0].day)} on; all of them are in the sheet.")


def sheet_files(view: ReturnView) -> None:
    """The clinician's sheet to print, as a table and as plain text: all of the plan that the page shows."""
    told, stored = both(view)
    with st.container(horizontal=True):
        for paper in PAPERS:
            page = partial(
                clinician_page, told.plan, view.athlete.name, state.units(), made=state.now(), paper=paper,
                decisions=stored.decisions.values(), ratios=projected_ratio(view.runs, told.plan),
                recorded=recorded_before(view.runs, told.plan),
            )  # fmt: skip
            name = f"clinicians-sheet-{stored.id}-{paper.lower()}.pdf"
            st.download_button(f"Clinician's sheet (PDF, {paper})", page, name, "application/pdf")
        for label, as_bytes, end, kind in (
            ("Clinician's sheet (CSV)", sheet_csv, "csv", "text/csv"),
            ("Clinician's sheet (text)", sheet_text, "txt", "text/plain"),
        ):
            made = partial(lambda as_bytes: as_bytes(sheet_of(view)), as_bytes)
            st.download_button(label, made, f"clinicians-sheet-{stored.id}.{end}", kind)


def sheet_of(view: ReturnView) -> tuple[Section, ...]:
    """The sheet of the plan that a view has."""
    told, _ = both(view)
    return clinician_sheet(
        told.plan,
        view.athlete.name,
        state.units(),
        made=state.now(),
        ratios=projected_ratio(view.runs, told.plan),
        recorded=recorded_before(view.runs, told.plan),
        reads_notes=state.viewer().reads_notes,
    )
