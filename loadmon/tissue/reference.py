"""The runner's reference epoch: their usual speed and how their cadence follows it, learnt once from the first hours."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from loadmon import evidence
from loadmon.tissue.cells import SPEED
from loadmon.tissue.coefficients import Coefficients
from loadmon.tissue.exposure import Exposure, pieces_from
from loadmon.tissue.runner import is_a_cadence, usual_cadence
from loadmon.tissue.stream import Pieces

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
    exposures: Iterable[Exposure],
    days: Iterable[date],
    coefficients: Coefficients,
    height_m: float | None = None,
) -> ReferenceEpoch | None:
    """Learns a runner's usual speed and cadence from their first six hours of level running. Later runs change nothing.

    Parameters
    ----------
    exposures : iterable of Exposure
        In the order in which they were run; not looked at any further than is needed.
    days : iterable of date, of the same length
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
    so_far: dict[bool, list[_Run]] = {False: [], True: []}
    full: date | None = None
    for one, day in zip(exposures, days, strict=True):
        if full is not None and day > full:
            break
        pieces = pieces_from([one])
        so_far[one.treadmill].append(_Run(day, one, float(pieces.seconds[_level(pieces, coefficients)].sum())))
        if full is None and _is_full(so_far[one.treadmill]):
            full = day
    found = [_learnt(runs, coefficients, height_m) for runs in so_far.values() if _is_full(runs)]
    return min(found, key=lambda epoch: epoch.last_day, default=None)


@dataclass(frozen=True, slots=True)
class _Run:
    day: date
    exposure: Exposure
    level_s: float


def _is_full(runs: Sequence[_Run]) -> bool:
    # the tolerance of a rounded sum: six runs of an hour are six hours
    return sum(one.level_s for one in runs) >= evidence.REFERENCE_S.value * (1.0 - 1e-6)


def _level(pieces: Pieces, coefficients: Coefficients) -> NDArray[np.bool_]:
    """What was run on the level, at a speed that was studied and with a known cadence."""
    slowest, fastest = coefficients.domain.speed_mps
    # where no height was recorded the ground counts as level: the line is a robust one
    level = ~(np.abs(pieces.slope) >= evidence.FLAT_GRADE.value) & ~np.isnan(pieces.cadence_spm)
    level &= (pieces.speed_mps >= slowest) & (pieces.speed_mps <= fastest) & (pieces.seconds > 0)
    return np.asarray(level)


def _learnt(runs: Sequence[_Run], coefficients: Coefficients, height_m: float | None) -> ReferenceEpoch:
    """From the runs of one surface, as many as it took."""
    last = next(n for n in range(len(runs)) if _is_full(runs[: n + 1]))
    used = runs[: last + 1]
    pieces = pieces_from([one.exposure for one in used])
    level = _level(pieces, coefficients)
    speed, cadence = pieces.speed_mps[level].astype(float), pieces.cadence_spm[level].astype(float)
    seconds = pieces.seconds[level].astype(float)
    middle, slow, fast = speed_quantiles(speed, seconds, (0.5, 0.05, 0.95))
    learnt = fast - slow >= evidence.REFERENCE_SPREAD_MPS.value
    at = coefficients.reference.speed_mps
    if learnt:
        line = robust_line(speed - at, cadence, seconds)
        # no runner takes fewer steps the faster they run, or this many more
        learnt = 0.0 <= line[1] <= 30.0 and is_a_cadence(line)
    if not learnt:
        _, per_mps, squared = usual_cadence(coefficients, height_m)
        per_mps += 2.0 * squared * (middle - at)
        line = (weighted_quantile(cadence - per_mps * (speed - at), seconds, 0.5), per_mps)
    return ReferenceEpoch(
        speed_mps=middle,
        cadence_line=line,
        slope_learnt=learnt,
        treadmill=used[0].exposure.treadmill,
        first_day=used[0].day,
        last_day=used[-1].day,
        runs=len(used),
        hours=sum(one.level_s for one in used) / 3600.0,
    )


def speed_quantiles(speed_mps: Floats, seconds: Floats, shares: Sequence[float]) -> tuple[float, ...]:
    """The speeds below which these shares of the time lie.

    The time of a cell of exposure lies evenly around its mean, as far as the nearer end of the cell: so that an hour at one
    speed has that speed for its middle, and many speeds have theirs.
    """
    mean, which = np.unique(speed_mps, return_inverse=True)
    held = np.bincount(which, weights=seconds)
    inside = mean / SPEED.width % 1.0
    reach = np.maximum(SPEED.width * np.minimum(inside, 1.0 - inside), 1e-6)
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
        if abs(line[0] - before[0]) + abs(line[1] - before[1]) < 1e-6 or scale <= 0:
            break
        trust = np.minimum(1.0, evidence.HUBER_TUNING.value * scale / np.maximum(rest, 1e-12))
    return line
