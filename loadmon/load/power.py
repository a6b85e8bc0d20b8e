"""Running power: what the watch or foot pod recorded, weighted towards hard minutes, against critical power."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from loadmon import evidence
from loadmon.load.graded_pace import hour_at_threshold
from loadmon.load.normalised import normalised

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def weighted_power_w(power_w: Floats, seconds: Floats, moving: Flags) -> float | None:
    """The steady power that would have been as hard as a run was; standing does not count.

    Parameters
    ----------
    power_w : array of shape (n,), W
        NaN for missing.
    seconds : array of shape (n,), s
        How long each sample holds; 0 across pauses.
    moving : array of shape (n,), bool

    Returns
    -------
    float | None
        Watts; None where power is missing for more than a fifth of the moving time.
    """
    used = np.isfinite(power_w) & moving
    held = seconds[used]
    measured_s = float(held.sum())
    if measured_s < 1.0 or measured_s < evidence.SPEED_COVERAGE.value * float(seconds[moving].sum()):
        return None
    return normalised(np.maximum(power_w[used], 0.0), held)


def power_stress(seconds: ArrayLike, weighted_power_w: ArrayLike, critical_power_w: ArrayLike) -> Floats:
    """Power stress: an hour at critical power is 100 points, and power counts by its square.

    Parameters
    ----------
    seconds, weighted_power_w, critical_power_w : array_like of shape (n,), s and W

    Returns
    -------
    array of shape (n,), points; NaN where something is missing or critical power is not above 0
    """
    return hour_at_threshold(seconds, weighted_power_w, critical_power_w)
