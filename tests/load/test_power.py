"""Power stress: from recorded power against critical power, and nothing where power is missing."""

from __future__ import annotations

import json

import numpy as np
import pytest

from loadmon.load.power import power_stress, weighted_power_w
from tests.paths import oracle

MOVING = np.ones(1200, dtype=bool)
SECONDS = np.ones(1200)


def test_worked_case_power_stress() -> None:
    cases = {c["id"]: c for c in json.loads(oracle("load-and-gait.json").read_text(encoding="utf-8"))["cases"]}
    case = cases["power_stress_if2"]
    given = case["inputs"]
    found = power_stress(given["duration_s"], given["weighted_power_w"], given["critical_power_w"])
    assert float(found) == pytest.approx(case["expected"]["score"], abs=case["tolerance"]["abs"])


def test_three_quarters_of_an_hour_below_critical_power() -> None:
    assert float(power_stress(2700, 250, 280)) == pytest.approx(59.7895408163, abs=1e-6)


def test_hard_minutes_weigh_more() -> None:
    steady = weighted_power_w(np.full(1200, 250.0), SECONDS, MOVING)
    uneven = weighted_power_w(np.repeat([150.0, 350.0], 600), SECONDS, MOVING)
    assert steady == pytest.approx(250.0)
    assert uneven is not None
    assert 290 < uneven < 300


def test_standing_is_left_out() -> None:
    power = np.concatenate([np.full(600, 250.0), np.zeros(600)])
    assert weighted_power_w(power, SECONDS, power > 0) == pytest.approx(250.0)


def test_power_of_nothing_while_moving_is_a_measurement() -> None:
    power = np.concatenate([np.full(600, 250.0), np.zeros(600)])
    found = weighted_power_w(power, SECONDS, MOVING)
    assert found is not None
    assert found < 220


@pytest.mark.parametrize("known", [0, 1, 950])
def test_no_value_where_a_fifth_and_more_is_missing(known: int) -> None:
    assert weighted_power_w(np.where(np.arange(1200) < known, 250.0, np.nan), SECONDS, MOVING) is None
    assert weighted_power_w(np.where(np.arange(1200) < 960, 250.0, np.nan), SECONDS, MOVING) == pytest.approx(250.0)


@pytest.mark.parametrize("critical", [np.nan, 0.0, -280.0])
def test_no_stress_without_a_critical_power(critical: float) -> None:
    assert np.isnan(power_stress(2700, 250, critical))
