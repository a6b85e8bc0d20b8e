"""The call: which tissue is accelerating faster than the runner's volume, and how sure that is; or that none stands out."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from loadmon import evidence
from loadmon.days import day_number
from loadmon.tissue.acceleration import Divergence, HistoryState
from loadmon.tissue.coefficients import Coefficients
from loadmon.tissue.quantiles import quantiles_of


@dataclass(frozen=True, slots=True)
class TissueCall:
    """One tissue on one day.

    Parameters
    ----------
    tissue, name : str
        As the coefficients call it, and in words.
    grade : str
        How well its numbers are known; D is shown in grey.
    state : HistoryState
    low, middle, high : float | None
        10th, 50th and 90th percentile of the divergence as a share: 0.2 is 20 % faster than the runner's steps. None where
        the state does not allow it.
    probability : float | None
        In which share of the draws the tissue accelerates more than 5 % faster than the runner's steps.
    called : bool
        True where that share is 80 % or more, and the tissue is one that is ranked.
    ranked : bool
        False for a tissue whose numbers are nearly all assumptions, unless they were asked for.
    """

    tissue: str
    name: str
    grade: str
    state: HistoryState
    low: float | None
    middle: float | None
    high: float | None
    probability: float | None
    called: bool
    ranked: bool


@dataclass(frozen=True, slots=True)
class Calls:
    """What stands out on one day.

    Parameters
    ----------
    day : date
    tissues : tuple of TissueCall
        Those that can be compared by their middle divergence, highest first, then the rest.
    volume : float | None
        How fast the runner's own steps accelerate over the longest days that can be told, as a share; None where none can.
    """

    day: date
    tissues: tuple[TissueCall, ...]
    volume: float | None

    @property
    def called(self) -> tuple[TissueCall, ...]:
        """The tissues that are accelerating faster than the volume, highest first."""
        return tuple(one for one in self.tissues if one.called)


def calls_on(
    day: date, found: Divergence, coefficients: Coefficients, *, with_assumed: bool = False, margin: float | None = None
) -> Calls:
    """Which tissues are accelerating faster than the runner's volume on a day.

    Parameters
    ----------
    day : date
    found : Divergence
        With draws.
    coefficients : Coefficients
    with_assumed : bool
        Also rank the tissues of grade D, whose numbers are nearly all assumptions.
    margin : float | None
        By which share it must be faster; None for the usual 5 %.

    Raises
    ------
    ValueError
        If the ledger does not reach the day, or nothing was drawn.
    """
    row = day_number(day) - found.first_day
    if not 0 <= row < len(found.state):
        raise ValueError(f"the ledger does not hold {day}")
    if found.drawn.shape[-1] == 0:
        raise ValueError("a call needs draws")
    limit = np.log1p(evidence.DIVERGENCE.value / 100.0 if margin is None else margin)
    made = []
    for place, tissue in enumerate(found.tissues):
        one, state, draws = coefficients.tissue[tissue], found.state_of(row, place), found.drawn[row, place]
        ranked = with_assumed or one.grade != "D"
        if state is not HistoryState.KNOWN:
            made.append(
                TissueCall(tissue, one.name, one.grade, state, None, None, None, None, called=False, ranked=ranked)
            )
            continue
        low, middle, high = np.expm1(quantiles_of(draws))
        probability = float(np.mean(draws > limit))
        called = ranked and probability >= evidence.CALL_PROBABILITY.value - 1e-9
        made.append(
            TissueCall(
                tissue, one.name, one.grade, state, float(low), float(middle), float(high), probability,
                called=called, ranked=ranked,
            )
        )  # fmt: skip
    made.sort(key=lambda one: -np.inf if one.middle is None else one.middle, reverse=True)
    longest = max(
        (place for place in range(len(found.tissues)) if not np.isnan(found.steps[row, place])),
        key=lambda place: coefficients.tissue[found.tissues[place]].days.chronic,
        default=None,
    )
    volume = None if longest is None else float(np.expm1(found.steps[row, longest]))
    return Calls(day, tuple(made), volume)
