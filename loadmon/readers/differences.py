"""Where our sums over the samples and the device's own totals tell different stories."""

from __future__ import annotations

import numpy as np

from loadmon.readers.distance import covered_m
from loadmon.readers.moving import Times, explains, longest_gap_s, recorded_seconds, stopped_seconds
from loadmon.readers.recording import Column, Recording
from loadmon.session import Oddity

WORTH_A_WORD = 0.01
"""Shares of the device's figure; below it, rounding and the first and last sample explain enough."""
ROUNDING_S = 2.0


def differences(recording: Recording, unix_s: Column, columns: dict[str, Column], times: Times) -> list[Oddity]:
    """Every total of the device that our samples give differently by more than one part in a hundred.

    Parameters
    ----------
    recording : Recording
        With the device's totals and the timer's events.
    unix_s : array, shape (n,)
        Strictly rising Unix seconds.
    columns : dict of str to array, shape (n,)
        Cleaned.
    times : Times
        Ours.
    """
    totals = recording.totals
    oddities = []
    ours = covered_m(columns["distance_m"])
    if totals.distance_m and np.isfinite(ours) and abs(ours - totals.distance_m) > WORTH_A_WORD * totals.distance_m:
        oddities.append(
            Oddity(
                "distance differs from the device",
                f"The samples give {100 * ours / totals.distance_m - 100:+.1f} % against what the device declared.",
            )
        )
    told = totals.elapsed_s
    if told and abs(times.elapsed_s - told) > max(WORTH_A_WORD * told, ROUNDING_S):
        oddities.append(
            Oddity(
                "duration differs from the device",
                f"From the first sample to the last it is {100 * times.elapsed_s / told - 100:+.1f} % "
                "of the time that the device declared.",
            )
        )
    oddities += _timer(recording, unix_s, times)
    # a watch takes its mean while its timer runs
    seconds = recorded_seconds(unix_s, recording.events, totals.timer_s)
    heart, device = mean_over_time(seconds, columns.get("heart_rate_bpm")), totals.mean_heart_rate_bpm
    if device and np.isfinite(heart) and abs(heart - device) > WORTH_A_WORD * device:
        oddities.append(
            Oddity(
                "heart rate differs from the device",
                f"The samples give a mean of {heart:.0f} beats a minute, the device declared {device:.0f}.",
            )
        )
    return oddities


def mean_over_time(seconds: Column, values: Column | None) -> float:
    """The mean of a column, each value weighing as long as it stands; NaN if there is none.

    Parameters
    ----------
    seconds : array, shape (n - 1,)
        From each sample to the next, 0 over gaps and while the timer stood (``moving.recorded_seconds``).
    values : array, shape (n,), or None
        NaN for missing.
    """
    if values is None:
        return float("nan")
    known = np.isfinite(values[:-1])
    total = float(np.sum(seconds[known]))
    return float(np.sum(values[:-1][known] * seconds[known])) / total if total > 0 else float("nan")


def _timer(recording: Recording, unix_s: Column, times: Times) -> list[Oddity]:
    told = recording.totals.timer_s
    if told and abs(times.timer_s - told) > WORTH_A_WORD * told:
        return [
            Oddity(
                "timer differs from the device",
                "The device declared a timer time that its samples cannot hold; theirs was taken.",
            )
        ]
    stopped = float(np.sum(stopped_seconds(unix_s, recording.events)))
    if told and recording.events and not explains(times.elapsed_s, stopped, told):
        return [
            Oddity(
                "pauses not all told",
                "Starts and stops of the timer do not add up to the device's timer time; the device's was kept.",
            )
        ]
    step = np.diff(unix_s)
    recorded = float(np.sum(step[step < longest_gap_s(unix_s)]))
    if told and not recording.events and recorded > told and not explains(recorded, 0.0, told):
        return [
            Oddity(
                "timer differs from the device",
                f"The samples go on for {100 * recorded / told:.0f} % of the timer time that the device declared, "
                "and no pause is told; the device's was kept.",
            )
        ]
    return []
