"""How long: seconds from start to end, with the timer running, and actually moving."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from loadmon import evidence
from loadmon.readers.recording import Column, TimerEvent
from loadmon.session import Session

MOVING_MPS, MOVING_SPM = evidence.SLOWEST_MOVING_MPS.value, evidence.SLOWEST_MOVING_SPM.value
SECONDS_EXPLAINED, SHARE_EXPLAINED = 10.0, 0.01
"""How far a device's own timer time may be from what its events add up to."""


@dataclass(frozen=True, slots=True)
class Times:
    """Seconds of a session; ``moving_s`` is None where neither speed nor cadence was measured."""

    elapsed_s: float
    timer_s: float
    moving_s: float | None


def times_of(
    unix_s: Column, speed_mps: Column, cadence_spm: Column, events: Sequence[TimerEvent], declared_timer_s: float | None
) -> Times:
    """Elapsed, timer and moving seconds, weighted by time and never by number of samples.

    Parameters
    ----------
    unix_s, speed_mps, cadence_spm : array, shape (n,)
        Strictly rising times; NaN where speed or cadence is missing.
    events : sequence of TimerEvent
        Starts and stops of the timer, any order.
    declared_timer_s : float or None
        The device's own timer time: it is the best there is where it fits the samples.
    """
    elapsed = float(unix_s[-1] - unix_s[0])
    step = np.diff(unix_s)
    stopped = believed_stops(unix_s, events, declared_timer_s)
    recorded = recorded_seconds(unix_s, events, declared_timer_s)
    if declared_timer_s is not None and 0 < declared_timer_s <= elapsed * 1.05 + evidence.RECORDED_GAP_S.value:
        timer = declared_timer_s
    elif stopped.any():
        timer = float(np.sum(step - stopped))
    else:
        timer = float(np.sum(recorded))
    moving = moving_mask(speed_mps, cadence_spm)
    if moving is None:
        return Times(elapsed, timer, None)
    # a sample stands for the time since the one before; nobody moves for longer than the timer ran
    return Times(elapsed, timer, min(float(np.sum(recorded[moving[1:]])), timer))


def recorded_seconds(unix_s: Column, events: Sequence[TimerEvent], declared_timer_s: float | None) -> Column:
    """Seconds between each sample and the next with the timer running and without a gap, shape (n - 1,)."""
    step, stopped = np.diff(unix_s), believed_stops(unix_s, events, declared_timer_s)
    longest = longest_gap_s(unix_s)
    recorded = np.where((step < longest) | (stopped > 0), step - stopped, 0.0)
    return np.where(recorded < longest, recorded, 0.0)


def recorded_seconds_of(session: Session) -> Column:
    """The same of a session that has been read."""
    first = session.start.timestamp()
    unix_s = first + session.stream["t_s"].to_numpy(dtype=float)
    return recorded_seconds(unix_s, events_of(session), session.totals.timer_s)


def events_of(session: Session) -> list[TimerEvent]:
    """The timer's starts and stops of a session that has been read, in Unix seconds."""
    told = session.events
    if not len(told):
        return []
    return [TimerEvent(at.timestamp(), kind) for at, kind in zip(told["timestamp"], told["kind"], strict=True)]


def believed_stops(unix_s: Column, events: Sequence[TimerEvent], declared_timer_s: float | None) -> Column:
    """Seconds between each sample and the next with the timer stopped, shape (n - 1,); none where the stops cannot be right."""
    elapsed = float(unix_s[-1] - unix_s[0])
    stopped = stopped_seconds(unix_s, events)
    total = float(np.sum(stopped))
    if declared_timer_s and elapsed - total < declared_timer_s and not explains(elapsed, total, declared_timer_s):
        # a start was lost: the events stop the timer for longer than the device itself says it stood
        return np.zeros_like(stopped)
    return stopped


def longest_gap_s(unix_s: Column) -> float:
    """Longest time between two samples that counts as recorded: a minute, or more for a recorder that is slower itself."""
    least = evidence.RECORDED_GAP_S.value
    if len(unix_s) < 3:
        return least
    usual = float(np.median(np.diff(unix_s)))
    return max(least, min(evidence.SLOW_LOGGER_GAPS.value * usual, evidence.SLOWEST_LOGGER_S.value))


def explains(elapsed_s: float, stopped_s: float, declared_timer_s: float) -> bool:
    """True where the timer's stops account for the device's own timer time, within 10 s or one part in a hundred."""
    return abs(elapsed_s - stopped_s - declared_timer_s) <= max(SHARE_EXPLAINED * declared_timer_s, SECONDS_EXPLAINED)


def moving_mask(speed_mps: Column, cadence_spm: Column) -> np.ndarray | None:
    """Which samples are moving (speed >= 0.8 m/s or cadence >= 60 steps a minute); None if neither was measured."""
    if np.isnan(speed_mps).all() and np.isnan(cadence_spm).all():
        return None
    return np.asarray((speed_mps >= MOVING_MPS) | (cadence_spm >= MOVING_SPM), dtype=bool)


def stopped_seconds(unix_s: Column, events: Sequence[TimerEvent]) -> Column:
    """Seconds between each sample and the next during which the timer stood still, shape (n - 1,)."""
    stops, starts = list[float](), list[float]()
    since: float | None = None
    # at the same second a stop comes before the start that ends it
    for event in sorted(events, key=lambda e: (e.at_s, e.kind == "start")):
        if event.kind != "start":
            since = event.at_s if since is None else since
        elif since is not None:
            stops.append(since)
            starts.append(event.at_s)
            since = None
    if not stops or len(unix_s) < 2:
        return np.zeros(max(len(unix_s) - 1, 0))
    # how long it has stood still by any instant: level while it runs, rising while it stands
    turns = np.ravel(np.column_stack((stops, starts)))
    stood = np.cumsum(np.diff(turns, prepend=turns[0]) * np.tile([0.0, 1.0], len(stops)))
    return np.diff(np.interp(unix_s, turns, stood))
