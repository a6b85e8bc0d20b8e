"""Metres climbed, of a recording that was cut: the device's total belongs to the whole of it, the heights to every part."""

from __future__ import annotations

import numpy as np

from loadmon.repair.channels import Floats

BLOCK_S = 30.0
"""Heights are averaged over so long before they are added up (loadmon convention): a wandering sensor climbs nothing."""
LEAST_CLIMB_M = 5.0
"""Heights that rise by less in all do not say where a device's metres were climbed (loadmon convention)."""
LEAST_KNOWN = 0.5
"""Share of the samples that must have a height, as for slopes."""


def climbed(t_s: Floats, altitude_m: Floats) -> Floats:
    """Metres climbed by the recorded heights up to each sample, shape (n,); all NaN where they do not tell.

    It is no ascent of its own, and smaller than what a device tells: it says in which part of a recording how much of the
    device's ascent was climbed.

    Parameters
    ----------
    t_s : array of shape (n,)
        Seconds since the start, increasing.
    altitude_m : array of shape (n,)
        Metres, NaN for missing.
    """
    known = np.isfinite(altitude_m)
    nothing: Floats = np.full(len(t_s), np.nan)
    if not known.any() or known.mean() < LEAST_KNOWN:
        return nothing
    block = ((t_s[known] - t_s[0]) // BLOCK_S).astype(np.int64)
    count = np.bincount(block)
    some = count > 0
    height = np.bincount(block, weights=altitude_m[known])[some] / count[some]
    middle = np.bincount(block, weights=t_s[known])[some] / count[some]
    so_far = np.concatenate(([0.0], np.cumsum(np.maximum(np.diff(height), 0.0))))
    if so_far[-1] < LEAST_CLIMB_M:
        return nothing
    by_sample: Floats = np.interp(t_s, middle, so_far)
    return by_sample


def ascent_of_part(told_m: float | None, part_m: float, whole_m: float) -> float | None:
    """A device's ascent, in the share of the climb that falls into a part; None where nobody can tell.

    Parameters
    ----------
    told_m : float | None
        What the device tells of the whole.
    part_m, whole_m : float
        What was climbed by the heights in the part and in the whole, NaN where they do not tell.
    """
    if told_m is None or not np.isfinite(told_m):
        return None
    if told_m == 0.0:
        return 0.0  # where nothing was climbed in all, nothing was in a part
    if not np.isfinite(part_m) or not np.isfinite(whole_m) or whole_m < LEAST_CLIMB_M:
        return None
    return told_m * min(max(part_m / whole_m, 0.0), 1.0)
