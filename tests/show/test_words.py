"""What several pages say: a missing number says why, and no state is told by a ratio."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from loadmon.gait.baseline import CadenceModel
from loadmon.gait.trend import CadenceStep, CadenceTrend, RunnerCadence
from loadmon.measure import REASON_WORDS, Measure
from loadmon.planning.next_run import NextRun
from loadmon.show.words import (
    cadence_words,
    capital,
    day_of_year,
    measure_words,
    next_run_short,
    plural,
    ratio_words,
    stand_in_words,
)
from loadmon.units import NOTHING, Units, UnitSystem

KM = Units()


def trend(**given: Any) -> CadenceTrend:
    plain: dict[str, Any] = {
        "slope_spm_per_day": -0.05, "low_spm_per_day": -0.07, "high_spm_per_day": -0.03, "change_spm": -2.8,
        "changed": True, "p_corrected": 0.01, "p_plain": 0.01, "mann_kendall_s": -9.0, "tau": -0.5, "n_runs": 20,
        "reason": None, "first_day": date(2026, 3, 1), "last_day": date(2026, 4, 20),
    }  # fmt: skip
    return CadenceTrend(**plain | given)


def told(**given: Any) -> tuple[str, str]:
    return cadence_words(RunnerCadence(168.4, date(2026, 4, 20), trend(**given), provisional=False))


def test_a_cadence_change_is_told_with_its_range_and_a_real_minus() -> None:
    assert told() == ("168 spm", "−2.8 spm in 8 weeks (95 % range −3.9 to −1.7)")


def test_no_clear_change_is_told_as_such() -> None:
    assert told(changed=False)[1].startswith("no clear change: −2.8 spm")


def test_a_step_is_told_instead_of_the_slope_it_bends() -> None:
    step = CadenceStep(-4.1, date(2026, 3, 18), 1, 127, 21)
    assert told(step=step, surface="ground")[1] == "−4.1 spm on the ground, in one step on 18 Mar 2026"
    assert told(step=replace(step, count=2))[1] == "−4.1 spm, in 2 steps, the last on 18 Mar 2026"


def test_what_is_lacking_for_the_own_rule_is_told_with_what_there_is() -> None:
    lacking = CadenceModel(
        165.0, 8.0, is_prior=True, runs_so_far=9, windows_so_far=80, days_so_far=19, spread_so_far_mps=0.9
    )
    assert stand_in_words(lacking) == "By other runners' rule until there are enough runs (9 of 12 so far)."
    thin = replace(lacking, runs_so_far=14, windows_so_far=20)
    assert stand_in_words(thin).endswith("until there is more steady running (20 of 30 half minutes so far).")
    even = replace(lacking, runs_so_far=110, days_so_far=270, spread_so_far_mps=0.598)
    assert stand_in_words(even) == (
        "By other runners' rule until there is some faster and some slower running (speeds span 0.59 m/s so far, 0.6 are "
        "needed)."
    )
    assert stand_in_words(replace(even, is_prior=False)) == stand_in_words(None) == ""


def test_a_treadmill_trend_says_so() -> None:
    assert told(surface="treadmill")[1].endswith(", on the treadmill")
    assert "treadmill" not in told(surface="ground")[1]


def test_a_trend_of_another_surface_than_the_latest_run_names_both_and_its_end() -> None:
    latest = RunnerCadence(
        172.0, date(2026, 4, 20), trend(surface="ground", last_day=date(2026, 3, 30), changed=False), provisional=False,
        surface="treadmill",
    )  # fmt: skip
    both = ", on the ground up to 30 Mar 2026; the latest run was on the treadmill"
    assert cadence_words(latest)[1] == f"no clear change: −2.8 spm in 8 weeks (95 % range −3.9 to −1.7){both}"
    stepped = replace(latest.trend, step=CadenceStep(-4.1, date(2026, 3, 18), 1, 127, 21))
    assert cadence_words(replace(latest, trend=stepped))[1] == f"−4.1 spm, in one step on 18 Mar 2026{both}"
    assert "latest run" not in cadence_words(replace(latest, surface="ground"))[1]


def test_without_a_trend_the_reason_is_told() -> None:
    words = told(change_spm=None, slope_spm_per_day=None, low_spm_per_day=None, high_spm_per_day=None, reason="runs<8")
    assert words == ("168 spm", "A trend needs 8 runs with a cadence within 56 days (so far 20 runs).")


def test_runs_too_close_together_are_not_called_too_few() -> None:
    none = {"change_spm": None, "slope_spm_per_day": None, "low_spm_per_day": None, "high_spm_per_day": None}
    words = told(**none, reason="trend<21d", n_runs=9, first_day=date(2026, 4, 1), surface="ground")[1]
    assert words == (
        "A trend needs runs that lie 21 days or more apart; it will be here as they come in (so far 9 runs on the "
        "ground, the first and the last 19 days apart)."
    )


def test_without_a_cadence_nothing_is_invented() -> None:
    assert cadence_words(None)[0] == NOTHING
    assert cadence_words(RunnerCadence(None, None, trend(), provisional=True))[0] == NOTHING


@pytest.mark.parametrize("reason", ["injury open", "in a lay-off", "no run in 30d", "distance missing"])
def test_each_reason_for_no_next_run_is_told_in_a_word_or_two(reason: str) -> None:
    assert reason in REASON_WORDS
    words = next_run_short(NextRun(None, reason), KM)
    assert words != NOTHING
    assert len(words) <= 20


def test_the_next_run_is_in_the_readers_unit() -> None:
    assert next_run_short(NextRun(16_093.44, None), KM) == "16.1 km"
    assert next_run_short(NextRun(16_093.44, None), Units(UnitSystem.IMPERIAL)) == "10.0 mi"


def measure(value: float | None, unit: str, reason: str | None = None) -> Measure:
    return Measure(value, unit, reason, provisional=False, n_days=20, coverage=None, definition="x")


def test_measures_in_words() -> None:
    assert measure_words(measure(0.684, "ratio")) == "0.68"
    assert measure_words(measure(-12.4, "%")) == "−12 %"
    assert measure_words(measure(None, "ratio", "history<28d")) == NOTHING
    assert "28 days" in ratio_words(measure(None, "ratio", "history<28d"), KM)
    assert ratio_words(measure(1.0, "ratio"), KM) == "7 d ÷ the 21 d before. Description only."


def test_a_ratio_over_a_lay_off_says_so() -> None:
    over = replace(measure(2.4, "ratio"), notes=("after lay-off",))
    assert ratio_words(over, KM).endswith("Description only. There was a lay-off within these weeks.")


def test_small_words() -> None:
    assert day_of_year(date(2026, 5, 3)) == "3 May 2026"
    assert [plural(n, "run") for n in (0, 1, 1200)] == ["0 runs", "1 run", "1,200 runs"]
    assert capital("achilles Tendon") == "Achilles Tendon"
    assert capital("") == ""
