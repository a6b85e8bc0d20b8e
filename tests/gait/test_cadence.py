"""Cadence at one pace: the worked case, the frozen baseline, the trend and the drift."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from loadmon.gait.cadence import (
    CadenceModel,
    drift_of,
    fit_baseline,
    prior_model,
    run_values,
    runner_cadence,
    trend,
    within_run_drift,
)
from loadmon.measure import REASON_WORDS
from tests.gait.made_stream import made_windows
from tests.paths import oracle


def worked(name: str) -> dict[str, Any]:
    cases = json.loads(oracle("load-and-gait.json").read_text(encoding="utf-8"))["cases"]
    return next(c for c in cases if c["id"] == name)


def run_level_windows(case: dict[str, Any]) -> pd.DataFrame:
    given = case["inputs"]
    return pd.DataFrame(
        {
            "session_id": range(len(given["day"])),
            "local_day": [date(2025, 1, 1) + timedelta(days=d) for d in given["day"]],
            "start_s": 300.0,
            "t_min": 5.25,
            "speed_mps": given["speed_mps"],
            "cadence_spm": given["cadence_spm"],
            "uphill": given["uphill_grade"],
            "downhill": 0.0,
            "treadmill": False,
            "grade_known": True,
        }
    )


def test_worked_case_model_and_trend() -> None:
    case = worked("cadence_trend")
    want = case["expected"]
    windows = run_level_windows(case)
    model = fit_baseline(windows, minimum_runs=30, days=None)
    assert [model.level_spm, model.per_mps, model.per_uphill] == pytest.approx(want["huber_baseline_coef"], abs=0.02)
    assert (model.n_runs, model.is_prior, model.per_downhill, model.per_minute) == (30, False, 0.0, 0.0)

    values = run_values(windows, model, minimum_windows=1)
    assert values["value_spm"].tolist()[:5] == pytest.approx(want["adjusted_cadence_first5"], abs=0.02)
    found = trend(values, days=None)
    assert found.slope_spm_per_day == pytest.approx(want["theil_sen_slope_spm_per_day_adjusted"], abs=1e-4)
    assert [found.low_spm_per_day, found.high_spm_per_day] == pytest.approx(want["theil_sen_ci95"], abs=1e-4)
    assert found.mann_kendall_s == want["mk_S"]
    assert found.tau == pytest.approx(want["mk_tau"], abs=1e-6)
    assert found.p_plain == pytest.approx(want["mk_p"], abs=1e-6)
    assert found.p_corrected == pytest.approx(want["mk_hamed_rao_p"], abs=1e-6)
    assert found.changed
    raw = trend(values.assign(value_spm=case["inputs"]["cadence_spm"]), days=None)
    assert raw.slope_spm_per_day == pytest.approx(want["theil_sen_slope_raw"], abs=1e-4)
    assert values["value_spm"][:30].median() == pytest.approx(want["median_before"], abs=0.02)
    assert values["value_spm"][30:].median() == pytest.approx(want["median_after"], abs=0.02)


def test_worked_case_drift() -> None:
    case = worked("within_run_drift")
    found = within_run_drift(case["inputs"]["minute"], case["inputs"]["adjusted_cadence_spm"])
    assert found.reason is None
    assert found.per_minute_spm == pytest.approx(case["expected"]["theil_sen_spm_per_min"], abs=1e-4)
    assert found.per_hour_spm == pytest.approx(case["expected"]["drift_spm_per_hour"], abs=1e-4)
    assert found.thirds_spm == pytest.approx(case["expected"]["last_third_minus_first_third_median"], abs=1e-4)


def test_the_baseline_finds_the_rule_the_runs_were_made_with() -> None:
    model = fit_baseline(made_windows(12))
    assert not model.is_prior
    assert (model.n_runs, model.n_windows) == (12, 240)
    assert model.per_mps == pytest.approx(9.0, abs=0.4)
    assert model.per_uphill == pytest.approx(-40.0, abs=8.0)
    assert model.per_downhill == pytest.approx(30.0, abs=8.0)
    assert model.per_minute == pytest.approx(-0.05, abs=0.02)
    assert model.level_spm == pytest.approx(166 - 0.05 * model.reference_min, abs=0.3)


def test_the_baseline_stays_as_it_is_when_later_runs_change() -> None:
    windows = made_windows(40, shift=lambda run: -6.0 if run >= 20 else 0.0)
    assert fit_baseline(windows) == fit_baseline(windows[windows["session_id"] <= 20])
    assert fit_baseline(windows).n_runs == 12
    assert fit_baseline(windows.sample(frac=1.0, random_state=3)) == fit_baseline(windows)


def test_sixty_days_do_instead_of_twelve_runs() -> None:
    model = fit_baseline(made_windows(9, every_days=10))
    assert (model.n_runs, model.last_day) == (7, date(2025, 3, 2))


def test_the_baseline_waits_for_faster_and_slower_running() -> None:
    same = made_windows(15, speeds=(3.0,))
    assert fit_baseline(same).is_prior
    slow, fast = np.percentile(same["speed_mps"], (5.0, 95.0))
    assert fit_baseline(same).spread_so_far_mps == pytest.approx(fast - slow)
    later = made_windows(20)
    mixed = pd.concat([same, later.assign(session_id=later["session_id"] + 15, local_day=date(2025, 6, 1))])
    model = fit_baseline(mixed)
    assert not model.is_prior
    assert model.n_runs > 15


def test_too_few_runs_or_windows_leave_other_peoples_numbers_marked_as_such() -> None:
    for windows in (made_windows(11), made_windows(12, windows=2), made_windows(1).iloc[:0]):
        model = fit_baseline(windows, height_cm=185.0)
        assert model.is_prior
        assert model.level_spm == pytest.approx(165 + 8 * (3.0 - 3.04) - 0.5 * 10)
        assert not model.height_assumed
        assert (model.runs_so_far, model.windows_so_far) == (windows["session_id"].nunique(), len(windows))
        assert (model.spread_so_far_mps is None) == windows.empty
    assert prior_model().height_assumed


def test_one_odd_run_does_not_bend_the_rule() -> None:
    odd = made_windows(12)
    odd.loc[odd["session_id"] == 5, "cadence_spm"] += 15.0
    assert fit_baseline(odd).per_mps == pytest.approx(fit_baseline(made_windows(12)).per_mps, abs=0.3)


def test_a_treadmill_is_learnt_as_its_own_surface() -> None:
    windows = made_windows(14)
    inside = windows["session_id"] % 2 == 0
    windows.loc[inside, "treadmill"] = True
    windows.loc[inside, "cadence_spm"] += 4.0
    model = fit_baseline(windows)
    assert model.treadmill_spm == pytest.approx(4.0, abs=0.4)
    by_surface = run_values(windows, model)["value_spm"]
    assert by_surface[::2].median() == pytest.approx(by_surface[1::2].median(), abs=0.4)


def test_faster_weeks_do_not_look_like_a_change_of_form() -> None:
    windows = pd.concat(
        [
            made_windows(15),
            made_windows(15, speeds=(3.2, 3.4, 3.6, 3.8, 4.0), seed=2).assign(
                session_id=lambda t: t["session_id"] + 15,
                local_day=lambda t: [d + timedelta(days=45) for d in t["local_day"]],
            ),
        ]
    )
    values = run_values(windows, fit_baseline(windows))
    raw = windows.groupby("session_id")["cadence_spm"].median()
    assert raw.iloc[15:].median() - raw.iloc[:15].median() > 4
    assert not trend(values).changed


def test_a_run_value_needs_two_minutes_of_steady_running() -> None:
    model, windows = fit_baseline(made_windows(12)), made_windows(3)
    windows = windows[(windows["session_id"] != 2) | (windows.groupby("session_id").cumcount() < 3)]
    windows = windows[(windows["session_id"] != 3) | (windows.groupby("session_id").cumcount() < 4)]
    found = run_values(windows, model)
    assert found["reason"].isna().tolist() == [True, False, True]
    assert found["n_windows"].tolist() == [20, 3, 4]
    assert (np.isnan(found["value_spm"][1]), found["reason"][1]) == (True, "windows<4")
    assert found["value_spm"][2] == pytest.approx(166 - 0.05 * model.reference_min, abs=1.0)
    assert not found["provisional"].any()
    assert run_values(windows, prior_model())["provisional"].all()
    assert run_values(windows.assign(grade_known=windows["session_id"] != 3), model)["provisional"].tolist() == [
        False,
        False,
        True,
    ]


def test_all_runs_at_once_are_the_runs_one_by_one() -> None:
    windows, model = made_windows(6), fit_baseline(made_windows(12))
    together = run_values(windows, model)
    alone = pd.concat([run_values(own, model) for _, own in windows.groupby("session_id")], ignore_index=True)
    pd.testing.assert_frame_equal(together, alone)


def values_of(slope_per_day: float, runs: int, *, noise: float = 0.0, every: int = 3) -> pd.DataFrame:
    days = [date(2025, 3, 1) + timedelta(days=every * n) for n in range(runs)]
    made = 166 + slope_per_day * every * np.arange(runs) + np.random.default_rng(1).normal(0, noise, runs)
    return pd.DataFrame({"local_day": days, "value_spm": made})


@pytest.mark.parametrize(
    ("per_eight_weeks", "noise", "changed"),
    [(-2.2, 0.0, True), (-1.8, 0.0, False), (3.0, 0.2, True), (-3.0, 9.0, False)],
)
def test_a_change_needs_both_size_and_certainty(per_eight_weeks: float, noise: float, changed: bool) -> None:
    found = trend(values_of(per_eight_weeks / 56, 16, noise=noise))
    assert found.changed is changed
    assert found.reason is None
    assert noise > 0 or found.change_spm == pytest.approx(per_eight_weeks)


def test_seven_runs_are_no_trend() -> None:
    found = trend(values_of(-0.2, 7))
    assert (found.slope_spm_per_day, found.reason, found.n_runs, found.changed) == (None, "runs<8", 7, False)
    assert trend(values_of(-0.2, 8)).reason is None


def test_runs_within_three_weeks_are_no_trend_and_are_not_called_too_few() -> None:
    values = values_of(-0.2, 9)
    values["local_day"] = pd.to_datetime([date(2026, 4, 1) + timedelta(days=2 * n) for n in range(9)])
    assert (trend(values).reason, trend(values).n_runs) == ("trend<21d", 9)
    values.loc[8, "local_day"] = pd.Timestamp(2026, 4, 22)
    assert trend(values).reason is None


def test_the_trend_is_of_the_last_eight_weeks_up_to_today() -> None:
    values = values_of(-0.1, 40)
    found = trend(values, today=date(2025, 5, 1))
    assert found.last_day == date(2025, 4, 30)
    assert found.first_day is not None
    assert (date(2025, 5, 1) - found.first_day).days < 56
    assert trend(values, today=date(2026, 5, 1)).n_runs == 0


def test_runs_without_a_value_are_left_out_of_the_trend() -> None:
    values = values_of(-0.2, 9)
    values.loc[[1, 4], "value_spm"] = np.nan
    assert trend(values).reason == "runs<8"


def test_what_is_told_of_a_runner() -> None:
    values = values_of(-0.1, 12).assign(session_id=range(12), treadmill=False)
    values.loc[11, "value_spm"] = np.nan
    told = runner_cadence(values, CadenceModel(level_spm=166.0, per_mps=9.0), date(2025, 4, 10))
    assert told.latest_day == date(2025, 3, 31)
    assert told.latest_spm == pytest.approx(163.0)
    assert told.trend.changed
    assert not told.provisional
    nothing = runner_cadence(values.iloc[:0], prior_model(), date(2025, 4, 10))
    assert (nothing.latest_spm, nothing.trend.reason, nothing.provisional) == (None, "runs<8", True)


def test_drift_is_not_taken_out_by_the_rule_that_knows_of_minutes() -> None:
    model = fit_baseline(made_windows(12))
    long_run = made_windows(1, windows=120, noise=0.1)
    found = drift_of(long_run, model)
    assert found.per_hour_spm == pytest.approx(-3.0, abs=0.6)
    assert found.thirds_spm == pytest.approx(-2.0, abs=0.4)


def test_no_drift_of_next_to_nothing() -> None:
    for found in (within_run_drift(np.arange(5.0), np.arange(5.0)), within_run_drift(np.ones(9), np.arange(9.0))):
        assert (found.per_minute_spm, found.per_hour_spm, found.thirds_spm) == (None, None, None)
        assert found.reason in REASON_WORDS


def test_statistics_are_loaded_only_when_they_are_asked_for() -> None:
    import subprocess
    import sys

    code = "import sys, loadmon.planning.week; print([m for m in ('statsmodels', 'pymannkendall', 'scipy.stats') if m in sys.modules])"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout.strip() == "[]"
