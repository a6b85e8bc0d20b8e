"""The runner's reference epoch: their usual speed and how their cadence follows it, learnt once from the first hours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from loadmon import evidence
from loadmon.tissue.coefficients import Coefficients
from loadmon.tissue.exposure import SPEED_WIDTH_MPS, Exposure, pieces_from
from loadmon.tissue.runner import usual_cadence

Floats = NDArray[np.float64]

_ROUNDS = 30


@dataclass(frozen=True, slots=True)
class ReferenceEpoch:
    """What a runner's tissue load is told against from then on; frozen.

    Parameters
    ----------
    speed_mps : float
        Middle speed of level running.
    cadence_line : (float, float)
        Steps a minute at 3 m/s on the level, and what a m/s adds.
    slope_learnt : bool
        False where the speeds lay too close together and what a m/s adds is that of other runners.
    treadmill : bool
        The surface it was learnt on.
    first_day, last_day : date
    runs : int
    hours : float
        Of level running with cadence.
    """

    speed_mps: float
    cadence_line: tuple[float, float]
    slope_learnt: bool
    treadmill: bool
    first_day: date
    last_day: date
    runs: int
    hours: float

    @property
    def name(self) -> str:
        """Which epoch it is, to be stored beside everything told against it."""
        return f"{self.first_day.isoformat()}/{self.last_day.isoformat()}"


def reference_epoch(
    exposures: Sequence[Exposure],
    days: Sequence[date],
    coefficients: Coefficients,
    height_m: float | None = None,
) -> ReferenceEpoch | None:
    """Learns a runner's usual speed and cadence from their first six hours of level running. Later runs change nothing.

    Parameters
    ----------
    exposures : sequence of Exposure
        In the order in which they were run.
    days : sequence of date, of the same length
    coefficients : Coefficients
    height_m : float | None
        Only for what a m/s adds to cadence, where the runner's own speeds lie too close together to tell.

    Returns
    -------
    ReferenceEpoch | None
        From the surface whose first six hours were full soonest; None where neither's are.

    References
    ----------
    Huber 1964, 10.1214/aoms/1177703732; the gates are a loadmon convention.
    """
    found = []
    for treadmill in (False, True):
        chosen = [n for n, one in enumerate(exposures) if one.treadmill is treadmill]
        epoch = _on_one_surface([exposures[n] for n in chosen], [days[n] for n in chosen], coefficients, height_m)
        if epoch is not None:
            found.append(epoch)
    return min(found, key=lambda epoch: epoch.last_day, default=None)


def _on_one_surface(
    exposures: Sequence[Exposure], days: Sequence[date], coefficients: Coefficients, height_m: float | None
) -> ReferenceEpoch | None:
    if not exposures:
        return None
    pieces = pieces_from(exposures)
    run = np.repeat(np.arange(len(exposures)), np.diff(pieces.starts, append=len(pieces.seconds)))
    slowest, fastest = coefficients.domain.speed_mps
    # where no height was recorded the ground counts as level: the line is a robust one
    level = ~(np.abs(pieces.slope) >= evidence.FLAT_GRADE.value) & ~np.isnan(pieces.cadence_spm)
    level &= (pieces.speed_mps >= slowest) & (pieces.speed_mps <= fastest) & (pieces.seconds > 0)
    so_far = np.cumsum(np.bincount(run, weights=np.where(level, pieces.seconds, 0.0), minlength=len(exposures)))
    # the tolerance of a rounded sum: six runs of an hour are six hours
    last = int(np.searchsorted(so_far, evidence.REFERENCE_S.value * (1.0 - 1e-6)))
    if last == len(exposures):
        return None
    used = level & (run <= last)
    speed, cadence = pieces.speed_mps[used].astype(float), pieces.cadence_spm[used].astype(float)
    seconds = pieces.seconds[used].astype(float)
    middle, slow, fast = speed_quantiles(speed, seconds, (0.5, 0.05, 0.95))
    learnt = fast - slow >= evidence.REFERENCE_SPREAD_MPS.value
    at = coefficients.reference.speed_mps
    if learnt:
        line = robust_line(speed - at, cadence, seconds)
        learnt = 0.0 <= line[1] <= 30.0  # no runner takes fewer steps the faster they run, or this many more
    if not learnt:
        _, per_mps, squared = usual_cadence(coefficients, height_m)
        per_mps += 2.0 * squared * (middle - at)
        line = (weighted_quantile(cadence - per_mps * (speed - at), seconds, 0.5), per_mps)
    return ReferenceEpoch(
        speed_mps=middle,
        cadence_line=line,
        slope_learnt=learnt,
        treadmill=exposures[0].treadmill,
        first_day=days[0],
        last_day=days[last],
        runs=last + 1,
        hours=float(so_far[last]) / 3600.0,
    )


def speed_quantiles(speed_mps: Floats, seconds: Floats, shares: Sequence[float]) -> tuple[float, ...]:
    """The speeds below which these shares of the time lie.

    The time of a cell of exposure lies evenly around its mean, as far as the nearer end of the cell: so that an hour at one
    speed has that speed for its middle, and many speeds have theirs.
    """
    mean, which = np.unique(speed_mps, return_inverse=True)
    held = np.bincount(which, weights=seconds)
    inside = mean / SPEED_WIDTH_MPS % 1.0
    reach = np.maximum(SPEED_WIDTH_MPS * np.minimum(inside, 1.0 - inside), 1e-6)
    at = np.unique(np.concatenate((mean - reach, mean + reach)))
    below = np.clip((at[:, None] - (mean - reach)) / (2.0 * reach), 0.0, 1.0) @ held
    return tuple(float(np.interp(share * below[-1], below, at)) for share in shares)


def weighted_quantile(values: Floats, weights: Floats, share: float) -> float:
    """The value below which this share of the weight lies."""
    order = np.argsort(values, kind="stable")
    so_far = np.cumsum(weights[order])
    return float(values[order][np.searchsorted(so_far, share * so_far[-1])])


def robust_line(x: Floats, y: Floats, weights: Floats) -> tuple[float, float]:
    """A straight line through weighted points that odd ones hardly move: its height at 0, and its slope."""
    trust = np.ones_like(weights)
    line = (0.0, 0.0)
    for _ in range(_ROUNDS):
        w = weights * trust
        mean_x, mean_y = (w @ x) / w.sum(), (w @ y) / w.sum()
        off = x - mean_x
        spread = w @ (off * off)
        slope = float(w @ (off * (y - mean_y)) / spread) if spread > 0 else 0.0
        line, before = (float(mean_y - slope * mean_x), slope), line
        rest = np.abs(y - line[0] - slope * x)
        scale = evidence.ROBUST_SD.value * weighted_quantile(rest, weights, 0.5)
        if abs(line[0] - before[0]) + abs(line[1] - before[1]) < 1e-9 or scale <= 0:
            break
        trust = np.minimum(1.0, evidence.HUBER_TUNING.value * scale / np.maximum(rest, 1e-12))
    return line
