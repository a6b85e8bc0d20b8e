"""The longest of many overlapping stretches of runs, all at once."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Whole = NDArray[np.int64]


def longest_between(values: NDArray[np.float64], begin: Whole, end: Whole) -> Whole:
    """Row of the largest value in each stretch ``begin ≤ row < end``, the latest of equals; -1 where there is none.

    Parameters
    ----------
    values : array of float
        One a run; NaN never wins.
    begin, end : array of int
        One pair a question; empty stretches are allowed.

    Notes
    -----
    A sparse table: each level holds the winners of stretches twice as long, so that any stretch is covered by two of them.
    """
    score = np.where(np.isnan(values), -np.inf, values)
    size = np.maximum(end - begin, 0)
    answer = np.full(len(begin), -1, dtype=np.int64)
    level = np.frexp(np.maximum(size, 1).astype(np.float64))[1] - 1
    winners: Whole = np.arange(len(values), dtype=np.int64)
    for step in range(int(level.max(initial=0)) + 1):
        asked = np.flatnonzero((size > 0) & (level == step))
        answer[asked] = _later_best(score, winners[begin[asked]], winners[end[asked] - (1 << step)])
        half = 1 << step
        if len(winners) > half:
            winners = _later_best(score, winners[:-half], winners[half:])
    answer[(answer >= 0) & (score[answer] == -np.inf)] = -1
    return answer


def _later_best(score: NDArray[np.float64], early: Whole, late: Whole) -> Whole:
    return np.where(score[late] >= score[early], late, early)
