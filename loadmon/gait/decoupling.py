"""Decoupling: how much more heartbeat the second half of a run took for the same speed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from loadmon import evidence
from loadmon.measure import DECOUPLING_SHORT, HEART_RATE_SPARSE, NO_HEART_RATE, NO_SPEED, PACE_UNEVEN

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Decoupling:
    """Change of speed per heartbeat between the halves of one run.

    Parameters
    ----------
    percent : float | None
        Positive where the second half gave less speed for each beat; None with ``reason``.
    reason : str | None
        Code of ``loadmon.measure.REASON_WORDS`` where there is no value.
    """

    percent: float | None
    reason: str | None


def decoupled_pct(first_mps: float, first_bpm: float, second_mps: float, second_bpm: float) -> float:
    """Loss of speed per heartbeat from the first half to the second, in percent of the first.

    Parameters
    ----------
    first_mps, second_mps : float
        Mean speed of each half, adjusted for slope.
    first_bpm, second_bpm : float
        Mean heart rate of each half.

    References
    ----------
    Aerobic decoupling as in GoldenCheetah (speed over heart rate, same sign), which leaves out no warm-up.
    """
    first, second = first_mps / first_bpm, second_mps / second_bpm
    return 100.0 * (first - second) / first


def decoupling(t_s: Floats, seconds: Floats, graded_mps: Floats, heart_rate_bpm: Floats) -> Decoupling:
    """How far heart rate and speed came apart over one run, after ten minutes of warming up.

    Parameters
    ----------
    t_s : array of shape (n,)
        Seconds since the start, increasing.
    seconds : array of shape (n,)
        How long each sample stands for; 0 across a pause.
    graded_mps : array of shape (n,)
        Speed as it would be on the flat (plain speed where the slope is not known), m/s; NaN for missing.
    heart_rate_bpm : array of shape (n,)
        Beats a minute; NaN for missing.

    Returns
    -------
    Decoupling
        Halves are of equal running time; standing still (below 0.8 m/s) and samples without heart rate are left out. No
        value below 30 min of running after the warm-up, with heart rate in less than 80 % of it, or with a pace that
        varies by 10 % or more (standard deviation of half minutes).
    """
    t_s, seconds = np.asarray(t_s, dtype=np.float64), np.asarray(seconds, dtype=np.float64)
    speed, heart = np.asarray(graded_mps, dtype=np.float64), np.asarray(heart_rate_bpm, dtype=np.float64)
    if not np.isfinite(heart).any():
        return Decoupling(None, NO_HEART_RATE)
    if not np.isfinite(speed).any():
        return Decoupling(None, NO_SPEED)
    warm = t_s - t_s[0] >= evidence.DECOUPLING_WARM_UP_S.value
    with np.errstate(invalid="ignore"):
        used = warm & (seconds > 0) & (speed >= evidence.SLOWEST_MOVING_MPS.value)
    t_s, weight, speed, heart = t_s[used], seconds[used], speed[used], heart[used]
    run_s = float(weight.sum())
    if run_s < evidence.DECOUPLING_LEAST_S.value:
        return Decoupling(None, DECOUPLING_SHORT)
    beating = np.isfinite(heart)
    if weight[beating].sum() < evidence.HEART_RATE_COVERAGE.value * run_s:
        return Decoupling(None, HEART_RATE_SPARSE)
    if _unevenness(t_s, weight, speed) >= evidence.DECOUPLING_SPEED_CV.value:
        return Decoupling(None, PACE_UNEVEN)
    weight, speed, heart = weight[beating], speed[beating], heart[beating]
    so_far = np.cumsum(weight)
    # a sample that lies across the middle belongs to both halves by its seconds
    first = np.clip(so_far[-1] / 2.0 - (so_far - weight), 0.0, weight)
    second = weight - first
    return Decoupling(
        decoupled_pct(
            float(np.average(speed, weights=first)),
            float(np.average(heart, weights=first)),
            float(np.average(speed, weights=second)),
            float(np.average(heart, weights=second)),
        ),
        None,
    )


def _unevenness(t_s: Floats, weight: Floats, speed: Floats) -> float:
    """Standard deviation over mean of the half minutes' speeds, each weighed by its seconds."""
    half_minute = ((t_s - t_s[0]) // evidence.DECOUPLING_EVENNESS_S.value).astype(np.int64)
    seconds = np.bincount(half_minute, weights=weight)
    metres = np.bincount(half_minute, weights=weight * speed)
    some = seconds > 0
    seconds, means = seconds[some], metres[some] / seconds[some]
    mean = float(np.average(means, weights=seconds))
    return float(np.sqrt(np.average((means - mean) ** 2, weights=seconds))) / mean
