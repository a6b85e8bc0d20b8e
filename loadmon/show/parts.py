"""Parts that several pages share: who is chosen, units, the sample banner, imports under way, tables behind charts."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from loadmon.athlete import Athlete
from loadmon.facts import FACTS_VERSION
from loadmon.intake.decision import ASSIGN
from loadmon.intake.jobs import LOOK, SAMPLE, share_of
from loadmon.intake.undo import UNDO
from loadmon.paths import page_file
from loadmon.show import state
from loadmon.show.palette import Badge
from loadmon.show.plain import plain
from loadmon.spreadsheet import csv_of
from loadmon.store import jobs, runs, sample
from loadmon.units import NOTHING, UnitSystem

ATHLETE = "athlete"
"""The query parameter that names a runner, so that a link leads to one runner's page."""

_LAST = "last-athlete"


def units_choice() -> None:
    """Kilometres or miles, remembered."""
    chosen = st.segmented_control(
        "Distances in",
        [system.value for system in UnitSystem],
        default=state.units().system.value,
        key=state.UNITS,
        on_change=_remember_units,
    )
    if chosen is None:
        st.session_state.pop(state.UNITS, None)


def _remember_units() -> None:
    if st.session_state.get(state.UNITS):
        state.remember(state.UNITS, st.session_state[state.UNITS])


def sample_banner() -> None:
    """Says on every page that these runners are invented, as long as any of them is."""
    runners = state.athletes()
    samples = sum(runner.is_sample for runner in runners)
    if samples:
        whose = "invented runners" if samples == len(runners) else f"{samples} of {len(runners)} runners are invented"
        with st.container(horizontal=True, vertical_alignment="center", key="sample-banner"):
            st.markdown(f":blue-background[**Sample data**: {whose}]", width="content")
            making = any(job.kind == SAMPLE for job in open_jobs())
            with st.popover("Remove", type="tertiary", disabled=making, help="Takes the sample squad out again"):
                st.markdown("The invented runners go, with all that was noted of them. They can be loaded again.")
                if st.button("Remove the sample squad", type="primary"):
                    sample.remove(state.store())
                    st.rerun()


def choose_athlete(otherwise: int | None = None) -> Athlete | None:
    """The runner this page is about: from the link, else ``otherwise``, else the one looked at last; None if nobody."""
    runners = {str(runner.id): runner for runner in state.athletes()}
    names = {number: named(runner) for number, runner in runners.items()}
    chosen = choose_linked("Runner", names, ATHLETE, otherwise=str(otherwise or looked_at()), alone=True)
    if chosen is None:
        return None
    st.session_state[_LAST] = chosen
    return runners[chosen]


def looked_at() -> str:
    """The number of the runner this visitor looked at last; empty before the first."""
    return str(st.query_params.get(ATHLETE) or st.session_state.get(_LAST, ""))


def named(athlete: Athlete) -> str:
    """A runner's name; an invented one is marked where real ones stand beside."""
    mixed = athlete.is_sample and not all(runner.is_sample for runner in state.athletes())
    return f"{athlete.name} (sample)" if mixed else athlete.name


def choose_linked(
    label: str,
    options: dict[str, str],
    parameter: str,
    *,
    otherwise: str = "",
    alone: bool = False,
    is_said: bool = False,
) -> str | None:
    """A choice that stands in the page's address, so that a link or a reload leads back to it.

    Only a person's choice is written into the address: each writing is a step of the browser's back button, and a page
    that wrote by itself could not be left by it.

    Parameters
    ----------
    label : str
        What is chosen.
    options : dict
        What stands on the screen, by what stands in the address.
    parameter : str
        Its name in the address.
    otherwise : str
        What is meant where the address says nothing; the first of the options if that is not there.
    alone : bool
        A new choice makes the rest of the address meaningless: another runner has other sessions.
    is_said : bool
        The page has said already where that is which the link asks for.

    Returns
    -------
    str | None
        The chosen key; None if there is nothing to choose from. A link to what is not there says so.
    """
    if not options:
        return None
    key = f"choice-{parameter}"
    linked = st.query_params.get(parameter)
    asked = linked or otherwise
    if asked not in options:
        asked = next(iter(options))
    st.session_state[key] = asked
    st.selectbox(
        label,
        list(options),
        format_func=lambda number: options.get(number, number),
        key=key,
        on_change=_follow,
        args=(parameter, alone),
    )
    if linked and linked not in options and not is_said:
        st.info(f"The link asks for a {label.lower()} that is not here. This is {plain(options[asked])}.")
    return asked


def _follow(parameter: str, alone: bool) -> None:
    """Put a new choice into the address."""
    if alone:
        st.query_params.clear()
    st.query_params[parameter] = st.session_state[f"choice-{parameter}"]


def no_runner_yet() -> None:
    """The empty state of every page: what is missing and the next step."""
    st.title("No runner yet")
    st.markdown("Import watch files, or load the sample squad to look around.")
    left, right, _ = st.columns([1, 1, 2])
    left.page_link(page_file("import_files.py"), label="**Import watch files** →")
    with right:
        load_sample_button()
    watch_for_first_runner()


def no_session_yet(athlete: Athlete) -> None:
    """The empty state of the session page."""
    st.info(f"{plain(athlete.name)} has no session yet.")
    to_import()


def to_import() -> None:
    """The way to the page on which files come in."""
    st.page_link(page_file("import_files.py"), label="**Import watch files** →")


def load_sample_button() -> None:
    """Asks for the sample squad, once; while it is being made, says so."""
    if st.button("Load the sample squad", type="primary", disabled=any(job.kind == SAMPLE for job in open_jobs())):
        with state.store().write() as conn:
            jobs.ask(conn, SAMPLE, {})
        st.rerun()


def open_jobs() -> list[jobs.Job]:
    """Long work that waits or is being done."""
    with state.store().read() as conn:
        return jobs.listed(conn, state.viewer(), open_only=True, limit=None)


def coming_in() -> list[jobs.Job]:
    """The long work that changes what is stored: imports, the sample squad, an undo; a look ahead changes nothing."""
    return [job for job in open_jobs() if job.kind != LOOK]


def import_progress() -> None:
    """Imports under way, in the sidebar of every page: they go on when the page is changed or closed."""
    if coming_in():
        _progress_that_moves()


@st.fragment(run_every=1.0)
def _progress_that_moves() -> None:
    under_way = coming_in()
    for job in under_way:
        st.progress(share_of(job), text=plain(job.message or "Waiting for its turn"))
        if job.kind not in (UNDO, ASSIGN) and st.button("Stop and keep what is in", key=f"stop-{job.id}"):
            with state.store().write() as conn:
                jobs.cancel(conn, state.viewer(), job.id)
    if not under_way:
        st.rerun(scope="app")


def update_progress() -> None:
    """After an update of loadmon, a line in the sidebar of every page until an idle worker has computed all facts anew."""
    with state.store().read() as conn:
        waiting = runs.out_of_date(conn, state.viewer(), FACTS_VERSION)
    if waiting:
        of = "1 session has" if waiting == 1 else f"{waiting:,} sessions have"
        st.caption(
            f"loadmon was updated: {of} yet to be brought up to date. Until then some of their figures are missing."
        )


def still_coming_in() -> None:
    """A word on pages that show everyone, while an import still adds to them."""
    if coming_in():
        st.caption("Files are still coming in: what stands here is of those that are in.")
        _new_revision_refreshes()


def watch_for_first_runner() -> None:
    """Leads on from the start page by itself once the first runner is in."""
    if coming_in():
        st.caption("The first runners appear here in a moment.")
        _new_revision_refreshes()


@st.fragment(run_every=4.0)
def _new_revision_refreshes() -> None:
    key = "_seen_revision"
    seen, current = st.session_state.get(key), state.store().revision()
    st.session_state[key] = current
    if seen is not None and seen != current:
        st.rerun(scope="app")


def badge_html(badge: Badge) -> str:
    """A state as shape and word; the colour is only on the shape, so the word is legible on any ground."""
    return (
        f'<span style="white-space:nowrap;font-weight:600"><span aria-hidden="true" style="color:{badge.colour};'
        f'font-size:1.15em">{badge.shape}</span>&nbsp;{badge.word}</span>'
    )


def table_behind(
    title: str, table: pd.DataFrame, file_name: str, *, sentences: pd.DataFrame | None = None, **columns: Any
) -> None:
    """The table behind a chart or a list, to read and to download; ``sentences`` is how it is read, wrapped, not cut off at the edge."""
    with st.expander(title):
        if sentences is not None:
            st.table(sentences, border="horizontal", hide_index=True)
        else:
            st.dataframe(table, hide_index=True, column_config=columns or None, width="stretch", placeholder=NOTHING)
        st.download_button("Download as CSV", csv_of(table), file_name, "text/csv", key=f"csv-{file_name}")
