"""What somebody saw in how a runner runs: noted with its day and its author, ended, taken back, put back."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st

from loadmon.athlete import Athlete
from loadmon.days import today_in_zone
from loadmon.finding import Finding
from loadmon.refusal import Refusal
from loadmon.show import draft, state, undo
from loadmon.show.finding_words import (
    KINDS,
    does_words,
    effect_words,
    finding_words,
    kind_name,
    may_have_degrees,
    may_have_side,
)
from loadmon.show.plain import plain
from loadmon.store import findings as rows
from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.findings import DEGREES
from loadmon.tissue.found import ANGLES, ONE_DAY, SIDES

EARLIEST = date(1930, 1, 1)
_PART, _SENT = "findings", "findings-noted"
ABOUT = (
    "Pelvic drop, how the foot lands, how far the trunk leans: what is new is part of what a run does to a tissue from that day "
    "on. Only what was measured becomes a factor; the rest widens the interval and says which way it points. What may always "
    "have been so is kept and changes no number: it was part of the runner's usual running."
)
NEW, ALWAYS = "new since about that day", "it may always have been so"


def findings(athlete: Athlete) -> None:
    """Everything that was seen, the newest first; note something, say that it has gone, take a note back."""
    with state.store().read() as conn:
        known = rows.findings(conn, state.viewer(), [athlete.id])
    st.markdown(ABOUT)
    undo.offer(athlete.id, _PART)
    for number, finding in sorted(known.items(), key=lambda one: one[1].observed, reverse=True):
        _line(athlete, number, finding)
    if not known:
        st.caption("Nothing noted so far.")
    with st.expander("Note what was seen"):
        _form(athlete)


def _line(athlete: Athlete, number: int, finding: Finding) -> None:
    coefficients = default_coefficients()
    words = finding_words(finding, coefficients)
    with st.container(border=False, gap="xsmall"):
        with st.container(horizontal=True, vertical_alignment="center"):
            st.markdown(plain(words), width="content")
            if finding.until is None and st.button("Gone since today", key=f"gone-{number}"):
                _end(athlete, number, words)
            if st.button("Take back", key=f"finding-{number}", type="tertiary"):
                with state.store().write() as conn:
                    rows.remove_finding(conn, state.viewer(), number)
                back = partial(rows.restore_finding, viewer=state.viewer(), finding_id=number)
                undo.remember(athlete.id, f"Taken back: {words}.", back, part=_PART)
                st.rerun()
        st.caption(plain(does_words(finding, coefficients)))


def _end(athlete: Athlete, number: int, words: str) -> None:
    today = _today(athlete)
    try:
        with state.store().write() as conn:
            before = rows.end_finding(conn, state.viewer(), number, today, today=today)
    except Refusal as refusal:
        st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
        return
    back = partial(rows.end_finding, viewer=state.viewer(), finding_id=number, until=before, today=today)
    undo.remember(athlete.id, f"Gone since today: {words}.", back, part=_PART)
    st.rerun()


def _form(athlete: Athlete) -> None:
    """Kind, side, degrees, days and who saw it; what was typed stays where it was refused or the page was left."""
    coefficients, mark = default_coefficients(), f"{athlete.id}-{int(st.session_state.get(_SENT, 0))}"
    kind = str(
        st.selectbox(
            "What was seen",
            KINDS,
            format_func=lambda one: kind_name(one, coefficients),
            key=draft.restored("finding-kind", KINDS[0]),
        )
    )
    draft.kept("finding-kind")
    st.caption(plain(effect_words(kind, coefficients)))
    side = degrees = None
    left, right = st.columns(2)
    if may_have_side(kind):
        key = draft.restored(f"finding-side-{mark}")
        left.segmented_control("Side", SIDES, key=key)
        side = draft.kept(key)
    if may_have_degrees(kind):
        key = draft.restored(f"finding-degrees-{kind}-{mark}")
        low, high = ANGLES[kind]
        right.number_input(
            f"Degrees, {low:g} to {high:g}", value=None, step=1.0, format="%0.1f", key=key,
            help="Forward of the runner's first weeks is above 0." if low < 0 else "Leave it empty if it was not measured.",
        )  # fmt: skip
        degrees = draft.kept(key)
    observed_key, until_key = (
        draft.restored(f"finding-day-{mark}", _today(athlete)),
        draft.restored(f"finding-until-{mark}"),
    )
    first, last = st.columns(2)
    first.date_input("Seen on", value=None, min_value=EARLIEST, key=observed_key, format="YYYY-MM-DD",
                     help="The day somebody looked.")  # fmt: skip
    last.date_input(
        "Gone since (leave empty while it lasts)", value=None, min_value=EARLIEST, key=until_key, format="YYYY-MM-DD"
    )
    observed, until = draft.kept(observed_key), draft.kept(until_key)
    always = _ask_since(kind, mark)
    name_key = draft.restored("finding-author", "")
    st.text_input("Seen by", key=name_key, placeholder="Name of who looked")
    author = draft.kept(name_key)
    if not st.button("Note it", type="primary", key="note-finding"):
        return
    if observed is None:
        st.error("**The day has been left empty.** Give the day on which it was seen.")
    elif always is None:
        st.error("**Since when it is so has been left open.** Say whether it is new: only what is new changes numbers.")
    elif _noted(athlete, Finding(athlete.id, kind, observed, str(author or ""), side, degrees, until, always)):
        draft.done(observed_key, until_key)
        st.session_state[_SENT] = int(st.session_state.get(_SENT, 0)) + 1
        st.rerun()


def _ask_since(kind: str, mark: str) -> bool | None:
    """Whether it may always have been so; None while nobody has said.

    How far the trunk leans is told against earlier weeks, and what tells of one run is of its day: neither is asked.
    """
    if kind == DEGREES or kind in ONE_DAY:
        return False
    key = draft.restored(f"finding-since-{mark}")
    st.segmented_control("Since when?", (NEW, ALWAYS), key=key)
    said = draft.kept(key)
    return None if said is None else said == ALWAYS


def _noted(athlete: Athlete, finding: Finding) -> bool:
    """Keep a finding and offer to undo it; a refusal is told where the reader is."""
    try:
        with state.store().write() as conn:
            number = rows.add_finding(conn, state.viewer(), finding, today=_today(athlete))
    except Refusal as refusal:
        st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
        return False
    words = f"Noted: {finding_words(finding, default_coefficients())}."
    undo.remember(athlete.id, words, partial(rows.remove_finding, viewer=state.viewer(), finding_id=number), part=_PART)
    return True


def _today(athlete: Athlete) -> date:
    return today_in_zone(athlete.time_zone, state.now())
