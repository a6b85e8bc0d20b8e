"""A figure that is missing because a correction took its channel out says so, and not that nothing was recorded."""

from __future__ import annotations

import pytest

from loadmon import measure
from loadmon.correction import Correction, CorrectionKind
from loadmon.measure import REASON_WORDS
from loadmon.repair import corrected
from loadmon.repair.reasons import true_reason
from loadmon.session import Session
from tests.repair.made import run

K = CorrectionKind


def without(channel: str) -> Session:
    return corrected(run(), [Correction(K.CHANNEL_OUT, {"channel": channel})])


@pytest.mark.parametrize(
    ("channel", "code", "told"),
    [
        ("heart_rate_bpm", measure.NO_HEART_RATE, measure.HEART_RATE_LEFT_OUT),
        ("cadence_spm", measure.NO_CADENCE, measure.CADENCE_LEFT_OUT),
        ("cadence_spm", measure.TOO_FEW_WINDOWS, measure.CADENCE_LEFT_OUT),
        ("speed_mps", measure.NO_SPEED, measure.SPEED_LEFT_OUT),
        ("distance_m", measure.NO_SPEED, measure.SPEED_LEFT_OUT),
        ("altitude_m", measure.NO_ALTITUDE, measure.ALTITUDE_LEFT_OUT),
        ("step_length_m", measure.NOT_MEASURED, measure.CHANNEL_LEFT_OUT),
        ("heart_rate_bpm", measure.NO_CADENCE, measure.NO_CADENCE),
        ("heart_rate_bpm", measure.DECOUPLING_SHORT, measure.DECOUPLING_SHORT),
        ("heart_rate_bpm", measure.NO_MAX_HEART_RATE, measure.NO_MAX_HEART_RATE),
    ],
)
def test_the_correction_is_the_reason_where_it_is(channel: str, code: str, told: str) -> None:
    assert true_reason(code, run()) == code
    assert true_reason(code, without(channel), "step_length_m") == told
    assert REASON_WORDS[told].endswith(".")


def test_of_what_was_not_measured_only_the_channel_itself_is_told() -> None:
    assert true_reason(measure.NOT_MEASURED, without("step_length_m"), "vertical_ratio_pct") == measure.NOT_MEASURED
    assert true_reason(None, without("step_length_m")) is None


@pytest.mark.parametrize("code", [measure.NO_HEART_RATE, measure.HEART_RATE_SPARSE])
def test_heart_rate_that_was_the_cadence_is_told_as_left_out_in_part(code: str) -> None:
    lock = {"from_s": 0.0, "to_s": 1700.0, "channel": "heart_rate_bpm"}
    locked = corrected(run(), [Correction(K.CADENCE_LOCK, lock)])
    assert true_reason(code, locked) == measure.HEART_RATE_PART_LEFT_OUT
    other = corrected(run(), [Correction(K.CADENCE_LOCK, lock | {"channel": "cadence_spm"})])
    assert true_reason(code, other) == code, "it was the cadence that was left out"
