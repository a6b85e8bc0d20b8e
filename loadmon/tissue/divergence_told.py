"""How tissues accelerate against the runner's own steps, told without the draws: what charts show and pages keep."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from loadmon import evidence
from loadmon.tissue.acceleration import HISTORY_STATES, Divergence, Floats, HistoryState
from loadmon.tissue.quantiles import quantiles_of

KNOWN = HISTORY_STATES.index(HistoryState.KNOWN)


@dataclass(frozen=True, slots=True, eq=False)
class DivergenceTold:
    """How much faster each tissue accelerates than the steps, N days, T tissues: arrays of shape (N, T), logarithms, NaN where not ``KNOWN``.

    Parameters
    ----------
    tissues : tuple of str
    first_day : int
    steps, acceleration : arrays
        As ``Divergence`` has them.
    low, middle, high : arrays
        10th, 50th and 90th percentile of the divergence over the draws; without draws the middle is the nominal one.
    probability : array
        Share of the draws in which the tissue accelerates more than 5 % faster than the steps.
    state : array of int
        Places in ``HISTORY_STATES``.
    """

    tissues: tuple[str, ...]
    first_day: int
    steps: Floats
    acceleration: Floats
    low: Floats
    middle: Floats
    high: Floats
    probability: Floats
    state: NDArray[np.int8]


def without_draws(found: Divergence) -> DivergenceTold:
    """How the tissues accelerate against the runner's steps, told by quantiles and a probability."""
    known = found.state == KNOWN
    low, middle, high, probability = (np.full(found.state.shape, np.nan) for _ in range(4))
    if found.drawn.shape[-1]:
        draws = found.drawn[known]
        low[known], middle[known], high[known] = quantiles_of(draws)
        probability[known] = (draws > np.log1p(evidence.DIVERGENCE.value / 100.0)).mean(axis=-1)
    else:
        middle[known] = found.nominal[known]
    return DivergenceTold(
        found.tissues, found.first_day, found.steps, found.acceleration, low, middle, high, probability, found.state
    )
