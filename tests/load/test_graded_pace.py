"""Graded pace: Minetti's numbers, uneven runs, hills that are known and hills that are not."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon.load.graded_pace import cost, factor, graded_speed, heights_wrong, level_speed, pace_stress
from loadmon.load.normalised import normalised
from loadmon.measure import NO_SPEED, SPEED_COVERAGE
from tests.paths import oracle


def cases() -> dict[str, Any]:
    return {c["id"]: c for c in json.loads(oracle("load-and-gait.json").read_text(encoding="utf-8"))["cases"]}


def run(speed: Any, slope: Any = None, seconds: Any = None, moving: Any = None) -> Any:
    speed = np.asarray(speed, dtype=float)
    seconds = np.ones(len(speed)) if seconds is None else np.asarray(seconds, dtype=float)
    moving = np.nan_to_num(speed, nan=1.0) >= 0.8 if moving is None else np.asarray(moving)
    return graded_speed(speed, seconds, None if slope is None else np.asarray(slope, dtype=float), moving)


STEP = np.repeat([3.0, 4.0], 600)


def test_worked_case_minetti() -> None:
    case = cases()["minetti_cost"]
    grade = case["inputs"]["grade"]
    tolerance = case["tolerance"]["abs"]
    np.testing.assert_allclose(cost(grade), case["expected"]["cost_J_kg_m"], atol=tolerance, rtol=0)
    np.testing.assert_allclose(factor(grade), case["expected"]["factor_vs_flat"], atol=tolerance, rtol=0)


def test_worked_case_a_step_of_speed() -> None:
    case = cases()["ngp_flat_step"]
    found = run(STEP, np.zeros(1200))
    assert found.normalised_mps == pytest.approx(case["expected"]["ngs_mps"], abs=case["tolerance"]["abs"])
    assert 1000 / found.normalised_mps == pytest.approx(case["expected"]["ngp_s_per_km"], abs=1e-4)
    assert found.mean_mps == pytest.approx(case["expected"]["mean_ga_speed"])


def test_worked_case_pace_stress() -> None:
    case = cases()["rtss_flat_step"]
    given_ = case["inputs"]
    found = pace_stress(given_["moving_s"], given_["ngs_mps"], given_["threshold_mps"])
    assert float(found) == pytest.approx(case["expected"]["rtss"], abs=case["tolerance"]["abs"])
    case = cases()["rss_elevate"]
    for given_, want in zip(case["inputs"], case["expected"], strict=True):
        found = pace_stress(given_["moving_s"], 1000 / given_["gap_s_per_km"], 1000 / given_["threshold_s_per_km"])
        assert float(found) == pytest.approx(want["rtss"], abs=case["tolerance"]["abs"])


# the key numbers once more, so that they hold where the worked cases are not at hand
@pytest.mark.parametrize(
    ("grade", "expected"),
    [(0.0, 1.0), (0.05, 1.3014433507), (0.1, 1.6578372222), (-0.05, 0.7627566493), (-0.1, 0.5976961111)],
)
def test_what_a_metre_on_a_slope_is_worth(grade: float, expected: float) -> None:
    assert float(factor(grade)) == pytest.approx(expected, abs=1e-9)


def test_ten_minutes_and_ten_minutes_faster() -> None:
    found = run(STEP)
    assert found.normalised_mps == pytest.approx(3.5898656545, abs=1e-6)
    assert float(pace_stress(1200, found.normalised_mps, 3.6)) == pytest.approx(33.1459244267, abs=1e-6)


def test_as_pandas_has_it() -> None:
    rng = np.random.default_rng(7)
    speed = rng.uniform(1.0, 6.0, 2000)
    smooth = pd.Series(speed).rolling(30, min_periods=1).mean().to_numpy()
    assert run(speed).normalised_mps == pytest.approx(float(np.mean(smooth**4) ** 0.25), rel=1e-12)


@pytest.mark.parametrize("grade", [0.45, 0.46, 3.0])
def test_steeper_than_was_measured_counts_as_the_steepest_and_is_counted(grade: float) -> None:
    assert float(cost(grade)) == float(cost(0.45))
    assert float(cost(-grade)) == float(cost(-0.45))
    assert run(np.full(60, 1.0), np.where(np.arange(60) < 7, grade, 0.1)).clamped == 7


def test_a_slope_that_would_make_a_runner_faster_than_anybody_is_a_wrong_height() -> None:
    """One jump of the barometer over half a minute would otherwise double the whole run by its fourth power."""
    slope = np.where((np.arange(1200) >= 300) & (np.arange(1200) < 330), 0.4, 0.0)
    found = run(np.full(1200, 3.0), slope)
    assert (found.normalised_mps, found.clamped) == (pytest.approx(3.0), 30)
    climb = run(np.full(1200, 1.5), slope)  # 1.5 m/s at 40 % is hard, and possible
    assert climb.clamped == 0
    assert climb.normalised_mps > 2.4
    assert level_speed(np.array([3.0, 1.5]), np.array([0.4, 0.4])).tolist() == pytest.approx(
        [3.0, 1.5 * float(factor(0.4))]
    )


@pytest.mark.parametrize(("steep", "wrong"), [(0, False), (100, False), (101, True), (1000, True)])
def test_heights_are_not_believed_where_a_tenth_of_the_run_would_be_impossible(steep: int, wrong: bool) -> None:
    slope = np.where(np.arange(1000) < steep, 0.4, 0.01)
    assert heights_wrong(np.full(1000, 3.0), slope) is wrong
    assert not heights_wrong(np.full(1000, 1.0), np.full(1000, 0.45))


def test_hills_that_are_not_known_are_left_out_and_it_says_so() -> None:
    speed, slope = np.full(600, 3.0), np.full(600, 0.1)
    flat, hilly = run(speed), run(speed, slope)
    assert (flat.grade_known, flat.normalised_mps) == (False, pytest.approx(3.0))
    assert (hilly.grade_known, hilly.normalised_mps) == (True, pytest.approx(3.0 * 1.6578372222))
    assert level_speed(speed, None) is speed
    assert level_speed(speed, slope)[0] == pytest.approx(3.0 * 1.6578372222)


def test_standing_counts_as_a_pause_does() -> None:
    speed = np.concatenate([np.full(300, 3.0), np.zeros(120), np.full(300, 3.5)])
    paused = np.where(speed > 0, 1.0, 0.0)
    stood, stopped = run(speed), run(speed[speed > 0])
    assert stood == stopped
    assert run(speed, seconds=paused) == stopped
    assert stood.mean_mps == pytest.approx(3.25)


def test_a_sample_every_four_seconds_tells_the_same() -> None:
    assert run([3.0] * 150 + [4.0] * 150, seconds=[4.0] * 300).normalised_mps == pytest.approx(
        run(STEP).normalised_mps, rel=1e-12
    )
    fast = run(np.repeat(STEP, 5), seconds=np.full(6000, 0.2))
    assert fast.normalised_mps == pytest.approx(run(STEP).normalised_mps, rel=1e-9)


def test_speed_missing_here_and_there_is_left_out_and_no_zero() -> None:
    speed = STEP.copy()
    speed[::6] = np.nan
    found = run(speed)
    assert found.reason is None
    assert found.mean_mps == pytest.approx(3.5)
    assert found.normalised_mps == pytest.approx(run(STEP).normalised_mps, abs=0.01)


def test_speed_missing_for_more_than_a_fifth_gives_no_value() -> None:
    speed = np.where(np.arange(1000) < 790, 3.0, np.nan)
    assert (run(speed).normalised_mps, run(speed).mean_mps, run(speed).reason) == (None, None, SPEED_COVERAGE)
    assert run(np.where(np.arange(1000) < 800, 3.0, np.nan)).reason is None


@pytest.mark.parametrize("speed", [[], [3.0], [np.nan] * 50, [0.0] * 50])
def test_no_speed_no_value(speed: list[float]) -> None:
    found = run(speed, seconds=[0.0] * len(speed) if len(speed) == 1 else None)
    assert (found.normalised_mps, found.mean_mps, found.reason) == (None, None, NO_SPEED)


@pytest.mark.parametrize(
    ("moving", "speed", "threshold"), [(np.nan, 3, 4), (60, np.nan, 4), (60, 3, np.nan), (60, 3, 0)]
)
def test_no_pace_stress_without_its_three_numbers(moving: float, speed: float, threshold: float) -> None:
    assert np.isnan(pace_stress(moving, speed, threshold))


speeds = st.lists(st.floats(0.9, 7.0), min_size=2, max_size=120)


@settings(max_examples=80, deadline=None)
@given(speeds, st.floats(0.2, 4.0))
def test_all_faster_by_a_factor_is_faster_by_that_factor(speed: list[float], times: float) -> None:
    values = np.array(speed)
    seconds = np.ones(len(values))
    assert normalised(values * times, seconds) == pytest.approx(times * normalised(values, seconds), rel=1e-9)


@settings(max_examples=80, deadline=None)
@given(speeds)
def test_between_the_slowest_and_the_fastest(speed: list[float]) -> None:
    found = run(speed)
    assert min(speed) * (1 - 1e-9) <= found.normalised_mps <= max(speed) * (1 + 1e-9)


@settings(max_examples=80, deadline=None)
@given(st.floats(0.9, 6.0), st.integers(1, 400))
def test_an_even_run_is_its_speed(speed: float, seconds: int) -> None:
    assert run(np.full(seconds, speed)).normalised_mps == pytest.approx(speed)


@settings(max_examples=60, deadline=None)
@given(st.floats(-0.45, 0.44), st.floats(0.001, 0.01))
def test_uphill_is_dearer_from_the_cheapest_slope_on(grade: float, more: float) -> None:
    cheapest = -0.181  # where the polynomial has its least
    if grade >= cheapest:
        assert float(cost(grade + more)) > float(cost(grade))
    assert float(cost(grade)) > 1.7
