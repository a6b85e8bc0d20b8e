"""Returning to running: what the runner does next and why not more; then, for the clinician, what it rests on and who decided."""

import streamlit as st

from loadmon.show import health_state, parts, return_decide, return_form, return_page, return_reasons
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

return_page.next_run(view)
st.header("Planned and run")
return_page.charts(view)
st.header("Next weeks")
return_page.next_weeks(view)
st.header("To take along")
return_page.downloads(view)
st.header("For the clinician", anchor=return_page.FOR_CLINICIAN)
return_decide.decide(view)
st.subheader("What the plan comes to")
return_reasons.projections(view)
st.subheader("What it rests on")
return_reasons.what_it_rests_on(view)
return_decide.decisions(view)
