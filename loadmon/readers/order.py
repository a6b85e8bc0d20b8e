"""Samples into strictly rising time: unusable times out, backward ones sorted, doubled ones joined."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np

from loadmon.readers.recording import Column
from loadmon.session import Oddity

EARLIEST_S = 662688000.0
"""Unix seconds of 1991-01-01: no watch recorded before it; earlier times are clocks that were never set."""
LATEST_S = 7258118400.0
"""Unix seconds of 2200-01-01; what comes later is beyond every watch's clock, and near the end of the calendar."""
STRAY_S = 15 * 86400.0
"""Samples further than this from the next ones are not of one activity: the clock was set anew in between."""
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
        apart = _apart(unix_s)
        sane = ~(apart | _spikes(unix_s))
        if n_stray := int(np.count_nonzero(~sane)):
            which = _days(unix_s[apart])
            oddities.append(
                Oddity(
                    "impossible timestamps",
                    f"{n_stray} samples carry a time far from the others{which} and were left out.",
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


def _apart(unix_s: Column) -> np.ndarray:
    """True for samples outside the largest group of times that lie together, the earliest one of equals."""
    order = np.argsort(unix_s, kind="stable")
    group = np.cumsum(np.diff(unix_s[order], prepend=unix_s[order[0]]) > STRAY_S)
    apart = np.empty(len(unix_s), dtype=bool)
    apart[order] = group != np.argmax(np.bincount(group))
    return apart


def _days(apart_s: Column) -> str:
    """The days of samples that were left out, for a sentence; nothing where none lies days away."""
    if not len(apart_s):
        return ""
    first, last = (f"{datetime.fromtimestamp(float(at), UTC):%Y-%m-%d}" for at in (apart_s.min(), apart_s.max()))
    return f" ({first})" if first == last else f" ({first} to {last})"


def _spikes(unix_s: Column) -> np.ndarray:
    """True for single samples over an hour ahead of, or behind, both of their neighbours."""
    spike = np.zeros(len(unix_s), dtype=bool)
    if len(unix_s) > 2:
        before, here, after = unix_s[:-2], unix_s[1:-1], unix_s[2:]
        ahead = (here - before > SPIKE_S) & (here - after > SPIKE_S)
        behind = (before - here > SPIKE_S) & (after - here > SPIKE_S)
        spike[1:-1] = (ahead | behind) & (np.abs(after - before) < SPIKE_S)
    return spike
