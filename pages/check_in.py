"""Check-in: how a run or a day felt, how the week went, how somebody feels today; quick on a phone."""

import streamlit as st

from loadmon.show import check_in, pain_form, parts
from loadmon.show.plain import plain

athlete = parts.choose_athlete()
if athlete is None:
    parts.no_runner_yet()
    st.stop()

st.title(f"{plain(athlete.name)}: check-in")
pain_form.what_was_done_last(athlete)
check_in.reminder(athlete)

st.header("Pain")
pain_form.form(athlete)
pain_form.told_lately(athlete)

st.header("Today")
check_in.wellness(athlete)

st.header("The week")
check_in.problem(athlete)
check_in.one_area(athlete)

st.header("Running with an injury")
check_in.ability(athlete)

st.header("What was answered")
check_in.told_lately(athlete)
