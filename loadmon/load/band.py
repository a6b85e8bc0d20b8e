"""How far a ratio moves by the ups and downs from week to week alone: a band around it, by redrawing the weeks before."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
from numpy.lib.stride_tricks import sliding_window_view

from loadmon import evidence
from loadmon.days import day_number, day_numbers
from loadmon.load.kind import DISTANCE, LoadKind
from loadmon.load.ratio import ratio
from loadmon.load.ratio_method import ACUTE, CHRONIC, EDGE, RatioMethod
from loadmon.load.windows import Floats, Whole
from loadmon.measure import BAND_OPEN

DRAWS = int(evidence.BAND_DRAWS.value)
SHARE_PCT = evidence.BAND_SHARE_PCT.value
ROWS_AT_ONCE = 2048
"""Days redrawn in one go, so that ten years take no more memory than two."""


def ratio_band(
    timeline: pd.DataFrame,
    kind: LoadKind = DISTANCE,
    *,
    coupled: bool = False,
    acute_days: int = ACUTE,
    chronic_days: int = ACUTE + CHRONIC,
    draws: int = DRAWS,
    seed: int = 0,
    since: date | None = None,
) -> pd.DataFrame:
    """How far a rolling ratio moves if nothing changes but what changes from week to week anyway.

    For each day the days before the acute ones are redrawn in blocks as long as the acute window (whole weeks: hard and easy
    days keep their places), their end joined to their beginning; and the acute load is made larger or smaller as
    another such block is against the mean of all. A runner whose weeks are all alike has no band at all, however much
    the days differ; a ratio far from 1 with a narrow band is a change, one with a wide band may be only the usual up and down.
    The same draws serve every day, so the band does not flicker, and the same table always gives the same band.

    Parameters
    ----------
    timeline : DataFrame
        As ``loadmon.timeline.timeline`` makes it; one runner or several, whole history.
    kind, coupled, acute_days, chronic_days
        As for ``load.ratio.ratio`` with a rolling average.
    draws : int
        Ratios drawn for each day.
    seed : int
        Of the draws.
    since : date, optional
        Only from this day on; the days before are still read.

    Returns
    -------
    DataFrame
        athlete_id, local_day, value (as ``ratio`` gives it), low, high (2.5th and 97.5th percentile of the drawn ratios; NaN
        where value is NaN or the band has no end), reason (a code exactly where low and high are NaN).

    References
    ----------
    Künsch 1989, 10.1214/aos/1176347265 (blocks); Politis & Romano 1992 (joined ends). Drawing from the window itself is a
    loadmon convention: drawn from the whole history, the band would tell of other years.
    """
    method = RatioMethod(coupled=coupled, acute_days=acute_days, chronic_days=chronic_days)
    table = ratio(timeline, kind, coupled=coupled, acute_days=acute_days, chronic_days=chronic_days)
    days = day_numbers(table["local_day"])
    wanted = np.ones(len(table), dtype=bool) if since is None else days >= day_number(since)
    rows = np.flatnonzero(wanted & table["value"].notna().to_numpy())
    low, high = np.full(len(table), np.nan), np.full(len(table), np.nan)
    if len(rows):
        windows = sliding_window_view(kind.of(timeline), chronic_days)
        drawn = _Drawn(method, draws, np.random.default_rng(seed))
        for begin in range(0, len(rows), ROWS_AT_ONCE):
            some = rows[begin : begin + ROWS_AT_ONCE]
            # a window begins so many rows before its last day
            ratios = drawn.ratios(windows[some - chronic_days + 1], kind.floor.value / 7.0)
            low[some], high[some] = _ends(ratios)
    open_ended = ~np.isfinite(high)
    low[open_ended] = high[open_ended] = np.nan
    reasons = [*table["reason"].cat.categories, BAND_OPEN]
    code = np.where(table["value"].isna(), table["reason"].cat.codes, np.where(open_ended, len(reasons) - 1, -1))
    found = pd.DataFrame(
        {
            "athlete_id": table["athlete_id"],
            "local_day": table["local_day"],
            "value": table["value"],
            "low": low,
            "high": high,
            "reason": pd.Categorical.from_codes(code, categories=pd.Index(reasons)),
        }
    )
    return found[wanted]


class _Drawn:
    """What each day before the acute ones, oldest first, counts in each drawn mean (days x draws)."""

    def __init__(self, method: RatioMethod, draws: int, random: np.random.Generator) -> None:
        self.method = method
        self.before_days = method.chronic_days - method.acute_days
        block = min(method.acute_days, self.before_days)
        blocks = -(-self.before_days // block)
        starts = random.integers(0, self.before_days, size=(draws, blocks + 1, 1))
        days = (starts + np.arange(block)) % self.before_days
        self.week = self._counted(days[:, 0]) / block
        self.before = self._counted(days[:, 1:].reshape(draws, -1)[:, : self.before_days]) / self.before_days

    def _counted(self, days: Whole) -> Floats:
        draws = len(days)
        place = days + self.before_days * np.arange(draws)[:, None]
        counted = np.bincount(place.ravel(), minlength=self.before_days * draws).reshape(draws, self.before_days)
        return np.asarray(counted.T, dtype=np.float64)

    def ratios(self, windows: Floats, floor: float) -> Floats:
        """The drawn ratios of each window (rows x draws); infinite where a draw has next to no chronic load."""
        before, acute = windows[:, : self.before_days], windows[:, self.before_days :].mean(axis=1)
        usual = before.mean(axis=1)
        scale = np.divide(acute, usual, out=np.zeros(len(acute)), where=usual > 0)
        acute_drawn = scale[:, None] * (before @ self.week)
        chronic_drawn = before @ self.before
        if self.method.coupled:
            share = self.method.acute_days / self.method.chronic_days
            chronic_drawn = share * acute_drawn + (1.0 - share) * chronic_drawn
        enough = chronic_drawn >= floor * (1.0 - EDGE)
        drawn: Floats = np.divide(acute_drawn, chronic_drawn, out=np.full(acute_drawn.shape, np.inf), where=enough)
        return drawn


def _ends(ratios: Floats) -> Floats:
    """The two ends of the band for each row (2 x rows); infinite where too many draws have no chronic load."""
    tail = (100.0 - SHARE_PCT) / 200.0
    # drawn ratios themselves, not a mixture of two: the next one may be infinite
    last = ratios.shape[1] - 1
    places = [int(np.floor(tail * last)), int(np.ceil((1.0 - tail) * last))]
    ends: Floats = np.partition(ratios, places, axis=1)[:, places].T
    return ends
