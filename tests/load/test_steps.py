"""Load by steps: both feet counted, and a sum over time that would tell nothing."""

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
from loadmon.load.steps import steps_taken
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


# the key numbers once more, so that they hold where the worked cases are not at hand
def test_fifty_minutes_are_8200_steps() -> None:
    assert steps_taken(CADENCE, SECONDS) == pytest.approx(8200, abs=1e-6)


def test_4100_steps_at_170_a_minute_add_up_to_9278_body_weights() -> None:
    assert 4100 * float(peak_force_bw(0.245, 60 / 170 - 0.245)) == pytest.approx(9277.6925904, abs=1e-6)


def test_steps_whose_cadence_is_missing_add_nothing() -> None:
    assert steps_taken(np.array([160.0, np.nan, 160.0]), np.full(3, 60.0)) == pytest.approx(320)


@settings(max_examples=80, deadline=None)
@given(st.floats(140, 210), st.floats(0.15, 0.27), st.integers(100, 20000))
def test_force_summed_over_time_is_weight_times_time_whatever_the_technique(
    cadence: float, contact: float, steps: int
) -> None:
    """Why no impulse is offered as a measure of impact: half a sine over contact always gives the same."""
    peak = float(peak_force_bw(contact, 60 / cadence - contact))
    impulse = steps * peak * contact * 2 / math.pi
    assert impulse == pytest.approx(steps * 60 / cadence)
