"""Graded pace: how fast a run was, hills reckoned in by what climbing and descending cost."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from loadmon import evidence
from loadmon.load.normalised import normalised
from loadmon.measure import NO_SPEED, SPEED_COVERAGE

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

LIMIT = evidence.GRADE_LIMIT.value
FASTEST = evidence.FASTEST_LEVEL_MPS.value
COEFFICIENTS = evidence.MINETTI_POLYNOMIAL


@dataclass(frozen=True, slots=True)
class GradedSpeed:
    """How fast a run was with its hills reckoned in.

    Parameters
    ----------
    normalised_mps : float | None
        Steady speed on the level that would have been as hard, m/s.
    mean_mps : float | None
        Plain mean of the graded speed while moving, m/s.
    grade_known : bool
        False where hills could not be reckoned in and the speed is that of the ground covered.
    clamped : int
        Samples steeper than 45 %, taken as 45 %, and samples that their slope would make faster than anybody runs, taken
        as on the level.
    reason : str | None
        Code of ``REASON_WORDS`` exactly where there is no value.
    """

    normalised_mps: float | None
    mean_mps: float | None
    grade_known: bool
    clamped: int
    reason: str | None


def cost(grade: ArrayLike) -> Floats:
    """Energy a runner spends for each metre on a slope, by Minetti's polynomial; steeper than 45 % counts as 45 %.

    Parameters
    ----------
    grade : array_like, rise over run

    Returns
    -------
    array of the same shape, J per kg and m

    References
    ----------
    Minetti 2002, 10.1152/japplphysiol.01177.2001.
    """
    slope = np.clip(np.asarray(grade, dtype=np.float64), -LIMIT, LIMIT)
    total = np.full(slope.shape, COEFFICIENTS[0])
    for coefficient in COEFFICIENTS[1:]:
        total *= slope
        total += coefficient
    return total


def factor(grade: ArrayLike) -> Floats:
    """How many metres on the level a metre on this slope is worth: 1 on the level, 1.66 at 10 % up, 0.60 at 10 % down.

    Metabolic only: it says nothing of impact, which is greater downhill.
    """
    return cost(grade) / evidence.MINETTI_LEVEL_COST.value


def level_speed(speed_mps: Floats, slope: Floats | None) -> Floats:
    """Speed on the level that costs as much as this speed on this slope; the speed itself where the slope is not known.

    A slope by which a sample would be faster than anybody runs is a wrong height: that sample counts as on the level.
    """
    return speed_mps if slope is None else _levelled(speed_mps, slope)[0]


def heights_wrong(speed_mps: Floats, slope: Floats) -> bool:
    """True where the slopes would make so much of a run impossible that none of its heights can be believed."""
    impossible = _levelled(speed_mps, slope)[1]
    return bool(np.count_nonzero(impossible) > evidence.HEIGHTS_WRONG_SHARE.value * len(slope))


def _levelled(speed_mps: Floats, slope: Floats) -> tuple[Floats, Flags]:
    """Speed on the level, and the samples whose slope is not believed."""
    graded = speed_mps * factor(slope)
    impossible = graded > FASTEST
    return np.where(impossible, speed_mps, graded), impossible


def graded_speed(speed_mps: Floats, seconds: Floats, slope: Floats | None, moving: Flags) -> GradedSpeed:
    """Speed of a run with its hills reckoned in; standing does not count, as on a watch that pauses by itself.

    Parameters
    ----------
    speed_mps : array of shape (n,), m/s
        NaN for missing.
    seconds : array of shape (n,), s
        How long each sample holds; 0 across pauses.
    slope : array of shape (n,), rise over run | None
        As ``slope_along`` makes it; None where the height is missing or only the satellites' own, and on a treadmill.
    moving : array of shape (n,), bool

    Returns
    -------
    GradedSpeed
        Without values where speed is missing for more than a fifth of the moving time.
    """
    level, clamped = speed_mps, 0
    if slope is not None:
        level, impossible = _levelled(speed_mps, slope)
        clamped = int(np.count_nonzero(moving & (impossible | (np.abs(slope) >= LIMIT))))
    used = np.isfinite(level) & moving
    held = seconds[used]
    moving_s, whole_s = float(held.sum()), float(seconds[moving].sum())
    reason = None
    if moving_s < 1.0:
        reason = NO_SPEED
    elif moving_s < evidence.SPEED_COVERAGE.value * whole_s:
        reason = SPEED_COVERAGE
    if reason is not None:
        return GradedSpeed(None, None, slope is not None, clamped, reason)
    graded = level[used]
    return GradedSpeed(normalised(graded, held), float(graded @ held) / moving_s, slope is not None, clamped, None)


def pace_stress(moving_s: ArrayLike, normalised_mps: ArrayLike, threshold_mps: ArrayLike) -> Floats:
    """Pace stress: an hour at threshold speed is 100 points, and speed counts by its square.

    Parameters
    ----------
    moving_s, normalised_mps, threshold_mps : array_like of shape (n,), s and m/s

    Returns
    -------
    array of shape (n,), points; NaN where something is missing or the threshold is not above 0
    """
    return hour_at_threshold(moving_s, normalised_mps, threshold_mps)


def hour_at_threshold(seconds: ArrayLike, value: ArrayLike, threshold: ArrayLike) -> Floats:
    """Hours times the squared share of the threshold times 100: the rule that pace and power share."""
    at = np.asarray(threshold, dtype=np.float64)
    share = np.asarray(value, dtype=np.float64) / np.where(at > 0.0, at, np.nan)
    hours = np.asarray(seconds, dtype=np.float64) / 3600.0
    points: Floats = evidence.POINTS_AN_HOUR_AT_THRESHOLD.value * hours * share**2
    return points
