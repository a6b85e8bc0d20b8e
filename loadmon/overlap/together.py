"""Which sessions of a runner cover the same minutes, and how they lie to each other."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np
import numpy.typing as npt
import pandas as pd

from loadmon.overlap.contents import flags

LEAST_OVERLAP = 0.8
"""Share of the shorter session's time that two recordings share before they are taken for one run."""
CLOCK_OFF_S = 90.0
"""A phone's clock may be off by so much: that time counts as shared where half of the shorter one is shared in any case."""
WIDE = 1.5
"""Elapsed time over the timer's from which a session says little of when it was run: a watch left on, or resumed later."""
MOST_APART = 0.2
"""By how much two recordings of one run may differ in distance or time, where their hours alone do not tell."""
LONGEST_S = 2 * 86_400.0
"""Sessions that begin further apart than this are not compared."""
MOST_TOGETHER = 20
"""With so many later ones a session is compared at most; nobody records one run more often."""

UNKNOWN = "unknown"
"""The sport of a file that names none."""

Floats = npt.NDArray[np.float64]
Flags = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]


class Lie(IntEnum):
    """How two recordings lie to each other."""

    SAME = 0
    """Two recordings of one run."""
    PART = 1
    """The second lies in the first, which goes on for longer and holds more."""
    PIECE = 2
    """The second lies in the hours of the first, whose timer stood still for long: one run only if the pieces add up."""
    DAY = 3
    """A row of a table that tells no time, and a file of the same day."""


@dataclass(frozen=True, slots=True)
class Together:
    """Pairs of sessions that share their time, by their places in the table.

    Parameters
    ----------
    one, other : array of shape (n,) int64
        Places of rows; of a ``PART`` or ``PIECE`` the whole is ``one``.
    share : array of shape (n,) float64
        Shared time as a share of the shorter one; NaN where hours say nothing.
    lie : array of shape (n,) int64
        A value of ``Lie``.
    """

    one: Places
    other: Places
    share: Floats
    lie: Places


@dataclass(frozen=True, slots=True)
class Spans:
    """What of each session is looked at: when, how long, how far; arrays of shape (n,), NaN where not told."""

    start: Floats
    elapsed: Floats
    timer: Floats
    metres: Floats
    running: Flags
    untold: Flags
    indoor: Flags
    timeless: Flags

    @property
    def wide(self) -> Flags:
        """True where the timer stood still for long."""
        return self.elapsed > WIDE * self.timer

    def told(self, places: Places, others: Places) -> tuple[Floats, Floats]:
        """Of each of two sessions what they are compared by: distances where both are told, else times recorded."""
        far = (self.metres[places] > 0) & (self.metres[others] > 0)
        lasted = np.where(np.isnan(self.timer), self.elapsed, self.timer)
        return (
            np.where(far, self.metres[places], lasted[places]),
            np.where(far, self.metres[others], lasted[others]),
        )


def spans(runs: pd.DataFrame) -> Spans:
    """Everything of a table of sessions that tells which of them lie together (columns as for ``same_run``)."""

    def numbers(name: str) -> Floats:
        return runs[name].to_numpy(float, na_value=np.nan) if name in runs else np.full(len(runs), np.nan)

    untold = runs["sport"].to_numpy() == UNKNOWN if "sport" in runs else np.zeros(len(runs), bool)
    return Spans(
        start=runs["start_utc"].to_numpy("datetime64[us]").astype("int64") / 1e6,
        elapsed=np.nan_to_num(numbers("elapsed_s")),
        timer=numbers("timer_s"),
        metres=numbers("distance_m"),
        running=runs["is_running"].to_numpy(bool),
        untold=untold,
        indoor=flags(runs, "indoor"),
        timeless=flags(runs, "timeless"),
    )


def together(athlete: npt.NDArray[np.generic], seen: Spans, marks: Callable[[], Places]) -> Together:
    """Every pair of one runner's sessions that may be one run by their hours.

    Parameters
    ----------
    athlete : array of shape (n,)
        Whose each session is.
    seen : Spans
    marks : callable
        Gives an order of the sessions by what they hold, shape (n,) int64; asked only where more than
        ``MOST_TOGETHER`` lie together, so that which of them are compared does not depend on their numbers.
    """
    one, other = _near(athlete, seen, marks)
    swap = _is_longer(seen, other, one)
    one, other = np.where(swap, other, one), np.where(swap, one, other)
    longer, shorter = seen.elapsed[one], seen.elapsed[other]
    shared = np.minimum(seen.start[one] + longer, seen.start[other] + shorter)
    shared = shared - np.maximum(seen.start[one], seen.start[other])
    share = shared / shorter
    told_one, told_other = seen.told(one, other)
    agree = np.abs(told_one - told_other) <= MOST_APART * np.maximum(told_one, told_other)
    within = share >= LEAST_OVERLAP
    clock_off = (share >= 0.5) & (shared + CLOCK_OFF_S >= LEAST_OVERLAP * shorter) & agree
    alike = shared >= LEAST_OVERLAP * longer
    wide = seen.wide
    sport = (seen.running[one] == seen.running[other]) | seen.untold[one] | seen.untold[other]
    may = (within | clock_off) & sport
    same = agree | (alike & ~wide[one] & ~wide[other]) | (~alike & ~wide[one] & (told_other > told_one))
    part = ~same & ~wide[one]
    piece = ~same & wide[one] & ~alike
    keep = may & (same | part | piece)
    lie = np.select([same, part], [int(Lie.SAME), int(Lie.PART)], int(Lie.PIECE))
    return Together(one[keep], other[keep], np.minimum(share[keep], 1.0), lie[keep].astype(np.int64))


def _is_longer(seen: Spans, places: Places, others: Places) -> Flags:
    """Whether a session is the longer of two: by its time, then by its timer's, then by its distance.

    Two that are equal in all three agree, so that no order in which they came can tell which is the whole.
    """
    is_longer = np.zeros(len(places), bool)
    timer = np.where(np.isnan(seen.timer), seen.elapsed, seen.timer)
    for told in (np.nan_to_num(seen.metres), timer, seen.elapsed):  # the weightiest last
        is_longer = np.where(told[places] == told[others], is_longer, told[places] > told[others])
    return is_longer


def _near(athlete: npt.NDArray[np.generic], seen: Spans, marks: Callable[[], Places]) -> tuple[Places, Places]:
    """Places of all pairs of one runner of which the later begins before the earlier ends."""
    placed = np.flatnonzero(~seen.timeless & (seen.elapsed > 0))
    if len(placed) < 2:
        return np.empty(0, np.int64), np.empty(0, np.int64)
    _, code = np.unique(athlete, return_inverse=True)
    placed = placed[np.lexsort((seen.start[placed], code[placed]))]
    count = _following(placed, code, seen)
    if count.max() > MOST_TOGETHER:
        placed = placed[np.lexsort((marks()[placed], seen.start[placed], code[placed]))]
        count = np.minimum(_following(placed, code, seen), MOST_TOGETHER)
    one = np.repeat(np.arange(len(placed), dtype=np.int64), count)
    other = one + 1 + np.arange(len(one)) - np.repeat(np.cumsum(count) - count, count)
    return placed[one], placed[other]


def _following(placed: Places, code: Places, seen: Spans) -> Places:
    """How many of the sessions behind each one, by runner and time, begin before it ends."""
    start = np.floor(seen.start[placed] * 1000).astype(np.int64)
    start -= start.min()
    reach = np.ceil(np.minimum(seen.elapsed[placed], LONGEST_S) * 1000).astype(np.int64)
    key = code[placed] * np.int64(start.max() + LONGEST_S * 1000 + 1) + start
    last = np.searchsorted(key, key + reach, side="left")
    count: Places = np.maximum(last - np.arange(len(placed)) - 1, 0).astype(np.int64)
    return count
