"""What the page Assessment asks for: the draft, what is finished, the knowledge with the clinic's own limits, and a beginning."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from loadmon.athlete import Athlete
from loadmon.clinic.agreed_cadence import AgreedCadence, agreed_cadence
from loadmon.clinic.answers import first_answers
from loadmon.clinic.assessment import Assessment
from loadmon.clinic.compared import looked_otherwise
from loadmon.clinic.from_watch import from_watch
from loadmon.clinic.knowledge import Knowledge, default_knowledge
from loadmon.clinic.recent_load import recent_load
from loadmon.clinic.standing import Standing, standing
from loadmon.clinic.thresholds import OwnThreshold, with_thresholds
from loadmon.days import today_in_zone
from loadmon.show import state
from loadmon.store import Viewer, assessments, clearances, clinic_limits, drafts, runs
from loadmon.store.assessments import KeptAssessment


def today(athlete: Athlete) -> date:
    """The runner's own day."""
    return today_in_zone(athlete.time_zone, state.now())


def finished(athlete_id: int) -> dict[int, KeptAssessment]:
    """A runner's finished assessments by their number, the latest first."""
    with state.store().read() as conn:
        found = assessments.assessments(conn, state.viewer(), [athlete_id])
    return dict(reversed(found.items()))


def before(athlete_id: int, number: int) -> KeptAssessment | None:
    """The finished assessment before this one, none that looked at running that is not alike; None if it is the first."""
    found = list(finished(athlete_id).items())
    place = [n for n, _ in found].index(number)
    now = found[place][1].assessment
    earlier = (kept for _, kept in found[place + 1 :])
    return next((kept for kept in earlier if not looked_otherwise(kept.assessment, now)), None)


def beside(athlete_id: int, number: int) -> Standing:
    """A finished assessment with what still stands from those before it."""
    with state.store().read() as conn:
        found = list(assessments.assessments(conn, state.viewer(), [athlete_id]).items())
        given = clearances.clearances(conn, state.viewer(), athlete_id)
    place = [n for n, _ in found].index(number)
    past = [(kept.assessment, kept.finished) for _, kept in found[: place + 1]]
    return standing(past[-1], past[:-1], given, default_knowledge())


def beside_draft(one: Assessment) -> Standing:
    """What stands in a form, with what still stands from assessments up to its day."""
    with state.store().read() as conn:
        found = assessments.assessments(conn, state.viewer(), [one.athlete_id]).values()
        given = clearances.clearances(conn, state.viewer(), one.athlete_id)
    day = one.circumstances.day
    past = [(kept.assessment, kept.finished) for kept in found if kept.assessment.circumstances.day <= day]
    return standing((one, state.now()), past, given, default_knowledge())


def agreed(athlete_id: int) -> AgreedCadence | None:
    """The cadence that the latest assessment's block aims at; None where it aims at none, or this viewer reads no assessments."""
    latest = next(iter(finished(athlete_id).items()), None)
    if latest is None:
        return None
    number, kept = latest
    return agreed_cadence(beside(athlete_id, number), known_for(kept), kept.cadence_pct)


def own_thresholds() -> dict[int, OwnThreshold]:
    """Limits that hold instead of loadmon's own, by their number."""
    with state.store().read() as conn:
        return clinic_limits.thresholds(conn, state.viewer())


def known() -> Knowledge:
    """The knowledge with the limits that hold now."""
    return with_thresholds(default_knowledge(), own_thresholds().values())


def known_for(kept: KeptAssessment) -> Knowledge:
    """The knowledge with the limits by which a finished assessment is told."""
    return with_thresholds(default_knowledge(), kept.thresholds)


def draft(athlete_id: int) -> dict[str, Any]:
    """What has been filled in of a runner's assessment that is not finished."""
    with state.store().read() as conn:
        return drafts.draft(conn, state.viewer(), athlete_id)


def beginning(athlete: Athlete, on: date) -> dict[str, Any]:
    """What a form of this day begins with: the day, and what the watch and the record told by then."""
    table = _runs(state.store().revision(), state.viewer(), athlete.id)
    height = athlete.threshold("height_m", on)
    return first_answers(from_watch(table, on, default_knowledge()), recent_load(table, on), height, on)


def came_back(athlete_id: int, since: date) -> tuple[dict[int, bytes], dict[int, date]]:
    """What is kept of each run since a day that counts, and the day of each."""
    table = _runs(state.store().revision(), state.viewer(), athlete_id)
    counts = table["is_running"] & ~table["excluded"] & (pd.to_datetime(table["local_day"]) >= pd.Timestamp(since))
    kept = table[counts]
    days = dict(zip(kept["session_id"].tolist(), pd.to_datetime(kept["local_day"]).dt.date.tolist(), strict=True))
    return _exposures(state.store().revision(), state.viewer(), athlete_id, since), days


# kept until the store changes; a draft does not count as a change
_kept = st.cache_data(max_entries=16, ttl=timedelta(hours=6), show_spinner=False)


@_kept
def _runs(revision: int, viewer: Viewer, athlete_id: int) -> pd.DataFrame:
    with state.store().read() as conn:
        return runs.runs_table(conn, viewer, [athlete_id])


@_kept
def _exposures(revision: int, viewer: Viewer, athlete_id: int, since: date) -> dict[int, bytes]:
    with state.store().read() as conn:
        return runs.exposures(conn, viewer, [athlete_id], since)
