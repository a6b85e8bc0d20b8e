"""Dynamics run by run: middle values, one pace, and a reason for every figure that is missing."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from loadmon.gait.dynamics import duty_factor, flight_s
from loadmon.gait.own_rule import own_rule
from loadmon.gait.run_dynamics import DYNAMICS, dynamics_by_run
from loadmon.gait.stiffness import stiffness
from loadmon.gait.windows import WINDOW_COLUMNS
from loadmon.measure import REASON_WORDS
from tests.gait.made_stream import made_windows
from tests.gait.made_watches import runs

BODY = {"mass_kg": 70.0, "height_m": 1.75, "leg_length_m": 0.92}


def measured(n: int = 14, **given: object) -> pd.DataFrame:
    """Windows whose contact is 0.245 s at 3 m/s and 0.025 s shorter for each m/s; 9 cm of rise; 51 % on the left."""
    windows = made_windows(n, **given)  # type: ignore[arg-type]
    noise = np.random.default_rng(5).normal(0, 0.001, len(windows))
    return windows.assign(
        stance_time_s=0.245 - 0.025 * (windows["speed_mps"] - 3.0) + noise,
        vertical_oscillation_m=0.09,
        step_length_m=np.nan,
        stance_balance_left_pct=51.0,
        heart_rate_bpm=np.nan,
    )


def limits(table: pd.DataFrame, **known: float) -> pd.DataFrame:
    return pd.DataFrame({**dict.fromkeys(BODY, np.nan), **known}, index=table.index)


def test_the_worked_case_of_a_watch_run_after_run() -> None:
    table = runs("AAA")
    one = {"start_s": 300.0, "t_min": 5.25, "speed_mps": 3.0, "cadence_spm": 170.0, "uphill": 0.0, "downhill": 0.0,
           "treadmill": False, "grade_known": True, "stance_time_s": 0.245, "vertical_oscillation_m": 0.092,
           "step_length_m": np.nan, "stance_balance_left_pct": 49.2, "heart_rate_bpm": 150.0}  # fmt: skip
    windows = pd.DataFrame([{"session_id": session, **one} for session in (1, 2, 3) for _ in range(4)])
    found = dynamics_by_run(windows, table, limits(table, mass_kg=70.0, height_m=1.75))
    assert found["session_id"].tolist() == [1, 2, 3]
    want = {"flight_s": 0.1079411765, "step_length_m": 1.0588235294, "duty_factor": 0.3470833333,
            "leg_stiffness_n_per_m": 11316.3205745, "vertical_ratio_pct": 8.6888888889,
            "stance_balance_left_pct": 49.2}  # fmt: skip
    for name, value in want.items():
        assert found[name].to_numpy() == pytest.approx(value, rel=1e-6), name
    assert found["leg_estimated"].all()
    measured_leg = dynamics_by_run(windows, table, limits(table, **BODY))
    assert not measured_leg["leg_estimated"].any()
    assert not measured_leg["slopes_unknown"].any()
    assert dynamics_by_run(windows.assign(grade_known=False), table, limits(table, **BODY))["slopes_unknown"].all()


def test_every_figure_is_the_middle_of_its_windows() -> None:
    table, windows = runs("A" * 14), measured()
    found = dynamics_by_run(windows, table, limits(table, **BODY))
    own = windows[windows["session_id"] == 5]
    speed, cadence, contact = (own[name].to_numpy() for name in ("speed_mps", "cadence_spm", "stance_time_s"))
    steep = (own["uphill"] + own["downhill"]).to_numpy()
    spring = stiffness(70.0, speed, 0.92, cadence, contact, steep)
    row = found.iloc[4]
    assert row["stance_time_s"] == pytest.approx(np.median(contact))
    assert row["flight_s"] == pytest.approx(np.median(flight_s(cadence, contact)))
    assert row["duty_factor"] == pytest.approx(np.median(duty_factor(cadence, contact)))
    assert (steep > 0.02).any()
    assert row["leg_stiffness_n_per_m"] == pytest.approx(np.nanmedian(spring.leg_n_per_m))
    assert row["n_windows"] == 20


def test_figures_at_one_pace_do_not_follow_speed() -> None:
    windows = pd.concat(
        [measured(14), measured(14, speeds=(3.4, 3.6, 3.8)).assign(session_id=lambda t: t["session_id"] + 14)]
    )
    found = dynamics_by_run(windows, runs("A" * 28))
    slow, fast = found.iloc[:14], found.iloc[14:]
    assert fast["stance_time_s"].median() == pytest.approx(slow["stance_time_s"].median() - 0.015, abs=0.001)
    assert fast["stance_time_s_at_pace"].median() == pytest.approx(0.245, abs=0.001)
    assert slow["stance_time_s_at_pace"].median() == pytest.approx(0.245, abs=0.001)


def test_no_pace_is_common_before_the_runners_rule_is_known() -> None:
    found = dynamics_by_run(measured(9), runs("A" * 9))
    assert found["stance_time_s"].notna().all()
    assert found["stance_time_s_at_pace"].isna().all()


def test_the_rule_is_learnt_within_one_watch() -> None:
    """The old watch measured slow running and the new one, which tells more contact, fast running: no rule of speed."""
    slow, fast = measured(6, speeds=(2.4, 2.5, 2.6)), measured(22, speeds=(3.0, 3.4, 3.8), seed=2)
    windows = pd.concat(
        [slow, fast.assign(session_id=fast["session_id"] + 6, stance_time_s=fast["stance_time_s"] + 0.03)]
    )
    found = dynamics_by_run(windows, runs("A" * 6 + "B" * 22))
    steps = found["stance_time_s_at_pace"].to_numpy()
    assert steps[:6] == pytest.approx(0.245, abs=0.002)
    assert steps[6:] == pytest.approx(0.275, abs=0.002)


def test_an_older_watch_worn_again_does_not_change_the_rule() -> None:
    """Five runs with the old watch, fourteen with a new one, then the old one again: the rule is the new one's."""
    windows = measured(30)
    session = windows["session_id"]
    windows["stretch"] = np.where((session > 5) & (session <= 19), 5, 0)
    windows["stance_time_s"] -= np.where(windows["stretch"] == 0, 0.02 * (windows["speed_mps"] - 3.0), 0.0)
    before = windows[session <= 19]
    rule = own_rule(before, before["stance_time_s"].to_numpy())
    assert rule is not None
    assert rule.per_mps == pytest.approx(-0.025, abs=0.001)
    assert own_rule(windows, windows["stance_time_s"].to_numpy()) == rule


def test_slopes_are_taken_out_with_their_sign() -> None:
    windows = measured(20)
    windows["stance_time_s"] += 0.4 * windows["uphill"] - 0.3 * windows["downhill"]
    rule = own_rule(windows.assign(stretch=0), windows["stance_time_s"].to_numpy())
    assert rule is not None
    assert (rule.n_runs, rule.n_windows) == (12, 240)
    assert rule.per_mps == pytest.approx(-0.025, abs=0.001)
    assert rule.per_uphill == pytest.approx(0.4, abs=0.03)
    assert rule.per_downhill == pytest.approx(-0.3, abs=0.03)
    brought = rule.at_pace(windows["stance_time_s"].to_numpy(), windows)
    assert brought == pytest.approx(0.245, abs=0.006)


def test_a_runner_without_a_rule_borrows_nobody_s() -> None:
    both = pd.concat([measured(13), measured(5).assign(session_id=lambda t: t["session_id"] + 49)])
    found = dynamics_by_run(both, pd.concat([runs("A" * 13), runs("A" * 5, athlete=2, first_id=50)], ignore_index=True))
    assert found["stance_time_s_at_pace"].notna().tolist() == [True] * 13 + [False] * 5
    assert "stance_balance_left_pct_at_pace" not in found  # it does not follow speed


def test_the_watch_s_own_step_length_makes_the_vertical_ratio_where_it_is_told() -> None:
    windows = measured(3)
    told = dynamics_by_run(windows.assign(step_length_m=1.2), runs("AAA"))
    assert told["vertical_ratio_pct"].to_numpy() == pytest.approx(7.5)
    assert told["step_length_m"].to_numpy() == pytest.approx(
        dynamics_by_run(windows, runs("AAA"))["step_length_m"].to_numpy()
    )


@pytest.mark.parametrize(
    ("spoilt", "known", "reasons"),
    [
        ({"stance_time_s": np.nan}, BODY, {"stance_time_s": "missing_gct", "flight_s": "missing_gct", "duty_factor": "missing_gct",
                                           "leg_stiffness_n_per_m": "missing_gct", "step_length_m": None}),
        ({"stance_time_s": 0.5}, BODY, {"flight_s": "flight<=0", "leg_stiffness_n_per_m": "flight<=0", "duty_factor": None}),
        ({"uphill": 0.05}, BODY, {"leg_stiffness_n_per_m": "grade>2%", "flight_s": None}),
        ({}, {}, {"leg_stiffness_n_per_m": "no mass", "step_length_m": None}),
        ({}, {"mass_kg": 70.0}, {"leg_stiffness_n_per_m": "no leg length"}),
        ({"vertical_oscillation_m": np.nan}, BODY, {"vertical_ratio_pct": "not measured", "vertical_oscillation_m": "not measured"}),
        ({"stance_balance_left_pct": np.nan}, BODY, {"stance_balance_left_pct": "not measured", "stance_time_s": None}),
    ],
    ids=["no contact", "no flight", "steep", "no body", "no leg", "no rise", "no balance"],
)  # fmt: skip
def test_every_missing_figure_says_why(
    spoilt: dict[str, float], known: dict[str, float], reasons: dict[str, str | None]
) -> None:
    table = runs("AAA")
    found = dynamics_by_run(measured(3).assign(**spoilt), table, limits(table, **known))
    for name, reason in reasons.items():
        told = found[f"{name}_reason"]
        assert told.isna().all() if reason is None else (told == reason).all(), name
        assert found[name].isna().all() == (reason is not None), name


@pytest.mark.parametrize(
    ("there", "reason"), [(0, "not measured"), (1, "measured<2min"), (3, "measured<2min"), (4, None)]
)
def test_what_was_measured_in_a_few_windows_is_not_said_to_be_never_measured(there: int, reason: str | None) -> None:
    windows, table = measured(1), runs("A")
    nth = windows.groupby("session_id").cumcount()
    for name, never in (
        ("stance_balance_left_pct", reason),
        ("stance_time_s", "missing_gct" if there == 0 else reason),
    ):
        found = dynamics_by_run(
            windows.assign(**{name: windows[name].where(nth < there)}), table, limits(table, **BODY)
        )
        told = found[f"{name}_reason"].iloc[0]
        assert pd.isna(told) if never is None else told == never
        if name == "stance_time_s" and there:
            for other in ("flight_s", "duty_factor", "leg_stiffness_n_per_m"):
                assert found[f"{other}_reason"].fillna("").iloc[0] == (reason or "")


def test_a_value_or_a_reason_that_can_be_said_never_both_never_neither() -> None:
    table = runs("AAAA")
    windows = measured(4)
    windows = windows[(windows["session_id"] != 2) | (windows.groupby("session_id").cumcount() < 3)]
    windows = windows[windows["session_id"] != 3]
    table.loc[2, "median_cadence_spm"] = np.nan
    for known in ({}, BODY):
        found = dynamics_by_run(windows, table, limits(table, **known))
        assert found["session_id"].tolist() == [1, 2, 3, 4]
        for dynamic in DYNAMICS:
            assert (found[dynamic.name].isna() == found[f"{dynamic.name}_reason"].notna()).all(), dynamic.name
            assert set(found[f"{dynamic.name}_reason"].dropna()) <= set(REASON_WORDS)
        assert found["flight_s_reason"].tolist()[1:3] == ["windows<4", "no cadence"]


def test_windows_of_before_dynamics_were_kept_still_give_what_they_hold() -> None:
    old = made_windows(3)
    assert not set(WINDOW_COLUMNS) <= set(old)
    found = dynamics_by_run(old, runs("AAA"))
    assert found["step_length_m"].notna().all()
    assert (found["stance_time_s_reason"] == "missing_gct").all()


def test_many_runners_at_once_are_the_runners_one_by_one() -> None:
    mine, yours = runs("A" * 13), runs("B" * 15, athlete=2, first_id=100)
    windows = pd.concat([measured(13), measured(15, seed=9).assign(session_id=lambda t: t["session_id"] + 99)])
    together = dynamics_by_run(windows, pd.concat([yours, mine], ignore_index=True))
    alone = pd.concat([dynamics_by_run(windows, mine), dynamics_by_run(windows, yours)], ignore_index=True)
    pd.testing.assert_frame_equal(together.drop(columns="stretch"), alone.drop(columns="stretch"))
    assert together["stretch"].nunique() == 2


def test_nobody_has_run() -> None:
    found = dynamics_by_run(measured(1).iloc[:0], runs("A").iloc[:0])
    assert found.empty
    assert {dynamic.name for dynamic in DYNAMICS} <= set(found)
