"""Each run against the runner's own last eight weeks: what is compared, with what, and when nothing is."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from loadmon.gait.against_own import against_own
from loadmon.gait.run_dynamics import DYNAMICS, dynamics_by_run
from loadmon.measure import REASON_WORDS
from tests.gait.made_watches import runs
from tests.gait.test_run_dynamics import measured


def made(contact: list[float], watches: str | None = None, *, at_pace: bool = True, every: int = 3) -> pd.DataFrame:
    """Dynamics of runs with these contact times, at 3 m/s."""
    stretches = dynamics_by_run(measured(1).iloc[:0], runs(watches or "A" * len(contact), every=every))
    brought = contact if at_pace else np.nan
    return stretches.assign(stance_time_s=contact, stance_time_s_at_pace=brought, speed_mps=3.0,
                            stance_time_s_reason=pd.array([None] * len(contact), dtype="str"))  # fmt: skip


def around(middle: float, n: int) -> list[float]:
    """Runs that differ a little, eight in turn as far above as below."""
    return [middle + 0.0002 * (5 * k % 8 - 3.5) for k in range(n)]


def reasons(found: pd.DataFrame) -> list[str | None]:
    return [None if pd.isna(code) else code for code in found["reason"]]


def test_the_middle_and_the_spread_of_the_eight_runs_before() -> None:
    before = [0.240, 0.242, 0.244, 0.246, 0.248, 0.250, 0.252, 0.260]
    found = against_own(made([*before, 0.262]), "stance_time_s")
    assert reasons(found) == ["own runs<8"] * 8 + [None]
    last = found.iloc[8]
    assert last["usual"] == pytest.approx(np.median(before))
    mad = 1.4826 * np.median(np.abs(np.array(before) - np.median(before)))
    assert last["spread"] == pytest.approx(mad)
    assert (last["low"], last["high"]) == pytest.approx((last["usual"] - 2 * mad, last["usual"] + 2 * mad))
    assert last["difference"] == pytest.approx(0.262 - np.median(before))
    assert (last["n_runs"], last["outside"], last["at_pace"]) == (8, True, True)
    assert not found["outside"].iloc[:8].any()


def test_a_run_is_never_part_of_its_own_usual() -> None:
    a = against_own(made([*around(0.240, 8), 0.250]), "stance_time_s").iloc[8]
    b = against_own(made([*around(0.240, 8), 0.300]), "stance_time_s").iloc[8]
    assert (
        (a["usual"], a["spread"]) == (b["usual"], b["spread"]) == (pytest.approx(0.240), pytest.approx(1.4826 * 0.0004))
    )


@pytest.mark.parametrize("value", [0.240, 0.2401, 0.300])
def test_runs_that_were_all_the_same_are_no_measure_of_a_difference(value: float) -> None:
    """A watch that tells whole percents can tell the same for weeks; the next one would be outside by any difference."""
    found = against_own(made([0.240] * 7 + [0.260, value]), "stance_time_s").iloc[8]
    assert found["reason"] == "own spread=0"
    assert not found["outside"]
    assert np.isnan([found["usual"], found["low"], found["high"], found["difference"]]).all()
    assert "the same value" in REASON_WORDS["own spread=0"]
    thirds = [0.1 + 0.2, 0.3, *[0.1 + 0.2, 0.3] * 3, 0.3]
    assert against_own(made(thirds), "stance_time_s")["reason"].iloc[8] == "own spread=0"


def test_by_hand_and_at_once_are_the_same() -> None:
    random = np.random.default_rng(4)
    table = made(random.normal(0.245, 0.005, 60).tolist(), "".join(random.choice(list("AB"), 60)), every=2)
    table.loc[random.choice(60, 9, replace=False), ["stance_time_s", "stance_time_s_at_pace"]] = np.nan
    table.loc[table["stance_time_s"].isna(), "stance_time_s_reason"] = "missing_gct"
    table["treadmill"] = random.random(60) < 0.3
    found = against_own(table, "stance_time_s")
    compared = 0
    for n, row in table.iterrows():
        place = int(str(n))
        earlier = table.iloc[:place]
        alike = earlier[
            (earlier["stretch"] == row["stretch"])
            & (earlier["treadmill"] == row["treadmill"])
            & (earlier["local_day"] >= row["local_day"] - pd.Timedelta(days=56))
        ]["stance_time_s_at_pace"].dropna()
        got = found.iloc[place]
        if np.isnan(row["stance_time_s"]):
            assert got["reason"] == "missing_gct"
        elif len(alike) < 8:
            assert got["reason"] in {"own runs<8", "device new"}
            assert np.isnan(got["usual"])
        else:
            compared += 1
            assert got["usual"] == pytest.approx(alike.median())
            assert got["spread"] == pytest.approx(1.4826 * (alike - alike.median()).abs().median())
            assert got["n_runs"] == len(alike)
    assert compared > 8


def test_a_new_watch_breaks_the_comparison_and_says_so() -> None:
    found = against_own(made(around(0.240, 10) + around(0.280, 12), "A" * 10 + "B" * 12), "stance_time_s")
    assert reasons(found) == ["own runs<8"] * 8 + [None] * 2 + ["device new"] * 8 + [None] * 4
    assert not found["outside"].any()
    assert found["usual"].iloc[-1] == pytest.approx(0.280, abs=0.0011)
    assert found.index[found["new_watch"]].tolist() == [10]


def test_eight_weeks_and_no_more() -> None:
    found = against_own(made(around(0.240, 8) + around(0.250, 8), every=7), "stance_time_s")
    assert found["n_runs"].iloc[-1] == 8
    assert found["usual"].iloc[8] == pytest.approx(0.240)
    assert found["usual"].iloc[-1] == pytest.approx(0.250, abs=0.0011)
    assert against_own(made(around(0.240, 12), every=8), "stance_time_s")["usual"].isna().all()


def test_without_the_rule_only_like_speeds_are_compared() -> None:
    table = made([*around(0.240, 9), 0.220], at_pace=False)
    table["speed_mps"] = [3.0] * 8 + [3.19, 3.21]
    found = against_own(table, "stance_time_s")
    assert reasons(found)[8:] == [None, "speed differs"]
    assert not found["at_pace"].any()
    assert np.isnan(found["difference"].iloc[9])
    assert not found["outside"].iloc[9]
    balance = table.assign(
        stance_balance_left_pct=around(50.0, 10), stance_balance_left_pct_reason=pd.array([None] * 10, dtype="str")
    )
    assert against_own(balance, "stance_balance_left_pct")["reason"].isna().tolist() == [False] * 8 + [True] * 2


def test_faster_running_is_not_told_as_shorter_contact() -> None:
    windows = pd.concat(
        [measured(14), measured(6, speeds=(3.4, 3.6, 3.8)).assign(session_id=lambda t: t["session_id"] + 14)]
    )
    dynamics = dynamics_by_run(windows, runs("A" * 20))
    found = against_own(dynamics, "stance_time_s")
    assert found["reason"].iloc[8:].isna().all()
    assert found["at_pace"].all()
    assert found["difference"].iloc[14:].abs().max() < 0.002
    assert (dynamics["stance_time_s"].iloc[14:] < dynamics["stance_time_s"].iloc[:14].min() - 0.01).all()


def test_a_longer_contact_is_found_at_any_speed() -> None:
    windows = measured(20)
    windows.loc[windows["session_id"] == 20, "stance_time_s"] += 0.015
    found = against_own(dynamics_by_run(windows, runs("A" * 20)), "stance_time_s").iloc[-1]
    assert found["outside"]
    assert found["difference"] == pytest.approx(0.015, abs=0.002)


def test_every_figure_can_be_compared_and_every_reason_said() -> None:
    dynamics = dynamics_by_run(measured(20), runs("A" * 20))
    for dynamic in DYNAMICS:
        found = against_own(dynamics, dynamic.name)
        assert set(found["reason"].dropna()) <= set(REASON_WORDS)
        assert (found["usual"].isna() == found["reason"].notna()).all(), dynamic.name
    with pytest.raises(KeyError):
        against_own(dynamics, "form")


def test_runners_are_never_compared_with_each_other() -> None:
    two = pd.concat([runs("A" * 9), runs("A" * 9, athlete=2, first_id=50)], ignore_index=True)
    dynamics = dynamics_by_run(measured(1).iloc[:0], two)
    told = around(0.2, 9) + around(0.3, 9)
    dynamics = dynamics.assign(stance_time_s=told, stance_time_s_at_pace=told, speed_mps=3.0,
                               stance_time_s_reason=pd.array([None] * 18, dtype="str"))  # fmt: skip
    found = against_own(dynamics, "stance_time_s")
    assert found["usual"].dropna().tolist() == pytest.approx([0.2, 0.3])


def test_nobody_has_run() -> None:
    assert against_own(made([]), "stance_time_s").empty
