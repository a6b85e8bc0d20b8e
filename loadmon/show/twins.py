"""Runs recorded twice on the screen: side by side on a session's page, what holds for a runner, and all of them as a list."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st

from loadmon.athlete import Athlete
from loadmon.intake import twins
from loadmon.overlap import Choice, Default
from loadmon.paths import page_file
from loadmon.refusal import Refusal
from loadmon.show import parts, state, undo
from loadmon.show.plain import plain
from loadmon.show.sessions_table import SESSION
from loadmon.show.twin_words import RULES, far, options, pair_rows, side_by_side, side_of, verdict
from loadmon.show.words import plural
from loadmon.spreadsheet import csv_of
from loadmon.store import twins as stored_twins
from loadmon.store.sessions import StoredSession
from loadmon.units import NOTHING

HEADING = "Two recordings of this run"
QUESTION = "What shall hold for these two?"
RUNNER_QUESTION = "For runs of which nobody decided"
_RUNNER_PART = "twins"
_DECISIONS = "twins-decided"


def two_recordings(stored: StoredSession) -> None:
    """Every other recording of a session's run beside it: what each holds, which counts and why, and the choice.

    Parameters
    ----------
    stored : StoredSession
        The session of the page; where its run was recorded once, nothing is shown.
    """
    table = state.recorded_twice(stored.athlete.id)
    here = table[(table["first_id"] == stored.id) | (table["second_id"] == stored.id)]
    part = f"twins {stored.id}"
    if here.empty:
        undo.offer(stored.athlete.id, part)
        return
    st.header(HEADING if len(here) == 1 else f"{len(here) + 1} recordings of this run")
    undo.offer(stored.athlete.id, part)
    with state.store().read() as conn:
        lent = stored_twins.borrowings(conn, state.viewer(), [stored.athlete.id])
    for row in here.to_dict("records"):
        pair: dict[str, Any] = {str(name): value for name, value in row.items()}
        side = side_of(pair, stored.id)
        ids = {int(pair["first_id"]), int(pair["second_id"])}
        taken = [
            name
            for one in lent
            if {one.session_id, one.other_id} == ids and not one.taken_back
            for name in one.channels
        ]
        st.markdown(verdict(pair, side, taken))
        st.table(side_by_side(pair, side, state.units()), border="horizontal", hide_index=True)
        other = int(pair[f"{far(side)}_id"])
        st.page_link(
            page_file("session.py"),
            label="Open the other recording →",
            query_params={parts.ATHLETE: str(stored.athlete.id), SESSION: str(other)},
        )
        _choice(stored, pair, side, part)
    st.caption("Nothing is deleted: what does not count stays, and may be chosen again.")


def _choice(stored: StoredSession, pair: dict[str, Any], side: str, part: str) -> None:
    """What is decided of a pair; a new choice is kept at once, and undone by a button."""
    words = options(pair, side, Default(stored.athlete.twins or Default.RICHER))
    now = pair["choice"] if pair["choice"] in words else ""
    one, other = int(pair["first_id"]), int(pair["second_id"])
    key = f"twins-{one}-{other}-{now}-{st.session_state.get(_DECISIONS, 0)}"
    chosen = st.radio(
        QUESTION, list(words), index=list(words).index(now), format_func=lambda choice: words[choice], key=key
    )
    if chosen == now:
        return
    try:
        with state.store().write() as conn:
            if chosen == "":
                before = twins.take_back(conn, state.viewer(), one, other)
            else:
                before = twins.choose(conn, state.viewer(), one, other, Choice(chosen))
    except Refusal as refusal:
        st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
        return
    st.session_state[_DECISIONS] = st.session_state.get(_DECISIONS, 0) + 1
    back = partial(twins.put_back, viewer=state.viewer(), one=one, other=other, before=before)
    undo.remember(stored.athlete.id, f"Decided: {words[chosen]}.", back, part=part)
    st.rerun()


def for_runner(athlete: Athlete) -> None:
    """What is done with a runner's runs that were recorded twice, where nobody decided of one; undone by a button."""
    now = Default(athlete.twins or Default.RICHER)
    found = len(state.recorded_twice(athlete.id))
    so_far = f"there {'is' if found == 1 else 'are'} {plural(found, 'such pair')}" if found else "there is none so far"
    st.markdown(
        "Two watches, or a watch and a phone, make two recordings of one run. Only one of them counts, or the run would "
        f"count twice. Of this runner {so_far}."
    )
    undo.offer(athlete.id, _RUNNER_PART)
    key = f"twins-of-{athlete.id}-{now}-{st.session_state.get(_DECISIONS, 0)}"
    rules = list(RULES)
    chosen = st.radio(RUNNER_QUESTION, rules, index=rules.index(now), format_func=lambda rule: RULES[rule], key=key)
    if chosen in (None, now):
        return
    try:
        with st.spinner("Telling these runs anew …"):
            with state.store().write() as conn:
                before = twins.set_default(conn, state.viewer(), athlete.id, Default(chosen), settled=False)
            twins.settle(state.store(), [athlete.id])
    except Refusal as refusal:
        st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
        return
    st.session_state[_DECISIONS] = st.session_state.get(_DECISIONS, 0) + 1
    back = partial(twins.set_default, viewer=state.viewer(), athlete_id=athlete.id, default=before)
    undo.remember(athlete.id, f"From now on: {RULES[Default(chosen)]}.", back, part=_RUNNER_PART)
    st.rerun()


def recorded_twice(athlete_ids: list[int] | None = None) -> None:
    """A list of runs recorded twice, of these runners or of all; a chosen row opens the session. Nothing where there is none.

    Parameters
    ----------
    athlete_ids : list of int | None
        Such as the runners that an import touched.
    """
    people = {one.id: one.name for one in state.athletes() if athlete_ids is None or one.id in athlete_ids}
    table = state.recorded_twice(None)
    found = table[table["athlete_id"].isin(people)].sort_values("first_start_utc", ascending=False, kind="stable")
    if found.empty:
        return
    st.header("Runs recorded twice")
    st.caption("Of each only one recording counts. Choose a row to see both side by side and to decide.")
    rows = pair_rows(found, people, state.units())
    if len(people) == 1:
        rows = rows.drop(columns="runner")
    event = st.dataframe(
        rows,
        hide_index=True,
        width="stretch",
        height=min(38 + 35 * len(rows), 320),
        placeholder=NOTHING,
        on_select="rerun",
        selection_mode="single-row",
        key="recorded-twice",
    )
    st.download_button("Download as CSV", csv_of(rows), "recorded-twice.csv", "text/csv", key="csv-recorded-twice")
    if event.selection.rows:
        row = found.iloc[event.selection.rows[0]]
        side = "second" if row["counts"] == "second" else "first"
        query = {parts.ATHLETE: str(row["athlete_id"]), SESSION: str(row[f"{side}_id"])}
        st.switch_page(page_file("session.py"), query_params=query)
