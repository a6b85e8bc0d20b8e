"""Tissue load: which tissue took the week, against the runner's own steps; each tissue's time line; what none can tell."""

import streamlit as st

from loadmon.show import parts, tissue_panels, tissues
from loadmon.show.plain import plain

athlete = parts.choose_athlete()
if athlete is None:
    parts.no_runner_yet()
    st.stop()

st.title(f"{plain(athlete.name)}: tissue load")
looked = tissues.look(athlete)
if looked is None:
    st.stop()

tissues.headline(looked)
body, line = st.columns([1, 1.25], gap="large")
with line:
    chosen = tissues.choose_tissue(looked)
    tissue_panels.time_line(looked.view, chosen)
with body:
    tissues.the_map(looked, chosen)

st.header("The week, tissue by tissue")
tissues.the_table(looked, chosen)

st.header("What it rests on")
tissues.what_was_assumed(looked)
tissues.take_away(looked)
