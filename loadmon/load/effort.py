"""Effort load: how hard a session felt times how long it lasted."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from loadmon import evidence

Floats = NDArray[np.float64]


def effort_load(effort_0_10: ArrayLike, elapsed_s: ArrayLike) -> Floats:
    """How hard a session felt, from 0 to 10, times its minutes from first to last, breaks included.

    Parameters
    ----------
    effort_0_10 : array_like of shape (n,)
        As the runner told it about half an hour afterwards; NaN where nobody was asked.
    elapsed_s : array_like of shape (n,), s
        The whole session with warm-up and recoveries, not moving time.

    Returns
    -------
    array of shape (n,), arbitrary units (effort × minutes)
        NaN where effort was not told or is not on the scale, or the time is not above 0: never 0 for "not told".

    References
    ----------
    Foster 2001, J Strength Cond Res 15:109-115.
    """
    effort = np.asarray(effort_0_10, dtype=np.float64)
    minutes = np.asarray(elapsed_s, dtype=np.float64) / 60.0
    with np.errstate(invalid="ignore"):
        told = (effort >= 0.0) & (effort <= evidence.EFFORT_HIGHEST.value) & (minutes > 0.0)
    return np.where(told, effort * minutes, np.nan)
