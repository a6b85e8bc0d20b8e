"""Where the samples cover only part of a run, its distance and its time both come from the device, or neither does."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from loadmon import evidence
from loadmon.readers.moving import MOVING_MPS, Times, recorded_seconds
from loadmon.readers.recording import Column, Recording
from loadmon.session import Oddity
from loadmon.units import Units, duration

PARTLY_RECORDED = "samples cover only part"
TOTALS_IMPOSSIBLE = "device totals impossible"
ALLOWED_SHARE = 1.05
"""How much more than the samples the device may tell before they count as a part only (loadmon convention)."""
ROUNDING_S = 2.0


def whole_of(recording: Recording, unix_s: Column, distance_m: Column, times: Times) -> tuple[Times, list[Oddity]]:
    """The times of a session, the device's own where it tells of more distance in more time than its samples hold.

    A watch that dies and writes its summary later, or loses samples on the way, still knows how far and how long.
    Its distance over the time of the samples would be a pace nobody ran.

    Parameters
    ----------
    recording : Recording
        With the device's totals and the timer's events.
    unix_s, distance_m : array, shape (n,)
        Strictly rising Unix seconds; metres from the start, NaN for missing.
    times : Times
        As the samples give them.

    Returns
    -------
    tuple
        The times, and what is said of it: ``PARTLY_RECORDED`` where the device's pair was taken, ``TOTALS_IMPOSSIBLE``
        where it cannot be believed and distance and time are to come from the samples.
    """
    told_m, told_s = recording.totals.distance_m, recording.totals.timer_s
    if not told_m or not told_s or not np.isfinite(told_m + told_s):
        return times, []
    recorded = recorded_seconds(unix_s, recording.events, told_s)
    held_s, held_m = float(np.sum(recorded)), _metres_in(distance_m, recorded > 0)
    if told_s <= ALLOWED_SHARE * held_s + evidence.RECORDED_GAP_S.value or told_m <= ALLOWED_SHARE * held_m:
        return times, []
    both = f"The device tells of {_pair(told_m, told_s)}, its samples hold {_pair(held_m, held_s)}"
    if not _plausible(recording, told_m / told_s):
        what = f"{both}; nobody runs like that, so distance and time were taken from the samples."
        return times, [Oddity(TOTALS_IMPOSSIBLE, what)]
    # what stood still while it was recorded stood still; for the rest there is only the device's word
    stood = 0.0 if times.moving_s is None else max(held_s - times.moving_s, 0.0)
    moving = times.moving_s if times.moving_s is None else max(told_s - stood, times.moving_s)
    told = recording.totals.moving_s
    if moving is not None and told and times.moving_s is not None and times.moving_s <= told <= told_s:
        moving = told
    what = f"{both}; distance and time are the device's, everything else is known for the recorded part only."
    whole = replace(times, elapsed_s=max(times.elapsed_s, told_s), timer_s=told_s, moving_s=moving)
    return whole, [Oddity(PARTLY_RECORDED, what)]


def _metres_in(distance_m: Column, recorded: np.ndarray) -> float:
    """Metres between samples that follow each other without a gap."""
    known = np.flatnonzero(np.isfinite(distance_m))
    if not len(known):
        return 0.0
    filled = np.interp(np.arange(len(distance_m)), known, distance_m[known])
    return float(np.sum(np.diff(filled)[recorded])) + float(filled[0])


def _plausible(recording: Recording, speed_mps: float) -> bool:
    elapsed_s, timer_s = recording.totals.elapsed_s, recording.totals.timer_s or 0.0
    if elapsed_s and elapsed_s * ALLOWED_SHARE + ROUNDING_S < timer_s:
        return False
    return not recording.sport.is_running or MOVING_MPS <= speed_mps <= evidence.FASTEST_RUN_MPS.value


def _pair(metres: float, seconds: float) -> str:
    return f"{Units().distance(metres, 2)} in {duration(seconds)}"
