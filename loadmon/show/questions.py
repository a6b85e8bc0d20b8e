"""Files that wait because nothing says whose they are: one decision for those that belong together."""

from __future__ import annotations

import streamlit as st

from loadmon.intake.assign import Question, questions
from loadmon.intake.decision import ASSIGN, ask_for_assignment
from loadmon.show import state
from loadmon.show.plain import plain
from loadmon.show.whose_run import is_meant
from loadmon.show.words import capital, day_of_year, plural
from loadmon.store import jobs

MOST_ASKED = 20
"""Questions on the page at once; the next come when these are answered."""
MOST_NAMED = 3


def open_questions() -> None:
    """Everything that waits for a decision, each with what its files say, whose they may be, and a place to answer."""
    with state.store().read() as conn:
        found = questions(conn, state.viewer())
        under_way = jobs.listed(conn, state.viewer(), open_only=True, limit=None)
    answered = {job.request["question"] for job in under_way if job.kind == ASSIGN}
    found = [question for question in found if question.key not in answered]
    if not found:
        return
    files = sum(len(question.files) for question in found)
    st.header("Whose are these?")
    st.markdown(
        f"{plural(files, 'file')} {'waits' if files == 1 else 'wait'}: nothing says for certain whose they are. They are "
        "kept, and count once you say so. What you say is remembered for the next import."
    )
    for question in found[:MOST_ASKED]:
        _ask(question)
    if len(found) > MOST_ASKED:
        st.caption(f"{len(found) - MOST_ASKED:,} more questions come when these are answered.")


def words(question: Question) -> str:
    """The files of a question in a sentence: how many, of which days, and some of them by name."""
    days = question.days
    when = ""
    if days is not None:
        when = f" of {day_of_year(days[0])}" + (f" to {day_of_year(days[1])}" if days[1] != days[0] else "")
    named = ", ".join(plain(file.path) for file in question.files[:MOST_NAMED])
    more = f" and {len(question.files) - MOST_NAMED:,} more" if len(question.files) > MOST_NAMED else ""
    return f"**{plural(len(question.files), 'file')}{when}**: {named}{more}"


def because(question: Question) -> str:
    """Why it is asked, and what its files have in common, in sentences."""
    return f"{question.why} {capital(question.together)}." if question.together else question.why


def _ask(question: Question) -> None:
    with st.container(border=True):
        st.markdown(words(question))
        st.caption(plain(because(question)))
        likely = [candidate.runner for candidate in question.candidates]
        why = {candidate.runner: candidate.why for candidate in question.candidates}
        names = [*likely, *(runner.name for runner in state.athletes() if runner.name not in likely)]
        row = st.container(horizontal=True, vertical_alignment="bottom")
        with row:
            chosen = st.selectbox(
                "Whose?",
                names,
                index=None,
                accept_new_options=True,
                placeholder="Choose, or type a new name",
                format_func=lambda name: f"{name} ({why[name]})" if name in why else name,
                key=f"whose-{question.key}",
            )
        meant = bool(chosen) and is_meant(str(chosen), names, question.key)
        answer = "It is theirs" if len(question.files) == 1 else "They are theirs"
        if row.button(answer, key=f"assign-{question.key}", disabled=not meant):
            ask_for_assignment(state.store(), question.key, str(chosen))
            st.rerun()
