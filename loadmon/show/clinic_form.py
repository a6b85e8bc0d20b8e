"""The form of an assessment: five domains and the physical tests; what stands in it is kept at every change."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

import streamlit as st
from sqlalchemy import Connection

from loadmon.athlete import Athlete
from loadmon.clinic.answers import (
    assessment_of,
    gone_key,
    taken_up,
    tidied,
    value_key,
)
from loadmon.clinic.assessment import Assessment
from loadmon.clinic.checked import problems_of
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.names import key_name
from loadmon.clinic.of_its_day import DAY, of_its_day, told_key, with_told
from loadmon.clinic.reasoning import reason
from loadmon.clinic.standing import Standing
from loadmon.clinic.told import steps
from loadmon.clinic.young import undecided
from loadmon.days import day_words
from loadmon.refusal import Refusal
from loadmon.show import clinic_circumstances, clinic_parts, clinic_standing, clinic_state, state, undo
from loadmon.show.clinic_fields import Fields, begin_anew
from loadmon.show.clinic_parts import RUNNER
from loadmon.show.clinic_standing import said_words
from loadmon.show.plain import plain
from loadmon.show.words import day_of_year
from loadmon.store import assessments, drafts

PART = "assessments"
DRAFT = "draft"
CHOSEN = "assessment"
"""The query parameter that names an assessment."""


@st.fragment
def form(athlete: Athlete) -> None:
    """The form, what is wrong in it, what follows so far, and the button that finishes it."""
    known, today = clinic_state.known(), clinic_state.today(athlete)
    kept = clinic_state.draft(athlete.id)
    day = date.fromisoformat(kept.get(DAY) or today.isoformat())
    first = clinic_state.beginning(athlete, day)
    begun = of_its_day(taken_up(kept, first, known), first, known) if kept else with_told(first)
    _begins_with(begun, kept, known)
    if day != today:
        st.caption(f"Load and what the watch tells are those of the weeks before {day_words(day)}.")

    def keep(answers: dict[str, Any]) -> None:
        found = tidied(answers, known)
        if found != begun:
            _keep(athlete, found)

    fields = Fields(athlete.id, begun, keep)
    if kept.get(told_key(DAY)) not in (None, begun.get(told_key(DAY))):  # another day was chosen
        fields.put_all({field: begun.get(field) for field in {*kept, *begun} if kept.get(field) != begun.get(field)})
        _keep(athlete, begun)
    clinic_circumstances.circumstances(fields)
    clinic_parts.filled(fields, known)
    clinic_parts.runner(fields)
    for domain, title in known.domain.items():
        if box := fields.part(title):
            with box:
                for name in clinic_parts.names_of(domain, known):
                    clinic_parts.measure_fields(fields, name, known)
    earlier = clinic_state.beside_draft(assessment_of(tidied(fields.answers(), known), athlete.id, known, today))
    clinic_standing.notice(earlier, known)
    clinic_parts.symptoms(fields, known, _may_be_gone(earlier, known))
    clinic_parts.note(fields, known)
    answers = tidied(fields.answers(), known)
    if answers != begun:
        _keep(athlete, answers)
    one = assessment_of(answers, athlete.id, known, today)
    problems = problems_of(one, known, today=today)
    for problem in problems:
        st.error(f"**{plain(problem.what)}** {plain(problem.advice)}")
    if one.measured and not problems:
        _so_far(one, known)
    _finish(athlete, one, answers, today)


def _may_be_gone(earlier: Standing, known: Knowledge) -> dict[str, str]:
    """Fields that say that what was sore does not hurt any more, each with its words; also those that are ticked already."""
    found = {
        gone_key(one.symptom.tissue, one.symptom.side): f"{said_words(one, known)}: does not hurt any more"
        for one in earlier.sore
    }
    for tissue, side in earlier.told.gone:
        found.setdefault(gone_key(tissue, side), f"{key_name((tissue, side), known)}: does not hurt any more")
    return found


def _begins_with(begun: dict[str, Any], kept: dict[str, Any], known: Knowledge) -> None:
    if kept:
        st.caption(
            "A draft: what you fill in is kept as soon as you leave its field, also when the page is left or loaded again."
        )
        return
    told = [one.name.lower() for name, one in known.measure.items() if begun.get(value_key(name, "both")) is not None]
    if told:
        run = begun.get("speed_mps")
        speed = "" if run is None else f" They hold for the speed of those runs, {run:g} m/s."
        st.caption(
            f"Filled in from the watch, medians of the last four weeks' runs: {', '.join(told)}.{speed} "
            "Replace what you measured yourself: it is then told as observed, with the watch's value beside it. What you fill in is kept as soon as you leave its field."
        )
    else:
        st.caption(
            "Nothing is filled in from a watch: too few runs of the last four weeks. What you fill in is kept as soon as you leave its field."
        )


def _keep(athlete: Athlete, answers: dict[str, Any]) -> None:
    try:
        with state.store().write() as conn:
            drafts.save_draft(conn, state.viewer(), athlete.id, answers)
    except Refusal as refusal:
        st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")


def _so_far(one: Assessment, known: Knowledge) -> None:
    shown = ("Primary driver", "Test next", "Not judged")
    told = [step for step in steps(reason(one, known), known) if step.part in shown]
    st.markdown("**So far.** " + " ".join(plain(step.words) for step in told))
    if why := undecided(one.person):
        st.caption(
            f"As it stands no plan is given: {plain('; '.join(why))}. Give the age, or the clinician who goes along, under {RUNNER}."
        )


def _finish(athlete: Athlete, one: Assessment, answers: dict[str, Any], today: date) -> None:
    with st.container(horizontal=True):
        done = st.button(
            "Finish this assessment", key="finish-assessment"
        )  # plain: white on the dark theme's blue is hard to read
        emptied = st.button("Empty the form", type="tertiary", key="empty-assessment")
    if emptied:
        with state.store().write() as conn:
            drafts.drop_draft(conn, state.viewer(), athlete.id)
        _again(athlete, "The form was emptied.", partial(_put_back, athlete_id=athlete.id, answers=answers))
    if not done:
        return
    try:
        with state.store().write() as conn:
            number = assessments.finish(conn, state.viewer(), one, today=today)
    except Refusal as refusal:
        st.error(f"**{plain(refusal.what)}** {plain(refusal.advice)}")
        return
    st.query_params[CHOSEN] = str(number)
    words = f"Finished: the assessment of {day_of_year(one.circumstances.day)}."
    _again(athlete, words, partial(_put_back, athlete_id=athlete.id, answers=answers, number=number))


def _again(athlete: Athlete, words: str, back: Any) -> None:
    """Begin with new fields, and offer to take back what was done."""
    undo.remember(athlete.id, words, back, part=PART)
    begin_anew()
    st.rerun(scope="app")


def _put_back(conn: Connection, athlete_id: int, answers: dict[str, Any], number: int | None = None) -> None:
    if number is not None:
        assessments.remove_assessment(conn, state.viewer(), number)
        st.query_params.pop(CHOSEN, None)
    drafts.save_draft(conn, state.viewer(), athlete_id, answers)
    begin_anew()
