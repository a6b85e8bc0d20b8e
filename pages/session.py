"""One session: what the watch recorded, what was odd about it, and what loadmon made of it."""

import streamlit as st

from loadmon.show import (
    effort,
    parts,
    putting_right,
    session,
    session_figures,
    session_gait,
    session_load,
    session_panels,
    session_tissue,
    state,
    twins,
)
from loadmon.show.session_view import with_true_reasons

athlete = parts.choose_athlete(session.runner_of_link())
if athlete is None:
    parts.no_runner_yet()
    st.stop()

chosen = session.choose(athlete)
if chosen is None:
    parts.no_session_yet(athlete)
    st.stop()

stored = state.session(chosen.session_id)
session.heading(stored, chosen.not_counted)
session_figures.figures(stored)
session_panels.panels(stored)
view = with_true_reasons(state.session_view(athlete.id, stored.id), stored.session)
session_load.load(view.load, athlete.id, state.units())
effort.effort(stored)
session_gait.gait(view, stored, state.units())
session_tissue.tissues(stored)
twins.two_recordings(stored)
session.laps(stored)
putting_right.putting_right(stored)
session.provenance(stored)
