"""Symmetry: how contact is shared between left and right. Compared with the runner's own usual, not with half and half."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

Floats = NDArray[np.float64]


def balance_deviation_pp(left_pct: ArrayLike) -> Floats:
    """How far the left foot's share of contact time is from half, in percentage points, whichever side.

    Parameters
    ----------
    left_pct : array
        Share of contact time on the left foot, percent; NaN for missing.
    """
    return np.abs(np.asarray(left_pct, dtype=np.float64) - 50.0)


def balance_index(left_pct: ArrayLike) -> Floats:
    """Left minus right over their mean: 0 for even, positive where the left foot stands longer.

    Parameters
    ----------
    left_pct : array
        Share of contact time on the left foot, percent; the right foot's is the rest to 100.
    """
    left = np.asarray(left_pct, dtype=np.float64)
    return (left - (100.0 - left)) / 50.0


def symmetry_angle_pct(left: ArrayLike, right: ArrayLike) -> Floats:
    """Angle between the two sides and an even line, in percent of a right angle: 0 for even, positive where right is more.

    Unlike an index it does not depend on which side it is divided by.

    Parameters
    ----------
    left, right : array
        The same quantity on both sides, not negative.

    References
    ----------
    Zifchock et al. 2008, Gait & Posture 27:622-627 (quoted from memory).
    """
    angle = np.degrees(np.arctan2(np.asarray(left, dtype=np.float64), np.asarray(right, dtype=np.float64)))
    return (45.0 - angle) / 90.0 * 100.0
