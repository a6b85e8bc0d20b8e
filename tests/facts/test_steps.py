"""Steps are told only where cadence was measured for enough of the movement."""

from __future__ import annotations

import numpy as np
import pytest

from loadmon import evidence
from loadmon.facts import facts_of
from loadmon.facts.steps import steps_of
from tests.facts.made import made

T = np.arange(3601)


def test_running_and_walking_steps_are_apart() -> None:
    walked = made(T, speed_mps=np.where(T < 600, 1.4, 3.0), cadence_spm=np.where(T < 600, 110.0, 170.0))
    facts = facts_of(walked)
    assert (facts.steps, facts.walk_steps) == pytest.approx((3000 * 170 / 60, 600 * 110 / 60))
    assert facts.steps_reason is None


@pytest.mark.parametrize("lost", [np.nan, 0.0], ids=["no value", "a zero"])
def test_cadence_lost_after_the_first_minute_is_no_hour_of_165_steps(lost: float) -> None:
    facts = facts_of(made(T, speed_mps=3.0, cadence_spm=np.where(T < 60, 165.0, lost)))
    assert (facts.steps, facts.walk_steps) == (None, None)
    assert facts.steps_reason == "cadence is known for 2 % of the time in motion; steps need 80 %"


def test_a_fifth_of_the_movement_may_lack_cadence() -> None:
    def steps(known: int) -> float | None:
        return steps_of(np.ones(1000), np.where(np.arange(1000) < known, 168.0, np.nan), np.full(1000, 3.0))[0]

    assert evidence.STEPS_CADENCE_COVERAGE.value == 0.8
    assert steps(800) == pytest.approx(800 * 168 / 60)
    assert steps(799) is None


def test_standing_needs_no_cadence() -> None:
    running = T < 1200
    facts = facts_of(made(T, speed_mps=np.where(running, 3.0, 0.0), cadence_spm=np.where(running, 170.0, np.nan)))
    assert facts.steps == pytest.approx(1200 * 170 / 60)
    stood = steps_of(np.ones(100), np.zeros(100), np.zeros(100))
    assert stood == (0.0, 0.0, None)  # a watch that stood still took no step, and knows it


def test_without_speed_a_gap_in_cadence_may_hide_movement() -> None:
    facts = facts_of(made(T, cadence_spm=np.where(T < 60, 165.0, np.nan)))
    assert facts.steps is None
    assert facts_of(made(T, cadence_spm=165.0)).steps == pytest.approx(60 * 165)


def test_no_cadence_at_all_is_another_reason() -> None:
    assert facts_of(made(T, speed_mps=3.0)).steps_reason == "the file holds no cadence"
