"""Two watches on one run: which sessions cover the same minutes, and which of them counts."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
import pandas as pd

LEAST_OVERLAP = 0.8
"""Share of the shorter session's time that two recordings share before they are taken for one run."""
WIDE = 1.5
"""Elapsed time over the timer's from which a session says little of when it was run: a watch left on, or resumed later."""
MOST_APART = 0.2
"""By how much two recordings of one run may differ in distance or time, where their hours alone do not tell."""

_RICHNESS = (
    ("mean_heart_rate_bpm", 4.0),
    ("median_cadence_spm", 2.0),
    ("median_stance_time_s", 2.0),
    ("distance_m", 1.0),
)


def same_run(runs: pd.DataFrame) -> pd.Series:
    """For each session, the session of the same runner that stands for it, where two recordings are one run.

    The richer recording stands (heart rate, then cadence, running dynamics, distance, then more samples); nothing
    is deleted, the other is only not counted twice.

    A session whose timer stood still for long spans hours in which another run has room. There the same hours are not
    enough: the distances have to agree too, or, where one is not known, the times recorded.

    Parameters
    ----------
    runs : DataFrame
        One row a session: ``athlete_id``, ``session_id``, ``start_utc``, ``elapsed_s``, ``is_running``, and as far as
        there are any ``timer_s`` and the measured columns, NaN where not measured.

    Returns
    -------
    Series of Int64, indexed like ``runs``
        The ``session_id`` that counts instead, or missing where the session counts itself.
    """
    stands_for: dict[int, int] = {}
    if len(runs) < 2:
        return pd.Series(pd.NA, index=runs.index, dtype="Int64")
    ordered = runs.sort_values(["athlete_id", "start_utc", "session_id"])
    start = ordered["start_utc"].to_numpy("datetime64[us]").astype("int64") / 1e6
    end = start + ordered["elapsed_s"].fillna(0.0).to_numpy(float)
    alike = _alike(ordered)
    athlete = ordered["athlete_id"].to_numpy()
    running = ordered["is_running"].to_numpy(bool)
    rich = _richness(ordered)
    ids = ordered["session_id"].to_numpy()
    close = np.flatnonzero((athlete[1:] == athlete[:-1]) & (start[1:] < np.maximum.accumulate(end)[:-1]))
    counted = np.ones(len(ordered), dtype=bool)
    for right in (close + 1).tolist():
        left = right - 1
        while left >= 0 and athlete[left] == athlete[right]:
            together = running[left] == running[right] and _share(start, end, left, right) >= LEAST_OVERLAP
            if counted[left] and together and alike(left, right):
                loser, winner = (left, right) if rich[right] > rich[left] else (right, left)
                counted[loser] = False
                stands_for[int(ids[loser])] = int(ids[winner])
                if loser == right:
                    break
            if start[right] - start[left] > 86_400:
                break
            left -= 1
    return runs["session_id"].map(_that_count(stands_for)).astype("Int64")


def _that_count(instead: dict[int, int]) -> dict[int, int]:
    """The same with the session that counts in the end, where one that stood for another is itself a second recording."""
    found = {}
    for number, last in instead.items():
        end = last
        while end in instead:
            end = instead[end]
        found[number] = end
    return found


def _alike(runs: pd.DataFrame) -> Callable[[int, int], bool]:
    """Whether two sessions can be one run by what was recorded, asked only where the time of one is spread widely."""
    elapsed, timer, metres = (
        runs[name].to_numpy(float) if name in runs else np.full(len(runs), np.nan)
        for name in ("elapsed_s", "timer_s", "distance_m")
    )
    wide = elapsed > WIDE * timer

    def alike(a: int, b: int) -> bool:
        if not (wide[a] or wide[b]):
            return True
        told = metres if metres[a] > 0 and metres[b] > 0 else timer
        return bool(abs(told[a] - told[b]) <= MOST_APART * max(told[a], told[b]))

    return alike


def _share(start: np.ndarray, end: np.ndarray, a: int, b: int) -> float:
    """Shared time of two sessions as a share of the shorter one."""
    shared = min(end[a], end[b]) - max(start[a], start[b])
    shorter = min(end[a] - start[a], end[b] - start[b])
    return shared / shorter if shorter > 0 else 0.0


def _richness(runs: pd.DataFrame) -> np.ndarray:
    """How much a recording contains: weighted channels, ties broken by its number of samples."""
    total = np.zeros(len(runs))
    for column, weight in _RICHNESS:
        if column in runs:
            total += weight * runs[column].notna().to_numpy()
    if "samples" in runs:
        total += runs["samples"].fillna(0).to_numpy(float) / 1e6
    return total
