"""How well scores put rows that were followed by an injury before the others: over all rows, within runners, at the top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loadmon.risk.prior import Floats


def auc(score: Floats, label: Floats, weight: Floats | None = None) -> float:
    """How often a row with an injury has the higher score than one without, ties counting half; NaN without both kinds.

    Parameters
    ----------
    score, label : arrays of N
        Labels are 0 and 1.
    weight : array of N, optional
        How often each row counts.
    """
    counts = np.ones(len(label)) if weight is None else weight
    values, code = np.unique(score, return_inverse=True)
    return _auc_of(code, len(values), label, counts)


def _auc_of(code: NDArray[np.intp], size: int, label: Floats, counts: Floats) -> float:
    """The AUC of rows whose scores are known by their place in order."""
    ill = np.bincount(code, weights=counts * label, minlength=size)
    well = np.bincount(code, weights=counts * (1.0 - label), minlength=size)
    below = np.cumsum(well) - 0.5 * well
    total = ill.sum() * well.sum()
    return float(ill @ below / total) if total > 0 else float("nan")


def average_precision(score: Floats, label: Floats) -> float:
    """Mean share of injuries among all rows at least as high as each injury; ties are taken together."""
    if not label.any():
        return float("nan")
    values, code = np.unique(-score, return_inverse=True)
    ill = np.cumsum(np.bincount(code, weights=label, minlength=len(values)))
    rows = np.cumsum(np.bincount(code, minlength=len(values)))
    gained = np.diff(ill, prepend=0.0) / ill[-1]
    return float(np.sum(gained * ill / rows))


@dataclass(frozen=True, slots=True)
class Interval:
    """A figure with the ends of its 90 % interval over redrawn runners."""

    value: float
    low: float
    high: float


def auc_interval(score: Floats, label: Floats, runner: NDArray[Any], draws: int = 300, seed: int = 0) -> Interval:
    """The AUC with its 90 % interval: whole runners are redrawn, as their rows are not independent."""
    random = np.random.default_rng(seed)
    _, code = np.unique(runner, return_inverse=True)
    runners = int(code.max(initial=-1)) + 1
    values, place = np.unique(score, return_inverse=True)
    found = []
    for _ in range(draws):
        times = np.bincount(random.integers(0, runners, runners), minlength=runners).astype(np.float64)
        found.append(_auc_of(place, len(values), label, times[code]))
    known = np.array(found)[~np.isnan(found)]
    ends = np.quantile(known, [0.05, 0.95]) if len(known) else (float("nan"), float("nan"))
    return Interval(_auc_of(place, len(values), label, np.ones(len(label))), float(ends[0]), float(ends[1]))


def auc_within(score: Floats, label: Floats, runner: NDArray[Any]) -> float:
    """The mean AUC of single runners who have rows of both kinds: whether it tells when, not only who."""
    found = [auc(score[runner == who], label[runner == who]) for who in np.unique(runner[label > 0])]
    known = [one for one in found if not np.isnan(one)]
    return float(np.mean(known)) if known else float("nan")


def lift_at(score: Floats, label: Floats, share: float) -> float:
    """How many times as frequent injuries are among the highest ``share`` of rows as among all; NaN without injuries."""
    if not label.any():
        return float("nan")
    most = max(1, round(share * len(score)))
    top = np.argsort(-score, kind="stable")[:most]
    return float(label[top].mean() / label.mean())
