"""From an assessment at an easy speed to a second one, at the speed that provokes: its form begun, or where it stands."""

from __future__ import annotations

from functools import partial

import streamlit as st

from loadmon.athlete import Athlete
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.provoking import provoking_answers
from loadmon.show import clinic_state, state, undo
from loadmon.show.clinic_fields import begin_anew
from loadmon.show.clinic_form import CHOSEN, DRAFT, PART
from loadmon.show.plain import plain
from loadmon.store import assessments
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
    viewer = state.viewer()
    with state.store().write() as conn:
        assessments.save_draft(conn, viewer, athlete.id, provoking_answers(kept.assessment, known))
    words = f"Begun: a second assessment of that day, at {at}. What does not depend on speed is filled in."
    undo.remember(
        athlete.id, plain(words), partial(assessments.drop_draft, viewer=viewer, athlete_id=athlete.id), part=PART
    )
    begin_anew()
    st.query_params[CHOSEN] = DRAFT
    st.rerun()
