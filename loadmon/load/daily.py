"""Sums of days: training weeks as they stand, and any seven days against the seven before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loadmon import evidence
from loadmon.days import DayState, WeekStart, day_numbers, week_label
from loadmon.load.kind import DISTANCE, LoadKind
from loadmon.measure import COVERAGE, HISTORY_7, HISTORY_14, PREVIOUS_ZERO

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]

WEEK = 7


def trailing_sum(values: Floats | Flags, days: int) -> Floats:
    """Sum of each row and the ``days - 1`` rows before it.

    Near values only are added, so that nothing is lost to rounding far down a long table. The first ``days - 1`` rows of a
    runner hold days of the runner above: callers blank them by ``history_days``.
    """
    part = np.array(values, dtype=np.float64)  # sums of 1, 2, 4, … rows, each from two of those before
    sums, done, width = np.zeros(len(part)), 0, 1
    while done < min(days, len(part)):
        if days & width:
            sums[done:] += part[: len(part) - done]
            done += width
        part[width:] = part[width:] + part[: max(0, len(part) - width)]
        width *= 2
    return sums


def trailing_count(flags: Flags, days: int, history: Whole) -> Whole:
    """How many of each row and the ``days - 1`` before it are True, never reaching into the runner above.

    Parameters
    ----------
    flags : array of bool
        One a row of the timeline.
    days : int
        Width of the window.
    history : array of int
        The timeline's ``history_days``.
    """
    seen = np.concatenate(([0], np.cumsum(flags)))
    row = np.arange(1, len(flags) + 1)
    counted: Whole = seen[row] - seen[row - np.minimum(history, days)]
    return counted


def shifted(values: Floats, days: int) -> Floats:
    """The value ``days`` rows earlier; NaN before the first."""
    back = np.full(len(values), np.nan)
    back[days:] = values[: max(0, len(values) - days)]
    return back


def unknown_days(timeline: pd.DataFrame, kind: LoadKind) -> Flags:
    """Days whose load is not fully known: declared missing, or a session without the value."""
    unknown: Flags = (timeline["state"] == DayState.UNKNOWN.value).to_numpy() | ~timeline[kind.complete].to_numpy(
        dtype=bool
    )
    return unknown


def rolling_week(timeline: pd.DataFrame, kind: LoadKind = DISTANCE) -> pd.DataFrame:
    """Load of the last seven days, of the seven before, and the change between them, for every day.

    Parameters
    ----------
    timeline : DataFrame
        As ``loadmon.timeline.timeline`` makes it; any number of runners.
    kind : LoadKind
        What is added up.

    Returns
    -------
    DataFrame
        athlete_id, local_day, sum_7d, previous_7d (unit of the kind), change_pct, coverage, reason: a code where change_pct
        is NaN (too little history, over a fifth unknown, nothing in the week before), else missing.
    """
    load = kind.of(timeline)
    history = timeline["history_days"].to_numpy()
    now = trailing_sum(load, WEEK)
    now[history < WEEK] = np.nan
    before = shifted(now, WEEK)
    before[history < 2 * WEEK] = np.nan
    lost = trailing_sum(unknown_days(timeline, kind), WEEK)
    coverage = 1.0 - np.fmax(lost, shifted(lost, WEEK)) / WEEK
    coverage[history < 2 * WEEK] = np.nan  # those rows would reach into the runner above
    codes = [HISTORY_7, HISTORY_14, COVERAGE, PREVIOUS_ZERO]
    fails = [history < WEEK, history < 2 * WEEK, coverage < evidence.MINIMUM_COVERAGE.value, before == 0.0]
    reason = np.select(fails, list(range(len(codes))), default=-1)
    change = np.divide(100.0 * (now - before), before, out=np.full(len(now), np.nan), where=reason < 0)
    return pd.DataFrame(
        {
            "athlete_id": timeline["athlete_id"].to_numpy(),
            "local_day": timeline["local_day"].to_numpy(),
            "sum_7d": now,
            "previous_7d": before,
            "change_pct": change,
            "coverage": coverage,
            "reason": pd.Categorical.from_codes(reason, categories=pd.Index(codes)),
        }
    )


def weeks(timeline: pd.DataFrame, first: WeekStart = WeekStart.MONDAY) -> pd.DataFrame:
    """One row for each runner and training week; the running week says how far it has come and what is usual by now.

    Parameters
    ----------
    timeline : DataFrame
        As ``loadmon.timeline.timeline`` makes it; its last day of each runner is today.
    first : WeekStart
        Weekday on which weeks begin.

    Returns
    -------
    DataFrame
        athlete_id, week_start (datetime64[us]), label (ISO week of its Thursday), days_so_far, unfinished (holds today),
        begins_late (the record starts within it), runs, sessions, distance_m, moving_s (NaN if no run has one),
        distance_complete, longest_run_m, unknown_days, and for the unfinished week usual_low_m, usual_high_m, usual_low_s,
        usual_high_s: least and most of the same number of days of the 4 weeks before, with usual_weeks of them known.
        NaN with fewer than two such weeks.
    """
    edges = week_edges(timeline, first)
    begin, size, owner = edges.begin, edges.size, edges.athlete
    if not len(timeline):
        return pd.DataFrame(columns=_WEEK_COLUMNS)
    last = np.append(owner[1:] != owner[:-1], True)
    lost = np.add.reduceat((timeline["state"] == DayState.UNKNOWN.value).to_numpy().astype(np.int64), begin)
    table = pd.DataFrame(
        {
            "athlete_id": owner,
            "week_start": edges.start_day.astype("datetime64[D]").astype("datetime64[us]"),
            "label": edges.labels,
            "days_so_far": size,
            "unfinished": last,
            "begins_late": edges.weekday > 0,
            "runs": np.add.reduceat(timeline["runs"].to_numpy(), begin),
            "sessions": np.add.reduceat(timeline["sessions"].to_numpy(), begin),
            "distance_m": _week_sum(timeline, "distance_m", begin),
            "moving_s": _week_sum(timeline, "moving_s", begin),
            "distance_complete": np.logical_and.reduceat(timeline["distance_complete"].to_numpy(), begin),
            "longest_run_m": np.fmax.reduceat(timeline["longest_run_m"].to_numpy(), begin),
            "unknown_days": lost,
        }
    )
    usable = (size == WEEK) & (lost / WEEK <= 1.0 - evidence.MINIMUM_COVERAGE.value)
    return table.assign(**_usual(timeline, begin, size, owner, np.flatnonzero(last), usable))


@dataclass(frozen=True)
class WeekEdges:
    """Where each runner's training weeks lie in a timeline.

    Parameters
    ----------
    athlete, begin, size : array of int
        Whose week, its first row, and how many rows it has; fewer than 7 where the record begins or has come to today.
    start_day : array of int
        Day number of the first day of the week, whether or not it is in the table.
    weekday : array of int
        How many days into the week its first row is.
    labels : list of str
        ISO week that holds its Thursday.
    """

    athlete: Whole
    begin: Whole
    size: Whole
    start_day: Whole
    weekday: Whole
    labels: list[str]


def week_edges(timeline: pd.DataFrame, first: WeekStart = WeekStart.MONDAY) -> WeekEdges:
    """The training weeks of a timeline, in its order; weeks begin on ``first``."""
    day = day_numbers(timeline["local_day"])
    athlete = timeline["athlete_id"].to_numpy()
    # day 0 (1970-01-01) was a Thursday
    weekday = (day + (3 if first is WeekStart.MONDAY else 4)) % WEEK
    opens = weekday == 0
    opens[:1] = True
    opens[1:] |= athlete[1:] != athlete[:-1]
    begin = np.flatnonzero(opens)
    size = np.diff(np.append(begin, len(day)))
    start_day = day[begin] - weekday[begin]
    return WeekEdges(athlete[begin], begin, size, start_day, weekday[begin], _labels(start_day, first))


def _labels(start_day: Whole, first: WeekStart) -> list[str]:
    """A week's name; one beginning on Sunday is named after the ISO week that holds its Thursday."""
    days, back = np.unique(start_day, return_inverse=True)
    to_thursday = 3 if first is WeekStart.MONDAY else 4
    named = [week_label(d) for d in (days + to_thursday).astype("datetime64[D]").tolist()]
    return [named[i] for i in back]


def _week_sum(timeline: pd.DataFrame, column: str, begin: Whole) -> Floats:
    """Sum a week of the known days; NaN where there were runs and none of them has a value."""
    values = timeline[column].to_numpy()
    ran = timeline["runs"].to_numpy() > 0
    total: Floats = np.add.reduceat(np.nan_to_num(values), begin)
    known = np.add.reduceat((ran & ~np.isnan(values)).astype(np.int64), begin)
    total[(known == 0) & (np.add.reduceat(ran.astype(np.int64), begin) > 0)] = np.nan
    return total


def _usual(
    timeline: pd.DataFrame, begin: Whole, size: Whole, owner: Whole, now: Whole, usable: Flags
) -> dict[str, Floats | Whole]:
    """Least and most of the same number of days in the weeks before each runner's running week."""
    so_far = size[now]
    names = {"distance_m": "m", "moving_s": "s"}
    columns = {name: np.nan_to_num(timeline[name].to_numpy()) for name in names}
    step = np.arange(WEEK)
    wanted = step < so_far[:, None]
    sums = {name: np.full((int(evidence.USUAL_WEEKS.value), len(now)), np.nan) for name in names}
    for back in range(1, int(evidence.USUAL_WEEKS.value) + 1):
        then = np.maximum(now - back, 0)
        good = (now - back >= 0) & (owner[then] == owner[now]) & usable[then]
        # day by day from the week's own first: a running total would round differently for each squad it stands in
        cells = np.where(good[:, None] & wanted, begin[then][:, None] + step, 0)
        for name, values in columns.items():
            so_much = np.where(wanted, values[cells], 0.0).sum(axis=1)
            sums[name][back - 1, good] = so_much[good]
    found = (~np.isnan(sums["distance_m"])).sum(axis=0)
    filled: dict[str, Floats | Whole] = {}
    for name, unit in names.items():
        for word, extreme in (("low", np.fmin), ("high", np.fmax)):
            values = np.full(len(begin), np.nan)
            values[now] = np.where(found >= 2, extreme.reduce(sums[name], axis=0), np.nan)
            filled[f"usual_{word}_{unit}"] = values
    count = np.zeros(len(begin), dtype=np.int64)
    count[now] = found
    return filled | {"usual_weeks": count}


_WEEK_COLUMNS = [
    "athlete_id", "week_start", "label", "days_so_far", "unfinished", "begins_late", "runs", "sessions", "distance_m",
    "moving_s", "distance_complete", "longest_run_m", "unknown_days", "usual_low_m", "usual_high_m", "usual_low_s",
    "usual_high_s", "usual_weeks",
]  # fmt: skip
