"""Steps add up to a peak force only where their ground contact was timed."""

from __future__ import annotations

import numpy as np
import pytest

from loadmon.facts import facts_of
from tests.facts.made import made
from tests.facts.test_compute import case

T = np.arange(1201)


def test_the_peak_of_every_step_is_half_a_sine_over_its_contact() -> None:
    facts = facts_of(made(T, speed_mps=3.0, cadence_spm=170.0, stance_time_s=0.25))
    steps = 1200 * 170 / 60
    assert facts.steps == pytest.approx(steps)
    assert facts.peak_force_bw_steps == pytest.approx(steps * np.pi / 2 * (60 / 170) / 0.25)


def test_worked_case_cumulative_peak() -> None:
    """4,100 steps at 170 a minute with a peak of 2.263 body weights each."""
    peak, steps, seconds = 2.2628518513, 4100, 1447.0588235294
    cadence = 60.0 * steps / seconds
    stance = np.pi / 2 * (60.0 / cadence) / peak
    facts = facts_of(made(np.linspace(0.0, seconds, 1448), speed_mps=3.0, cadence_spm=cadence, stance_time_s=stance))
    assert facts.peak_force_bw_steps == pytest.approx(9277.6925904332, rel=1e-9)
    told = case("cum_vertical_load")
    assert told["inputs"] | {"steps": steps, "fmax_bw": peak, "run_time_s": seconds} == told["inputs"]
    assert facts.peak_force_bw_steps == pytest.approx(told["expected"]["sum_peak_force_bw_steps"], rel=1e-9)


def test_a_few_untimed_steps_count_like_the_others_and_many_leave_nothing_to_tell() -> None:
    def peak(untimed: int) -> float | None:
        stance = np.where(untimed > T, np.nan, 0.25)
        return facts_of(made(T, speed_mps=3.0, cadence_spm=170.0, stance_time_s=stance)).peak_force_bw_steps

    assert peak(200) == pytest.approx(peak(0))
    assert peak(300) is None
    assert peak(1201) is None


def test_walking_and_steps_without_flight_add_no_peak() -> None:
    walked = made(T, speed_mps=np.where(T < 600, 1.4, 3.0), cadence_spm=np.where(T < 600, 110.0, 170.0),
                  stance_time_s=np.where(T < 600, 0.7, 0.25))  # fmt: skip
    assert facts_of(walked).peak_force_bw_steps == pytest.approx(600 * 170 / 60 * np.pi / 2 * (60 / 170) / 0.25)
    assert facts_of(made(T, speed_mps=3.0, cadence_spm=170.0, stance_time_s=0.4)).peak_force_bw_steps is None
