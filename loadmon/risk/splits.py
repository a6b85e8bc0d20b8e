"""Splits that a classifier of injuries has to stand: runners kept whole, and forward in time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loadmon.risk.laplace import Rows, empirical_bayes, logit, with_intercept
from loadmon.risk.outcome import HORIZON
from loadmon.risk.prior import Floats
from loadmon.risk.windows import Whole

FOLDS, BLOCKS = 5, 4
Flags = NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class Split:
    """Rows to learn from and rows to tell of; flags, one a row."""

    learn: Flags
    tell: Flags


def by_runner(runner: NDArray[Any], folds: int = FOLDS, seed: int = 0) -> Iterator[Split]:
    """Each runner's rows are told of once, by what was learnt from other runners."""
    _, code = np.unique(runner, return_inverse=True)
    runners = int(code.max(initial=-1)) + 1
    fold = np.random.default_rng(seed).permutation(runners) % min(folds, max(runners, 1))
    for number in range(int(fold.max(initial=-1)) + 1):
        tell = fold[code] == number
        yield Split(~tell, tell)


def forward(instant: Whole, blocks: int = BLOCKS) -> Iterator[Split]:
    """The later half of the rows, block by block, each told of by what was over before the block begins."""
    if not len(instant):
        return
    edges = np.quantile(instant, np.linspace(0.5, 1.0, blocks + 1))
    for place, (begin, end) in enumerate(pairwise(edges)):
        last = place == blocks - 1
        tell = (instant >= begin) & ((instant <= end) if last else (instant < end))
        if tell.any():
            yield Split(instant + HORIZON <= begin, tell)


def out_of_fold(splits: Iterator[Split], rows: int, score: Callable[[Split], Floats]) -> Floats:
    """Scores of rows by what was learnt from others; NaN for rows of which no split tells."""
    found = np.full(rows, np.nan)
    for split in splits:
        found[split.tell] = score(split)
    return found


def fold_of(splits: Iterator[Split], rows: int) -> Whole:
    """By which split each row is told of, counted from 0; -1 for rows of which none tells."""
    found = np.full(rows, -1, dtype=np.int64)
    for number, split in enumerate(splits):
        found[split.tell] = number
    return found


def plain_scores(features: Floats, label: Floats, runner: NDArray[Any], seed: int = 0) -> Floats:
    """How much higher each row's log-odds are by a plain fit to other runners, without any literature: what audits are made with.

    Parameters
    ----------
    features : array of shape (N, F)
        Scaled.
    label, runner : arrays of N
    """
    size = features.shape[1]

    def score(split: Split) -> Floats:
        learnt = label[split.learn]
        rows = Rows(with_intercept(features[split.learn]), learnt, np.ones(len(learnt)))
        rate = (float(learnt.sum()) + 0.5) / (len(learnt) + 1.0)
        ridge, widths = np.full(size, 0.15), (0.5, 1.0, 2.0)
        found = empirical_bayes(rows, np.zeros(size), ridge, logit(rate), 0.7, (0.0,), widths)
        # without the intercept: it is lower where more of the injuries were told of, and that alone would rank the folds
        return np.asarray(features[split.tell] @ found.mean[1:], dtype=np.float64)

    return out_of_fold(by_runner(runner, seed=seed), len(label), score)
