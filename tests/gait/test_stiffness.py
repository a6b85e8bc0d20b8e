"""Leg stiffness: the published worked case, what a watch gives, and nothing where the formula does not hold."""

from __future__ import annotations

import json
from typing import Any

import numpy as np
import pytest

from loadmon.gait.dynamics import (
    contact_fraction,
    duty_factor,
    flight_s,
    leg_length,
    step_length_m,
    step_length_per_leg,
    step_time_s,
    vertical_ratio_pct,
)
from loadmon.gait.stiffness import REASONS, Spring, peak_force_bw, spring, stiffness
from loadmon.measure import REASON_WORDS
from tests.paths import oracle


def worked(name: str) -> dict[str, Any]:
    cases = json.loads(oracle("load-and-gait.json").read_text(encoding="utf-8"))["cases"]
    return next(c for c in cases if c["id"] == name)


def told(found: Spring) -> dict[str, float]:
    return {
        "fmax_N": float(found.peak_force_n),
        "fmax_bw": float(found.peak_force_bw),
        "delta_y_m": float(found.sink_m),
        "delta_L_m": float(found.shortening_m),
        "k_vert_kN_m": float(found.vertical_n_per_m) / 1000,
        "k_leg_kN_m": float(found.leg_n_per_m) / 1000,
    }


def test_worked_case_of_a_runner_of_70_kg() -> None:
    found = told(spring(70, 3.33, 0.92, 0.250, 0.105))
    want = {"fmax_N": 1531.705489, "fmax_bw": 2.230530784, "delta_y_m": 0.0619256368, "delta_L_m": 0.1614770171,
            "k_vert_kN_m": 24.7345940937, "k_leg_kN_m": 9.4855944013}  # fmt: skip
    assert found == pytest.approx(want, rel=1e-6)


def test_worked_case_morin_a() -> None:
    case = worked("morin_a")
    given, want = case["inputs"], case["expected"]
    contact, flight = given["contact_s"], given["flight_s"]
    cadence = 60 / (contact + flight)
    found = told(spring(given["mass_kg"], given["speed_mps"], given["leg_length_m"], contact, flight))
    found["step_frequency_hz"] = float(1 / step_time_s(cadence))
    found["duty_factor_stride"] = float(duty_factor(cadence, contact))
    found["contact_fraction_step"] = float(contact_fraction(cadence, contact))
    assert found == pytest.approx(want, rel=case["tolerance"]["rel"])


def test_worked_case_morin_from_watch() -> None:
    case = worked("morin_from_watch")
    given, want = case["inputs"], case["expected"]
    cadence, contact, speed = given["cadence_spm"], given["gct_ms"] / 1000, given["speed_mps"]
    leg, estimated = leg_length(np.nan, given["height_m"])
    assert estimated
    found = stiffness(given["mass_kg"], speed, leg, cadence, contact)
    step = step_length_m(speed, cadence)
    got = {
        "step_time_s": step_time_s(cadence),
        "flight_s": flight_s(cadence, contact),
        "leg_length_m": leg,
        "step_length_m": step,
        "step_length_per_leg": step_length_per_leg(step, leg),
        "duty_factor_stride": duty_factor(cadence, contact),
        "contact_fraction_step": contact_fraction(cadence, contact),
        "fmax_bw": found.peak_force_bw,
        "k_leg_kN_m": found.leg_n_per_m / 1000,
        "k_vert_kN_m": found.vertical_n_per_m / 1000,
        "vertical_ratio_pct": vertical_ratio_pct(given["vertical_oscillation_mm"] / 1000, step),
    }
    assert {name: float(value) for name, value in got.items()} == pytest.approx(want, rel=case["tolerance"]["rel"])


def test_worked_case_peak_force_over_all_steps() -> None:
    case = worked("cum_vertical_load")
    given = case["inputs"]
    peak = peak_force_bw(0.245, flight_s(170, 0.245))
    assert float(peak) == pytest.approx(given["fmax_bw"])
    assert given["steps"] * float(peak) == pytest.approx(case["expected"]["sum_peak_force_bw_steps"], abs=1e-5)


def test_worked_case_guards() -> None:
    case = worked("stiffness_guards")
    for given, want in zip(case["inputs"], case["expected"], strict=True):
        contact = given["gct_ms"]
        found = stiffness(70, given.get("speed_mps", 3.0), 0.92, given["cadence_spm"],
                          np.nan if contact is None else contact / 1000)  # fmt: skip
        assert np.isnan(found.leg_n_per_m)
        assert REASONS[int(found.reason)] == want["reason"]


GOOD: dict[str, float] = {
    "mass_kg": 70,
    "speed_mps": 3.0,
    "leg_length_m": 0.92,
    "cadence_spm": 170,
    "contact_s": 0.245,
    "grade": 0.0,
}


@pytest.mark.parametrize(
    ("spoilt", "reason"),
    [
        ({"contact_s": np.nan}, "missing_gct"),
        ({"cadence_spm": np.nan}, "no cadence"),
        ({"speed_mps": 1.79}, "walking"),
        ({"speed_mps": 1.2, "cadence_spm": 110, "contact_s": 0.6}, "walking"),
        ({"cadence_spm": 150, "contact_s": 0.41}, "flight<=0"),
        ({"contact_s": 60 / 170}, "flight<=0"),
        ({"grade": 0.021}, "grade>2%"),
        ({"grade": -0.021}, "grade>2%"),
        ({"speed_mps": np.nan}, "no speed"),
        ({"mass_kg": np.nan}, "no mass"),
        ({"leg_length_m": np.nan}, "no leg length"),
        ({"leg_length_m": 0.36}, "contact too long"),
    ],
)
def test_every_guard_alone_and_said_in_words(spoilt: dict[str, float], reason: str) -> None:
    found = stiffness(**(GOOD | spoilt))
    assert np.isnan(found.leg_n_per_m)
    assert REASONS[int(found.reason)] == reason
    assert reason in REASON_WORDS
    fine = stiffness(**GOOD)
    assert fine.reason == -1
    assert fine.leg_n_per_m > 0


def test_on_the_edge_of_a_guard_there_is_a_value() -> None:
    assert stiffness(**(GOOD | {"grade": 0.02})).reason == -1
    assert stiffness(**(GOOD | {"speed_mps": 1.8})).reason == -1


def test_many_at_once_are_the_same_as_one_by_one() -> None:
    speed, contact = np.array([2.5, 3.0, 3.5, 1.0]), np.array([0.26, np.nan, 0.22, 0.3])
    together = stiffness(70, speed, 0.92, 170, contact)
    for n in range(4):
        alone = stiffness(70, speed[n], 0.92, 170, contact[n])
        assert together.reason[n] == alone.reason
        np.testing.assert_equal(together.leg_n_per_m[n], alone.leg_n_per_m)
    assert [REASONS[i] if i >= 0 else None for i in together.reason] == [None, "missing_gct", None, "walking"]


def test_force_sinks_the_body_as_the_equation_of_motion_says() -> None:
    """The sink is what a mass under a half sine of force does from touchdown to the middle of the stance."""
    from scipy.integrate import solve_ivp

    mass, contact, flight, g = 70.0, 0.25, 0.105, 9.81
    found = spring(mass, 3.33, 0.92, contact, flight)
    peak = float(found.peak_force_n)

    def motion(t: float, state: np.ndarray) -> list[float]:
        return [state[1], peak * np.sin(np.pi * t / contact) / mass - g]

    fallen = solve_ivp(motion, (0, contact / 2), [0.0, -g * flight / 2], rtol=1e-10, atol=1e-12).y[0, -1]
    assert -fallen == pytest.approx(float(found.sink_m), rel=1e-6)


def test_a_measured_leg_stands_before_an_estimate() -> None:
    length, estimated = leg_length([0.9, np.nan, np.nan], [1.8, 1.8, np.nan])
    np.testing.assert_allclose(length, [0.9, 0.954, np.nan])
    assert estimated.tolist() == [False, True, False]


def test_nothing_to_divide_by_is_missing_not_infinite() -> None:
    assert np.isnan(step_time_s(0.0))
    assert np.isnan(step_length_m(3.0, np.nan))
    assert np.isnan(vertical_ratio_pct(0.09, 0.0))
    assert np.isnan(peak_force_bw(0.25, -0.01))
