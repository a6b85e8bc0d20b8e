"""Looking back over so many days of a table that holds one runner after the other."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Whole = NDArray[np.int64]


def trailing_sum(values: Floats | Flags, days: int) -> Floats:
    """Sum of each row and the ``days - 1`` rows before it.

    Near values only are added, so that nothing is lost to rounding far down a long table. The first ``days - 1`` rows of a
    runner hold days of the runner above: callers blank them by ``history_days``.
    """
    part = np.array(values, dtype=np.float64)  # sums of 1, 2, 4, … rows, each from two of those before
    sums, done, width = np.zeros(len(part)), 0, 1
    while done < min(days, len(part)):
        if days & width:
            sums[done:] += part[: len(part) - done]
            done += width
        part[width:] = part[width:] + part[: max(0, len(part) - width)]
        width *= 2
    return sums


def trailing_count(flags: Flags, days: int, history: Whole) -> Whole:
    """How many of each row and the ``days - 1`` before it are True, never reaching into the runner above.

    Parameters
    ----------
    flags : array of bool
        One a row of the timeline.
    days : int
        Width of the window.
    history : array of int
        The timeline's ``history_days``.
    """
    seen = np.concatenate(([0], np.cumsum(flags)))
    row = np.arange(1, len(flags) + 1)
    counted: Whole = seen[row] - seen[row - np.minimum(history, days)]
    return counted


def shifted(values: Floats, days: int) -> Floats:
    """The value ``days`` rows earlier; NaN before the first."""
    back = np.full(len(values), np.nan)
    back[days:] = values[: max(0, len(values) - days)]
    return back


def counted_since(event: Flags, counted: Flags, history: Whole) -> Floats:
    """How many counted rows lie behind the last event of the runner, each row itself included; from their first day before any.

    Parameters
    ----------
    event : array of bool
        Rows from which the count begins anew; never rows that are counted.
    counted : array of bool
        Rows that add one.
    history : array of int
        The timeline's ``history_days``.
    """
    cumulated = np.cumsum(counted).astype(np.float64)
    anchor = np.where(event, cumulated, np.where(history == 1, cumulated - counted, 0.0))
    streak: Floats = cumulated - np.maximum.accumulate(anchor)
    return streak
