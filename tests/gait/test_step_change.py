"""Step changes: the worked case, no steps in noise, and none across watches or surfaces."""

from __future__ import annotations

import subprocess
import sys
from datetime import date, timedelta

import numpy as np
import pandas as pd
import pytest

from loadmon.gait.cadence import fit_baseline, run_values
from loadmon.gait.step_change import change_penalty, change_points, exact_partition, step_changes
from tests.gait.test_cadence import run_level_windows, worked


def made(values: list[float], *, every: int = 2, treadmill: bool = False) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "session_id": range(1, len(values) + 1),
            "local_day": pd.to_datetime([date(2026, 1, 1) + timedelta(days=every * n) for n in range(len(values))]),
            "value_spm": values,
            "treadmill": treadmill,
        }
    )


def level(height: float, runs: int, seed: int = 1) -> list[float]:
    return (height + np.random.default_rng(seed).normal(0, 0.5, runs)).tolist()


def test_worked_case_a_step_of_three_at_run_thirty() -> None:
    case = worked("cadence_trend")
    want = case["expected"]
    windows = run_level_windows(case)
    values = run_values(windows, fit_baseline(windows, minimum_runs=30, days=None), minimum_windows=1)
    spm = values["value_spm"].to_numpy()
    assert change_penalty(spm) == pytest.approx(want["pelt_penalty"], rel=2e-3)
    assert [*change_points(spm), len(spm)] == want["pelt_l2_breakpoints"]
    (found,) = step_changes(values).to_dict("records")
    assert (found["session_id"], found["runs_before"], found["runs_after"]) == (30, 30, 18)
    assert found["before"] == pytest.approx(want["median_before"], abs=0.02)
    assert found["after"] == pytest.approx(want["median_after"], abs=0.02)
    assert found["change"] == pytest.approx(want["median_after"] - want["median_before"], abs=0.04)


def test_the_fast_search_finds_what_the_plain_one_finds() -> None:
    pelt = pytest.importorskip("ruptures", reason="ruptures cannot be installed on this Python").Pelt
    random = np.random.default_rng(7)
    with_steps = 0
    for _ in range(15):
        n = int(random.integers(12, 90))
        values = random.normal(0, 1, n) + np.repeat(random.normal(0, 2.5, n // 9 + 1), 9)[:n]
        plain = pelt(model="l2", min_size=5, jump=1).fit(values).predict(pen=change_penalty(values))[:-1]
        assert change_points(values) == plain
        assert exact_partition(values, change_penalty(values), 5) == plain
        with_steps += bool(plain)
    assert with_steps >= 5


def test_a_step_and_its_size() -> None:
    (found,) = step_changes(made(level(168, 12) + level(164, 9, seed=2))).to_dict("records")
    assert found["session_id"] == 13
    assert found["local_day"] == pd.Timestamp("2026-01-25")
    assert found["change"] == pytest.approx(-4, abs=0.5)
    assert (found["runs_before"], found["runs_after"], found["stretch"]) == (12, 9, -1)


@pytest.mark.parametrize(
    "values",
    [[], level(168, 9), level(168, 60), [168.0] * 30, level(168, 12) + level(160, 2), [*level(168, 20), 180.0, *level(168, 20)]],
    ids=["nothing", "too few", "noise", "all equal", "two runs are no level", "one odd run"],
)  # fmt: skip
def test_no_step_where_nothing_stayed(values: list[float]) -> None:
    assert step_changes(made(values)).empty


def test_equal_neighbours_hide_no_step() -> None:
    assert change_points([166.0] * 10 + [169.0] * 10) == [10]


def test_runs_without_a_value_do_not_count_as_zero() -> None:
    values = made(level(168, 12) + level(164, 12, seed=2))
    values.loc[[2, 3, 15], "value_spm"] = np.nan
    (found,) = step_changes(values).to_dict("records")
    assert (found["session_id"], found["runs_before"], found["runs_after"]) == (13, 10, 11)


def test_a_new_watch_or_another_surface_is_no_step() -> None:
    values = made(level(168, 12) + level(164, 12, seed=2))
    after = values["session_id"] > 12
    assert len(step_changes(values)) == 1
    assert step_changes(values.assign(stretch=np.where(after, 12, 0))).empty
    assert step_changes(values.assign(treadmill=after)).empty


def test_no_level_and_no_step_crosses_months_of_nothing() -> None:
    values = made(level(168, 12) + level(164, 12, seed=2) + level(170, 12, seed=3))
    values.loc[24:, "local_day"] += pd.Timedelta(days=500)
    (found,) = step_changes(values).to_dict("records")
    assert found["session_id"] == 13
    assert (found["since_day"], found["until_day"]) == (values["local_day"].iloc[0], values["local_day"].iloc[23])
    values.loc[24:, "local_day"] -= pd.Timedelta(days=446)
    assert step_changes(values)["session_id"].tolist() == [13, 25]


def test_a_step_is_found_within_each_watch() -> None:
    both = [
        v
        for pair in zip(level(168, 20) + level(165, 20, 2), level(171, 20, 3) + level(168, 20, 4), strict=True)
        for v in pair
    ]
    values = made(both).assign(stretch=[0, 1] * 40)
    found = step_changes(values)
    assert found["session_id"].tolist() == [41, 42]
    assert found["stretch"].tolist() == [0, 1]
    assert found["change"].to_numpy() == pytest.approx(-3, abs=0.5)


def test_another_figure_than_cadence() -> None:
    values = made(level(0, 24)).assign(
        contact_s=[0.240 + 0.002 * (n % 3) + (0.02 if n >= 12 else 0) for n in range(24)]
    )
    assert step_changes(values, "contact_s")["session_id"].tolist() == [13]


def test_ten_years_of_noise_hold_no_step() -> None:
    assert change_points(np.random.default_rng(3).normal(166, 1, 3000)) == []


def test_without_ruptures_the_same_steps_are_found(monkeypatch: pytest.MonkeyPatch) -> None:
    values = made(level(168, 300) + level(164, 9, seed=2) + level(170, 40, seed=3))
    with_it = step_changes(values)
    monkeypatch.setitem(sys.modules, "ruptures", None)
    pd.testing.assert_frame_equal(step_changes(values), with_it)
    assert with_it["session_id"].tolist() == [301, 310]


def test_the_search_is_loaded_only_when_it_is_asked_for() -> None:
    code = "import sys, loadmon.gait.cadence, loadmon.gait.step_change; print('ruptures' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "False"
