"""Formulas of other tools, to compare with numbers brought from them. None of them is ours: no page is made of these."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from loadmon.load.graded_pace import cost

Floats = NDArray[np.float64]

AIR_DENSITY = 1.2
DRAG_COEFFICIENT = 0.9
FRONTAL_SHARE = 0.266
"""Of the body's surface (Du Bois)."""
_GRADED_PACE = (1.0, 0.02929092064796, 0.0018083953213, 4.0662426e-07, -3.68618658e-07, -2.66281076e-09)
"""Powers of the grade in percent, found by fitting the factors that Elevate prints (a fit of its own to Strava's)."""


def elevate_graded_factor(grade: ArrayLike) -> Floats:
    """By how much Elevate speeds up a pace on a slope: less credit downhill than by the cost of running.

    Parameters
    ----------
    grade : array_like, rise over run
    """
    return np.asarray(np.polynomial.polynomial.polyval(100.0 * np.asarray(grade, dtype=np.float64), _GRADED_PACE))


def goldencheetah_running_power_w(mass_kg: float, height_m: float, speed_mps: ArrayLike, grade: ArrayLike) -> Floats:
    """The power GoldenCheetah works out for running, from speed and slope.

    Parameters
    ----------
    mass_kg, height_m : float
    speed_mps, grade : array_like, m/s and rise over run
    """
    speed = np.asarray(speed_mps, dtype=np.float64)
    area = 0.2025 * height_m**0.725 * mass_kg**0.425 * FRONTAL_SHARE
    air = 0.5 * AIR_DENSITY * DRAG_COEFFICIENT * area * speed**2 / mass_kg
    efficiency = (0.25 + 0.054 * speed) * (1.0 - 0.5 * speed / 8.33)
    return np.asarray((air + cost(np.asarray(grade, dtype=np.float64)) * efficiency) * speed * mass_kg)


def elevate_running_power_w(mass_kg: float, graded_mps: ArrayLike) -> Floats:
    """The power Elevate estimates from mass and graded speed (m/s): 1.04 W for each kg and m/s."""
    return np.asarray(1.04 * mass_kg * np.asarray(graded_mps, dtype=np.float64))
