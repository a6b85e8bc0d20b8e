"""What may be made of a file whose rows are events: nothing that looks beyond a row's own days."""

from __future__ import annotations

import numpy as np
import pandas as pd

from loadmon.load.running import DAY_SPAN
from loadmon.refusal import Refusal
from loadmon.risk.prior import Floats
from loadmon.risk.windows import Looks, Tallied

SLOTS = 7
"""Days of a row of the day file."""


class DamagedData(Refusal):
    """A file that is one of the public data by its fingerprint or its columns, and cannot be read as such."""

    name = "damaged data"


def day_features(table: pd.DataFrame) -> Floats:
    """Mean, highest, spread and newest day of every channel of the day file, the newest being the one with suffix .6.

    Raises
    ------
    DamagedData
        If a channel lacks one of its seven days.
    """
    bare = [name for name in table.columns if name not in ("Athlete ID", "Date", "injury") and "." not in name[-2:]]
    columns = []
    for name in bare:
        slots = [name, *(f"{name}.{place}" for place in range(1, SLOTS))]
        if not set(slots) <= set(table.columns):
            raise DamagedData(f"{name} does not have {SLOTS} days.", "Download it again.")
        days = table[slots].to_numpy(dtype=np.float64)  # oldest first
        days = np.where(days < 0, np.nan, days)  # -0.01 stands for a day that was not told
        known = ~np.isnan(days)
        count = np.maximum(known.sum(axis=1), 1)
        mean = np.where(known, days, 0.0).sum(axis=1) / count
        apart = np.where(known, days - mean[:, None], 0.0)
        newest = np.where(known[:, -1], days[:, -1], mean)
        columns += [mean, np.where(known, days, 0.0).max(axis=1), np.sqrt((apart**2).sum(axis=1) / count), newest]
    return _scaled(np.column_stack(columns))


def week_features(table: pd.DataFrame) -> Floats:
    """Every column of the week file as it stands: its weeks lie within the row."""
    return _scaled(table.drop(columns=["Athlete ID", "Date", "injury"]).to_numpy(dtype=np.float64))


def _scaled(values: Floats) -> Floats:
    spread = np.nanstd(values, axis=0)
    steps = (values - np.nanmean(values, axis=0)) / np.where(spread > 0, spread, 1.0)
    found: Floats = np.nan_to_num(np.clip(steps, -4.0, 4.0))
    return found


def gap_before(runner: np.ndarray, day: np.ndarray) -> Floats:
    """Days since the runner's row before; 100 for a runner's first. Rows are ordered by runner and day."""
    gap = np.diff(day, prepend=day[:1]).astype(np.float64)
    gap[np.diff(runner, prepend=-1) != 0] = 100.0
    return np.minimum(gap, 100.0)


def own_rate(runner: np.ndarray, day: np.ndarray, label: Floats) -> Floats:
    """Each runner's rate of injuries over the rows before this one, with the base rate beside it."""
    key = runner * DAY_SPAN + day
    past, rate = Tallied.of(label), float(label.mean())
    opens, closes = Looks(runner, day).between(key, None, 1)
    count = past.counted(opens, closes)
    found: Floats = (np.nan_to_num(past.mean(opens, closes)) * count + rate * 50) / (count + 50)
    return found
