"""From a finished assessment back into the form: to put it right, or to look a second time at the speed that provokes."""

from __future__ import annotations

from functools import partial
from typing import Any

import streamlit as st
from sqlalchemy import Connection

from loadmon.athlete import Athlete
from loadmon.clinic.filled_in import filled_in, provoking_answers
from loadmon.clinic.knowledge import Knowledge
from loadmon.show import clinic_state, state, undo
from loadmon.show.clinic_fields import begin_anew
from loadmon.show.clinic_form import CHOSEN, DRAFT, PART
from loadmon.show.words import day_of_year
from loadmon.store import assessments, drafts
from loadmon.store.assessments import KeptAssessment


def second_look(athlete: Athlete, kept: KeptAssessment, known: Knowledge) -> None:
    """Where a provoking speed was told: the way to enter its values, or a word that they stand in the list."""
    seen = kept.assessment.circumstances
    if seen.provoking_speed_mps is None or seen.at_provoking_speed:
        return
    at = f"{seen.provoking_speed_mps:g} m/s"
    others = (one.assessment.circumstances for one in clinic_state.finished(athlete.id).values())
    if any((one.day, one.speed_mps) == (seen.day, seen.provoking_speed_mps) for one in others):
        st.caption(f"The values at {at}, the speed that provokes, are an assessment of their own in the list above.")
        return
    begun = bool(clinic_state.draft(athlete.id))
    if begun:
        st.caption(f"Values at {at}, the speed that provokes, can be entered once the draft is finished or emptied.")
    if not st.button(f"Enter the values at {at}, the speed that provokes", key="second-look", disabled=begun):
        return
    answers = provoking_answers(kept.assessment, known)
    words = f"Begun: a second assessment of that day, at {at}. What does not depend on speed is filled in."
    _into_the_form(athlete, answers, words)


def put_right(athlete: Athlete, number: int, kept: KeptAssessment, known: Knowledge) -> None:
    """Take an assessment back into the form, with all that stands in it: an age that was forgotten, a side that was wrong."""
    begun = bool(clinic_state.draft(athlete.id))
    told = "A draft is begun: finish or empty it first." if begun else "It is taken back, and stands in the form again."
    if st.button("Put it right in the form", type="tertiary", key=f"put-right-{number}", disabled=begun, help=told):
        words = f"Back in the form: the assessment of {day_of_year(kept.assessment.circumstances.day)}."
        _into_the_form(athlete, filled_in(kept.assessment, known), words, taken_back=number)


def _into_the_form(athlete: Athlete, answers: dict[str, Any], words: str, *, taken_back: int | None = None) -> None:
    with state.store().write() as conn:
        drafts.save_draft(conn, state.viewer(), athlete.id, answers)
        if taken_back is not None:
            assessments.remove_assessment(conn, state.viewer(), taken_back)
    undo.remember(athlete.id, words, partial(_out_again, athlete_id=athlete.id, number=taken_back), part=PART)
    begin_anew()
    st.query_params[CHOSEN] = DRAFT
    st.rerun()


def _out_again(conn: Connection, athlete_id: int, number: int | None) -> None:
    drafts.drop_draft(conn, state.viewer(), athlete_id)
    if number is not None:
        assessments.restore_assessment(conn, state.viewer(), number)
    begin_anew()
