"""From the store to what a page shows: one reading of the tables, then only pure functions. Knows nothing of Streamlit."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

import pandas as pd
from sqlalchemy import Connection

from loadmon.athlete import Athlete
from loadmon.days import DayState, today_in_zone
from loadmon.gait.cadence import CadenceModel, RunnerCadence, fit_baseline, run_values, runner_cadence
from loadmon.injury import Injury
from loadmon.load.daily import rolling_week, weeks
from loadmon.load.kind import DISTANCE
from loadmon.load.measure import reason_words
from loadmon.load.ratio import ratio
from loadmon.load.spike import spikes
from loadmon.overlap import same_run
from loadmon.planning.week import RunnerWeek, squad_week
from loadmon.store import Store, Viewer, diary, runs, squad
from loadmon.timeline import timeline
from loadmon.units import Units

WEEKS_SHOWN = 12


@dataclass(frozen=True)
class Tables:
    """Everything of some runners that figures are made from.

    Parameters
    ----------
    athletes : list of Athlete
    runs : DataFrame
        Sessions, with ``excluded`` and ``excluded_reason`` completed by second recordings of one run.
    timeline : DataFrame
        A row a runner and day.
    injuries : mapping of number in the diary to Injury
    unknown : DataFrame
        Days declared missing.
    today : mapping of athlete to date
        Each runner's own day.
    """

    athletes: list[Athlete]
    runs: pd.DataFrame
    timeline: pd.DataFrame
    injuries: Mapping[int, Injury]
    unknown: pd.DataFrame
    today: Mapping[int, date]


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


@dataclass(frozen=True)
class HistoryView:
    """One runner's days, sessions and diary over a span.

    Parameters
    ----------
    days : DataFrame
        local_day, state, distance_m, mean_7d_m, mean_28d_m, ratio, ratio_reason, cadence_spm, cadence_trend_spm, device
        change, injury.
    sessions : DataFrame
        Newest first, with spike band and cadence at the common pace.
    """

    athlete: Athlete
    today: date
    days: pd.DataFrame
    sessions: pd.DataFrame
    cadence: RunnerCadence
    model: CadenceModel
    injuries: Mapping[int, Injury]
    unknown: pd.DataFrame


def athletes(store: Store, viewer: Viewer) -> list[Athlete]:
    """Everyone the viewer may see, by name."""
    with store.read() as conn:
        return squad.athletes(conn, viewer)


def tables(conn: Connection, viewer: Viewer, at: datetime, athlete_ids: list[int] | None = None) -> Tables:
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
    """
    found = [a for a in squad.athletes(conn, viewer) if athlete_ids is None or a.id in athlete_ids]
    sessions = _counted(runs.runs_table(conn, viewer, athlete_ids))
    unknown = diary.unknown_days(conn, viewer, athlete_ids)
    today = _todays(found, sessions, at)
    return Tables(
        found,
        sessions,
        timeline(sessions, today=today, unknown=unknown),
        diary.injuries(conn, viewer, athlete_ids),
        unknown,
        today,
    )


def squad_rows(store: Store, viewer: Viewer, units: Units, at: datetime) -> list[SquadRow]:
    """Everyone's week, those who need attention first."""
    with store.read() as conn:
        found = tables(conn, viewer, at)
        windows = runs.windows(conn, viewer)
    cadence = {a.id: _cadence(windows, found.runs, a, found.today[a.id])[0] for a in found.athletes}
    sheets = squad_week(
        found.timeline,
        found.runs,
        found.today,
        athletes=[a.id for a in found.athletes],
        injuries=found.injuries.values(),
        cadence=cadence,
        units=units,
    )
    by_id = {athlete.id: athlete for athlete in found.athletes}
    lately = {int(k): v for k, v in weeks(found.timeline).groupby("athlete_id")} if len(found.timeline) else {}
    return [SquadRow(by_id[w.athlete_id], w, _last_weeks(lately.get(w.athlete_id))) for w in sheets]


def week_view(store: Store, viewer: Viewer, athlete_id: int, units: Units, at: datetime) -> WeekView:
    """One runner's week, their last twelve weeks and this week's sessions."""
    with store.read() as conn:
        athlete = squad.athlete(conn, viewer, athlete_id)
        found = tables(conn, viewer, at, [athlete_id])
        windows = runs.windows(conn, viewer, [athlete_id])
    today = found.today[athlete_id]
    cadence, _, _ = _cadence(windows, found.runs, athlete, today)
    (sheet,) = squad_week(
        found.timeline,
        found.runs,
        today,
        athletes=[athlete_id],
        injuries=found.injuries.values(),
        cadence={athlete_id: cadence},
        units=units,
    )
    own = weeks(found.timeline)
    mine = with_spikes(found)
    this_week = mine[pd.to_datetime(mine["local_day"]) >= pd.Timestamp(sheet.week_start)]
    return WeekView(athlete, sheet, own.tail(WEEKS_SHOWN), this_week.iloc[::-1])


def history_view(store: Store, viewer: Viewer, athlete_id: int, days: int | None, at: datetime) -> HistoryView:
    """One runner's history over the last ``days``, or all of it."""
    with store.read() as conn:
        athlete = squad.athlete(conn, viewer, athlete_id)
        found = tables(conn, viewer, at, [athlete_id])
        windows = runs.windows(conn, viewer, [athlete_id])
    today = found.today[athlete_id]
    cadence, values, model = _cadence(windows, found.runs, athlete, today)
    table = _days(found, values, cadence)
    sessions = with_spikes(found).merge(values[["session_id", "value_spm"]], on="session_id", how="left")
    if days is not None:
        first = pd.Timestamp(today - timedelta(days=days - 1))
        table = table[table["local_day"] >= first]
        sessions = sessions[pd.to_datetime(sessions["local_day"]) >= first]
    return HistoryView(athlete, today, table, sessions.iloc[::-1], cadence, model, found.injuries, found.unknown)


def with_spikes(found: Tables) -> pd.DataFrame:
    """The sessions with each run's comparison against the longest of the 30 days before."""
    compared = spikes(found.runs, unknown=found.unknown)
    columns = ["session_id", "reference_m", "change_pct", "band_told", "reason", "provisional"]
    return found.runs.merge(compared[columns].rename(columns={"reason": "spike_reason"}), on="session_id", how="left")


def _counted(sessions: pd.DataFrame) -> pd.DataFrame:
    """Sessions with second recordings of one run taken out of the sums, and the reason why."""
    counts = ~sessions["excluded"].to_numpy(bool)
    instead = same_run(sessions[counts]).reindex(sessions.index)
    second = instead.notna().to_numpy()
    out = sessions.assign(excluded=sessions["excluded"].to_numpy(bool) | second)
    out["excluded_reason"] = sessions["excluded_reason"].where(~second, "second recording of the same run")
    out["counts_instead"] = instead
    return out


def _todays(found: list[Athlete], sessions: pd.DataFrame, at: datetime) -> dict[int, date]:
    """Each runner's own day: in their home zone, else on the clock of their last session."""
    last = sessions.drop_duplicates("athlete_id", keep="last").set_index("athlete_id")["utc_offset_s"].to_dict()
    days = {}
    for athlete in found:
        offset = last.get(athlete.id)
        if athlete.time_zone or offset is None or pd.isna(offset):
            days[athlete.id] = today_in_zone(athlete.time_zone, at)
        else:
            days[athlete.id] = (at + timedelta(seconds=float(offset))).date()
    return days


def _cadence(
    windows: pd.DataFrame, sessions: pd.DataFrame, athlete: Athlete, today: date
) -> tuple[RunnerCadence, pd.DataFrame, CadenceModel]:
    """One runner's cadence: what is told of it, a value a run, and the rule it was brought to the common pace with."""
    counted = sessions.loc[~sessions["excluded"] & (sessions["athlete_id"] == athlete.id), "session_id"]
    own = windows[windows["session_id"].isin(counted)]
    height_m = athlete.threshold("height_m", today)
    model = fit_baseline(own, height_cm=None if height_m is None else 100.0 * height_m)
    values = run_values(own, model)
    return runner_cadence(values, model, today), values, model


def _last_weeks(table: pd.DataFrame | None) -> tuple[float | None, ...]:
    if table is None:
        return ()
    tail = table.tail(WEEKS_SHOWN)
    known = tail["distance_m"].notna() & (tail["unknown_days"] < tail["days_so_far"])
    return tuple(float(m) if k else None for m, k in zip(tail["distance_m"], known, strict=True))


def _days(found: Tables, values: pd.DataFrame, cadence: RunnerCadence) -> pd.DataFrame:
    """The day table behind the history's panels."""
    line = found.timeline
    ratios = ratio(line, DISTANCE)
    week = rolling_week(line, DISTANCE)
    table = pd.DataFrame(
        {
            "local_day": line["local_day"],
            "state": line["state"].astype("str"),
            "distance_m": line["distance_m"].where(line["state"] != DayState.UNKNOWN.value),
            "mean_7d_m": week["sum_7d"].to_numpy() / 7.0,
            "mean_28d_m": ratios["chronic"].to_numpy(),
            "ratio": ratios["value"].to_numpy(),
            "ratio_reason": ratios["reason"].astype("str").to_numpy(),
            "history_days": line["history_days"],
        }
    )
    table["ratio_words"] = [
        "" if known else reason_words(code, n_days=n)
        for known, code, n in zip(table["ratio"].notna(), table["ratio_reason"], table["history_days"], strict=True)
    ]
    by_day = values.dropna(subset=["value_spm"]).groupby("local_day")["value_spm"].mean()
    table["cadence_spm"] = table["local_day"].map(by_day)
    table["cadence_trend_spm"] = _trend_line(table, cadence)
    table["device_change"] = table["local_day"].map(_device_changes(found.runs)).fillna("")
    table["injury"] = [_hurt(found.injuries, day.date()) for day in table["local_day"]]
    return table


def _trend_line(table: pd.DataFrame, cadence: RunnerCadence) -> pd.Series:
    """The trend's straight line over the days it was told from; missing elsewhere."""
    trend = cadence.trend
    line = pd.Series(float("nan"), index=table.index)
    if trend.slope_spm_per_day is None or trend.first_day is None or trend.last_day is None:
        return line
    inside = table["local_day"].between(pd.Timestamp(trend.first_day), pd.Timestamp(trend.last_day))
    day = (table["local_day"] - pd.Timestamp(trend.first_day)).dt.days
    points = table.loc[inside, "cadence_spm"] - trend.slope_spm_per_day * day[inside]
    return (points.median() + trend.slope_spm_per_day * day).where(inside)


def _device_changes(sessions: pd.DataFrame) -> dict[pd.Timestamp, str]:
    """Days from which another watch recorded; a second watch on the same run is none."""
    kept = sessions[~sessions["excluded"] & sessions["is_running"]]
    changed = (kept["device"] != kept["device"].shift()) & (kept["device"].shift().notna())
    return dict(zip(pd.to_datetime(kept.loc[changed, "local_day"]), kept.loc[changed, "device"], strict=True))


def _hurt(injuries: Mapping[int, Injury], day: date) -> str:
    return ", ".join(f"{i.area}{f' ({i.side})' if i.side else ''}" for i in injuries.values() if i.open_on(day))
