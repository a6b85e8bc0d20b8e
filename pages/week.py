"""My week: what this week means, how long the next run may sensibly be, and what changed."""

import streamlit as st

from loadmon.show import parts, risk, state, week
from loadmon.show.plain import plain

athlete = parts.choose_athlete()
if athlete is None:
    parts.no_runner_yet()
    st.stop()

view = state.runner_week(athlete.id)
st.title(plain(athlete.name))
week.headline(view)
week.next_run(view)
week.figures(view)
seen = st.container()

st.header("The last twelve weeks")
week.weeks_chart(view)

st.header("This week's sessions")
week.sessions(view)

with seen:  # last: what the tissues say takes a moment after a change, and the page is read meanwhile
    week.facts(view)
    risk.quiet_line(athlete)
