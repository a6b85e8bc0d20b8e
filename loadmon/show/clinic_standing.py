"""What still stands from earlier assessments on the page, and the way to write down who cleared running."""

from __future__ import annotations

from datetime import date
from functools import partial

import streamlit as st
from sqlalchemy import Connection

from loadmon.athlete import Athlete
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.names import key_name
from loadmon.clinic.standing import Cleared, Standing, StillSore, cleared_words, stopped_words
from loadmon.days import day_words
from loadmon.planning.gate import ROLES
from loadmon.show import clinic_state, undo
from loadmon.show.plain import plain
from loadmon.show.words import capital
from loadmon.store import Viewer, clearances
from loadmon.store.assessments import KeptAssessment

PART = "clearance"


def said_words(one: StillSore, known: Knowledge) -> str:
    """Soreness of an earlier day: ``Achilles tendon, left (said on 2 March 2026, not asked since)``."""
    name = key_name((one.symptom.tissue, one.symptom.side), known)
    return f"{name} (said on {day_words(one.day)}, not asked since)"


def notice(beside: Standing, known: Knowledge) -> None:
    """Stops that nobody has cleared, and soreness that was not asked about again."""
    if beside.stopped:
        told = "; ".join(stopped_words(one) for one in beside.stopped)
        st.error(
            f"**{plain(capital(told))}.** It holds until a named clinician has cleared running: "
            "write that down below the correction plan of a finished assessment."
        )
    if beside.sore:
        told = "; ".join(said_words(one, known) for one in beside.sore)
        st.caption(
            f"Still counted as sore: {plain(told)}. The limits hold until somebody says under What hurts that it is gone."
        )


def clearance(athlete: Athlete, number: int, kept: KeptAssessment, *, stops: bool) -> None:
    """Who cleared running after this stop, and the way to write it down or take it back."""
    undo.offer(athlete.id, PART)
    on = clinic_state.today(athlete)
    if kept.cleared is not None:
        said = f"Running {cleared_words(kept.cleared)}."
        undo.line(
            athlete.id, said, partial(_write, number=number, cleared=None, today=on),
            partial(_write, number=number, cleared=kept.cleared, today=on), "The clearance was taken back.",
            key=f"clearance-back-{number}", part=PART,
        )  # fmt: skip
        return
    if not stops:
        return
    with st.expander("Write down who cleared running"), st.form(f"clearance-{number}", border=False):
        first, second, third = st.columns([2, 1, 1])
        by = first.text_input("Cleared by", placeholder="Name; a physician, with bone of high risk")
        role = second.segmented_control("As", ROLES)
        day = third.date_input(
            "Cleared on", value=None, min_value=kept.assessment.circumstances.day, max_value=on, format="YYYY-MM-DD"
        )
        if not st.form_submit_button("Write the clearance down"):
            return
        if not isinstance(day, date):
            st.error("**The day is left open.** Give the day on which running was cleared.")
            return
        undo.do(
            athlete.id, partial(_write, number=number, cleared=Cleared(by, day, role=role), today=on),
            partial(_write, number=number, cleared=None, today=on), f"Written down: running cleared by {by}.", part=PART,
        )  # fmt: skip


def _write(conn: Connection, viewer: Viewer, number: int, cleared: Cleared | None, today: date) -> None:
    clearances.write_clearance(conn, viewer, number, cleared, today=today)
