"""How well scores put rows that were followed by an injury before the others: over all rows, within runners, at the top."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loadmon.risk.prior import Floats

Places = tuple[NDArray[np.intp], NDArray[np.intp]]
"""Each row's place in the order of scores, fold by fold; and the fold of each place."""


def auc(score: Floats, label: Floats, weight: Floats | None = None, fold: NDArray[Any] | None = None) -> float:
    """How often a row with an injury has the higher score than one without, ties counting half; NaN without both kinds.

    Parameters
    ----------
    score, label : arrays of N
        Labels are 0 and 1.
    weight : array of N, optional
        How often each row counts.
    fold : array of N, optional
        By which fit each row was told of. Only pairs of one fold are compared, each pair counting alike: two fits have two
        intercepts, and the one that knew of more injuries is the higher for that alone.
    """
    counts = np.ones(len(label)) if weight is None else weight
    return _share(*_in_order(_places(score, fold), label, counts))


def _places(score: Floats, fold: NDArray[Any] | None) -> Places:
    values, code = np.unique(score, return_inverse=True)
    part = np.zeros(len(score), dtype=np.intp) if fold is None else np.unique(fold, return_inverse=True)[1]
    both, place = np.unique(part * len(values) + code, return_inverse=True)
    return place, both // max(len(values), 1)


def _in_order(places: Places, label: Floats, counts: Floats) -> tuple[float, float]:
    """How many pairs are in order, and how many there are, of rows whose scores are known by their place in order."""
    place, part = places
    ill = np.bincount(place, weights=counts * label, minlength=len(part))
    well = np.bincount(place, weights=counts * (1.0 - label), minlength=len(part))
    before = np.cumsum(well) - well
    below = before - before[np.searchsorted(part, part)] + 0.5 * well
    pairs = float(ill @ np.bincount(part, weights=well)[part]) if len(part) else 0.0
    return float(ill @ below), pairs


def _share(in_order: float, pairs: float) -> float:
    return in_order / pairs if pairs > 0 else float("nan")


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


def auc_interval(
    score: Floats,
    label: Floats,
    runner: NDArray[Any],
    draws: int = 300,
    seed: int = 0,
    fold: NDArray[Any] | None = None,
) -> Interval:
    """The AUC with its 90 % interval: whole runners are redrawn, as their rows are not independent."""
    random = np.random.default_rng(seed)
    _, code = np.unique(runner, return_inverse=True)
    runners = int(code.max(initial=-1)) + 1
    places = _places(score, fold)
    found = []
    for _ in range(draws):
        times = np.bincount(random.integers(0, runners, runners), minlength=runners).astype(np.float64)
        found.append(_share(*_in_order(places, label, times[code])))
    known = np.array(found)[~np.isnan(found)]
    ends = np.quantile(known, [0.05, 0.95]) if len(known) else (float("nan"), float("nan"))
    return Interval(_share(*_in_order(places, label, np.ones(len(label)))), float(ends[0]), float(ends[1]))


def skill_interval(
    probability: Floats, label: Floats, runner: NDArray[Any], draws: int = 200, seed: int = 0
) -> Interval:
    """The share of the base rate's Brier score that is saved, with its 90 % interval over redrawn runners; NaN without both kinds."""
    whose = np.unique(runner, return_inverse=True)[1]
    runners = int(whose.max(initial=-1)) + 1
    sums = np.array([np.bincount(whose, weights=each, minlength=runners) for each in (label * 0 + 1, label, (probability - label) ** 2)])  # fmt: skip
    rows, ill, missed = np.zeros((3, 0)) if not runners else sums @ _times(runners, draws, seed)
    plain = ill * (1.0 - np.divide(ill, rows, out=np.zeros_like(ill), where=rows > 0))
    found = 1.0 - np.divide(missed, plain, out=np.full_like(missed, np.nan), where=plain > 0)
    known = found[1:][~np.isnan(found[1:])]
    ends = np.quantile(known, [0.05, 0.95]) if len(known) else (float("nan"), float("nan"))
    return Interval(float(found[0]) if len(found) else float("nan"), float(ends[0]), float(ends[1]))


def _times(runners: int, draws: int, seed: int) -> Floats:
    """How often each runner is drawn, a column a draw; the first column has everybody once."""
    random = np.random.default_rng(seed)
    drawn = random.multinomial(runners, np.full(runners, 1.0 / runners), size=draws)
    found: Floats = np.column_stack([np.ones(runners), drawn.T])
    return found


def auc_within(score: Floats, label: Floats, runner: NDArray[Any], fold: NDArray[Any] | None = None) -> float:
    """The AUC over pairs of weeks of one runner: whether it tells when, not only who; NaN where nobody has both kinds."""
    return auc(score, label, fold=_whose(runner, fold))


def auc_between(score: Floats, label: Floats, runner: NDArray[Any], fold: NDArray[Any] | None = None) -> float:
    """The AUC over pairs of weeks of two runners: whether it tells who; NaN where there is no such pair."""
    once = np.ones(len(label))
    order, pairs = _in_order(_places(score, fold), label, once)
    own_order, own = _in_order(_places(score, _whose(runner, fold)), label, once)
    return _share(order - own_order, pairs - own)


def _whose(runner: NDArray[Any], fold: NDArray[Any] | None) -> NDArray[np.intp]:
    """A number for each runner of each fold."""
    _, whose = np.unique(runner, return_inverse=True)
    part = np.zeros(len(runner), dtype=np.intp) if fold is None else np.unique(fold, return_inverse=True)[1]
    found: NDArray[np.intp] = whose * (int(part.max(initial=0)) + 1) + part
    return found


def lift_at(score: Floats, label: Floats, share: float) -> float:
    """How many times as frequent injuries are among the highest ``share`` of rows as among all; NaN without injuries."""
    if not label.any():
        return float("nan")
    most = max(1, round(share * len(score)))
    top = np.argsort(-score, kind="stable")[:most]
    return float(label[top].mean() / label.mean())
