"""What each runner of a squad ran in a span, and how many of their runs do not tell it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd


@dataclass(frozen=True, slots=True)
class Exposure:
    """A runner's running in a span, as far as it is told.

    Parameters
    ----------
    running_s, running_m : float | None
        Seconds and metres; None where no run tells any: that is not 0.
    runs : int
    without_time, without_distance : int
        Runs among them that do not tell it.
    """

    running_s: float | None = None
    running_m: float | None = None
    runs: int = 0
    without_time: int = 0
    without_distance: int = 0


def exposures(runs: pd.DataFrame, athlete_ids: Iterable[int], *, first: date, last: date) -> dict[int, Exposure]:
    """What everybody ran; also of those who have no file in the span.

    Parameters
    ----------
    runs : DataFrame
        A row a session: athlete_id, local_day, is_running, excluded, distance_m, moving_s, timer_s. Time is moving time, or
        the timer's where a run has none.
    athlete_ids : iterable of int
    first, last : date
        The span, both ends included.
    """
    day = pd.to_datetime(runs["local_day"])
    inside = (day >= pd.Timestamp(first)) & (day <= pd.Timestamp(last))
    counted = runs[inside & runs["is_running"].astype(bool) & ~runs["excluded"].astype(bool)]
    athlete = counted["athlete_id"].to_numpy(dtype=np.int64)
    moving = _values(counted["moving_s"])
    seconds = np.where(np.isnan(moving), _values(counted["timer_s"]), moving)
    metres = _values(counted["distance_m"])
    found = {}
    for one in athlete_ids:
        own_s, own_m = seconds[athlete == one], metres[athlete == one]
        found[one] = Exposure(
            _sum(own_s), _sum(own_m), len(own_s), int(np.isnan(own_s).sum()), int(np.isnan(own_m).sum())
        )
    return found


def _values(column: pd.Series) -> np.ndarray:
    return column.to_numpy(dtype=np.float64, na_value=np.nan)


def _sum(values: np.ndarray) -> float | None:
    """The sum of what is known; None where nothing, or nothing but zeros, is."""
    total = float(np.nansum(values))
    return total if total > 0 else None
