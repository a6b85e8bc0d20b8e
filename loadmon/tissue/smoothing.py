"""Smoothing of a run's columns over recorded time: spikes taken out, steps levelled, gaps filled; pauses are never mixed."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray

from loadmon import evidence

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]

_BREAK_S = 10.0
"""A pause longer than this parts what is smoothed."""


@dataclass(frozen=True, slots=True, eq=False)
class Clock:
    """Recorded time of n samples, pauses left out.

    Parameters
    ----------
    edges : array of shape (n + 1,), seconds
        Where each sample begins, and the end of the last.
    low, high : arrays of shape (n,), seconds
        Ends of the stretch without a pause that each sample lies in.
    stretch : array of shape (n,), int
        The number of that stretch.
    """

    edges: Floats
    low: Floats
    high: Floats
    stretch: NDArray[np.int64]

    @classmethod
    def of(cls, t_s: Floats, seconds: Floats) -> Clock:
        """From the samples' times and what each stands for, arrays of shape (n,)."""
        edges = np.concatenate(([0.0], np.cumsum(seconds)))
        parted = np.zeros(len(t_s), dtype=bool)
        parted[1:] = np.diff(t_s) - seconds[:-1] > _BREAK_S
        stretch = np.cumsum(parted)
        first = np.flatnonzero(np.concatenate(([True], parted[1:]))) if len(t_s) else np.empty(0, np.intp)
        last = np.append(first[1:], len(t_s))
        return cls(edges, edges[first][stretch], edges[last][stretch], stretch)

    @property
    def middle(self) -> Floats:
        """The middle of each sample."""
        return 0.5 * (self.edges[:-1] + self.edges[1:])


def filled(values: Floats, clock: Clock, longest_s: float) -> Floats:
    """A straight line over every gap of up to so many recorded seconds; longer ones stay NaN."""
    known = ~np.isnan(values)
    if known.all() or not known.any():
        return values
    at = np.flatnonzero(known)
    place = np.cumsum(known) - 1  # the known sample at or before each
    before, after = at[np.maximum(place, 0)], at[np.minimum(place + 1, len(at) - 1)]
    short = (clock.edges[after] - clock.edges[before + 1] <= longest_s) & (
        clock.stretch[before] == clock.stretch[after]
    )
    between = ~known & (place >= 0) & (place + 1 < len(at)) & short
    out = values.copy()
    out[between] = np.interp(clock.middle[between], clock.middle[at], values[at])
    return out


def without_spikes(values: Floats, seconds: Floats) -> Floats:
    """Each value that lies too far from the middle of its seven seconds replaced by that middle; NaN stays NaN.

    References
    ----------
    Hampel 1974, 10.1080/01621459.1974.10482962.
    """
    known = ~np.isnan(values)
    lasting = seconds[seconds > 0]
    every_s = float(np.median(lasting)) if len(lasting) else np.inf
    width = int(evidence.SPIKE_WINDOW_S.value / every_s) // 2 * 2 + 1
    if width < 5 or known.sum() < width:
        return values
    row = values if known.all() else np.interp(np.arange(len(values)), np.flatnonzero(known), values[known])
    half = width // 2
    padded = np.concatenate((row[half:0:-1], row, row[-2 : -half - 2 : -1]))
    beside = sliding_window_view(padded, len(row))  # the row and its neighbours, one shift each
    middle = np.sort(beside, axis=0)[half]
    off = np.abs(row - middle)
    # it lies too far off if more than half of its window lies, by that measure, closer together
    allowed = evidence.SPIKE_SPREADS.value * evidence.ROBUST_SD.value
    closer = np.zeros(len(row), dtype=np.uint16)
    apart: Floats = np.empty(len(row))
    is_closer: Flags = np.empty(len(row), dtype=bool)
    for shifted in range(width):
        np.subtract(beside[shifted], middle, out=apart)
        np.abs(apart, out=apart)
        apart *= allowed
        closer += np.less(apart, off, out=is_closer)
    bad = np.flatnonzero(closer > half)
    out = values.copy()
    out[bad] = np.where(known[bad], middle[bad], np.nan)
    return out


def never_faster(values: Floats, at: Floats, rate: float) -> Floats:
    """Values that change by no more than ``rate`` a second: midway between the highest such line below and the lowest above."""
    known = ~np.isnan(values)
    v, t = values[known], at[known]
    if len(v) < 2 or not (np.abs(np.diff(v)) > rate * np.diff(t)).any():
        return values
    rising, falling = rate * t, -rate * t
    below = np.minimum(
        np.minimum.accumulate(v + falling) + rising, (np.minimum.accumulate((v + rising)[::-1]))[::-1] + falling
    )
    above = np.maximum(
        np.maximum.accumulate(v + rising) + falling, (np.maximum.accumulate((v + falling)[::-1]))[::-1] + rising
    )
    out = values.copy()
    out[known] = 0.5 * (below + above)
    return out


def mean_over(values: Floats, edges: Floats, low: Floats, high: Floats, width: float) -> Floats:
    """Mean of what is known over a width around the middle of each sample, never beyond its own stretch; NaN stays NaN.

    Parameters
    ----------
    values : array of shape (n,)
        Each holds from its edge to the next.
    edges : array of shape (n + 1,)
        Time, or distance.
    low, high : arrays of shape (n,)
        Ends of the stretch of each sample, on the same scale.
    width : float
        On the same scale.
    """
    known = ~np.isnan(values)
    whole = bool(known.all())
    held = np.diff(edges)
    middle = edges[:-1] + 0.5 * held
    begin, end = np.maximum(middle - width / 2, low), np.minimum(middle + width / 2, high)

    def between(each: Floats) -> Floats:
        so_far = np.concatenate(([0.0], np.cumsum(each)))
        return np.asarray(np.interp(end, edges, so_far) - np.interp(begin, edges, so_far))

    total = between(held * values if whole else held * np.where(known, values, 0.0))
    over = end - begin if whole else between(held * known)
    mean = np.divide(total, over, out=values.copy(), where=over > 1e-9)
    return mean if whole else np.where(known, mean, np.nan)
