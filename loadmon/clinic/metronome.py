"""A metronome at the target cadence, as a sound file: a click a step, and silence where feedback has faded."""

from __future__ import annotations

import io
import wave

import numpy as np
from numpy.typing import NDArray

from loadmon.refusal import Refusal

RATE_HZ = 11_025
CADENCES_SPM = (120.0, 220.0)
LONGEST_S = 3_600.0
BLOCK_S = 60.0
"""Feedback that fades is on for a share of each minute."""
_CLICK_S, _HIGH_HZ, _LOW_HZ, _FADING_S = 0.03, 1_760.0, 1_320.0, 0.006
_MIDDLE, _SWING = 128, 110


class ImpossibleMetronome(Refusal):
    """A cadence, a length or a share that no metronome is made for."""

    name = "impossible metronome"


def click_times(spm: float, seconds: float, *, share: float = 1.0) -> NDArray[np.float64]:
    """When each step falls, in seconds from the beginning.

    Parameters
    ----------
    spm : float
        Steps of both feet a minute.
    seconds : float
        How long it goes on.
    share : float
        The share of each minute with clicks; they keep their beat across the silence.

    Raises
    ------
    ImpossibleMetronome
        Outside 120 to 220 steps a minute, a second to an hour, or a share of nothing to all.
    """
    low, high = CADENCES_SPM
    if not low <= spm <= high:
        raise ImpossibleMetronome(
            f"A metronome at {spm:g} steps a minute is not made.", f"Choose from {low:g} to {high:g}."
        )
    if not 1.0 <= seconds <= LONGEST_S:
        raise ImpossibleMetronome(
            f"A track of {seconds:g} s is not made.", f"Choose from 1 s to {LONGEST_S / 60:g} min."
        )
    if not 0.0 < share <= 1.0:
        raise ImpossibleMetronome("The share of feedback lies above 0 and up to 1.", "Choose another share.")
    # a hair's breadth keeps a beat that falls on the very end out, whatever rounding says
    times = np.asarray(np.arange(np.ceil(seconds * spm / 60.0 - 1e-9)) * 60.0 / spm, dtype=np.float64)
    return times[np.mod(times, BLOCK_S) < share * BLOCK_S]


def click_track(spm: float, seconds: float, *, share: float = 1.0) -> bytes:
    """The metronome as a WAV file, one channel, 8 bits; left and right step sound a little different.

    Parameters
    ----------
    spm, seconds, share
        As for ``click_times``.
    """
    times = click_times(spm, seconds, share=share)
    track = np.full(round(seconds * RATE_HZ), _MIDDLE, dtype=np.uint8)
    starts = np.rint(times * RATE_HZ).astype(np.int64)
    left = np.rint(times * spm / 60.0).astype(np.int64) % 2 == 0
    for chosen, pitch in ((left, _HIGH_HZ), (~left, _LOW_HZ)):
        place = starts[chosen][:, None] + np.arange(len(click := _click(pitch)))
        inside = place < len(track)
        track[place[inside]] = np.broadcast_to(click, place.shape)[inside]
    return _wav(track)


def loop_track(spm: float) -> bytes:
    """A short track that can be repeated without a seam: a whole number of pairs of steps, about ten seconds."""
    pairs = max(1, round(10.0 * spm / 120.0))
    return click_track(spm, 2 * pairs * 60.0 / spm)


def _click(pitch_hz: float) -> NDArray[np.uint8]:
    t = np.arange(int(_CLICK_S * RATE_HZ)) / RATE_HZ
    wave_ = np.sin(2 * np.pi * pitch_hz * t) * np.exp(-t / _FADING_S)
    return np.asarray(np.rint(_MIDDLE + _SWING * wave_), dtype=np.uint8)


def _wav(samples: NDArray[np.uint8]) -> bytes:
    held = io.BytesIO()
    with wave.open(held, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(1)
        file.setframerate(RATE_HZ)
        file.writeframes(samples.tobytes())
    return held.getvalue()
