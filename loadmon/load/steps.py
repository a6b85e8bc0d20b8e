"""Load by steps: how many, the peak force they add up to, and how a sum changes if hard steps wear more."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def steps_taken(cadence_spm: Floats, seconds: Floats) -> float:
    """Steps of both feet: cadence over time.

    Parameters
    ----------
    cadence_spm : array of shape (n,), steps of both feet a minute
        Samples without a value add nothing.
    seconds : array of shape (n,), s
        How long each sample holds.
    """
    known = np.isfinite(cadence_spm)
    return float(cadence_spm[known] @ seconds[known]) / 60.0


def cumulative_peak(steps: ArrayLike, peak_bw: ArrayLike) -> float:
    """Peak forces of many steps added up, in body weights × steps; steps without a known peak are left out.

    Force summed over time instead would be body weight times time whatever the technique, so it is not offered.

    Parameters
    ----------
    steps, peak_bw : array_like of shape (n,) or one value
        Steps taken, and the peak of each of them in body weights (``loadmon.gait.stiffness.peak_force_bw``).

    Returns
    -------
    float
        NaN where steps were taken and no peak is known.
    """
    each = np.asarray(steps, dtype=np.float64) * np.asarray(peak_bw, dtype=np.float64)
    known = ~np.isnan(each)
    return float(each[known].sum()) if known.any() or not each.size else np.nan


def power_law_load(steps: ArrayLike, relative_peak: ArrayLike, exponent: float) -> float:
    """Steps added up as if hard ones wore more than their share. A test of how far a result hangs on it, not a measure.

    Parameters
    ----------
    steps : array_like of shape (n,)
    relative_peak : array_like of shape (n,)
        Peak force of those steps against the runner's usual (1 is usual).
    exponent : float
        1 counts force as it is; 4 and 9 are in use for bone. None of them was measured in running people, so no page shows
        such a sum.
    """
    return cumulative_peak(steps, np.asarray(relative_peak, dtype=np.float64) ** exponent)
