"""What a page may ask for of injury risk: estimates, the club's rows, the alarm diary; kept until the store changes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

import streamlit as st

from loadmon.planning.check_in import PROBLEM, CheckIn
from loadmon.planning.pain_log import PainEntry
from loadmon.planning.week_problems import WEEK_DAYS, of_week
from loadmon.risk.alarms import AlarmDiary, alarm_diary
from loadmon.risk.design import Design, Record, weekly_design
from loadmon.risk.estimate import RiskEstimate
from loadmon.risk.fit import Fit
from loadmon.show import risk_data, state
from loadmon.show.tissue_state import kept_loads
from loadmon.store import Viewer, check_ins, pain, risk_fits
from loadmon.store.risk_fits import KeptFit


@dataclass(frozen=True, eq=False)
class RunnerRisk:
    """One runner's estimate and what it was made from; no estimate for one who has no day yet."""

    estimate: RiskEstimate | None
    record: Record
    fit: Fit


def runner_risk(athlete_id: int) -> RunnerRisk:
    """One runner's estimate of today."""
    return _runner_risk(state.store().revision(), state.viewer(), athlete_id, state.hour())


def club_design() -> Design:
    """Every runner-week of the club."""
    return _club_design(state.store().revision(), state.viewer(), state.hour())


def diary(budget: int) -> AlarmDiary:
    """What would have been flagged in the club's past at a budget."""
    return _diary(state.store().revision(), state.viewer(), state.hour(), budget)


def pain_of(athlete_id: int, today: date) -> list[PainEntry]:
    """Entries of a runner's pain log of the last seven days."""
    with state.store().read() as conn:
        found = pain.pain_entries(conn, state.viewer(), [athlete_id], since=today - timedelta(days=7))
    return list(found.values())


def problems_of(athlete_id: int, today: date) -> list[CheckIn]:
    """What a runner answered to the week's questions of health problems within the last seven days."""
    with state.store().read() as conn:
        told = check_ins.check_ins(
            conn, state.viewer(), [athlete_id], kind=PROBLEM, since=today - timedelta(days=WEEK_DAYS)
        )
    return of_week(told.values(), today)


def damaged() -> list[int]:
    """Numbers of kept fits that cannot be read."""
    with state.store().read() as conn:
        return risk_fits.damaged_fits(conn, state.viewer())


def fits() -> list[KeptFit]:
    """Every fit that was kept, newest first."""
    with state.store().read() as conn:
        return risk_fits.kept_fits(conn, state.viewer())


_kept = st.cache_data(max_entries=24, ttl=timedelta(hours=6), show_spinner=False)
_shared = st.cache_resource(max_entries=24, ttl=timedelta(hours=6), show_spinner=False)


@_shared
def _runner_risk(revision: int, viewer: Viewer, athlete_id: int, at: datetime) -> RunnerRisk:
    record = risk_data.record_of(state.store(), viewer, at, [athlete_id], kept_loads())
    fit = risk_data.fit_in_use(state.store(), viewer)
    return RunnerRisk(risk_data.estimates_of(record, fit).get(athlete_id), record, fit)


@_shared
def _club_design(revision: int, viewer: Viewer, at: datetime) -> Design:
    return weekly_design(risk_data.club_record(state.store(), viewer, at, kept_loads()))


@_kept
def _diary(revision: int, viewer: Viewer, at: datetime, budget: int) -> AlarmDiary:
    return alarm_diary(_club_design(revision, viewer, at), budget)
