"""How hard a session was, from 0 to 10: asked on the session's page, kept beside what file or table told, undone at once."""

from __future__ import annotations

import streamlit as st

from loadmon.refusal import Refusal
from loadmon.show import state, undo
from loadmon.show.plain import plain
from loadmon.store import diary
from loadmon.store.sessions import StoredSession

WORDS = (
    "rest",
    "very, very easy",
    "easy",
    "moderate",
    "somewhat hard",
    "hard",
    "hard to very hard",
    "very hard",
    "very hard to the hardest",
    "nearly the hardest there is",
    "the hardest there is",
)
"""What each step from 0 to 10 means (after Foster 2001; the steps that have no word there stand between their neighbours)."""

STEPS = tuple(half / 2 for half in range(21))
"""What may be answered: half steps lie between two words."""

QUESTION = "How hard was it, from 0 to 10?"
HELP = (
    "Think of the whole session, warm-up and breaks included, best about half an hour after its end. Times its minutes it "
    "is the load by effort (Foster 2001). Press the same number again to take your answer back."
)


def effort(stored: StoredSession) -> None:
    """Ask how hard a session was, say what was told so far and by whom, and offer to undo the last answer.

    Parameters
    ----------
    stored : StoredSession
        The session of the page.
    """
    told = stored.effort
    shown = told if told in STEPS else None
    key = f"effort-{stored.id}-{told}-{_answers()}"
    chosen = st.pills(QUESTION, STEPS, default=shown, format_func="{:g}".format, key=key, help=HELP, wrap=True)
    st.caption(words(stored))
    undo.offer(stored.athlete.id, f"session {stored.id}")
    if chosen == shown:
        return
    if chosen is None and stored.effort_told is None:
        st.caption("That was told by the file or table it came from, and stays until you choose another number.")
        return
    try:
        with state.store().write() as conn:
            before = diary.tell_effort(conn, state.viewer(), stored.id, chosen)
    except Refusal as refusal:
        st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
        return
    st.session_state["efforts-told"] = _answers() + 1
    said = "Your answer was taken back." if chosen is None else f"Kept: {chosen:g} of 10."
    undo.remember(
        stored.athlete.id,
        said,
        lambda conn: diary.tell_effort(conn, state.viewer(), stored.id, before),
        part=f"session {stored.id}",
    )
    st.rerun()


def words(stored: StoredSession) -> str:
    """What was told of a session's effort, in words, and who told it; else the scale."""
    if stored.effort is None:
        return "Not told yet. 0 is rest, 3 moderate, 5 hard, 7 very hard, 10 the hardest there is."
    meaning = f": {WORDS[int(stored.effort)]}" if stored.effort == int(stored.effort) else ""
    if stored.effort_told is None:
        by = "as the file or table it came from tells"
    else:
        by = "told with the sample runner or on this page" if stored.athlete.is_sample else "told on this page"
    return f"{stored.effort:g} of 10{meaning}, {by}."


def _answers() -> int:
    """Counts the answers, so that the row of numbers shows what is kept and not what was pressed."""
    return int(st.session_state.get("efforts-told", 0))
