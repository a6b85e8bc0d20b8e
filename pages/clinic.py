"""Assessment: what a clinician measures, what likely drives it, how it is corrected, and whether it is kept to."""

import streamlit as st

from loadmon.show import clinic, parts
from loadmon.show.plain import plain

athlete = parts.choose_athlete()
if athlete is None:
    parts.no_runner_yet()
    clinic.limits(None)
    st.stop()

st.title(f"{plain(athlete.name)}: assessment")
chosen = clinic.chosen(athlete)
if chosen is None:
    clinic.draft(athlete)
else:
    clinic.finished(athlete, *chosen)

clinic.limits(athlete)
