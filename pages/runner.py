"""Runner: who they are, their limits with the day they hold from, how their load is told, and by what files are theirs."""

import streamlit as st

from loadmon.show import findings, known_by, parts, runner, twins
from loadmon.show.plain import plain

athlete = parts.choose_athlete()
if athlete is None:
    parts.no_runner_yet()
    st.stop()

st.title(f"{plain(athlete.name)}: about the runner")

st.header("Limits and measures")
runner.limits(athlete)

st.header("Person")
runner.person(athlete)

st.header("What was seen in how they run")
findings.findings(athlete)

st.header("How load is told")
runner.load_order(athlete)

st.header("Runs recorded twice")
twins.for_runner(athlete)

st.header(known_by.HEADING)
known_by.for_runner(athlete)

st.header("For everyone")
runner.week_begins()
