"""Runs whose samples cover only part of what the device tells of: distance and time come from one of the two."""

from __future__ import annotations

import numpy as np
import pytest

from loadmon.facts import facts_of
from loadmon.measure import SPEED_COVERAGE
from loadmon.readers.partly_recorded import PARTLY_RECORDED, TOTALS_IMPOSSIBLE
from loadmon.session import DeviceTotals, Sport
from tests.readers.test_clean import clean, odd

HALF = np.arange(1801)
"""Half an hour at 3 m/s, 5.4 km."""


def half_an_hour(totals: DeviceTotals, sport: Sport = Sport.RUN, seconds=HALF):
    return clean(seconds, sport, speed_mps=3.0, distance_m=3.0 * np.asarray(seconds), heart_rate_bpm=150.0,
                 strides_per_min=84.0, totals=totals)  # fmt: skip


def test_a_watch_that_died_and_wrote_its_summary_is_believed_whole() -> None:
    session = half_an_hour(DeviceTotals(distance_m=10_000, timer_s=3600, elapsed_s=3700))
    facts = facts_of(session)
    assert (facts.distance_m, facts.distance_source) == (10_000, "device")
    assert (facts.elapsed_s, facts.timer_s, facts.moving_s) == (3600, 3600, 3600)
    assert facts.mean_speed_mps == pytest.approx(10_000 / 3600)
    (said,) = (o.detail for o in session.oddities if o.name == PARTLY_RECORDED)
    for figure in ("10.00 km", "1 h 00 min", "5.40 km", "in 30 min"):
        assert figure in said
    assert "timer differs from the device" not in odd(session)


def test_what_needs_samples_is_measured_against_the_whole_time() -> None:
    facts = facts_of(half_an_hour(DeviceTotals(distance_m=10_000, timer_s=3600)))
    assert facts.heart_rate_coverage == pytest.approx(0.5)
    assert (facts.steps, facts.steps_reason) == (
        None,
        "cadence is known for 50 % of the time in motion; steps need 80 %",
    )
    assert (facts.normalised_graded_mps, facts.graded_reason) == (None, SPEED_COVERAGE)
    whole = facts_of(half_an_hour(DeviceTotals(distance_m=5_400, timer_s=1800)))
    assert whole.heart_rate_coverage == 1.0
    assert whole.steps is not None
    assert whole.normalised_graded_mps == pytest.approx(3.0)


def test_samples_lost_on_the_way_are_part_of_the_time_too() -> None:
    seconds = np.r_[np.arange(900), np.arange(2700, 3601)]
    session = half_an_hour(DeviceTotals(distance_m=10_800, timer_s=3600), seconds=seconds)
    assert PARTLY_RECORDED in odd(session)
    assert (session.timer_s, session.moving_s) == (3600, 3600)
    assert facts_of(session).mean_speed_mps == pytest.approx(3.0)
    # a pause without samples in which nobody got any further is none of it
    stood = np.where(np.arange(len(seconds)) < 900, seconds, seconds - 1800) * 3.0
    session = clean(seconds, speed_mps=3.0, distance_m=stood, totals=DeviceTotals(distance_m=5_403, timer_s=3600))
    assert PARTLY_RECORDED not in odd(session)
    assert facts_of(session).mean_speed_mps == pytest.approx(3.0, rel=0.01)


@pytest.mark.parametrize(
    "totals",
    [
        DeviceTotals(distance_m=100_000, timer_s=3600),  # faster than anybody runs
        DeviceTotals(distance_m=6_000, timer_s=36_000),  # slower than anybody walks
        DeviceTotals(distance_m=10_000, timer_s=3600, elapsed_s=1800),  # a timer that ran for longer than there was
    ],
)
def test_where_the_device_cannot_be_believed_both_come_from_the_samples(totals: DeviceTotals) -> None:
    session = half_an_hour(totals)
    facts = facts_of(session)
    assert TOTALS_IMPOSSIBLE in odd(session)
    assert (facts.distance_m, facts.timer_s, facts.moving_s) == (5_400, 1800, 1800)
    assert facts.distance_source == "stream"
    assert facts.distance_reason is not None and "device's own" in facts.distance_reason


def test_standing_that_was_recorded_stays_standing() -> None:
    speed = np.where(HALF < 300, 0.0, 3.0)
    session = clean(HALF, speed_mps=speed, distance_m=np.cumsum(speed),
                    totals=DeviceTotals(distance_m=10_000, timer_s=3600))  # fmt: skip
    assert (session.timer_s, session.moving_s) == (3600, pytest.approx(3300, abs=2))


@pytest.mark.parametrize("nonsense", [np.inf, np.nan])
def test_a_total_that_is_no_number_is_no_claim(nonsense: float) -> None:
    for totals in (DeviceTotals(distance_m=10_000, timer_s=nonsense), DeviceTotals(distance_m=nonsense, timer_s=3600)):
        session = half_an_hour(totals)
        assert not {PARTLY_RECORDED, TOTALS_IMPOSSIBLE} & set(odd(session))
        assert session.moving_s == 1800
