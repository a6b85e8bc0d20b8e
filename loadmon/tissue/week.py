"""A tissue's week: what its days brought so far, against the same days of the weeks before."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loadmon import evidence
from loadmon.days import day_number, day_of_number, week_start
from loadmon.tissue.ledger import Ledger

Floats = NDArray[np.floating[Any]]

WEEK = 7


@dataclass(frozen=True, slots=True)
class TissueSum:
    """What some days brought to one tissue.

    Parameters
    ----------
    tissue : str
    damage_m : float
        Metres of level running at the runner's own speed; NaN where none of the days is known.
    low_m, high_m : float | None
        10th and 90th percentile over the draws; None without draws.
    load_bws : float
        BW·s on a nominal scale; NaN likewise.
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
    """An ISO week of every tissue.

    Parameters
    ----------
    first, last : date
        Its Monday, and the last of its days that is in it.
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


def latest_week(ledger: Ledger, weeks: pd.DataFrame) -> TissueWeek | None:
    """What the days of the ledger's last week brought to every tissue, up to its last day; None for a ledger without days.

    Parameters
    ----------
    ledger : Ledger
        Its draws are not needed.
    weeks : DataFrame
        Of the same ledger with draws, as ``loadmon.tissue.ledger.weekly`` makes it.
    """
    if not len(ledger.known):
        return None
    last = day_of_number(int(ledger.days[-1]))
    first = week_start(last)
    days = (last - first).days + 1
    here = _rows(ledger, first, days)
    is_told = not ledger.untold[here].all()
    before = (_rows(ledger, first - timedelta(days=WEEK * n), days) for n in _back())
    usual = [rows for rows in before if _whole(ledger, rows, days)]
    sums = np.array([ledger.damage_m[rows].sum(axis=0) for rows in usual]).reshape(len(usual), len(ledger.tissues))
    told = weeks[weeks["week"] == pd.Timestamp(first)].set_index("tissue")
    return TissueWeek(
        first=first,
        last=last,
        runs=int(ledger.runs[here].sum()),
        distance_m=float(ledger.distance_m[here].sum()) if is_told else np.nan,
        steps=float(ledger.steps[here].sum()) if is_told else np.nan,
        days_known=int(ledger.known[here].sum()),
        days_recorded=here.stop - here.start,
        days=days,
        usual_weeks=len(usual),
        tissues=tuple(
            _sum(tissue, told.loc[tissue], sums[:, n], is_told=is_told) for n, tissue in enumerate(ledger.tissues)
        ),
    )


def _sum(tissue: str, week: Any, usual: Floats, *, is_told: bool) -> TissueSum:
    """One tissue's week from its row, against the sums of the weeks before; without a sum where no day of it is known."""
    names = ("damage_m", "damage_low_m", "damage_high_m", "load_bws")
    damage, low, high, load = (float(week[name]) if is_told else np.nan for name in names)
    reach, change = None, None
    if len(usual) >= evidence.TISSUE_USUAL_WEEKS.value:
        reach, mean = (float(usual.min()), float(usual.max())), float(usual.mean())
        change = damage / mean - 1.0 if mean > 0 and is_told else None
    return TissueSum(
        tissue,
        damage,
        None if np.isnan(low) else low,
        None if np.isnan(high) else high,
        load,
        reach,
        change,
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
