"""The tissue ledger: what every local day and every week brought to each tissue, load and damage side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loadmon.days import day_number, day_numbers
from loadmon.tissue.loads import TissueLoads
from loadmon.tissue.quantiles import quantiles_of

Floats = NDArray[np.floating[Any]]
Whole = NDArray[np.int64]
Flags = NDArray[np.bool_]

MONDAY = 3
"""Day number 0 (1 January 1970) was a Thursday: three days into its ISO week."""


class TissueDay(StrEnum):
    """What is known of a day's running, for the ledger."""

    RUN = "run"
    NO_RUN = "no run"
    """Nothing says that one is missing: a true zero."""
    UNKNOWN = "unknown"
    """Declared missing: 0 in the sums, and no knowledge."""
    PARTLY = "partly recorded"
    """Something was run of which no samples, or not all, are there: the sums hold the rest, and the day is not known."""


TISSUE_DAYS: tuple[TissueDay, ...] = tuple(TissueDay)


@dataclass(frozen=True, slots=True, eq=False)
class Ledger:
    """One runner's days; N days, T tissues, D draws. A day without a run is 0, and so is one that is not known.

    Parameters
    ----------
    tissues : tuple of str, length T
    first_day : int
        Day number of the first row, as ``loadmon.days`` counts them.
    known : array of shape (N,), bool
        False where the day is declared missing or a run of it has no exposure: it counts as 0, but not as knowledge.
    state : array of shape (N,), int
        Places in ``TISSUE_DAYS``.
    runs : array of shape (N,), int
    distance_m, steps : arrays of shape (N,)
        Of the runs; steps of one leg.
    load_bws, damage_m : arrays of shape (N, T)
        By the nominal numbers: BW·s on a nominal scale, and metres of level running at the runner's own speed.
    drawn_load_bws, drawn_damage_m : arrays of shape (N, T, D)
        By each draw; D is 0 where nothing was drawn.
    """

    tissues: tuple[str, ...]
    first_day: int
    known: Flags
    state: NDArray[np.int8]
    runs: Whole
    distance_m: Floats
    steps: Floats
    load_bws: Floats
    damage_m: Floats
    drawn_load_bws: Floats
    drawn_damage_m: Floats

    @property
    def days(self) -> Whole:
        """Day number of every row."""
        return self.first_day + np.arange(len(self.known))

    @property
    def untold(self) -> Flags:
        """Days of which nothing at all is known: their zeros are no numbers."""
        return np.asarray(~self.known & (self.runs == 0), dtype=np.bool_)

    def state_on(self, day: date) -> TissueDay:
        """What is known of a day."""
        return TISSUE_DAYS[int(self.state[self.row_of(day)])]

    def row_of(self, day: date) -> int:
        """The row of a day.

        Raises
        ------
        ValueError
            If the ledger does not reach it.
        """
        row = day_number(day) - self.first_day
        if not 0 <= row < len(self.known):
            raise ValueError(f"the ledger does not hold {day}")
        return row


def daily_ledger(
    days: Sequence[date],
    told: TissueLoads,
    drawn: TissueLoads | None,
    *,
    today: date,
    first: date | None = None,
    unknown: Sequence[date] = (),
    lacking: Sequence[date] = (),
) -> Ledger:
    """Every local day from a runner's first run to today: sums of its runs, 0 where nobody ran.

    Parameters
    ----------
    days : sequence of date, length R
        The local day of each run, any order.
    told, drawn : TissueLoads
        Of the same R runs: nominal, and with draws (None for none).
    today : date
        Last day; later runs (a watch with a wrong clock) do not appear until their day comes.
    first : date | None
        Where the record is known to begin earlier than the first run.
    unknown : sequence of date
        Days declared missing; a day with a run stays known.
    lacking : sequence of date
        Days of runs that have no exposure (a table's row, a stream without speed): not known, whatever else was run.

    Returns
    -------
    Ledger
        Without rows where there is neither a run up to today nor an earlier beginning.
    """
    day, end = day_numbers(list(days)) if len(days) else np.empty(0, np.int64), day_number(today)
    counted = np.flatnonzero(day <= end)
    begin = min([*day[counted].tolist(), *([day_number(first)] if first else [])], default=end + 1)
    begin = min(begin, end + 1)
    n = end + 1 - begin
    row = day[counted] - begin

    def summed(values: Floats) -> Floats:
        """Values (…, R) of the runs to days, the days first: (N, …)."""
        return _added(np.moveaxis(values, -1, 0)[counted], row, n)

    runs = np.bincount(row, minlength=n)
    declared, bare = (np.array([day_number(one) - begin for one in some], np.int64) for some in (unknown, lacking))
    declared, bare = (some[(some >= 0) & (some < n)] for some in (declared, bare))
    state = np.where(runs > 0, TISSUE_DAYS.index(TissueDay.RUN), TISSUE_DAYS.index(TissueDay.NO_RUN)).astype(np.int8)
    state[declared[runs[declared] == 0]] = TISSUE_DAYS.index(TissueDay.UNKNOWN)
    state[bare] = TISSUE_DAYS.index(TissueDay.PARTLY)
    known = state <= TISSUE_DAYS.index(TissueDay.NO_RUN)
    none = np.zeros((n, len(told.tissues), 0))
    return Ledger(
        tissues=told.tissues,
        first_day=begin,
        known=known,
        state=state,
        runs=runs,
        distance_m=summed(told.course.distance_m),
        steps=summed(told.steps[0]),
        load_bws=summed(told.load_bws[0]),
        damage_m=summed(told.damage_m[0]),
        drawn_load_bws=none if drawn is None else np.swapaxes(summed(drawn.load_bws), 1, 2),
        drawn_damage_m=none if drawn is None else np.swapaxes(summed(drawn.damage_m), 1, 2),
    )


def _added(values: NDArray[Any], row: Whole, rows: int) -> Floats:
    """Sums of values (R, …) by the row of each: (rows, …), 0 where there are none."""
    total = np.zeros((rows, *values.shape[1:]))
    order = np.argsort(row, kind="stable")
    found, first = np.unique(row[order], return_index=True)
    if len(found):
        total[found] = np.add.reduceat(values[order].astype(np.float64), first, axis=0)
    return total


def weekly(ledger: Ledger) -> pd.DataFrame:
    """Load and damage of every tissue in every ISO week, with the interval of its sum.

    Returns
    -------
    DataFrame
        One row a week and tissue: week (its Monday, datetime64[us]), tissue, runs, distance_m, steps, load_bws, damage_m,
        damage_low_m, damage_high_m (10th and 90th percentile of the draws' sums; NaN without draws), days_known (of the
        ledger's days in that week) and whole (False where the ledger begins or ends within it).
    """
    n, tissues = len(ledger.known), len(ledger.tissues)
    week = (ledger.days + MONDAY) // 7
    first = week[0] if n else 0
    place, weeks = week - first, int(week[-1] - first + 1) if n else 0

    def summed(values: NDArray[np.generic]) -> Floats:
        return _added(values, place, weeks)

    drawn = summed(ledger.drawn_damage_m)
    low, _, high = quantiles_of(drawn)
    monday = ((first + np.arange(weeks)) * 7 - MONDAY).astype("datetime64[D]").astype("datetime64[us]")

    def each(values: NDArray[np.generic]) -> NDArray[np.generic]:
        return np.repeat(values, tissues)

    return pd.DataFrame(
        {
            "week": each(monday),
            "tissue": list(ledger.tissues) * weeks,
            "runs": each(summed(ledger.runs).astype(np.int64)),
            "distance_m": each(summed(ledger.distance_m)),
            "steps": each(summed(ledger.steps)),
            "load_bws": summed(ledger.load_bws).ravel(),
            "damage_m": summed(ledger.damage_m).ravel(),
            "damage_low_m": low.ravel(),
            "damage_high_m": high.ravel(),
            "days_known": each(summed(ledger.known).astype(np.int64)),
            "whole": each(np.bincount(place, minlength=weeks) == 7),
        }
    )
