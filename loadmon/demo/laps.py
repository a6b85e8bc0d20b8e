"""Laps as watches make them by themselves: one a kilometre, the last one shorter."""

from __future__ import annotations

import numpy as np

from loadmon.report.activity import Column

LAP_M = 1000.0


def laps(seconds: Column, metres: Column, heart: Column | None, steps: Column, climb_m: Column) -> dict[str, Column]:
    """One lap a kilometre.

    Parameters
    ----------
    seconds, metres : arrays
        Clock seconds from the start (pauses included) and distance, one value a second of running.
    heart, steps, climb_m : arrays
        Beats and steps a minute, and metres climbed in each second; heart None if not worn.

    Returns
    -------
    dict of arrays
        The lap columns of a written activity, in SI units.
    """
    count = max(1, int(np.ceil(metres[-1] / LAP_M - 0.02)))
    cuts = np.searchsorted(metres, LAP_M * np.arange(1, count))
    first = np.concatenate(([0], cuts)).astype(np.intp)
    last = np.concatenate((cuts, [len(metres) - 1])).astype(np.intp)
    lasting = np.maximum(last - first, 1).astype(np.float64)
    unknown = np.full(count, np.nan)
    return {
        "start_s": seconds[first],
        "elapsed_s": seconds[last] - seconds[first],
        "timer_s": lasting,
        "distance_m": metres[last] - metres[first],
        "mean_heart_rate_bpm": unknown if heart is None else _means(heart, first),
        "max_heart_rate_bpm": unknown if heart is None else np.maximum.reduceat(heart, first),
        "mean_cadence_spm": _means(steps, first),
        "ascent_m": np.add.reduceat(climb_m, first),
    }


def _means(values: Column, first: np.ndarray[tuple[int], np.dtype[np.intp]]) -> Column:
    lengths = np.diff(np.concatenate((first, [len(values)])))
    return np.add.reduceat(values, first) / lengths
