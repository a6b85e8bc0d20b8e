"""The page Assessment: which one is looked at, the draft or a finished one."""

from __future__ import annotations

import streamlit as st

from loadmon.athlete import Athlete
from loadmon.clinic.load_change import load_plan
from loadmon.clinic.reasoning import reason
from loadmon.show import (
    clinic_adherence,
    clinic_again,
    clinic_form,
    clinic_ledger,
    clinic_limits,
    clinic_plan,
    clinic_reasoning,
    clinic_standing,
    clinic_state,
    parts,
    undo,
)
from loadmon.show.clinic_form import DRAFT
from loadmon.store.assessments import KeptAssessment

ABOUT = (
    "What you measure is ordered by fixed rules: what is likely the driver, what compensates for it, which tissue takes the load, "
    "and what to test before anything is named. Every step shows its source; most limits are working rules of ours."
)


def chosen(athlete: Athlete) -> tuple[int, KeptAssessment] | None:
    """The finished assessment that is looked at; None where it is the draft."""
    found = clinic_state.finished(athlete.id)
    begun = bool(clinic_state.draft(athlete.id))
    options = {DRAFT: "The draft, not finished yet" if begun else "A new assessment"}
    options |= {str(number): clinic_reasoning.title_of(kept.assessment) for number, kept in found.items()}
    otherwise = DRAFT if begun or not found else str(next(iter(found)))
    undo.offer(athlete.id, clinic_form.PART)
    number = parts.choose_linked("Assessment", options, clinic_form.CHOSEN, otherwise=otherwise)
    return None if number in (None, DRAFT) else (int(number), found[int(number)])


def draft(athlete: Athlete) -> None:
    """The form."""
    st.markdown(ABOUT)
    clinic_form.form(athlete)


def finished(athlete: Athlete, number: int, kept: KeptAssessment) -> None:
    """A finished assessment: what drives it, what to do, what to take along, and how it went on."""
    known = clinic_state.known_for(kept)
    beside = clinic_state.beside(athlete.id, number)
    told = reason(beside.whole, known)
    clinic_reasoning.heading(kept)
    with st.container(horizontal=True):
        clinic_reasoning.take_back(athlete, number, kept)
        clinic_again.put_right(athlete, number, kept, known)
    clinic_standing.notice(beside, known)
    st.header("How it was")
    clinic_reasoning.how(kept.assessment, known)
    clinic_again.second_look(athlete, kept, known)
    st.header("What drives it")
    clinic_reasoning.reasoning(told, known)
    clinic_reasoning.values(kept.assessment, known)
    st.header("Correction plan")
    target = clinic_plan.plan(athlete, told, known, number, kept.cadence_pct, beside)
    clinic_standing.clearance(athlete, number, kept, stops=bool(load_plan(told, known, beside).stop))
    st.header("Cadence kept in the runs")
    seen = kept.assessment.circumstances
    clinic_adherence.adherence(athlete, target, seen.day, seen.speed_mps)
    st.header("Since last time")
    clinic_reasoning.since_last_time(athlete, number, kept, known)
    st.header("Into tissue load")
    earlier = clinic_state.before(athlete.id, number)
    then = None if earlier is None else reason(earlier.assessment, clinic_state.known_for(earlier))
    clinic_ledger.to_ledger(athlete, told, then, known)


def limits(athlete: Athlete | None) -> None:
    """The limits, with their sources, and how others are set; they are nobody's, so also while there is no runner."""
    st.header("Limits")
    clinic_limits.limits(athlete)
