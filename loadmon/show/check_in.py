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
from loadmon.planning.week_problems import of_week, open_questions
from loadmon.questionnaire import UWRI_HIGHEST, WELLNESS_HIGHEST, against_own
from loadmon.refusal import Refusal
from loadmon.show import state, undo, wording
from loadmon.show.areas import AREAS, area_choice
from loadmon.show.check_in_words import (
    CHANGE_NOTE,
    MORE_QUESTIONS,
    WELLNESS_QUESTIONS,
    Asked,
    area_line,
    change_words,
    check_in_line,
    problem_line,
    reminder_words,
    told_words,
    wellness_words,
)
from loadmon.show.pain_form import PART
from loadmon.show.plain import plain
from loadmon.store import check_ins, tellings

_SENT = "checked-in"
SHOWN = 8
"""So many of the last answers are offered to be taken back."""


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


def reminder(athlete: Athlete) -> None:
    """That the week's questions are open, once, above everything else."""
    today = today_in_zone(athlete.time_zone, state.now())
    due = open_questions(_told(athlete, kinds.PROBLEM).values(), {athlete.id: today})
    if athlete.id in due:
        st.info(reminder_words(due[athlete.id], today))


def problem(athlete: Athlete) -> None:
    """The questions about the last seven days, once for each problem; most of them only of whoever has one."""
    mark, today = _mark(athlete), today_in_zone(athlete.time_zone, state.now())
    told = _told(athlete, kinds.PROBLEM)
    this_week = of_week(told.values(), today)
    for one in this_week:
        st.markdown(plain(problem_line(one)))
    another = "Another problem this week, or answer again"
    with st.expander(another if this_week else "How did your body go along this week?", expanded=not this_week):
        official = wording.wording()
        asked = wording.problem_questions(official)
        answers = _four(asked, mark)
        area = _more(answers, mark) if answers["participation"] in (2, 3, 4) else ""
        st.caption(
            plain(
                f"{wording.words_from(official.problem)} With several problems: keep the gravest first, then answer once "
                "more for each."
            )
        )
        if st.button("Keep it", key="keep-problem"):
            _keep(CheckIn(athlete.id, today, kinds.PROBLEM, answers, area))
    if not told:
        st.caption("Not answered yet.")


def one_area(athlete: Athlete) -> None:
    """The same four questions of one named area alone: for whoever watches a knee or an Achilles tendon week by week."""
    mark, today = f"area-{_mark(athlete)}", today_in_zone(athlete.time_zone, state.now())
    for one in of_week(_told(athlete, kinds.AREA).values(), today, kinds.AREA):
        st.markdown(plain(area_line(one)))
    with st.expander("One area by itself: knee, Achilles tendon …"):
        area = st.selectbox(
            "Which area", AREAS, index=None, format_func=area_choice, placeholder="Choose which", key=f"which-{mark}"
        )
        if area is None:
            st.caption("The four questions follow, of this area alone.")
            return
        official = wording.wording()
        answers = _four(wording.area_questions(official, area), mark)
        st.caption(plain(wording.words_from(official.area)))
        if st.button("Keep it", key="keep-area"):
            _keep(CheckIn(athlete.id, today, kinds.AREA, answers, area))


def _four(asked: Mapping[str, Asked], mark: str) -> dict[str, int | None]:
    """Ask the first question, and the other three of whoever took part with trouble."""
    answers = {"participation": _choice("participation", asked, mark)}
    if answers["participation"] in (2, 3):
        for item in ("volume", "performance", "symptoms"):
            answers[item] = _choice(item, asked, mark)
    return answers


def _more(answers: dict[str, int | None], mark: str) -> str:
    """Ask what else there is to say of a problem; gives back where it is."""
    answers["nature"] = _pick("nature", mark)
    area = None
    if answers["nature"] != kinds.ILLNESS:
        area = st.selectbox(
            "Where", AREAS, index=None, format_func=area_choice, placeholder="Choose where", key=f"problem-area-{mark}"
        )
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
        official = wording.wording()
        answers: dict[str, int | None] = {}
        for item, (words, worst, best) in wording.ability_questions(official).items():
            answers[item] = st.pills(
                plain(f"{words} (0 {worst}, {UWRI_HIGHEST} {best})"), range(UWRI_HIGHEST + 1), key=f"{item}-{mark}"
            )
        sums = "0 to 36, 36 is as before the injury; with an answer left open there is no sum."
        st.caption(plain(f"{wording.words_from(official.ability)} {sums}"))
        if st.button("Keep it", key="keep-ability"):
            _keep(CheckIn(athlete.id, today, kinds.ABILITY, answers))


def _choice(item: str, asked: Mapping[str, Asked], mark: str) -> int | None:
    words, options = asked[item]
    numbers: Mapping[int, str] = {n: plain(option) for n, option in enumerate(options, start=1)}
    chosen = st.radio(
        plain(words), list(numbers), index=None, format_func=lambda one: numbers[one], key=f"{item}-{mark}"
    )
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


def told_lately(athlete: Athlete) -> None:
    """What was answered last, of every kind, the newest first: who told it when, each with a button to take it back."""
    with state.store().read() as conn:
        told = check_ins.check_ins(conn, state.viewer(), [athlete.id])
        by = tellings.check_ins_told(conn, state.viewer(), [athlete.id])
    newest = sorted(told, key=lambda number: (by[number].at, number), reverse=True)[:SHOWN]
    with st.expander(f"Answered last ({len(newest)} of {len(told)})"):
        for number in newest:
            line = check_in_line(told[number])
            undo.line(
                athlete.id, f"{line} · {told_words(by[number], athlete.time_zone)}",
                partial(check_ins.remove_check_in, check_in_id=number), partial(check_ins.restore_check_in, check_in_id=number),
                f"Taken back: {line}.", key=f"check-in-{number}", part=PART,
            )  # fmt: skip
        if not newest:
            st.caption("Nothing answered yet.")


def _told(athlete: Athlete, kind: str) -> dict[int, CheckIn]:
    with state.store().read() as conn:
        return check_ins.check_ins(conn, state.viewer(), [athlete.id], kind=kind)


def _mark(athlete: Athlete) -> str:
    return f"{athlete.id}-{int(st.session_state.get(_SENT, 0))}"
