"""The page of a return to running as its runner reads it: what is next, why not more, what was run, what to take along."""

from __future__ import annotations

from functools import partial

import streamlit as st

from loadmon.paths import page_file
from loadmon.planning.closed_loop import Followed
from loadmon.planning.decision import proposal
from loadmon.planning.projected_ratio import projected_ratio
from loadmon.planning.recorded_before import recorded_before
from loadmon.planning.return_rules import default_return_rules
from loadmon.report.cadence_workout import cadence_range_spm
from loadmon.report.paper import PAPERS
from loadmon.report.planned_workout import intervals_text, zipped_workouts
from loadmon.report.return_calendar import return_calendar
from loadmon.report.return_page import return_page
from loadmon.report.return_table import run_table
from loadmon.show import clinic_state, parts, state, undo
from loadmon.show import return_rows as rows
from loadmon.show import return_words as words
from loadmon.show.charts.specification import drawn
from loadmon.show.charts.way_back import corridor_panel, pain_panel
from loadmon.show.plain import plain
from loadmon.show.return_level import goal_words
from loadmon.show.return_view import ReturnView
from loadmon.show.words import day_of_year
from loadmon.spreadsheet import csv_of
from loadmon.store.plans import StoredPlan

PART = "return"
FOR_CLINICIAN = "for-the-clinician"
"""The anchor of the clinician's part of the page."""


def what_was_done_last(view: ReturnView) -> None:
    """What was done last on this page, with a way to take it back."""
    undo.offer(view.athlete.id, PART)


def next_run(view: ReturnView) -> None:
    """What the runner does next and why not more, what is still to be told, and whether something waits for a clinician."""
    told, _ = both(view)
    plan = told.plan
    held = words.held_words(plan)
    if held is not None:
        st.error(f"**{plain(held[0])}** {plain(held[1])}")
    offer = proposal(plan)
    if offer is not None:
        st.info(f"**Waits for a clinician:** {plain(offer.words)} [Decide](#{FOR_CLINICIAN})")
    if told.asks:
        days = "; ".join(f"{day_of_year(ask.day)} ({', '.join(ask.missing)})" for ask in told.asks)
        st.info(plain(f"Still to be told of pain: {days}. Until then the run cannot be green."))
        to_check_in(view.athlete.id, "Tell it in Check-in →")
    on_hold = rows.ran_on_hold(told)
    if on_hold:
        st.warning(plain(on_hold))
    more = rows.more_than_planned(told)
    if more:
        st.warning(plain(more))
    st.markdown(f"**{plain(words.stage_words(plan))}** {plain(words.latest_words(told))}")
    card = words.next_run_words(told, state.units())
    if card is not None:
        with st.container(border=True):
            st.subheader(plain(card.title))
            st.markdown(f"**{plain(card.what)}**")
            st.markdown(
                "\n".join(
                    f"- **{head}** {plain(said)}"
                    for head, said in (
                        ("How much:", card.how_much),
                        ("Why not more:", card.why_not_more),
                        ("It went well if:", card.it_counts),
                        ("What stops it:", words.stop_words()),
                        ("Then:", card.then),
                    )
                    if said
                )
            )
    with st.expander("What your pain decides, and every sign that stops the plan"):
        st.markdown("\n".join(f"- {plain(line)}" for line in words.pain_lines(plan)))


def charts(view: ReturnView) -> None:
    """Minutes planned and run in their corridor, and pain beneath, on one time axis; the table behind."""
    told, _ = both(view)
    domain = rows.span(told)
    said = rows.chart_words(told)
    st.caption(
        "Minutes of running. Bar: from nine tenths of the plan to the most that still is the planned run; line: the plan (grey on hold). "
        "What was run: ● green, ▲ amber, ■ red, ✚ stop, ○ grey not graded yet."
    )
    table = rows.corridor_rows(told)
    panel = corridor_panel(domain)
    st.vega_lite_chart(drawn(table, panel), panel, width="stretch", alt=said)
    felt = rows.pain_rows(view.entries, domain)
    stops = default_return_rules().value("stop_pain")
    st.caption(
        f"Pain, 0 to 10: ● during, ◆ the hour after, ▼ the morning after, ■ another time. Dashed: from {stops:g} on the plan stops."
    )
    if felt.empty:
        st.caption("No pain was told in this span: nothing told is not the same as none.")
    else:
        panel = pain_panel(domain, stops)
        st.vega_lite_chart(drawn(felt, panel), panel, width="stretch", alt=f"{len(felt)} pain entries. {said}")
    st.caption(plain(said))
    done = rows.done_rows(told)
    if not done.empty:
        parts.table_behind("Run by run", done, f"planned-and-done-{view.athlete.id}.csv", sentences=done)


def next_weeks(view: ReturnView) -> None:
    """The runs of the next weeks, and when the level before would be reached."""
    told, _ = both(view)
    following = rows.next_rows(told.plan, state.units())
    if told.plan.is_frozen:
        st.caption("Nothing to run while the plan is on hold; what is kept is drawn grey above.")
    elif following.empty:
        st.caption("No run in the next four weeks.")
    else:
        st.table(following, border="horizontal", hide_index=True)
        st.caption(plain(rows.next_note(told.plan)))
    st.markdown(plain(goal_words(told.plan, state.units())))


def downloads(view: ReturnView) -> None:
    """The runner's page, the calendar, the watch and intervals.icu: all of the same plan."""
    told, stored = both(view)
    plan, name, units, now = told.plan, view.athlete.name, state.units(), state.now()
    agreed = clinic_state.agreed(view.athlete.id)
    cadence = None if agreed is None else cadence_range_spm(agreed.target_spm)
    with st.container(horizontal=True):
        for paper in PAPERS:
            st.download_button(
                f"Runner's page ({paper})",
                partial(return_page, plan, name, units, made=now, paper=paper),
                f"return-to-running-{view.athlete.id}-{paper.lower()}.pdf",
                "application/pdf",
            )
        st.download_button(
            "Calendar (ICS)",
            lambda: return_calendar(plan, stored.id, made=now),
            f"return-{stored.id}.ics",
            "text/calendar",
        )
        st.download_button(
            "Watch workouts (FIT, zipped)",
            lambda: zipped_workouts(plan, made=now, cadence_spm=cadence),
            f"return-{stored.id}-fit.zip",
            "application/zip",
        )
        st.download_button(
            "The plan (CSV)",
            lambda: csv_of(run_table(plan, units, projected_ratio(view.runs, plan), recorded_before(view.runs, plan))),
            f"return-plan-{stored.id}.csv",
            "text/csv",
        )
    if agreed is not None and cadence is not None:
        st.caption(
            f"The watch workouts keep to {cadence[0]}–{cadence[1]} steps a minute while running, as the assessment of "
            f"{day_of_year(agreed.day)} aims at, and speak up outside."
        )
    following = plan.next_run
    if following is not None:
        with st.expander("The next run as text for intervals.icu"):
            st.code(intervals_text(following), language=None)


def to_check_in(athlete_id: int, label: str) -> None:
    """The way to the page on which pain is told."""
    st.page_link(page_file("check_in.py"), label=label, query_params={parts.ATHLETE: str(athlete_id)})


def both(view: ReturnView) -> tuple[Followed, StoredPlan]:
    """The plan as it stands and as it is kept, of a view that has one."""
    assert view.followed is not None
    assert view.stored is not None
    return view.followed, view.stored
