"""Session spike of a tissue: what a run did to it against the most that any run of the 30 days before did."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loadmon import evidence
from loadmon.days import day_number, day_numbers
from loadmon.measure import HISTORY_30, NO_RUN_30_DAYS, WALKED
from loadmon.tissue.quantiles import quantiles_of

Floats = NDArray[np.floating[Any]]
Whole = NDArray[np.int64]

BANDS = ("reference", "small", "moderate", "large")
LIMITS = tuple(1.0 + one.value / 100.0 for one in (evidence.SPIKE_SMALL, evidence.SPIKE_MODERATE, evidence.SPIKE_LARGE))
EXTRAPOLATED = (
    f"The bands ({', '.join(f'{name} over {limit:.1f} times' for name, limit in zip(BANDS[1:], LIMITS, strict=True))}) are those "
    "of a study of distance; for one tissue they are an extrapolation."
)


@dataclass(frozen=True, slots=True, eq=False)
class TissueSpikes:
    """Every run against the 30 days before it; R runs, T tissues.

    Parameters
    ----------
    ratio : array of shape (R, T)
        Damage of the run over the most damaging run of the 30 days before, by the nominal numbers; NaN where there is none.
    low, middle, high : arrays of shape (R, T)
        10th, 50th and 90th percentile over the draws; NaN without draws.
    band : array of shape (R, T), int
        Place in ``BANDS``, by the middle (the nominal numbers without draws); -1 where there is no ratio.
    shown : array of shape (R, T), bool
        True where even the low end of the interval is more than 10 % over: only these are told.
    distance_ratio : array of shape (R,)
        The same for distance.
    reason : list of str | None, length R
        Code of ``loadmon.measure.REASON_WORDS`` where a run has no ratio.
    provisional : array of shape (R,), bool
        Less than 30 days of record lie before the run, or one of them is not known.
    """

    ratio: Floats
    low: Floats
    middle: Floats
    high: Floats
    band: Whole
    shown: NDArray[np.bool_]
    distance_ratio: Floats
    reason: list[str | None]
    provisional: NDArray[np.bool_]


def tissue_spikes(
    days: Sequence[date],
    damage_m: Floats,
    distance_m: Floats,
    drawn_m: Floats | None = None,
    *,
    first: date | None = None,
    unknown: Sequence[date] = (),
    walked: NDArray[np.bool_] | None = None,
) -> TissueSpikes:
    """Every run of one runner against the most damaging of the 30 days before it, tissue by tissue.

    Parameters
    ----------
    days : sequence of date, length R
        In the order in which they were run: an earlier run of the same day counts.
    damage_m : array of shape (T, R), m
        By the nominal numbers, as ``TissueLoads`` has it for one set.
    distance_m : array of shape (R,), m
    drawn_m : array of shape (D, T, R) | None
        By each draw. The same draw for all runs: what is wrong in both cancels.
    first : date | None
        Where the record is known to begin before the first run.
    unknown : sequence of date
        Days of which not all is known: what was run on them may have been more than what is compared with.
    walked : array of shape (R,), bool | None
        Runs that were mostly walked: no damage is told of them, so they are no spike of a tissue. Others are still compared
        with them.

    Returns
    -------
    TissueSpikes

    References
    ----------
    Bands after Frandsen 2025, 10.1136/bjsports-2024-109380, who measured distance.
    """
    number = np.maximum.accumulate(day_numbers(list(days))) if len(days) else np.empty(0, np.int64)
    window = int(evidence.SPIKE_WINDOW_DAYS.value)
    row = np.arange(len(number))
    opens = np.searchsorted(number, number - window, side="left")
    has = row > opens
    # a false start of a few metres is a run, but no measure of the next one
    measures = distance_m >= evidence.LEAST_REFERENCE_M.value
    on_foot = np.zeros(len(number), dtype=np.bool_) if walked is None else walked
    nominal = np.where(on_foot[:, None], np.nan, _over_most(damage_m, measures, opens, has).T)
    distance = _over_most(distance_m, measures, opens, has)
    if drawn_m is None:
        low = middle = high = np.full(nominal.shape, np.nan)
        told, least = nominal, nominal
    else:
        ratios = _over_most(drawn_m, measures, opens, has)
        ends = quantiles_of(np.moveaxis(ratios, 0, -1).swapaxes(0, 1))
        low, middle, high = np.where(on_foot[:, None], np.nan, ends)
        told, least = middle, low
    with np.errstate(invalid="ignore"):
        band = np.sum([told > limit * (1.0 + 1e-9) for limit in LIMITS], axis=0)
        shown = least > (1.0 + evidence.TISSUE_SPIKE.value / 100.0) * (1.0 + 1e-9)
    begins = min([*number[:1].tolist(), *([day_number(first)] if first else [])], default=0)
    young = number - begins < window
    lost = np.unique(np.array([day_number(day) for day in unknown], np.int64))
    holes = np.searchsorted(lost, number, side="right") > np.searchsorted(lost, number - window, side="left")
    missing = np.asarray(np.isnan(nominal).all(axis=1))
    return TissueSpikes(
        ratio=nominal,
        low=low,
        middle=middle,
        high=high,
        band=np.where(np.isnan(told), -1, band),
        shown=shown,
        distance_ratio=distance,
        reason=[
            WALKED if w else (HISTORY_30 if y else NO_RUN_30_DAYS) if m else None
            for w, m, y in zip(on_foot.tolist(), missing.tolist(), young.tolist(), strict=True)
        ],
        provisional=young | holes,
    )


def _over_most(values: Floats, measures: NDArray[np.bool_], opens: Whole, has: NDArray[np.bool_]) -> Floats:
    """Each run's value (…, R) over the largest of those that measure, from ``opens`` up to it; NaN where that is none or 0."""
    found = np.full(values.shape, np.nan)
    row = np.flatnonzero(has)
    if not len(row):
        return found
    # pairs of (first, one past the last) for every run: the odd segments between them are left out
    pairs = np.stack([opens[row], row], axis=1).ravel()
    most = np.maximum.reduceat(np.where(measures, values, 0.0), pairs, axis=-1)[..., ::2]
    with np.errstate(divide="ignore", invalid="ignore"):
        ratio = values[..., row] / most
    found[..., row] = np.where(most > 0, ratio, np.nan)
    return found
