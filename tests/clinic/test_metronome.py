"""The metronome: each click where its step falls, however long the track, and silence where feedback has faded."""

from __future__ import annotations

import io
import wave

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadmon.clinic.metronome import RATE_HZ, ImpossibleMetronome, click_times, click_track, loop_track


def samples(track: bytes) -> np.ndarray:
    with wave.open(io.BytesIO(track)) as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 1, RATE_HZ)
        return np.frombuffer(file.readframes(file.getnframes()), np.uint8).astype(int) - 128


def begins(track: bytes) -> np.ndarray:
    """Where sound begins after silence, in samples: a click is 30 ms and its first sample is silent itself."""
    loud = np.flatnonzero(np.abs(samples(track)) > 8)
    return loud[np.concatenate(([True], np.diff(loud) > 0.05 * RATE_HZ))]


@pytest.mark.parametrize("spm", [152.0, 163.0, 181.0])
def test_the_clicks_heard_are_the_steps_asked_for_to_the_end(spm: float) -> None:
    heard = begins(click_track(spm, 300.0)) / RATE_HZ
    wanted = np.arange(len(heard)) * 60.0 / spm
    assert len(heard) == round(300.0 * spm / 60.0)
    assert np.abs(heard - wanted).max() < 0.001  # no drift: the last is as exact as the first


@given(st.floats(120, 220), st.floats(1, 3600))
def test_as_many_clicks_as_steps(spm: float, seconds: float) -> None:
    times = click_times(spm, seconds)
    assert abs(len(times) - seconds * spm / 60.0) <= 1.0
    assert times[0] == 0.0
    assert times[-1] < seconds


def test_faded_feedback_is_silent_for_the_rest_of_each_minute_and_keeps_the_beat() -> None:
    times = click_times(160.0, 240.0, share=0.25)
    assert np.mod(times, 60.0).max() < 15.0
    assert len(times) == pytest.approx(0.25 * 640, abs=4)
    assert np.isin(times.round(6), click_times(160.0, 240.0).round(6)).all()


def test_a_loop_has_no_seam() -> None:
    for spm in (152.0, 163.0, 179.0):
        track = samples(loop_track(spm))
        pairs = len(track) / RATE_HZ * spm / 120.0
        assert pairs == pytest.approx(round(pairs), abs=0.001)
        assert len(begins(loop_track(spm))) == 2 * round(pairs)


@pytest.mark.parametrize(
    ("spm", "seconds", "share"), [(60, 60, 1), (160, 0, 1), (160, 7200, 1), (160, 60, 0), (160, 60, 1.5)]
)
def test_what_no_metronome_is_made_for_is_refused(spm: float, seconds: float, share: float) -> None:
    with pytest.raises(ImpossibleMetronome):
        click_track(spm, seconds, share=share)
