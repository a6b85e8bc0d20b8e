"""The week that is still running, against the same days of the weeks before: a Monday is not compared with a whole week."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from loadmon import evidence
from loadmon.days import DayState, WeekStart, week_start
from loadmon.load.daily import WEEK
from loadmon.load.kind import DISTANCE, LoadKind
from loadmon.load.silence import silent_days


@dataclass(frozen=True, slots=True)
class RunningWeek:
    """How far the running week has come, and what the same days of the weeks before held.

    Parameters
    ----------
    first : date
        Its first day, or the first day of the record where that lies within it.
    ends : date
        Its last day, mostly still to come.
    days : int
        Days of it so far, today included.
    load : float | None
        So far, in the unit of the kind; None where its days are unknown or silent, or no run has a value.
    earlier : tuple of (date, float)
        First day and load of the same days in those of the four weeks before that are known, oldest first.
    """

    first: date
    ends: date
    days: int
    load: float | None
    earlier: tuple[tuple[date, float], ...]

    @property
    def usual(self) -> tuple[float, float] | None:
        """Least and most of the same days; None with fewer than two such weeks."""
        if len(self.earlier) < 2:
            return None
        loads = [load for _, load in self.earlier]
        return min(loads), max(loads)


def running_week(
    line: pd.DataFrame, kind: LoadKind = DISTANCE, first: WeekStart = WeekStart.MONDAY
) -> RunningWeek | None:
    """The week that holds the last day of a runner's timeline; None without any day.

    Parameters
    ----------
    line : DataFrame
        One runner's timeline, to today.
    kind : LoadKind
        What is added up.
    first : WeekStart
        Weekday on which weeks begin.
    """
    if line.empty:
        return None
    begun, today = (day.date() for day in (line["local_day"].iloc[0], line["local_day"].iloc[-1]))
    opens = week_start(today, first)
    days = (today - max(opens, begun)).days + 1
    so_far = (today - opens).days + 1
    load = line[kind.column].to_numpy(dtype=np.float64)
    lost = (line["state"] == DayState.UNKNOWN.value).to_numpy()
    silent = silent_days(line)
    if silent[-1]:  # nothing is known of this week, and weeks as silent are nothing usual
        lost = lost | silent
    complete = line[kind.complete].to_numpy(dtype=bool)
    earlier = []
    for back in range(int(evidence.USUAL_WEEKS.value), 0, -1):
        at = (opens - begun).days - back * WEEK
        # as for the usual of ``load.daily.weeks``: a part of a week is not what is usual
        whole = at >= 0 and complete[at : at + so_far].all()
        if whole and lost[at : at + WEEK].mean() <= 1.0 - evidence.MINIMUM_COVERAGE.value:
            earlier.append((opens - timedelta(days=back * WEEK), float(load[at : at + so_far].sum())))
    now, unknown = load[-days:], lost[-days:].all() or silent[-1]
    known = None if unknown or (np.isnan(now).any() and not (now > 0).any()) else float(np.nansum(now))
    return RunningWeek(max(opens, begun), opens + timedelta(days=WEEK - 1), days, known, tuple(earlier))
