"""Looking back from many days at once over rows of runners: counts, means and a runner's own usual, never beyond the day."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from loadmon import evidence
from loadmon.load.running import DAY_SPAN

Floats = NDArray[np.float64]
Whole = NDArray[np.int64]
EMBARGO = int(evidence.RISK_EMBARGO_DAYS.value)


@dataclass(frozen=True, slots=True, eq=False)
class Looks:
    """From whom and which day on one looks back: everything told lies on days before it.

    Parameters
    ----------
    athlete, instant : arrays of int, one a row
        Runner, and the day number at whose beginning the row stands.
    """

    athlete: Whole
    instant: Whole

    def between(self, key: Whole, first: int | None, last: int) -> tuple[Whole, Whole]:
        """Which rows of an ordered table lie ``first`` to ``last`` days before each look; from the record's begin for None."""
        base = self.athlete * DAY_SPAN
        opens = np.searchsorted(key, base if first is None else base + self.instant - first, side="left")
        closes = np.searchsorted(key, base + self.instant - last, side="right")
        return opens, np.maximum(closes, opens)


@dataclass(frozen=True, slots=True, eq=False)
class Tallied:
    """Values of an ordered table, summed up once so that any stretch of it is told by two look-ups.

    Parameters
    ----------
    value, weight : arrays, one a row
        NaN values add nothing.
    """

    count: Whole
    weight: Floats
    total: Floats
    square: Floats
    about: float

    @classmethod
    def of(cls, value: Floats, weight: Floats | None = None) -> Tallied:
        """Sum values up; they are taken about their middle, so that nothing cancels."""
        known = ~np.isnan(value)
        about = float(np.median(value[known])) if known.any() else 0.0
        weights = known.astype(np.float64) if weight is None else np.where(known, np.nan_to_num(weight), 0.0)
        apart = np.where(known, value - about, 0.0)
        return cls(_counts(known), _sums(weights), _sums(weights * apart), _sums(weights * apart**2), about)

    def counted(self, opens: Whole, closes: Whole) -> Whole:
        """How many known values each stretch holds."""
        return self.count[closes] - self.count[opens]

    def mean(self, opens: Whole, closes: Whole, least: int = 1) -> Floats:
        """The weighted mean of each stretch; NaN with fewer than ``least`` known values."""
        weight = self.weight[closes] - self.weight[opens]
        enough = (self.counted(opens, closes) >= least) & (weight > 0)
        total = self.total[closes] - self.total[opens]
        found: Floats = self.about + np.divide(total, weight, out=np.full(len(weight), np.nan), where=enough)
        return found

    def spread(self, opens: Whole, closes: Whole, least: int = 2) -> Floats:
        """The weighted standard deviation of each stretch; NaN with fewer than ``least`` known values."""
        weight = self.weight[closes] - self.weight[opens]
        enough = (self.counted(opens, closes) >= least) & (weight > 0)
        off = np.full(len(weight), np.nan)
        mean = np.divide(self.total[closes] - self.total[opens], weight, out=off.copy(), where=enough)
        square = np.divide(self.square[closes] - self.square[opens], weight, out=off, where=enough)
        found: Floats = np.sqrt(np.maximum(square - mean**2, 0.0))
        return found


def against_own(now: Floats, usual: Tallied, opens: Whole, closes: Whole, least: int, floor: float) -> Floats:
    """A value against the runner's own usual in their own standard deviations; NaN where that is not known.

    Parameters
    ----------
    now : array
    usual : Tallied
        The same measure over the runner's past.
    opens, closes : arrays of int
        Stretch of the past that counts: it ends ``EMBARGO`` days before the look, so that no day is in both.
    least : int
        Known values of the past that are needed.
    floor : float
        The least standard deviation: of a runner who is always alike a small change is no large one.
    """
    spread = np.maximum(usual.spread(opens, closes, least), floor)
    return (now - usual.mean(opens, closes, least)) / spread


def _sums(values: Floats) -> Floats:
    return np.concatenate([np.zeros(1), np.cumsum(values)])


def _counts(flags: NDArray[np.bool_]) -> Whole:
    return np.concatenate([np.zeros(1, np.int64), np.cumsum(flags, dtype=np.int64)])
