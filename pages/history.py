"""History: load, ratio, cadence and injuries on one time axis, and every session in a table."""

import streamlit as st

from loadmon.show import diary, history, parts, state
from loadmon.show.plain import plain

athlete = parts.choose_athlete()
if athlete is None:
    parts.no_runner_yet()
    st.stop()

st.title(f"{plain(athlete.name)}: history")
span, load, ratio = history.choose_what()
view = state.runner_history(athlete.id, span, load, ratio)
history.where_it_ends(view)
history.panels(view)

st.header("Sessions")
history.sessions(view)

st.header("Injuries and days without a watch")
diary.diary(athlete, view)
