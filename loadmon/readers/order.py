"""Samples into strictly rising time: unusable times out, backward ones sorted, doubled ones joined."""

from __future__ import annotations

import numpy as np

from loadmon.readers.recording import Column
from loadmon.session import Oddity

EARLIEST_S = 662688000.0
"""Unix seconds of 1991-01-01: no watch recorded before it; earlier times are clocks that were never set."""
LATEST_S = 7258118400.0
"""Unix seconds of 2200-01-01; what comes later is beyond every watch's clock, and near the end of the calendar."""
STRAY_S = 15 * 86400.0
"""A sample further than this from the middle of its activity carries a wrong time."""
SPIKE_S = 3600.0
"""A single sample this far ahead of both its neighbours carries a wrong time."""


def in_order(unix_s: Column, columns: dict[str, Column]) -> tuple[Column, dict[str, Column], list[Oddity]]:
    """Sort samples by time, leave out those without a usable time, and join those with the same one.

    Parameters
    ----------
    unix_s : array, shape (n,)
        Unix seconds in file order, NaN where there is none.
    columns : dict of str to array, shape (n,)

    Returns
    -------
    tuple
        Strictly rising times, the columns in the same order, and what was repaired.
    """
    oddities: list[Oddity] = []
    usable = np.isfinite(unix_s) & (unix_s >= EARLIEST_S) & (unix_s < LATEST_S)
    if n_without := int(np.count_nonzero(~usable)):
        oddities.append(
            Oddity("samples without time", f"{n_without} samples carry no usable time and were left out.", n_without)
        )
    unix_s, columns = _keep(unix_s, columns, usable)
    if len(unix_s) > 1:
        sane = ~_strays(unix_s)
        if n_stray := int(np.count_nonzero(~sane)):
            oddities.append(
                Oddity(
                    "impossible timestamps",
                    f"{n_stray} samples carry a time far from all others and were left out.",
                    n_stray,
                )
            )
            unix_s, columns = _keep(unix_s, columns, sane)
        backward = int(np.count_nonzero(np.diff(unix_s) < 0))
        if backward:
            oddities.append(
                Oddity(
                    "timestamps go backwards",
                    f"The clock goes back {backward} times; the samples were sorted.",
                    backward,
                )
            )
            order = np.argsort(unix_s, kind="stable")
            unix_s, columns = unix_s[order], {name: column[order] for name, column in columns.items()}
        doubled = int(np.count_nonzero(np.diff(unix_s) == 0))
        if doubled:
            oddities.append(
                Oddity(
                    "duplicate timestamps",
                    f"{doubled} samples carry the time of the one before; the later value counts.",
                    doubled,
                )
            )
            first = np.flatnonzero(np.diff(unix_s, prepend=-np.inf) > 0)
            unix_s, columns = unix_s[first], {name: _last_known(column, first) for name, column in columns.items()}
    return unix_s, columns, oddities


def _last_known(column: Column, first: np.ndarray) -> Column:
    """The last value that is there of each group of samples: two half samples of one second become a whole one."""
    place = np.where(np.isnan(column), -1, np.arange(len(column)))
    last = np.maximum.reduceat(place, first)
    return np.where(last >= first, column[last], np.nan)


def _keep(unix_s: Column, columns: dict[str, Column], mask: np.ndarray) -> tuple[Column, dict[str, Column]]:
    if mask.all():
        return unix_s, columns
    return unix_s[mask], {name: column[mask] for name, column in columns.items()}


def _strays(unix_s: Column) -> np.ndarray:
    stray = np.abs(unix_s - np.median(unix_s)) > STRAY_S
    if len(unix_s) > 2:
        before, here, after = unix_s[:-2], unix_s[1:-1], unix_s[2:]
        ahead = (here - before > SPIKE_S) & (here - after > SPIKE_S)
        behind = (before - here > SPIKE_S) & (after - here > SPIKE_S)
        stray[1:-1] |= (ahead | behind) & (np.abs(after - before) < SPIKE_S)
    return np.asarray(stray, dtype=bool)
