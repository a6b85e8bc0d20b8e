"""Half minutes of steady running: the only pieces of a run in which cadence can be compared."""

from __future__ import annotations

from functools import cache

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loadmon import evidence
from loadmon.slope import Columns, distance_and_speed, slope_along

WINDOW_COLUMNS: tuple[str, ...] = (
    "start_s",
    "t_min",
    "speed_mps",
    "cadence_spm",
    "uphill",
    "downhill",
    "treadmill",
    "grade_known",
    "stance_time_s",
    "vertical_oscillation_m",
    "step_length_m",
    "stance_balance_left_pct",
    "heart_rate_bpm",
)
"""``t_min`` is the middle of the window in minutes since the start; grades are rise over run, never negative."""
CADENCE_COLUMNS = WINDOW_COLUMNS[: WINDOW_COLUMNS.index("grade_known") + 1]
"""What cadence at a common pace is told from."""
BESIDE = WINDOW_COLUMNS[len(CADENCE_COLUMNS) :]
"""What is averaged beside pace and cadence where the watch measured it; NaN where it did not."""
FLAGS = frozenset({"treadmill", "grade_known"})

Floats = NDArray[np.float64]
WIDTH = int(evidence.CADENCE_WINDOW_S.value)


def cadence_windows(
    stream: Columns, indoor: bool, *, ground: tuple[Floats, Floats | None] | None = None
) -> pd.DataFrame:
    """Cuts a run into half minutes and keeps those run at an even pace on nearly level ground.

    Parameters
    ----------
    stream : DataFrame, or mapping of its columns to arrays
        A session's stream: t_s (s, increasing), speed_mps, distance_m, altitude_m, cadence_spm (both feet); NaN for missing.
        Samples may be seconds apart (smart recording): each stands for the time until the next, up to 10 s.
    indoor : bool
        True on a treadmill: its own surface, slope not known.
    ground : (speed, slope) | None
        Arrays of shape (n,), m/s and rise over run, where they are made already; the slope is None where it is not known,
        or not to be believed (satellites' own heights). If not given, both are made from the stream.

    Returns
    -------
    DataFrame
        One row a window kept, ``WINDOW_COLUMNS``. Where the height is missing the grade is 0 and ``grade_known`` False.
        Contact time, oscillation, step length, balance and heart rate are means of the window, NaN where less than 80 %
        of it was measured. Empty where no window passes or cadence was not measured.
    """
    t = np.asarray(stream["t_s"], dtype=np.float64)
    cadence = np.asarray(stream["cadence_spm"], dtype=np.float64)
    if len(t) < 2 or not np.isfinite(cadence).any():
        return no_windows()
    if ground is None:
        distance, speed = distance_and_speed(stream, t)
        ground = speed, None if indoor else slope_along(stream, distance)
    speed, slope_known = ground
    grade_known = slope_known is not None
    grade = np.zeros(len(t)) if slope_known is None else slope_known

    count = int((t[-1] - t[0]) // WIDTH)
    second = t[0] + np.arange(count * WIDTH) + 0.5
    row = np.searchsorted(t, second, side="right") - 1
    held = (second - t[row] <= evidence.CADENCE_HOLD_S.value) & ~np.isnan(speed[row]) & ~np.isnan(cadence[row])

    def mean(values: Floats) -> Floats:
        picked = np.where(held, values[row], 0.0).reshape(count, WIDTH)
        total: Floats = picked.sum(axis=1)
        average: Floats = np.divide(total, covered, out=np.full(count, np.nan), where=covered > 0)
        return average

    covered = held.reshape(count, WIDTH).sum(axis=1).astype(np.float64)
    pace, steps, slope = mean(speed), mean(cadence), mean(grade)
    spread = np.sqrt(np.maximum(mean(speed**2) - pace**2, 0.0))
    start = np.arange(count) * float(WIDTH)
    with np.errstate(invalid="ignore"):
        keep = (
            (covered >= evidence.CADENCE_WINDOW_COVERAGE.value * WIDTH)
            & (start >= evidence.CADENCE_WARM_UP_S.value)
            & (pace >= evidence.CADENCE_SLOWEST_MPS.value)
            & (pace <= evidence.CADENCE_FASTEST_MPS.value)
            & (spread < evidence.CADENCE_SPEED_CV.value * pace)
            & (np.abs(slope) < evidence.CADENCE_STEEPEST.value)
            & (steps >= evidence.CADENCE_LOWEST_SPM.value)
            & (steps <= evidence.CADENCE_HIGHEST_SPM.value)
        )
    beside = _means(stream, np.where(held, row, -1).reshape(count, WIDTH)[keep])
    return pd.DataFrame(
        {
            "start_s": start[keep],
            "t_min": (start[keep] + WIDTH / 2) / 60.0,
            "speed_mps": pace[keep],
            "cadence_spm": steps[keep],
            "uphill": np.maximum(slope[keep], 0.0),
            "downhill": np.maximum(-slope[keep], 0.0),
            "treadmill": np.full(int(keep.sum()), indoor),
            "grade_known": np.full(int(keep.sum()), grade_known),
            **beside,
        },
        copy=False,
    )


def _means(stream: Columns, row: NDArray[np.int64]) -> dict[str, Floats]:
    """Mean of each of ``BESIDE`` over windows; ``row`` holds the sample that stands for each second, -1 for none."""
    found = {}
    for name in BESIDE:
        values = np.append(np.asarray(stream[name], dtype=np.float64), np.nan)
        found[name] = np.full(len(row), np.nan)
        if np.isfinite(values).any():
            picked = values[row]
            known = np.isfinite(picked)
            seconds = known.sum(axis=1)
            enough = seconds >= evidence.CADENCE_WINDOW_COVERAGE.value * WIDTH
            np.divide(np.where(known, picked, 0.0).sum(axis=1), seconds, out=found[name], where=enough)
    return found


def no_windows() -> pd.DataFrame:
    """A table of windows without any: its columns and their types."""
    return _none().copy()


@cache
def _none() -> pd.DataFrame:
    return pd.DataFrame({name: pd.Series(dtype=bool if name in FLAGS else np.float64) for name in WINDOW_COLUMNS})
