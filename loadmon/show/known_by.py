"""On the runner's page: by what files are known as theirs, when each was learnt, and a way to drop it."""

from __future__ import annotations

from functools import partial

import streamlit as st

from loadmon.athlete import Athlete
from loadmon.intake.known_by import KnownBy, why_words
from loadmon.refusal import Refusal
from loadmon.show import state, undo
from loadmon.show.plain import plain
from loadmon.show.words import capital, day_of_year
from loadmon.store import owner_clues

HEADING = "How files are known as theirs"
NOTHING_YET = (
    "Nothing is known yet but the name: a folder called like the runner is theirs. Say whose files are when you import them, "
    "and what they share (folder, name, watch, profile) is remembered here."
)
_PART = "known-by"


def for_runner(athlete: Athlete) -> None:
    """Everything by which files are known as this runner's, each with a Forget that can be undone.

    Parameters
    ----------
    athlete : Athlete
    """
    found = state.known_by(athlete.id)
    undo.offer(athlete.id, _PART)
    if not found:
        st.markdown(NOTHING_YET)
        return
    st.markdown("When files come in, these say that they are this runner's. Forget what was learnt wrongly.")
    for one in found:
        _line(athlete, one)
    if any(one.sessions for one in found):
        st.caption("A watch tells as long as sessions recorded with it are here, whether it was learnt or not.")


def words(one: KnownBy) -> str:
    """One thing that tells, with when it was learnt and what else there is to say, in Markdown."""
    since = f", learnt {day_of_year(one.clue.created.date())}" if one.clue else ""
    more = why_words(one)
    return f"**{plain(capital(one.name))}**{since}" + (f". {plain(more)}" if more else "")


def _line(athlete: Athlete, one: KnownBy) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        st.markdown(words(one), width="content")
        if one.clue is None or not st.button("Forget", key=f"forget-clue-{one.clue.id}", type="tertiary"):
            return
    try:
        with state.store().write() as conn:
            gone = owner_clues.forget(conn, state.viewer(), one.clue.id)
    except Refusal as refusal:  # somebody else may have been quicker
        st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
        return
    back = partial(owner_clues.teach_again, viewer=state.viewer(), clue=gone)
    undo.remember(athlete.id, f"Forgotten: {one.name}.", back, part=_PART)
    st.rerun()
