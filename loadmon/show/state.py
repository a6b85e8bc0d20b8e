"""What a page may ask for: the store, who is looking, and figures kept until the store changes."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pandas as pd
import streamlit as st

from loadmon.athlete import Athlete
from loadmon.correction import Correction
from loadmon.days import WeekStart
from loadmon.intake import correct, twins
from loadmon.intake import known_by as known_bys
from loadmon.intake.known_by import KnownBy
from loadmon.repair.words import TAKES_OUT
from loadmon.session import Session
from loadmon.settings import read_settings
from loadmon.show import figures
from loadmon.show import session_view as session_views
from loadmon.show.dynamics_view import dynamics_view
from loadmon.show.history_view import DISTANCE, UNCOUPLED, HistoryView, history_view
from loadmon.show.load_shown import ShownLoad
from loadmon.show.ratio_shown import ShownRatio
from loadmon.show.session_view import SessionView
from loadmon.store import Store, Viewer, open_store, preferences
from loadmon.store import sessions as session_rows
from loadmon.store.sessions import StoredSession
from loadmon.units import Units, UnitSystem

UNITS = "units"


@st.cache_resource(show_spinner=False)
def store() -> Store:
    """The one store of this process; the server has brought it up to date before any page runs."""
    settings = read_settings()
    return open_store(settings.database, settings.home, migrate=False)


def viewer() -> Viewer:
    """Who is looking: the person at their own machine, who sees everyone. Every question to the store goes through it."""
    return Viewer.everyone()


def now() -> datetime:
    """This moment, in UTC; days are told from it on each runner's own clock."""
    return datetime.now(UTC)


def units() -> Units:
    """The unit of length this person reads."""
    chosen = st.session_state.get(UNITS) or _preference(store().revision(), UNITS, UnitSystem.METRIC.value)
    return Units(UnitSystem(chosen))


def week_start() -> WeekStart:
    """The day on which weeks begin in every chart and table."""
    return _week_start(store().revision())


def athletes() -> list[Athlete]:
    """Everyone the viewer may see, by name."""
    return _athletes(store().revision(), viewer())


def squad_rows() -> list[figures.SquadRow]:
    """Everyone's week, most needing first."""
    return _squad_rows(store().revision(), viewer(), units(), hour(), week_start())


def runner_week(athlete_id: int) -> figures.WeekView:
    """One runner's week."""
    return _runner_week(store().revision(), viewer(), athlete_id, units(), hour(), week_start())


def runner_history(
    athlete_id: int, days: int | None, load: ShownLoad = DISTANCE, ratio: ShownRatio = UNCOUPLED
) -> HistoryView:
    """One runner's days, runs and trends over the last ``days`` (all if None), for one way to say load and its ratio."""
    return _runner_history(store().revision(), viewer(), athlete_id, days, units(), hour(), load, ratio, week_start())


def runner_dynamics(athlete_id: int) -> pd.DataFrame:
    """One runner's running dynamics, run by run."""
    return _runner_dynamics(store().revision(), viewer(), athlete_id)


def runner_sessions(athlete_id: int) -> pd.DataFrame:
    """A runner's sessions, newest first."""
    return _runner_sessions(store().revision(), viewer(), athlete_id, hour())


def recorded_twice(athlete_id: int | None) -> pd.DataFrame:
    """Two recordings of one run, a row a pair, of one runner or of everyone."""
    return _recorded_twice(store().revision(), viewer(), athlete_id)


def known_by(athlete_id: int) -> list[KnownBy]:
    """By what files are known as a runner's."""
    return _known_by(store().revision(), viewer(), athlete_id)


def session_view(athlete_id: int, session_id: int) -> SessionView:
    """What one session was worth and how it was run."""
    return _session_view(store().revision(), viewer(), athlete_id, session_id, hour())


def session(session_id: int) -> StoredSession:
    """One session with its stream."""
    return _session(store().revision(), viewer(), session_id)


def session_as_read(session_id: int) -> StoredSession:
    """One session as it was read, its corrections beside it."""
    return _session_as_read(store().revision(), viewer(), session_id)


def session_with_all_channels(session_id: int) -> Session:
    """One session as it is put right, but for the channels that were left out: they are in it."""
    return _session_with_all_channels(store().revision(), viewer(), session_id)


def suggestions(session_id: int) -> list[Correction]:
    """What rules would put right in a session and nobody has decided yet."""
    return _suggestions(store().revision(), viewer(), session_id)


def chosen(key: str, otherwise: str) -> str:
    """A choice made on a page, now or on an earlier visit; ``otherwise`` before the first."""
    return _preference(store().revision(), key, otherwise)


def remember(key: str, value: str | None) -> None:
    """Keep a choice made on a page."""
    with store().write() as conn:
        preferences.set_preference(conn, key, value)


def hour() -> datetime:
    """The beginning of this hour: figures are made anew when the day has changed, whatever the clock of the runner."""
    return now().replace(minute=0, second=0, microsecond=0)


# The first argument is the store's change counter: what was kept is dropped as soon as anything has changed.
_kept = st.cache_data(max_entries=64, ttl=timedelta(hours=6), show_spinner=False)


@_kept
def _athletes(revision: int, viewer: Viewer) -> list[Athlete]:
    return figures.athletes(store(), viewer)


@_kept
def _squad_rows(revision: int, viewer: Viewer, units: Units, at: datetime, first: WeekStart) -> list[figures.SquadRow]:
    return figures.squad_rows(store(), viewer, units, at, first=first)


@_kept
def _runner_week(
    revision: int, viewer: Viewer, athlete_id: int, units: Units, at: datetime, first: WeekStart
) -> figures.WeekView:
    return figures.week_view(store(), viewer, athlete_id, units, at, first=first)


@_kept
def _runner_history(
    revision: int,
    viewer: Viewer,
    athlete_id: int,
    days: int | None,
    units: Units,
    at: datetime,
    load: ShownLoad,
    ratio: ShownRatio,
    first: WeekStart,
) -> HistoryView:
    return history_view(store(), viewer, athlete_id, days, units, at, load=load, ratio=ratio, first=first)


@_kept
def _runner_dynamics(revision: int, viewer: Viewer, athlete_id: int) -> pd.DataFrame:
    return dynamics_view(store(), viewer, athlete_id)


@_kept
def _runner_sessions(revision: int, viewer: Viewer, athlete_id: int, at: datetime) -> pd.DataFrame:
    return session_views.runner_sessions(store(), viewer, athlete_id, at)


@_kept
def _recorded_twice(revision: int, viewer: Viewer, athlete_id: int | None) -> pd.DataFrame:
    with store().read() as conn:
        return twins.recorded_twice(conn, viewer, None if athlete_id is None else [athlete_id])


@_kept
def _known_by(revision: int, viewer: Viewer, athlete_id: int) -> list[KnownBy]:
    with store().read() as conn:
        return known_bys.known_by(conn, viewer, [athlete_id])


@_kept
def _session_view(revision: int, viewer: Viewer, athlete_id: int, session_id: int, at: datetime) -> SessionView:
    return session_views.session_view(store(), viewer, athlete_id, session_id, at)


@_kept
def _session(revision: int, viewer: Viewer, session_id: int) -> StoredSession:
    with store().read() as conn:
        return session_rows.one(conn, viewer, session_id)


@_kept
def _session_as_read(revision: int, viewer: Viewer, session_id: int) -> StoredSession:
    with store().read() as conn:
        return session_rows.as_read(conn, viewer, session_id)


@_kept
def _session_with_all_channels(revision: int, viewer: Viewer, session_id: int) -> Session:
    with store().read() as conn:
        return session_rows.one(conn, viewer, session_id, but=TAKES_OUT).session


@_kept
def _suggestions(revision: int, viewer: Viewer, session_id: int) -> list[Correction]:
    with store().read() as conn:
        return correct.suggested(conn, viewer, session_id)


@_kept
def _week_start(revision: int) -> WeekStart:
    with store().read() as conn:
        return WeekStart(preferences.week_start(conn))


@_kept
def _preference(revision: int, key: str, otherwise: str) -> str:
    with store().read() as conn:
        return str(preferences.preference(conn, key, otherwise))
