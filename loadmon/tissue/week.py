"""A tissue's week: what its days brought so far, against the same days of the weeks before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loadmon import evidence
from loadmon.days import day_number
from loadmon.tissue.ledger import Ledger
from loadmon.tissue.loads import QUANTILES

Floats = NDArray[np.floating[Any]]

WEEK = 7
LEAST_WEEKS = 2
"""Of fewer known weeks nothing is called usual."""


@dataclass(frozen=True, slots=True)
class TissueSum:
    """What some days brought to one tissue.

    Parameters
    ----------
    tissue : str
    damage_m : float
        Metres of level running at the runner's own speed.
    low_m, high_m : float | None
        10th and 90th percentile over the draws; None without draws.
    load_bws : float
        BW·s on a nominal scale.
    usual_m : (float, float) | None
        Least and most of the same days in the weeks before; None with fewer than two known weeks.
    change : float | None
        Against the mean of those weeks, as a share: 0.2 is a fifth more. None where there is no usual or it is nothing.
    """

    tissue: str
    damage_m: float
    low_m: float | None
    high_m: float | None
    load_bws: float
    usual_m: tuple[float, float] | None
    change: float | None


@dataclass(frozen=True, slots=True)
class TissueWeek:
    """A week of every tissue.

    Parameters
    ----------
    first, last : date
        Of the days that are in it.
    runs : int
    distance_m, steps : float
        Of the runs; steps of one leg.
    days_known, days_recorded, days : int
        Of how many of its days something is known, rest included; how many lie within the record; how many have passed.
    usual_weeks : int
        How many weeks before are known for the same days, four at most.
    tissues : tuple of TissueSum
        In the order of the ledger.
    """

    first: date
    last: date
    runs: int
    distance_m: float
    steps: float
    days_known: int
    days_recorded: int
    days: int
    usual_weeks: int
    tissues: tuple[TissueSum, ...]

    @property
    def is_over(self) -> bool:
        """True where all seven days are in it."""
        return self.days == WEEK

    def of(self, tissue: str) -> TissueSum:
        """What it brought to one tissue."""
        return next(one for one in self.tissues if one.tissue == tissue)


def tissue_week(ledger: Ledger, first: date, last: date) -> TissueWeek:
    """What the days of a week brought to every tissue, so far.

    Parameters
    ----------
    ledger : Ledger
    first : date
        The day on which the week begins.
    last : date
        Its last day, or today.

    Raises
    ------
    ValueError
        If the days are not of one week, or the ledger does not reach the last one.
    """
    days = (last - first).days + 1
    if not 1 <= days <= WEEK:
        raise ValueError(f"{first} to {last} are not days of one week")
    ledger.row_of(last)  # refuses a day it does not reach
    here = _rows(ledger, first, days)
    before = (_rows(ledger, first - timedelta(days=WEEK * n), days) for n in _back())
    usual = [rows for rows in before if _whole(ledger, rows, days)]
    sums = np.array([ledger.damage_m[rows].sum(axis=0) for rows in usual]).reshape(len(usual), len(ledger.tissues))
    drawn = ledger.drawn_damage_m[here].sum(axis=0)
    low, _, high = np.quantile(drawn, QUANTILES, axis=-1) if drawn.shape[-1] else np.full((3, len(drawn)), np.nan)
    damage, load = ledger.damage_m[here].sum(axis=0), ledger.load_bws[here].sum(axis=0)
    return TissueWeek(
        first=first,
        last=last,
        runs=int(ledger.runs[here].sum()),
        distance_m=float(ledger.distance_m[here].sum()),
        steps=float(ledger.steps[here].sum()),
        days_known=int(ledger.known[here].sum()),
        days_recorded=here.stop - here.start,
        days=days,
        usual_weeks=len(usual),
        tissues=tuple(
            TissueSum(
                tissue,
                float(damage[n]),
                None if np.isnan(low[n]) else float(low[n]),
                None if np.isnan(high[n]) else float(high[n]),
                float(load[n]),
                *_against(float(damage[n]), sums[:, n]),
            )
            for n, tissue in enumerate(ledger.tissues)
        ),
    )


def _back() -> range:
    return range(1, int(evidence.USUAL_WEEKS.value) + 1)


def _rows(ledger: Ledger, first: date, days: int) -> slice:
    """The rows of so many days; none of them before the ledger's first."""
    begin = day_number(first) - ledger.first_day
    return slice(max(begin, 0), max(min(begin + days, len(ledger.known)), 0))


def _whole(ledger: Ledger, rows: slice, days: int) -> bool:
    """True where the ledger holds all these days and knows each: a part of a week is not what is usual."""
    return rows.stop - rows.start == days and bool(ledger.known[rows].all())


def _against(damage_m: float, usual: Floats) -> tuple[tuple[float, float] | None, float | None]:
    if len(usual) < LEAST_WEEKS:
        return None, None
    mean = float(usual.mean())
    return (float(usual.min()), float(usual.max())), damage_m / mean - 1.0 if mean > 0 else None
