"""What the pages of check-ins, plans and injuries ask for, kept until the store changes."""

from __future__ import annotations

from datetime import datetime, timedelta

import streamlit as st

from loadmon.planning.pain_log import PainEntry
from loadmon.show import return_view as views
from loadmon.show import state
from loadmon.show.return_view import ReturnView
from loadmon.store import Viewer, pain

_kept = st.cache_data(max_entries=32, ttl=timedelta(hours=6), show_spinner=False)


def return_view(athlete_id: int) -> ReturnView:
    """One runner's return to running as it stands."""
    return _return_view(state.store().revision(), state.viewer(), athlete_id, state.hour())


def pain_entries(athlete_id: int) -> dict[int, PainEntry]:
    """One runner's pain log."""
    return _pain_entries(state.store().revision(), state.viewer(), athlete_id)


@_kept
def _return_view(revision: int, viewer: Viewer, athlete_id: int, at: datetime) -> ReturnView:
    return views.return_view(state.store(), viewer, athlete_id, at)


@_kept
def _pain_entries(revision: int, viewer: Viewer, athlete_id: int) -> dict[int, PainEntry]:
    with state.store().read() as conn:
        return pain.pain_entries(conn, viewer, [athlete_id])
