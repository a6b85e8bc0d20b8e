"""One runner's history as a page shows it: days, sessions and diary over a span, for one way to say load."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pandas as pd

from loadmon.athlete import Athlete
from loadmon.days import WeekStart
from loadmon.gait.cadence import CadenceModel, RunnerCadence
from loadmon.gait.windows import CADENCE_COLUMNS
from loadmon.injury import Injury
from loadmon.load.daily import WEEK
from loadmon.load.variety import weekly_variety
from loadmon.planning.pain_log import worst_by_day
from loadmon.show.day_table import day_table
from loadmon.show.figures import cadence_of, tables, with_spikes
from loadmon.show.load_shown import SHOWN, ShownLoad
from loadmon.show.ratio_shown import RATIOS, ShownRatio
from loadmon.show.running_week import RunningWeek, running_week
from loadmon.store import Store, Viewer, pain, runs, squad
from loadmon.units import Units

DISTANCE = SHOWN["distance"]
UNCOUPLED = RATIOS["uncoupled"]


@dataclass(frozen=True)
class HistoryView:
    """One runner's days, sessions and diary over a span.

    Parameters
    ----------
    load : ShownLoad
        Which load the days tell.
    ratio : ShownRatio
        Which definition of acute to chronic they tell.
    days : DataFrame
        As ``day_table`` makes it, of the span only.
    sessions : DataFrame
        Newest first, with spike band and cadence at the common pace.
    weeks : DataFrame
        Monotony and strain of the whole weeks that end within the span, as ``load.variety.weekly_variety`` gives them.
    week : RunningWeek | None
        The week that is still running, against the same days before; None where the span ends before it.
    ends : date
        Last day of the span: today, or the day of the last session where a span up to today would be empty.
    pain : mapping of date to float
        The highest pain told of each day, 0 to 10; a day that is not in it had none told, which is not the same as none.
    """

    athlete: Athlete
    today: date
    load: ShownLoad
    ratio: ShownRatio
    days: pd.DataFrame
    sessions: pd.DataFrame
    weeks: pd.DataFrame
    week: RunningWeek | None
    cadence: RunnerCadence
    model: CadenceModel
    injuries: Mapping[int, Injury]
    unknown: pd.DataFrame
    ends: date
    pain: Mapping[date, float] = field(default_factory=dict)


def history_view(
    store: Store,
    viewer: Viewer,
    athlete_id: int,
    days: int | None,
    units: Units,
    at: datetime,
    *,
    load: ShownLoad = DISTANCE,
    ratio: ShownRatio = UNCOUPLED,
    first: WeekStart = WeekStart.MONDAY,
) -> HistoryView:
    """One runner's history over the last ``days``, or all of it.

    Parameters
    ----------
    store, viewer, athlete_id
        Whose history, and whose eyes.
    days : int | None
        How far back; all if None.
    units : Units
        Of the words.
    at : datetime
        This moment, aware.
    load : ShownLoad
        Which load the days tell.
    ratio : ShownRatio
        Which definition of acute to chronic they tell.
    first : WeekStart
        Weekday on which weeks begin.
    """
    with store.read() as conn:
        athlete = squad.athlete(conn, viewer, athlete_id)
        found = tables(conn, viewer, at, [athlete_id], loads=True)
        felt = pain.pain_entries(conn, viewer, [athlete_id])
        windows = runs.windows(conn, viewer, [athlete_id], columns=CADENCE_COLUMNS)
    today = found.today[athlete_id]
    cadence, values, model = cadence_of(windows, found.runs, athlete, today)
    sessions = with_spikes(found).merge(values[["session_id", "value_spm"]], on="session_id", how="left")
    last = span_end(sessions, today, days)
    opens = None if days is None else last - timedelta(days=days - 1)
    table = day_table(found.timeline, found.runs, values, cadence, found.injuries, units, load.kind, opens, ratio)
    if opens is not None:
        table = table[table["local_day"] <= pd.Timestamp(last)]
        sessions = sessions[pd.to_datetime(sessions["local_day"]) >= pd.Timestamp(opens)]
    return HistoryView(
        athlete=athlete,
        today=today,
        load=load,
        ratio=ratio,
        days=table,
        sessions=sessions.iloc[::-1],
        weeks=_whole_weeks(found.timeline, load, first, opens, last),
        week=running_week(found.timeline, load.kind, first) if last == today else None,
        cadence=cadence,
        model=model,
        injuries=found.injuries,
        unknown=found.unknown,
        ends=last,
        pain=worst_by_day(felt.values()),
    )


def _whole_weeks(line: pd.DataFrame, load: ShownLoad, first: WeekStart, opens: date | None, last: date) -> pd.DataFrame:
    """Monotony and strain of the weeks that lie within a span from their first day to their last."""
    table = weekly_variety(line, load.kind, first)
    begins = table["week_start"]
    inside = (table["days_so_far"] == WEEK) & (begins + pd.Timedelta(days=WEEK - 1) <= pd.Timestamp(last))
    return table[inside if opens is None else inside & (begins >= pd.Timestamp(opens))]


def span_end(sessions: pd.DataFrame, today: date, days: int | None) -> date:
    """Today; but for a runner who has not been seen for longer than the span, their last day."""
    past = pd.to_datetime(sessions["local_day"])
    past = past[past <= pd.Timestamp(today)]
    if days is None or past.empty or (today - past.max().date()).days < days:
        return today
    latest: date = past.max().date()
    return latest
