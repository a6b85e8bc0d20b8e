"""Injury estimate: after the facts, how likely a new injury is, within which range, why, and what that is worth."""

import streamlit as st

from loadmon.show import parts, risk, risk_club, risk_state, state
from loadmon.show.plain import plain

athlete = parts.choose_athlete()
if athlete is None:
    parts.no_runner_yet()
    st.stop()

st.title(f"{plain(athlete.name)}: injury estimate")
st.header("First what was seen")
risk.facts_first(athlete)

st.header("The estimate")
seen = risk_state.runner_risk(athlete.id)
if seen.estimate is None:
    parts.no_session_yet(athlete)
    st.stop()
risk.estimate(seen.estimate)
risk.drivers(seen.estimate)

st.header("What if: the next two weeks")
risk.plan_ahead(athlete, seen)

kept = risk_state.fits()
st.header("What it was fitted to")
risk_club.fitted_to(seen.fit, kept)

if state.viewer().sees_all:
    st.header("Its record in this club")
    risk_club.record(kept)

    st.header("Alarm diary")
    st.markdown(
        "If on each past Monday the highest estimates had been alarms, within what is allowed and with what was known by then:"
    )
    if st.toggle("Look back over the whole squad", key="risk-diary"):
        risk_club.diary({one.id: parts.named(one) for one in state.athletes()})

st.header("Model card")
risk_club.card(seen.fit, kept)
