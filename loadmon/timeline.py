"""The timeline: one row for each runner and calendar day, with what was run, and whether the day is known at all."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loadmon.days import DayState, day_number, day_numbers
from loadmon.load.kind import FROM_SESSION_LOADS

STATES: tuple[str, ...] = tuple(state.value for state in DayState)
_OBSERVED, _REST, _UNKNOWN = (STATES.index(s) for s in (DayState.OBSERVED, DayState.REST, DayState.UNKNOWN))

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]


def timeline(
    runs: pd.DataFrame,
    *,
    today: Mapping[int, date] | date,
    first: Mapping[int, date] | None = None,
    unknown: pd.DataFrame | None = None,
) -> pd.DataFrame:
    """Every day of every runner from their first session to today, rest days included.

    Parameters
    ----------
    runs : DataFrame
        One row a session: athlete_id, session_id, local_day, is_running, excluded, distance_m, moving_s, timer_s, steps,
        walk_steps (SI, NaN for missing). ``excluded`` sessions are counted apart and add nothing. Where the sessions
        bring them, also effort_au, points, points_estimated, trimp_banister.
    today : date or mapping of athlete to date
        Last day of each runner, on their own clock. Sessions after it (a watch with a wrong clock, a runner already in
        tomorrow's zone) do not appear until their day comes; ``attrs["later_sessions"]`` says how many.
    first : mapping of athlete to date, optional
        Where the record is known to begin earlier than the first session.
    unknown : DataFrame, optional
        athlete_id, first_day, last_day (both included) of days declared missing. A day with a session stays observed.

    Returns
    -------
    DataFrame
        Sorted by athlete_id, local_day (naive midnights, datetime64[us]): history_days (1 on the first day), state
        (observed, rest, unknown), sessions, excluded_sessions, runs, distance_m, moving_s, steps, walk_steps,
        longest_run_m, distance_complete, moving_complete, steps_complete. Only running adds distance, time and steps;
        walk_steps come from every session. Where a run lacks a value the day holds the sum of the others and
        ``…_complete`` is False; where none has it the day holds NaN. effort_au, points, trimp with their ``…_complete``,
        and points_estimated (True where points of the day rest on an estimate), if the sessions bring them.
    """
    athletes, code = np.unique(runs["athlete_id"].to_numpy(dtype=np.int64), return_inverse=True)
    day = day_numbers(runs["local_day"])
    excluded = runs["excluded"].to_numpy(dtype=bool)
    start, length = _spans(athletes, code[~excluded], day[~excluded], today, first)
    offset = np.concatenate(([0], np.cumsum(length)))
    rows = int(offset[-1])

    before_end = day < start[code] + length[code]
    counted = ~excluded & before_end
    cell = offset[:-1][code] + day - start[code]
    inside = counted | (excluded & (day >= start[code]) & before_end)
    # adding in the order of the sessions' numbers keeps sums the same however the rows were shuffled
    order = np.argsort(runs["session_id"].to_numpy(), kind="stable")
    order = order[inside[order]]
    sums = _sums(runs.iloc[order], cell[order], counted[order], rows)

    position = np.arange(rows) - np.repeat(offset[:-1], length)
    state = np.where(sums["sessions"] > 0, _OBSERVED, _REST)
    if unknown is not None and len(unknown):
        state[_declared(unknown, athletes, start, length, offset) & (sums["sessions"] == 0)] = _UNKNOWN
    # something was recorded there, though it adds nothing
    state[(sums["excluded_sessions"] > 0) & (state == _REST)] = _OBSERVED
    table = pd.DataFrame(
        {
            "athlete_id": np.repeat(athletes, length),
            "local_day": (np.repeat(start, length) + position).astype("datetime64[D]").astype("datetime64[us]"),
            "history_days": position + 1,
            "state": pd.Categorical.from_codes(state, categories=pd.Index(STATES)),
            **sums,
        }
    )
    table.attrs["later_sessions"] = int((~excluded & ~before_end).sum())
    return table


def _sums(runs: pd.DataFrame, cell: Whole, counted: NDArray[np.bool_], rows: int) -> dict[str, NDArray[Any]]:
    """What the sessions of each day add up to; ``cell`` is the row of each session's day."""
    is_run = runs["is_running"].to_numpy(dtype=bool) & counted

    def column(name: str) -> Floats:
        values: Floats = runs[name].to_numpy(dtype=np.float64, na_value=np.nan)
        return values

    distance, moving = column("distance_m"), column("moving_s")
    moving = np.where(np.isnan(moving), column("timer_s"), moving)
    distance_day, distance_complete = _sum(cell, is_run, distance, rows)
    moving_day, moving_complete = _sum(cell, is_run, moving, rows)
    steps_day, steps_complete = _sum(cell, is_run, column("steps"), rows)
    walk_day, _ = _sum(cell, counted, column("walk_steps"), rows)
    longest = np.full(rows, np.nan)
    known = is_run & ~np.isnan(distance)
    np.fmax.at(longest, cell[known], distance[known])
    brought: dict[str, NDArray[Any]] = {}
    for kind in FROM_SESSION_LOADS:
        if kind.source in runs:
            brought[kind.column], brought[kind.complete] = _sum(cell, is_run, column(kind.source), rows)
    if "points_estimated" in runs:
        estimated = is_run & ~np.isnan(column("points")) & (column("points_estimated") > 0)
        brought["points_estimated"] = _count(cell, estimated, rows) > 0
    return {
        "sessions": _count(cell, counted, rows),
        "excluded_sessions": _count(cell, ~counted, rows),
        "runs": _count(cell, is_run, rows),
        "distance_m": distance_day,
        "moving_s": moving_day,
        "steps": steps_day,
        "walk_steps": walk_day,
        "longest_run_m": longest,
        "distance_complete": distance_complete,
        "moving_complete": moving_complete,
        "steps_complete": steps_complete,
        **brought,
    }


def _spans(
    athletes: Whole, code: Whole, day: Whole, today: Mapping[int, date] | date, first: Mapping[int, date] | None
) -> tuple[Whole, Whole]:
    """First day number and number of days of each runner; no days for those whose sessions are all left out."""
    never = np.iinfo(np.int64).max
    start = np.full(len(athletes), never)
    np.minimum.at(start, code, day)
    seen = start < never
    if isinstance(today, date):
        end = np.full(len(athletes), day_number(today))
    else:
        end = np.array([day_number(today[int(a)]) for a in athletes], dtype=np.int64)
    if first:
        begun = np.array([day_number(first.get(int(a), date.max)) for a in athletes], dtype=np.int64)
        start = np.where(seen, np.minimum(start, begun), start)
    start = np.where(seen, start, end + 1)
    return start, np.maximum(0, end - start + 1)


def _count(cell: Whole, chosen: NDArray[np.bool_], rows: int) -> Whole:
    return np.bincount(cell[chosen], minlength=rows)


def _sum(cell: Whole, chosen: NDArray[np.bool_], values: Floats, rows: int) -> tuple[Floats, NDArray[np.bool_]]:
    """Sum a day of the known values, NaN where sessions are there but no value is; and whether none is missing."""
    known = chosen & ~np.isnan(values)
    total = np.asarray(np.bincount(cell[known], weights=values[known], minlength=rows), dtype=np.float64)
    missing = _count(cell, chosen & ~known, rows)
    total[(missing > 0) & (_count(cell, known, rows) == 0)] = np.nan
    return total, np.asarray(missing == 0, dtype=np.bool_)


def _declared(unknown: pd.DataFrame, athletes: Whole, start: Whole, length: Whole, offset: Whole) -> NDArray[np.bool_]:
    """Which rows lie in a span declared missing."""
    if not len(athletes):
        # runners are introduced before their first file is in: no day yet to declare anything of
        return np.zeros(int(offset[-1]), dtype=bool)
    asked = unknown["athlete_id"].to_numpy(dtype=np.int64)
    code = np.searchsorted(athletes, asked)
    there = (code < len(athletes)) & (athletes[np.minimum(code, len(athletes) - 1)] == asked)
    code = code[there]
    begin = np.clip(day_numbers(unknown["first_day"])[there] - start[code], 0, length[code])
    end = np.clip(day_numbers(unknown["last_day"])[there] + 1 - start[code], begin, length[code])
    edge = np.zeros(int(offset[-1]) + 1, dtype=np.int64)
    np.add.at(edge, offset[code] + begin, 1)
    np.add.at(edge, offset[code] + end, -1)
    return np.cumsum(edge)[:-1] > 0
