"""Heart-rate load: seconds at each beat, and what Banister, Edwards, Lucia and one hour at threshold make of them."""

from __future__ import annotations

from collections.abc import Callable

import numpy as np
from numpy.typing import ArrayLike, NDArray

from loadmon import evidence
from loadmon.load.distinct import distinct

Floats = NDArray[np.float64]

LOWEST = int(evidence.HEART_RATE_LOWEST_BPM.value)
HIGHEST = int(evidence.HEART_RATE_HIGHEST_BPM.value)
HEART_RATE_BINS: NDArray[np.int64] = np.arange(LOWEST, HIGHEST + 1)
"""The whole beats a minute, 30 to 230, whose seconds are kept of every session."""

WOMEN = "female"
MEN = "male"
"""Sexes that heart-rate curves are known for; anything else takes the mean of both."""


def heart_rate_seconds(heart_rate_bpm: Floats, seconds: Floats) -> Floats:
    """How long the heart beat at each rate; all that a new threshold needs, so that no stream is opened again.

    Parameters
    ----------
    heart_rate_bpm : array of shape (n,), beats a minute
        NaN for missing; below 30 or above 230 does not count, sample by sample.
    seconds : array of shape (n,), s
        How long each sample holds.

    Returns
    -------
    array of shape (201,), s
        At each of ``HEART_RATE_BINS``; all zero where nothing was measured.
    """
    beat = np.rint(heart_rate_bpm)
    with np.errstate(invalid="ignore"):
        believed = (beat >= LOWEST) & (beat <= HIGHEST)
    place = beat[believed].astype(np.int64) - LOWEST
    return np.bincount(place, weights=seconds[believed], minlength=len(HEART_RATE_BINS)).astype(np.float64)


def banister(histograms: Floats, rest: ArrayLike, maximum: ArrayLike, sex: ArrayLike) -> Floats:
    """Banister's training impulse: minutes, each counted by how far the heart is from rest, rising steeply.

    Parameters
    ----------
    histograms : array of shape (n, 201), s
        Of n sessions, as ``heart_rate_seconds`` makes them.
    rest, maximum : array_like of shape (n,) or one value, beats a minute
    sex : array_like of shape (n,) or one value
        ``"female"`` or ``"male"``; for anyone else the mean of both.

    Returns
    -------
    array of shape (n,), arbitrary units; NaN where a limit is missing or maximum <= rest

    References
    ----------
    Morton 1990, 10.1152/jappl.1990.69.3.1171.
    """
    given = (_numbers(rest), _numbers(maximum), sex_codes(sex))
    return _minutes_by(histograms, given, _banister_weights)


def edwards(histograms: Floats, maximum: ArrayLike) -> Floats:
    """Edwards' training impulse: minutes in five zones of maximum heart rate, counted 1 to 5; below half nothing.

    Parameters
    ----------
    histograms : array of shape (n, 201), s
    maximum : array_like of shape (n,) or one value, beats a minute
        A zone holds its lower edge; above maximum counts as the highest.

    Returns
    -------
    array of shape (n,), arbitrary units; NaN where maximum is missing
    """
    return _minutes_by(histograms, (_numbers(maximum),), _edwards_weights)


def lucia(histograms: Floats, first_threshold: ArrayLike, second_threshold: ArrayLike) -> Floats:
    """Lucia's training impulse: minutes below, between and above two measured thresholds, counted 1, 2 and 3.

    Parameters
    ----------
    histograms : array of shape (n, 201), s
    first_threshold, second_threshold : array_like of shape (n,) or one value, beats a minute
        Both belong to the middle zone.

    Returns
    -------
    array of shape (n,), arbitrary units; NaN where a threshold is missing or the second is not above the first

    References
    ----------
    Lucia 2003, 10.1249/01.MSS.0000064999.82036.B4.
    """
    return _minutes_by(histograms, (_numbers(first_threshold), _numbers(second_threshold)), _lucia_weights)


def heart_rate_stress(
    histograms: Floats, rest: ArrayLike, maximum: ArrayLike, threshold: ArrayLike, sex: ArrayLike
) -> Floats:
    """Heart-rate stress: Banister's impulse as a share of that of an hour at threshold, which is 100 points.

    Parameters
    ----------
    histograms : array of shape (n, 201), s
    rest, maximum, threshold : array_like of shape (n,) or one value, beats a minute
        ``threshold`` must lie above rest and not above maximum; see ``threshold_or_usual`` where it is not known.
    sex : array_like of shape (n,) or one value

    Returns
    -------
    array of shape (n,), points; NaN where a limit is missing or out of range
    """
    return stress_of(banister(histograms, rest, maximum, sex), rest, maximum, threshold, sex)


def stress_of(impulse: ArrayLike, rest: ArrayLike, maximum: ArrayLike, threshold: ArrayLike, sex: ArrayLike) -> Floats:
    """Points of a Banister impulse that is already known; parameters as for ``heart_rate_stress``."""
    low, high, at = np.broadcast_arrays(_numbers(rest), _numbers(maximum), _numbers(threshold))
    with np.errstate(invalid="ignore"):
        fits = (at > low) & (at <= high)
    share = np.divide(at - low, high - low, out=np.full(np.shape(low), np.nan), where=fits)
    hour = 60.0 * _weight_of_share(share, sex_codes(sex))
    points: Floats = evidence.POINTS_AN_HOUR_AT_THRESHOLD.value * _numbers(impulse) / hour
    return points


def threshold_or_usual(rest: ArrayLike, maximum: ArrayLike, threshold: ArrayLike) -> Floats:
    """Threshold heart rate, or 85 % of the heart-rate reserve where it is not known (to be flagged)."""
    low, at = _numbers(rest), _numbers(threshold)
    usual = low + evidence.THRESHOLD_RESERVE.value * (_numbers(maximum) - low)
    return np.where(np.isnan(at), usual, at)


def sex_codes(sex: ArrayLike) -> Floats:
    """Share of the women's curve for each: 1 for ``"female"``, 0 for ``"male"``, one half for anything else."""
    named = np.asarray(sex, dtype=object)
    return np.where(named == WOMEN, 1.0, np.where(named == MEN, 0.0, 0.5))


def _weight_of_share(share: Floats, women: Floats) -> Floats:
    """What a minute counts at a share of the heart-rate reserve."""
    his: Floats = evidence.TRIMP_SCALE_MEN.value * np.exp(evidence.TRIMP_RISE_MEN.value * share)
    hers: Floats = evidence.TRIMP_SCALE_WOMEN.value * np.exp(evidence.TRIMP_RISE_WOMEN.value * share)
    return share * (his + women * (hers - his))


def _banister_weights(rest: Floats, maximum: Floats, women: Floats) -> Floats:
    with np.errstate(invalid="ignore"):
        reserve = np.where(maximum > rest, maximum - rest, np.nan)
    return _weight_of_share(np.clip((HEART_RATE_BINS - rest) / reserve, 0.0, 1.0), women)


def _edwards_weights(maximum: Floats) -> Floats:
    tenths = (
        HEART_RATE_BINS * 10.0 / np.where(maximum > 0.0, maximum, np.nan)
    )  # whole beats times ten: edges stay exact
    return np.clip(np.floor(tenths) - 10.0 * evidence.EDWARDS_LOWEST_SHARE.value + 1.0, 0.0, 5.0)


def _lucia_weights(first: Floats, second: Floats) -> Floats:
    weight = 1.0 + (first <= HEART_RATE_BINS) + (second < HEART_RATE_BINS)
    return np.where(second > first, weight, np.nan)


def _minutes_by(histograms: Floats, limits: tuple[Floats, ...], weights: Callable[..., Floats]) -> Floats:
    """Minutes at each beat times what a minute there counts; weights are made once for each set of limits."""
    count = len(histograms)
    each = [np.broadcast_to(limit, count) for limit in limits]
    first, which = distinct(each)
    table = weights(*(limit[first][:, None] for limit in each))
    total: Floats = np.einsum("nk,nk->n", histograms, table[which]) / 60.0
    return total


def _numbers(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)
