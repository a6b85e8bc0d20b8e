"""How much time each sample of a session stands for, and middles and means over that time."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from loadmon.readers.moving import longest_gap_s, stopped_seconds
from loadmon.readers.partly_recorded import PARTLY_RECORDED
from loadmon.readers.recording import TimerEvent
from loadmon.session import Session

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]


def known(value: float) -> float | None:
    """The value, or None where it is NaN: a row of a table may tell a distance and no time."""
    return None if np.isnan(value) else value


def sample_seconds(t_s: Floats) -> Floats:
    """Seconds that each sample stands for: the time up to the next one, none across a long gap.

    Parameters
    ----------
    t_s : array of shape (n,), seconds from the start, increasing

    Returns
    -------
    array of shape (n,), seconds; the last sample stands for none
    """
    if len(t_s) == 0:
        return np.empty(0)
    steps = np.diff(t_s, append=t_s[-1])
    return np.where(steps < longest_gap_s(t_s), steps, 0.0)


def recorded_seconds(session: Session) -> Floats:
    """What each sample stands for, without the time in which the watch's timer stood still (waiting at a light)."""
    t = session.stream["t_s"].to_numpy(float)
    seconds = sample_seconds(t)
    if len(t) < 2 or session.events.empty:
        return seconds
    # by numpy: three pandas objects for two numbers would take as long as reading the file
    first = session.stream["timestamp"].to_numpy("datetime64[us]")[0]
    since = (session.events["timestamp"].to_numpy("datetime64[us]") - first).astype("int64") / 1e6 + t[0]
    events = [TimerEvent(at, kind) for at, kind in zip(since.tolist(), session.events["kind"].tolist(), strict=True)]
    seconds[:-1] = np.clip(seconds[:-1] - stopped_seconds(t, events), 0.0, None)
    return seconds


def unrecorded_seconds(session: Session, seconds: Floats) -> float:
    """Seconds of a session that only the device's own totals tell of, where its samples cover only part; else 0."""
    if not any(oddity.name == PARTLY_RECORDED for oddity in session.oddities):
        return 0.0
    return max(session.timer_s - float(seconds.sum()), 0.0)


def weighted_mean(values: Floats, seconds: Floats, unrecorded_s: float = 0.0) -> tuple[float | None, float]:
    """Time-weighted mean of the known values, and the share they cover of recorded and unrecorded time."""
    known = ~np.isnan(values)
    if not known.any():
        return None, 0.0
    total = seconds.sum()
    weight = np.where(known, seconds, 0.0)
    if total <= 0:
        return float(np.nanmean(values)), 0.0
    if weight.sum() <= 0:
        return None, 0.0
    mean = (np.where(known, values, 0.0) * weight).sum() / weight.sum()
    return float(mean), float(weight.sum() / (total + unrecorded_s))


def median(values: Floats) -> float | None:
    """Middle of the known values, or None if there are none."""
    known = values[~np.isnan(values)]
    return float(np.median(known)) if len(known) else None
