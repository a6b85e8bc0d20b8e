"""The questionnaires of the check-in page: how somebody feels today, how the week went, how well running goes again."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import streamlit as st

from loadmon.athlete import Athlete
from loadmon.days import today_in_zone
from loadmon.planning import check_in as kinds
from loadmon.planning.ability_change import ability_changes
from loadmon.planning.check_in import CheckIn
from loadmon.planning.week_problems import of_week
from loadmon.questionnaire import UWRI_HIGHEST, WELLNESS_HIGHEST, against_own
from loadmon.refusal import Refusal
from loadmon.show import state, undo
from loadmon.show.check_in_words import (
    ABILITY_QUESTIONS,
    CHANGE_NOTE,
    MORE_QUESTIONS,
    OWN_WORDING,
    PROBLEM_QUESTIONS,
    WELLNESS_QUESTIONS,
    change_words,
    problem_line,
    wellness_words,
)
from loadmon.show.diary import AREAS
from loadmon.show.pain_form import PART
from loadmon.show.plain import plain
from loadmon.show.words import day_of_year
from loadmon.store import check_ins

_SENT = "checked-in"


def wellness(athlete: Athlete) -> None:
    """Four questions of today, told against the runner's own middle of four weeks."""
    mark, today = _mark(athlete), today_in_zone(athlete.time_zone, state.now())
    told = _told(athlete, kinds.WELLNESS)
    sums = {one.day: score for one in told.values() if (score := one.score) is not None}
    if today in sums:
        st.markdown(plain(wellness_words(sums[today], *against_own(sums, today))))
    with st.expander("How do you feel today?" if today not in sums else "Answer again", expanded=today not in sums):
        answers: dict[str, int | None] = {}
        for item, (words, best, worst) in WELLNESS_QUESTIONS.items():
            answers[item] = st.pills(
                f"{words} (1 {best}, {WELLNESS_HIGHEST} {worst})", range(1, WELLNESS_HIGHEST + 1), key=f"{item}-{mark}"
            )
        if st.button("Keep it", key="keep-wellness"):
            _keep(CheckIn(athlete.id, today, kinds.WELLNESS, answers))
    _last(athlete, told, "How it felt")


def problem(athlete: Athlete) -> None:
    """The questions about the last seven days, once for each problem; most of them only of whoever has one."""
    mark, today = _mark(athlete), today_in_zone(athlete.time_zone, state.now())
    told = _told(athlete, kinds.PROBLEM)
    this_week = of_week(told.values(), today)
    for one in this_week:
        st.markdown(plain(problem_line(one)))
    another = "Another problem this week, or answer again"
    with st.expander(another if this_week else "How did your body go along this week?", expanded=not this_week):
        answers: dict[str, int | None] = {"participation": _choice("participation", mark)}
        area = ""
        if answers["participation"] in (2, 3):
            for item in ("volume", "performance", "symptoms"):
                answers[item] = _choice(item, mark)
        if answers["participation"] in (2, 3, 4):
            area = _more(answers, mark)
        st.caption(f"{OWN_WORDING} With several problems: keep the gravest first, then answer once more for each.")
        if st.button("Keep it", key="keep-problem"):
            _keep(CheckIn(athlete.id, today, kinds.PROBLEM, answers, area))
    _last(athlete, told, "The week")


def _more(answers: dict[str, int | None], mark: str) -> str:
    """Ask what else there is to say of a problem; gives back where it is."""
    answers["nature"] = _pick("nature", mark)
    area = None
    if answers["nature"] != kinds.ILLNESS:
        area = st.selectbox("Where", AREAS, index=None, placeholder="Choose where", key=f"problem-area-{mark}")
    for item in ("days_missed", "reported_before"):
        answers[item] = _pick(item, mark)
    if answers["nature"] == kinds.INJURY:
        answers["contact"] = _pick("contact", mark)
    return area or ""


def ability(athlete: Athlete) -> None:
    """Nine questions for whoever is on the way back from an injury."""
    mark, today = _mark(athlete), today_in_zone(athlete.time_zone, state.now())
    told = _told(athlete, kinds.ABILITY)
    changes = ability_changes({one.day: score for one in told.values() if (score := one.score) is not None})
    for change in changes:
        st.markdown(plain(change_words(change)))
    if changes:
        st.caption(CHANGE_NOTE)
    with st.expander("How well does running go again?"):
        answers: dict[str, int | None] = {}
        for item, (words, worst, best) in ABILITY_QUESTIONS.items():
            answers[item] = st.pills(
                f"{words} (0 {worst}, {UWRI_HIGHEST} {best})", range(UWRI_HIGHEST + 1), key=f"{item}-{mark}"
            )
        st.caption(f"{OWN_WORDING} 0 to 36, 36 is as before the injury; with an answer left open there is no sum.")
        if st.button("Keep it", key="keep-ability"):
            _keep(CheckIn(athlete.id, today, kinds.ABILITY, answers))
    _last(athlete, told, "Running again")


def _choice(item: str, mark: str) -> int | None:
    words, options = PROBLEM_QUESTIONS[item]
    numbers: Mapping[int, str] = dict(enumerate(options, start=1))
    chosen = st.radio(words, list(numbers), index=None, format_func=lambda one: numbers[one], key=f"{item}-{mark}")
    return None if chosen is None else int(chosen)


def _pick(item: str, mark: str) -> int | None:
    words, answers = MORE_QUESTIONS[item]
    chosen = st.pills(words, list(answers), format_func=lambda one: answers[one], key=f"{item}-{mark}")
    return None if chosen is None else int(chosen)


def _keep(check_in: CheckIn) -> None:
    """Keep answers and offer to undo; a refusal is told where the reader is."""
    try:
        with state.store().write() as conn:
            number = check_ins.add_check_in(conn, state.viewer(), check_in, today=check_in.day)
    except Refusal as refusal:
        st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
        return
    back = partial(check_ins.remove_check_in, viewer=state.viewer(), check_in_id=number)
    undo.remember(check_in.athlete_id, "Kept your answers.", back, part=PART)
    st.session_state[_SENT] = int(st.session_state.get(_SENT, 0)) + 1
    st.rerun()


def _last(athlete: Athlete, told: Mapping[int, CheckIn], what: str) -> None:
    """The answers given last, to be taken back."""
    if not told:
        st.caption("Not answered yet.")
        return
    number, last = max(told.items(), key=lambda one: (one[1].day, one[0]))
    score = "an answer is missing, so no sum" if last.score is None else f"{last.score}"
    with st.container(horizontal=True, vertical_alignment="center"):
        st.caption(plain(f"{what}, last on {day_of_year(last.day)}: {score}."))
        if st.button("Take back", key=f"check-in-{number}", type="tertiary"):
            with state.store().write() as conn:
                check_ins.remove_check_in(conn, state.viewer(), number)
            back = partial(check_ins.restore_check_in, viewer=state.viewer(), check_in_id=number)
            undo.remember(athlete.id, "Answers were taken back.", back, part=PART)
            st.rerun()


def _told(athlete: Athlete, kind: str) -> dict[int, CheckIn]:
    with state.store().read() as conn:
        return check_ins.check_ins(conn, state.viewer(), [athlete.id], kind=kind)


def _mark(athlete: Athlete) -> str:
    return f"{athlete.id}-{int(st.session_state.get(_SENT, 0))}"
