"""Load by steps: both feet counted, peak forces added up, and a sum over time that would tell nothing."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon.facts.steps import steps_of
from loadmon.gait.stiffness import peak_force_bw
from loadmon.load.steps import cumulative_peak, power_law_load, steps_taken
from tests.paths import oracle


def cases() -> dict[str, Any]:
    return {c["id"]: c for c in json.loads(oracle("load-and-gait.json").read_text(encoding="utf-8"))["cases"]}


CADENCE = np.repeat([160.0, 168.0], 1500)
SECONDS = np.ones(3000)


def test_worked_case_steps() -> None:
    case = cases()["steps_cumulative"]
    tolerance = case["tolerance"]["abs"]
    assert steps_taken(CADENCE, SECONDS) == pytest.approx(case["expected"]["steps"], abs=tolerance)
    assert steps_taken(CADENCE, SECONDS) / 2 == pytest.approx(case["expected"]["steps_per_side"], abs=tolerance)
    running, walking, reason = steps_of(SECONDS, CADENCE, np.full(3000, 3.0))
    assert (running, walking, reason) == (pytest.approx(case["expected"]["steps"], abs=tolerance), 0.0, None)


def test_worked_case_peak_forces_added_up() -> None:
    case = cases()["cum_vertical_load"]
    given_ = case["inputs"]
    found = cumulative_peak(given_["steps"], given_["fmax_bw"])
    # the case's factor is written with ten decimals, over 4,100 steps
    assert found == pytest.approx(
        case["expected"]["sum_peak_force_bw_steps"], abs=case["tolerance"]["abs"] + 4100 * 5e-11
    )


def test_worked_case_power_law() -> None:
    case = cases()["power_law_load"]
    for exponent, want in case["expected"].items():
        found = power_law_load(case["inputs"]["steps"], case["inputs"]["relative_peak_force"], float(exponent))
        assert found == pytest.approx(want, abs=case["tolerance"]["abs"])


# the key numbers once more, so that they hold where the worked cases are not at hand
def test_fifty_minutes_are_8200_steps() -> None:
    assert steps_taken(CADENCE, SECONDS) == pytest.approx(8200, abs=1e-6)


@pytest.mark.parametrize(("exponent", "sum_"), [(1, 4200.0), (4, 4928.2), (9, 6715.895382)])
def test_how_much_a_sum_hangs_on_the_exponent(exponent: float, sum_: float) -> None:
    assert power_law_load([2000, 2000], [1.0, 1.1], exponent) == pytest.approx(sum_, abs=1e-4)


def test_4100_steps_at_170_a_minute() -> None:
    peak = peak_force_bw(0.245, 60 / 170 - 0.245)
    assert cumulative_peak(4100, peak) == pytest.approx(9277.6925904, abs=1e-6)


def test_steps_whose_cadence_is_missing_add_nothing() -> None:
    assert steps_taken(np.array([160.0, np.nan, 160.0]), np.full(3, 60.0)) == pytest.approx(320)


def test_steps_of_which_no_peak_is_known_are_not_without_force() -> None:
    assert math.isnan(cumulative_peak([4100, 10], np.nan))
    assert math.isnan(power_law_load([4100], [np.nan], 4))
    assert cumulative_peak([4100, 10], [2.0, np.nan]) == 8200.0
    assert cumulative_peak([], []) == 0.0


@settings(max_examples=80, deadline=None)
@given(st.floats(140, 210), st.floats(0.15, 0.27), st.integers(100, 20000))
def test_force_summed_over_time_is_weight_times_time_whatever_the_technique(
    cadence: float, contact: float, steps: int
) -> None:
    """Why no impulse is offered as a measure of impact: half a sine over contact always gives the same."""
    peak = float(peak_force_bw(contact, 60 / cadence - contact))
    impulse = steps * peak * contact * 2 / math.pi
    assert impulse == pytest.approx(steps * 60 / cadence)


@settings(max_examples=80, deadline=None)
@given(st.lists(st.tuples(st.floats(1, 1e4), st.floats(0.5, 2)), min_size=1, max_size=10), st.floats(0.1, 5))
def test_more_steps_of_the_same_kind_scale_the_sum(rows: list[tuple[float, float]], times: float) -> None:
    steps, peak = np.array(rows).T
    assert power_law_load(steps * times, peak, 4) == pytest.approx(times * power_law_load(steps, peak, 4))
    assert power_law_load(steps, np.ones(len(steps)), 9) == pytest.approx(float(steps.sum()))
