"""From the store to what a page shows: one reading of the tables, then only pure functions. Knows nothing of Streamlit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

import pandas as pd
from sqlalchemy import Connection

from loadmon.athlete import Athlete
from loadmon.days import WeekStart, today_in_zone
from loadmon.gait.cadence import CadenceModel, RunnerCadence, fit_baseline, run_values, runner_cadence
from loadmon.gait.watch import with_watches
from loadmon.gait.windows import CADENCE_COLUMNS
from loadmon.injury import Injury
from loadmon.load.daily import weeks
from loadmon.load.spike import spikes
from loadmon.overlap import Decided, same_run
from loadmon.planning.check_in import CheckIn
from loadmon.planning.pain_log import PainEntry
from loadmon.planning.week import RunnerWeek, squad_week
from loadmon.show.loads import with_loads
from loadmon.show.lying_ahead import wait_for_their_day
from loadmon.show.second_recording import which_counts
from loadmon.store import Store, Viewer, check_ins, corrections, diary, injury_record, pain, plans, runs, squad, twins
from loadmon.timeline import timeline
from loadmon.units import Units, is_missing

WEEKS_SHOWN = 12
TOLD_SPAN = timedelta(days=15)
"""So far back what was told is read for a week: the last 7 days and the 7 before, wherever it is already tomorrow."""
AWAY_DAYS = 7
"""So long after a session its clock is taken for the one the runner still lives by."""


@dataclass(frozen=True)
class Tables:
    """Everything of some runners that figures are made from.

    Parameters
    ----------
    athletes : list of Athlete
    runs : DataFrame
        Sessions, with ``excluded`` and ``excluded_reason`` completed by second recordings of one run and by
        sessions whose day has not come.
    timeline : DataFrame
        A row a runner and day.
    injuries : mapping of number in the diary to Injury
    unknown : DataFrame
        Days declared missing.
    today : mapping of athlete to date
        Each runner's own day.
    pain : tuple of PainEntry
        Of the last days.
    answers : tuple of CheckIn
        To the weekly questions, of the last days.
    on_plan : frozenset of int
        Runners with a plan of a return to running that has not ended.
    """

    athletes: list[Athlete]
    runs: pd.DataFrame
    timeline: pd.DataFrame
    injuries: Mapping[int, Injury]
    unknown: pd.DataFrame
    today: Mapping[int, date]
    pain: tuple[PainEntry, ...] = ()
    answers: tuple[CheckIn, ...] = ()
    on_plan: frozenset[int] = frozenset()


@dataclass(frozen=True)
class SquadRow:
    """One runner on the squad page."""

    athlete: Athlete
    week: RunnerWeek
    weeks_m: tuple[float | None, ...]


@dataclass(frozen=True)
class WeekView:
    """One runner's week: the sheet itself, the last weeks, and this week's sessions."""

    athlete: Athlete
    week: RunnerWeek
    weeks: pd.DataFrame
    sessions: pd.DataFrame


def athletes(store: Store, viewer: Viewer) -> list[Athlete]:
    """Everyone the viewer may see, by name."""
    with store.read() as conn:
        return squad.athletes(conn, viewer)


def tables(
    conn: Connection, viewer: Viewer, at: datetime, athlete_ids: list[int] | None = None, *, loads: bool = False
) -> Tables:
    """Read what figures of these runners are made from, and put every day in its place.

    Parameters
    ----------
    conn : Connection
        From ``Store.read()``.
    viewer : Viewer
        Whose eyes.
    at : datetime
        This moment, aware; each runner's today follows from it and the zone they were last in.
    athlete_ids : list of int | None
        Only these runners.
    loads : bool
        Also each session's load by every method, and with it points, effort and heart-rate load of the days.
    """
    found = [a for a in squad.athletes(conn, viewer) if athlete_ids is None or a.id in athlete_ids]
    sessions = counted(runs.runs_table(conn, viewer, athlete_ids), twins.decided(conn, viewer, athlete_ids))
    today = todays(found, sessions, at)
    sessions = wait_for_their_day(sessions, today)
    if loads:
        told = corrections.loads_told(conn, viewer, athlete_ids)
        sessions = with_loads(sessions, runs.heart_rate(conn, viewer, athlete_ids), found, told)
    unknown = diary.unknown_days(conn, viewer, athlete_ids)
    since = min(today.values(), default=at.date()) - TOLD_SPAN
    return Tables(
        found,
        sessions,
        timeline(sessions, today=today, unknown=unknown),
        injury_record.injuries(conn, viewer, athlete_ids),
        unknown,
        today,
        tuple(pain.pain_entries(conn, viewer, athlete_ids, since=since).values()),
        tuple(check_ins.check_ins(conn, viewer, athlete_ids, since=since).values()),
        plans.on_plan(conn, viewer, athlete_ids),
    )


def squad_rows(
    store: Store, viewer: Viewer, units: Units, at: datetime, *, first: WeekStart = WeekStart.MONDAY
) -> list[SquadRow]:
    """Everyone's week, those who need attention first; ``first`` is the day on which weeks begin."""
    with store.read() as conn:
        found = tables(conn, viewer, at)
        windows = runs.windows(conn, viewer, columns=CADENCE_COLUMNS)
    cadence = {a.id: cadence_of(windows, found.runs, a, found.today[a.id])[0] for a in found.athletes}
    sheets = squad_week(
        found.timeline,
        found.runs,
        found.today,
        athletes=[a.id for a in found.athletes],
        injuries=found.injuries.values(),
        pain=found.pain,
        answers=found.answers,
        on_plan=found.on_plan,
        cadence=cadence,
        units=units,
        first=first,
    )
    by_id = {athlete.id: athlete for athlete in found.athletes}
    by_week = weeks(found.timeline, first)
    return [
        SquadRow(by_id[w.athlete_id], w, last_weeks(by_week[by_week["athlete_id"] == w.athlete_id])) for w in sheets
    ]


def week_view(
    store: Store, viewer: Viewer, athlete_id: int, units: Units, at: datetime, *, first: WeekStart = WeekStart.MONDAY
) -> WeekView:
    """One runner's week, their last twelve weeks and this week's sessions; ``first`` is the day on which weeks begin."""
    with store.read() as conn:
        athlete = squad.athlete(conn, viewer, athlete_id)
        found = tables(conn, viewer, at, [athlete_id])
        windows = runs.windows(conn, viewer, [athlete_id])
    today = found.today[athlete_id]
    cadence, _, _ = cadence_of(windows, found.runs, athlete, today)
    (sheet,) = squad_week(
        found.timeline,
        found.runs,
        today,
        athletes=[athlete_id],
        injuries=found.injuries.values(),
        pain=found.pain,
        answers=found.answers,
        on_plan=found.on_plan,
        cadence={athlete_id: cadence},
        units=units,
        first=first,
    )
    own = weeks(found.timeline, first)
    mine = with_spikes(found)
    days = pd.to_datetime(mine["local_day"])
    this_week = mine[(days >= pd.Timestamp(sheet.week_start)) & (days <= pd.Timestamp(today))]
    return WeekView(athlete, sheet, own.tail(WEEKS_SHOWN), this_week.iloc[::-1])


def with_spikes(found: Tables) -> pd.DataFrame:
    """The sessions with each run's comparison against the longest of the 30 days before."""
    compared = spikes(found.runs, unknown=found.unknown)
    columns = ["session_id", "reference_m", "change_pct", "band_told", "reason", "provisional"]
    return found.runs.merge(compared[columns].rename(columns={"reason": "spike_reason"}), on="session_id", how="left")


def counted(sessions: pd.DataFrame, decided: Decided) -> pd.DataFrame:
    """Sessions with second recordings of one run taken out of the sums, and the reason why."""
    counts = ~sessions["excluded"].to_numpy(bool)
    instead = same_run(sessions[counts], decided).reindex(sessions.index)
    second = instead.notna().to_numpy()
    out = sessions.assign(excluded=sessions["excluded"].to_numpy(bool) | second)
    out["excluded_reason"] = sessions["excluded_reason"].mask(second, which_counts(sessions, instead))
    out["counts_instead"] = instead
    return out


def todays(found: list[Athlete], sessions: pd.DataFrame, at: datetime) -> dict[int, date]:
    """Each runner's own day.

    It is told by the clock of home. Who has just run further east may be a day ahead of it: then that clock counts, or
    the run of this morning would lie in the future. Without a home, the clock of the last session tells.

    Parameters
    ----------
    found : list of Athlete
        Whose day is asked for.
    sessions : DataFrame
        By runner and time: athlete_id, start_utc, utc_offset_s.
    at : datetime
        This moment, aware.
    """
    past = sessions[sessions["start_utc"] <= at].drop_duplicates("athlete_id", keep="last").set_index("athlete_id")
    last: dict[Any, dict[Any, Any]] = past[["start_utc", "utc_offset_s"]].to_dict("index")
    days = {}
    for athlete in found:
        days[athlete.id] = today_in_zone(athlete.time_zone, at)
        latest = last.get(athlete.id)
        if latest is None or is_missing(latest["utc_offset_s"]):
            continue
        there = (at + timedelta(seconds=latest["utc_offset_s"])).date()
        if athlete.time_zone is None:
            days[athlete.id] = there
        elif at - latest["start_utc"] < timedelta(days=AWAY_DAYS):
            days[athlete.id] = max(days[athlete.id], there)
    return days


def cadence_of(
    windows: pd.DataFrame, sessions: pd.DataFrame, athlete: Athlete, today: date
) -> tuple[RunnerCadence, pd.DataFrame, CadenceModel]:
    """One runner's cadence: what is told of it, a value a run, and the rule it was brought to the common pace with.

    The values bring the watch each was measured by (``gait.watch``): no trend and no step crosses from one to another.
    """
    mine = sessions[~sessions["excluded"] & (sessions["athlete_id"] == athlete.id)]
    own = windows[windows["session_id"].isin(mine["session_id"])]
    height_m = athlete.threshold("height_m", today)
    model = fit_baseline(own, height_cm=None if height_m is None else 100.0 * height_m)
    values = with_watches(run_values(own, model), mine)
    return runner_cadence(values, model, today), values, model


def last_weeks(table: pd.DataFrame) -> tuple[float | None, ...]:
    """Metres of the last weeks, oldest first; None for a week about which nothing is known."""
    tail = table.tail(WEEKS_SHOWN)
    known = tail["distance_m"].notna() & (tail["unknown_days"] < tail["days_so_far"])
    return tuple(float(m) if k else None for m, k in zip(tail["distance_m"], known, strict=True))
