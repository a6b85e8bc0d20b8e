"""Injury record: every injury with how it came on, its kind and its days lost; beneath, the squad's figures."""

import streamlit as st

from loadmon.show import injury_record, parts, squad_injuries
from loadmon.show.plain import plain

athlete = parts.choose_athlete()
if athlete is None:
    parts.no_runner_yet()
    st.stop()

st.title(f"{plain(athlete.name)}: injury record")
injury_record.what_was_done_last(athlete)
injury_record.record(athlete)

st.header("Note an injury")
injury_record.form(athlete)

st.header("For everyone")
squad_injuries.week_questions()
squad_injuries.figures()
squad_injuries.codes()
