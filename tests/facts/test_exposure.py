"""What a run's tissues were exposed to comes with its facts, or the reason why it does not."""

from __future__ import annotations

import dataclasses
from typing import Any

import numpy as np
import pytest

from loadmon.facts import facts_of
from loadmon.facts.exposure import agreeing
from loadmon.measure import NO_SAMPLES, NO_SPEED, NOT_A_RUN, REASON_WORDS, SPEED_COVERAGE
from loadmon.readers.partly_recorded import PARTLY_RECORDED
from loadmon.session import Oddity, Session, Sport
from loadmon.tissue.exposure import Exposure, pieces_from
from loadmon.tissue.stream import SlopeQuality
from tests.facts.made import made
from tests.repair.test_corrected import table_row

T = np.arange(1201)
RUN: dict[str, Any] = {"distance_m": 3.0 * T, "speed_mps": 3.0, "altitude_m": 100 + 0.15 * T, "cadence_spm": 170.0}
"""Twenty minutes up one slope of five per cent."""


def exposure(session: Session) -> Exposure:
    facts = facts_of(session)
    assert facts.exposure is not None
    assert facts.exposure_reason is None
    return facts.exposure


def told(one: Exposure) -> tuple[float, float, float, float]:
    """Metres, steps of one leg, mean slope and mean cadence of what was run."""
    pieces = pieces_from([one])
    seconds = pieces.seconds / pieces.seconds.sum()
    steps = float((pieces.cadence_spm * pieces.seconds).sum() / 120)
    return (
        float((pieces.speed_mps * pieces.seconds).sum()),
        steps,
        float(seconds @ pieces.slope),
        float(seconds @ pieces.cadence_spm),
    )


def test_a_run_s_steps_lie_at_its_speed_slope_and_cadence() -> None:
    metres, steps, slope, cadence = told(exposure(made(T, **RUN)))
    assert metres == pytest.approx(3600, rel=1e-3)
    assert steps == pytest.approx(1200 * 170 / 120, rel=1e-3)
    assert slope == pytest.approx(0.05, abs=1e-3)
    assert cadence == pytest.approx(170, abs=0.1)


@pytest.mark.parametrize(
    ("session", "quality", "treadmill"),
    [
        (made(T, **RUN), SlopeQuality.GOOD, False),
        (made(T, file_format="gpx", **RUN), SlopeQuality.LOW, False),
        (made(T, **(RUN | {"altitude_m": np.nan})), SlopeQuality.UNKNOWN, False),
        (made(T, **(RUN | {"altitude_m": 100 + 1.3 * T})), SlopeQuality.UNKNOWN, False),
        (made(T, sport=Sport.TREADMILL_RUN, **RUN), SlopeQuality.INDOORS, True),
    ],
    ids=["a watch's own file", "satellites", "no heights", "heights of a wall", "treadmill"],
)
def test_how_far_slopes_are_believed_is_kept_with_it(session: Session, quality: SlopeQuality, treadmill: bool) -> None:
    one = exposure(session)
    assert (one.slope_quality, one.treadmill) == (quality, treadmill)


@pytest.mark.parametrize(
    ("session", "reason"),
    [
        (made(T, sport=Sport.RIDE, **RUN), NOT_A_RUN),
        (made(T, sport=Sport.HIKE, **RUN), NOT_A_RUN),
        (table_row(), NO_SAMPLES),
        (made([0.0], speed_mps=3.0), NO_SAMPLES),
        (made(T, cadence_spm=170.0), NO_SPEED),
        (made(T, sport=Sport.TREADMILL_RUN, speed_mps=0.0, distance_m=0.0, cadence_spm=170.0), NO_SPEED),
    ],
    ids=["a ride", "a hike", "a table's row", "one sample", "no speed", "steps without speed"],
)
def test_where_there_is_none_the_facts_say_why(session: Session, reason: str) -> None:
    facts = facts_of(session)
    assert (facts.exposure, facts.exposure_reason) == (None, reason)
    assert REASON_WORDS[reason].endswith(".")


def test_what_is_known_of_a_part_only_says_so_and_keeps_the_part() -> None:
    half = facts_of(made(T, **(RUN | {"speed_mps": np.where(T < 600, 3.0, np.nan)})))
    assert half.exposure is not None
    assert half.exposure_reason == SPEED_COVERAGE
    assert told(half.exposure)[0] == pytest.approx(1800, rel=0.02)
    assert half.exposure.unknown_s == pytest.approx(600, abs=2)
    stopped = dataclasses.replace(made(T, **RUN), timer_s=2400.0, oddities=(Oddity(PARTLY_RECORDED, "died"),))
    died = facts_of(stopped)
    assert died.exposure is not None
    assert died.exposure_reason == SPEED_COVERAGE
    assert died.exposure.unknown_s == pytest.approx(1200, abs=2)


def test_standing_about_is_no_lost_running() -> None:
    """Ten minutes at a café with the watch running: known, and nothing was run in them."""
    stood = made(
        T,
        **(RUN | {"speed_mps": np.where(T < 600, 3.0, 0.0), "cadence_spm": np.where(T < 600, 170.0, 0.0)}),
    )
    one = exposure(stood)
    assert one.unknown_s == 0
    assert facts_of(stood).exposure_reason is None


def test_speeds_are_brought_to_the_metres_the_watch_counted() -> None:
    slow = made(T, **(RUN | {"speed_mps": 2.7}))
    assert told(exposure(slow))[0] == pytest.approx(3600, rel=2e-3)
    mad = made(T, **(RUN | {"speed_mps": 1.95}))
    assert told(exposure(mad))[0] == pytest.approx(1.95 * 1200, rel=2e-3), "too far apart: nobody knows which is wrong"
    seconds = np.ones(1201)
    assert agreeing(np.full(1201, np.nan), np.full(1201, 3.0), seconds) == 1.0
    assert agreeing(np.where(T > 900, 3.0 * T, np.nan), np.full(1201, 2.8), seconds) == 1.0, "told of a quarter only"
    assert agreeing(3.0 * T, np.zeros(1201), seconds) == 1.0


def test_what_was_left_out_of_the_cadence_is_the_runner_s_own() -> None:
    one = exposure(made(T, **(RUN | {"cadence_spm": np.nan})))
    assert np.isnan(pieces_from([one]).cadence_spm).all()
