"""Returning to running: the gate, the plan and its reasons, planned against done, what is proposed, who decided."""

import streamlit as st

from loadmon.show import health_state, parts, return_form, return_page
from loadmon.show.plain import plain

athlete = parts.choose_athlete()
if athlete is None:
    parts.no_runner_yet()
    st.stop()

st.title(f"{plain(athlete.name)}: returning to running")
view = health_state.return_view(athlete.id)
return_page.what_was_done_last(view)
if view.stored is None or view.followed is None:
    return_form.no_plan_yet(view)
    st.stop()

return_page.standing(view)
st.header("Planned against done")
return_page.charts(view)
st.header("Next weeks")
return_page.next_weeks(view)
st.header("To take along")
return_page.downloads(view)
st.header("What it rests on")
return_page.what_it_rests_on(view)
return_page.decisions(view)
