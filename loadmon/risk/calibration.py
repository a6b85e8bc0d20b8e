"""Whether probabilities mean what they say: as many injuries as foretold, in all and in each stretch from low to high."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loadmon.risk.laplace import Rows, empirical_bayes, logit, with_intercept
from loadmon.risk.prior import Floats

LEAST = 1e-9


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """One stretch of rows by their foretold probability: what was foretold and what came, with its 90 % interval."""

    rows: int
    injuries: int
    foretold: float
    came: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Calibration:
    """How probabilities compare with what came.

    Parameters
    ----------
    in_the_large : float
        Injuries that came over injuries that were foretold; 1 is right.
    slope : float
        1 is right; below 1 high ones are too high and low ones too low. NaN without injuries.
    log_loss, brier : float
        Means a row; lower is better.
    brier_skill : float
        Share of the base rate's Brier score that is saved; 0 is no better than the base rate.
    curve : tuple of CurvePoint
    """

    in_the_large: float
    slope: float
    log_loss: float
    brier: float
    brier_skill: float
    curve: tuple[CurvePoint, ...]


def calibration(probability: Floats, label: Floats, parts: int = 5) -> Calibration:
    """Compare foretold probabilities with what came, in ``parts`` stretches of equally many rows."""
    clipped = np.clip(probability, LEAST, 1.0 - LEAST)
    rate = float(label.mean()) if len(label) else float("nan")
    brier = float(np.mean((clipped - label) ** 2))
    plain = rate * (1.0 - rate)
    return Calibration(
        float(label.sum() / clipped.sum()),
        slope_of(clipped, label),
        log_loss(clipped, label),
        brier,
        1.0 - brier / plain if plain > 0 else float("nan"),
        _curve(clipped, label, parts),
    )


def log_loss(probability: Floats, label: Floats) -> float:
    """Mean surprise a row, in natural logarithms."""
    clipped = np.clip(probability, LEAST, 1.0 - LEAST)
    return float(-np.mean(np.where(label > 0, np.log(clipped), np.log1p(-clipped))))


def slope_of(probability: Floats, label: Floats) -> float:
    """Slope of what came over the foretold log-odds; NaN where all are foretold alike or none was injured.

    References
    ----------
    Cox 1958, 10.1093/biomet/45.3-4.562 (quoted from memory).
    """
    odds = np.log(probability) - np.log1p(-probability)
    if not 0 < label.sum() < len(label) or float(np.ptp(odds)) < LEAST:
        return float("nan")
    centred = (odds - odds.mean())[:, None]
    rows = Rows(with_intercept(centred), label, np.ones(len(label)))
    wide = 100.0  # as good as no prior at all
    found = empirical_bayes(rows, np.ones(1), np.full(1, wide), logit(float(label.mean())), wide, (1.0,), (1.0,))
    return float(found.mean[1])


def _curve(probability: Floats, label: Floats, parts: int) -> tuple[CurvePoint, ...]:
    order = np.argsort(probability, kind="stable")
    points = []
    for piece in np.array_split(order, parts):
        if len(piece):
            ill, rows = float(label[piece].sum()), len(piece)
            low, high = _wilson(ill, rows)
            points.append(CurvePoint(rows, int(ill), float(probability[piece].mean()), ill / rows, low, high))
    return tuple(points)


def _wilson(ill: float, rows: int) -> tuple[float, float]:
    """Ends of the 90 % interval of a share (Wilson 1927, 10.1080/01621459.1927.10502953, quoted from memory)."""
    z = 1.6448536269514722
    share = ill / rows
    middle = (share + z * z / (2 * rows)) / (1 + z * z / rows)
    half = z / (1 + z * z / rows) * np.sqrt(share * (1 - share) / rows + z * z / (4 * rows * rows))
    return max(0.0, float(middle - half)), min(1.0, float(middle + half))
