"""Sums of days: training weeks as they stand, and any seven days against the seven before."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from loadmon import evidence
from loadmon.days import DayState, WeekStart, day_numbers, week_label
from loadmon.load.kind import DISTANCE, LoadKind, kinds_in
from loadmon.load.windows import Flags, Floats, Whole, shifted, trailing_sum
from loadmon.measure import COVERAGE, HISTORY_7, HISTORY_14, NO_WEEK_BEFORE, PREVIOUS_ZERO, WEEK_RUNNING, WEEKS_UNKNOWN

WEEK = 7


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
        athlete_id, local_day, sum_7d, previous_7d (unit of the kind; NaN with over a fifth of their days unknown),
        change_pct, coverage, reason: a code where change_pct is NaN (too little history, over a fifth unknown, nothing in
        the week before), else missing.
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
    # days of which nothing is known would make a week look easy
    thin = 1.0 - lost / WEEK < evidence.MINIMUM_COVERAGE.value
    now[thin] = np.nan
    before[shifted(thin.astype(np.float64), WEEK) == 1.0] = np.nan
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
        begins_late (the record starts within it), runs, sessions, longest_run_m, unknown_days; for each kind of load that the
        timeline holds its sum (``distance_m``; NaN if no run has a value) and ``…_complete``, and for the unfinished week
        usual_low_… and usual_high_… with the unit of the kind (``usual_low_m``): least and most of the same number of
        days of the 4 weeks before that are known whole; usual_weeks says of how many weeks that is for distance. NaN with
        fewer than two such weeks. change_pct is the distance of a whole week against the week before it, change_reason a
        code where there is none: the week is running, the one before not whole, either not known, or nothing was run in it.
    """
    edges = week_edges(timeline, first)
    begin, size, owner = edges.begin, edges.size, edges.athlete
    if not len(timeline):
        ends = [f"usual_{word}_{kind.unit}" for kind in kinds_in(timeline) for word in ("low", "high")]
        sums = [name for kind in kinds_in(timeline) for name in (kind.column, kind.complete)]
        return pd.DataFrame(columns=[*_WEEK_COLUMNS, *sums, *ends])
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
            **{kind.column: _week_sum(timeline, kind, begin) for kind in kinds_in(timeline)},
            **{
                kind.complete: np.logical_and.reduceat(timeline[kind.complete].to_numpy(), begin)
                for kind in kinds_in(timeline)
            },
            "longest_run_m": np.fmax.reduceat(timeline["longest_run_m"].to_numpy(), begin),
            "unknown_days": lost,
        }
    )
    table = table.assign(**_change(timeline, table["distance_m"].to_numpy(), begin, size, owner, last))
    usable = (size == WEEK) & (lost / WEEK <= 1.0 - evidence.MINIMUM_COVERAGE.value)
    return table.assign(**_usual(timeline, begin, size, owner, np.flatnonzero(last), usable))


def _change(
    timeline: pd.DataFrame, distance_m: Floats, begin: Whole, size: Whole, owner: Whole, running: Flags
) -> dict[str, Floats | pd.Categorical[str]]:
    """Distance of each whole week against the week before, in percent, or the reason why it is not told."""
    lost = np.add.reduceat(unknown_days(timeline, DISTANCE).astype(np.int64), begin) / WEEK
    known = (1.0 - lost >= evidence.MINIMUM_COVERAGE.value) & ~np.isnan(distance_m)
    first = np.append(True, owner[1:] != owner[:-1])
    before, whole_before, known_before = np.roll(distance_m, 1), np.roll(size == WEEK, 1), np.roll(known, 1)
    codes = [WEEK_RUNNING, NO_WEEK_BEFORE, WEEKS_UNKNOWN, PREVIOUS_ZERO]
    fails = [running, first | ~whole_before, ~(known & known_before), before == 0.0]
    code = np.select(fails, list(range(len(codes))), default=-1)
    change = np.divide(100.0 * (distance_m - before), before, out=np.full(len(code), np.nan), where=code < 0)
    return {"change_pct": change, "change_reason": pd.Categorical.from_codes(code, categories=pd.Index(codes))}


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


def _week_sum(timeline: pd.DataFrame, kind: LoadKind, begin: Whole) -> Floats:
    """Sum a week of the known days; NaN where there were runs and none of them has a value."""
    values = timeline[kind.column].to_numpy()
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
    kinds = kinds_in(timeline)
    columns = {kind.unit: (kind.of(timeline), timeline[kind.complete].to_numpy(dtype=bool)) for kind in kinds}
    step = np.arange(WEEK)
    wanted = step < so_far[:, None]
    sums = {unit: np.full((int(evidence.USUAL_WEEKS.value), len(now)), np.nan) for unit in columns}
    for back in range(1, int(evidence.USUAL_WEEKS.value) + 1):
        then = np.maximum(now - back, 0)
        good = (now - back >= 0) & (owner[then] == owner[now]) & usable[then]
        # day by day from the week's own first: a running total would round differently for each squad it stands in
        cells = np.where(good[:, None] & wanted, begin[then][:, None] + step, 0)
        for unit, (values, complete) in columns.items():
            so_much = np.where(wanted, values[cells], 0.0).sum(axis=1)
            whole = good & (complete[cells] | ~wanted).all(axis=1)  # a part of a week is not what is usual
            sums[unit][back - 1, whole] = so_much[whole]
    found = {unit: (~np.isnan(sum_then)).sum(axis=0) for unit, sum_then in sums.items()}
    filled: dict[str, Floats | Whole] = {}
    for unit, sum_then in sums.items():
        for word, extreme in (("low", np.fmin), ("high", np.fmax)):
            values = np.full(len(begin), np.nan)
            values[now] = np.where(found[unit] >= 2, extreme.reduce(sum_then, axis=0), np.nan)
            filled[f"usual_{word}_{unit}"] = values
    count = np.zeros(len(begin), dtype=np.int64)
    count[now] = found[DISTANCE.unit]
    return filled | {"usual_weeks": count}


_WEEK_COLUMNS = [
    "athlete_id", "week_start", "label", "days_so_far", "unfinished", "begins_late", "runs", "sessions", "longest_run_m",
    "unknown_days", "usual_weeks", "change_pct", "change_reason",
]  # fmt: skip
