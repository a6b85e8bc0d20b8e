"""The first part of the assessment's form: when, by whom, at which speed and on what it was looked at."""

from __future__ import annotations

from datetime import date

import streamlit as st

from loadmon.clinic.assessment import FATIGUE, LEAST_STEPS, SURFACES
from loadmon.show.clinic_fields import Fields
from loadmon.show.day_limits import FIRST_DAY, LAST_DAY


def circumstances(fields: Fields) -> None:
    """When, by whom, at which speed, on what: open from the beginning."""
    with st.expander("How it was looked at", expanded=True):
        first, second = st.columns(2)
        key = fields.key("day")
        if isinstance(st.session_state[key], str):
            st.session_state[key] = date.fromisoformat(st.session_state[key])
        first.date_input(
            "Day",
            value=None,
            min_value=FIRST_DAY,
            max_value=LAST_DAY,
            format="YYYY-MM-DD",
            key=key,
            on_change=fields.changed,
        )
        second.text_input(
            "Assessed by",
            key=fields.key("assessor", empty=""),
            placeholder="Name of who looked",
            on_change=fields.changed,
        )
        one, two, three, four = st.columns(4)
        fields.number(
            one,
            "speed_mps",
            "Speed, m/s",
            step=0.05,
            told="The speed at which these values were measured. Angles, times and cadence follow speed.",
        )
        fields.number(
            two,
            "provoking_speed_mps",
            "Provoking speed, m/s",
            step=0.05,
            told="The speed at which it hurts or form fades, if it was looked at too. Its values are an assessment of their own: finish "
            "this one, and begin the other from there.",
        )
        fields.number(three, "slope_pct", "Slope, %")
        fields.choice(four, "surface", "Surface", SURFACES)
        one, two, three, four = st.columns(4)
        fields.number(one, "frames_per_second", "Video frames a second")
        fields.number(
            two,
            "steps_averaged",
            "Steps averaged",
            told=f"Angles on video are told of at least {LEAST_STEPS} steps (Dingenen 2018).",
        )
        fields.choice(three, "fatigue", "Fatigue", FATIGUE)
        fields.number(four, "pain_during", "Pain meanwhile, of 10")
        st.text_input("Shoes", key=fields.key("shoes", empty=""), on_change=fields.changed)
