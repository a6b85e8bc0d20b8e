"""Formulas of other tools give the numbers those tools print."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from loadmon.load.parity import elevate_graded_factor, elevate_running_power_w, goldencheetah_running_power_w
from tests.paths import oracle


def case(name: str) -> dict[str, Any]:
    cases = json.loads(oracle("load-and-gait.json").read_text(encoding="utf-8"))["cases"]
    return next(one for one in cases if one["id"] == name)


def test_graded_pace_as_elevate_has_it() -> None:
    worked = case("gap_strava_like")
    found = elevate_graded_factor(np.array(worked["inputs"]["grade_pct"]) / 100.0)
    assert found == pytest.approx(worked["expected"]["speed_factor"], abs=worked["tolerance"]["abs"])


def test_graded_pace_at_ten_percent() -> None:
    assert elevate_graded_factor([0.0, 0.10, -0.10]) == pytest.approx([1.0, 1.4702, 0.8841], abs=1e-4)


def test_power_as_goldencheetah_has_it() -> None:
    worked = case("gc_running_power")
    given = worked["inputs"]
    for speed, watts in worked["expected"]["watts"].items():
        found = goldencheetah_running_power_w(given["mass_kg"], given["height_m"], float(speed), given["grade"])
        assert found == pytest.approx(watts, abs=worked["tolerance"]["abs"])


def test_power_of_seventy_kilos_at_three_metres_a_second() -> None:
    assert goldencheetah_running_power_w(70, 1.75, 3.0, 0.0) == pytest.approx(262.55319, abs=1e-4)
    assert elevate_running_power_w(70, 3.0) == pytest.approx(218.4)
