"""Slope: how steep the ground was at each sample of a run, from height and distance."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loadmon import evidence

Floats = NDArray[np.float64]
Columns = pd.DataFrame | Mapping[str, Floats]
"""A stream as a table, or its columns as plain arrays by name: whoever has those saves a look into the table for each."""


def distance_and_speed(stream: Columns, t: Floats) -> tuple[Floats, Floats]:
    """Distance so far and speed at each sample, each made from the other where it was not recorded.

    Parameters
    ----------
    stream : DataFrame, or mapping of its columns to arrays
        distance_m and speed_mps, NaN for missing.
    t : array of shape (n,), seconds, increasing

    Returns
    -------
    (distance, speed) : arrays of shape (n,), m (never falling) and m/s
    """
    distance = np.asarray(stream["distance_m"], dtype=np.float64)
    speed = np.asarray(stream["speed_mps"], dtype=np.float64)
    known = np.isfinite(distance)
    if np.isfinite(speed).any():
        if not known.any():
            step = np.minimum(np.diff(t), evidence.CADENCE_HOLD_S.value)
            distance = np.concatenate(([0.0], np.cumsum(np.nan_to_num(speed[:-1]) * step)))
            known = np.ones(len(t), dtype=bool)
    elif known.sum() > 1:
        so_far = np.interp(t, t[known], distance[known])
        speed = np.append(np.diff(so_far) / np.diff(t), np.nan)
    if known.any():
        distance = np.maximum.accumulate(np.interp(t, t[known], distance[known]))
    return distance, speed


def slope_along(stream: Columns, distance: Floats) -> Floats | None:
    """Slope at each sample: height smoothed over three samples, then rise over the 30 m ahead; None if not known.

    Parameters
    ----------
    stream : DataFrame, or mapping of its columns to arrays
        altitude_m, NaN for missing.
    distance : array of shape (n,), m, never falling

    Returns
    -------
    array of shape (n,), rise over run, clipped to ±0.45; None where fewer than half of the samples have a height
    """
    altitude = np.asarray(stream["altitude_m"], dtype=np.float64)
    known = np.isfinite(altitude) & np.isfinite(distance)
    if known.mean() < 0.5:
        return None
    reach = evidence.GRADE_LOOK_AHEAD_M.value
    if distance[known][-1] - distance[known][0] < reach:
        return None
    height = altitude[known]
    if len(height) >= 3:
        height[1:-1] = np.median(np.stack((height[:-2], height[1:-1], height[2:])), axis=0)
    where, first = np.unique(distance[known], return_index=True)  # standing still adds rows, not metres
    height = height[first]
    begin = np.clip(distance, where[0], where[-1] - reach)
    rise = np.interp(begin + reach, where, height) - np.interp(begin, where, height)
    limit = evidence.GRADE_LIMIT.value
    return np.asarray(np.clip(rise / reach, -limit, limit), dtype=np.float64)
