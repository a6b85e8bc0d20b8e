"""Long-term and short-term load: the worked weeks in every convention, settling, and days that are not known."""

from __future__ import annotations

import json
import math
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon.load.fitness import COLUMNS, UnusableDecay, definition, fitness, newest_weight
from loadmon.load.kind import DISTANCE, POINTS
from loadmon.measure import REASON_WORDS
from loadmon.timeline import timeline
from tests.made_days import declared, loaded_runs, made_days
from tests.made_runs import START, day_at, made_runs
from tests.paths import oracle

POINTS_A_DAY = [50.0, 0.0, 80.0, 60.0, 0.0, 100.0, 120.0] * 8


def cases() -> dict[str, Any]:
    return {c["id"]: c for c in json.loads(oracle("load-and-gait.json").read_text(encoding="utf-8"))["cases"]}


def points(loads: list[float], **how: Any) -> pd.DataFrame:
    return fitness(made_days(loads, POINTS), **how)


@pytest.mark.parametrize(("name", "decay"), [("exp", "exponential"), ("inv_tau", "inverse")])
def test_worked_case_eight_weeks(name: str, decay: str) -> None:
    case = cases()["pmc_56d"]
    given_, expected = case["params"], case["expected"][name]
    table = points(case["inputs"]["daily_tss"], decay=decay, long_days=given_["tau_ctl"], short_days=given_["tau_atl"])
    same_day = table["long_term"] - table["short_term"]
    found = {"ctl": table["long_term"], "atl": table["short_term"], "tsb_same_day": same_day}
    found |= {"tsb_previous_day": table["balance"], "ramp_7d": table["ramp"]}
    for column, days in expected.items():
        for day, value in days.items():
            assert found[column].iloc[int(day)] == pytest.approx(value, abs=1e-6), (column, day)


def test_worked_case_one_day_on_a_third_scale() -> None:
    case = cases()["pmc_runalyze_tsb_lambda2N1"]
    row = points(case["inputs"]["daily_trimp"], decay="span").iloc[0]
    # that scale is told in whole numbers, each rounded up from the half, and the balance from them
    long_term, short_term = (math.floor(row[name] + 0.5) for name in ("long_term", "short_term"))
    assert (long_term, short_term, long_term - short_term) == tuple(
        case["expected"][name] for name in ("ctl_round", "atl_round", "tsb_round")
    )


@pytest.mark.parametrize(
    ("decay", "day", "long_term", "short_term", "balance", "ramp"),
    [
        ("exponential", 0, 1.1764156674, 6.6561050125, 0.0, None),
        ("exponential", 6, 9.1663331498, 41.5567560502, -23.014849632, 9.1663331498),
        ("exponential", 55, 43.9694489774, 65.7197661607, -15.246747235, 2.8544256943),
        ("inverse", 55, 44.2315895765, 66.3237466696, -14.9941248818, 2.8463434347),
    ],
)
def test_eight_weeks(
    decay: str, day: int, long_term: float, short_term: float, balance: float, ramp: float | None
) -> None:
    row = points(POINTS_A_DAY, decay=decay).iloc[day]
    assert row["long_term"] == pytest.approx(long_term, abs=1e-9)
    assert row["short_term"] == pytest.approx(short_term, abs=1e-9)
    assert row["balance"] == pytest.approx(balance, abs=1e-9)
    assert _none(row["ramp"]) == pytest.approx(ramp, abs=1e-9)


@pytest.mark.parametrize(
    ("decay", "long_term", "short_term"), [("exponential", 2.3529, 13.312), ("inverse", 2.381, 14.286)]
)
def test_a_day_of_a_hundred_points(decay: str, long_term: float, short_term: float) -> None:
    assert 100 * newest_weight(42, decay) == pytest.approx(long_term, abs=5e-4)
    assert 100 * newest_weight(7, decay) == pytest.approx(short_term, abs=5e-4)


def test_it_settles_for_ninety_days() -> None:
    table = points([60.0] * 100)
    assert table["warming_up"].tolist() == [True] * 89 + [False] * 12


def test_todays_balance_is_yesterdays_loads() -> None:
    table = points(POINTS_A_DAY)
    difference = (table["long_term"] - table["short_term"]).to_numpy()
    assert table["balance"].to_numpy()[1:] == pytest.approx(difference[:-1])


def test_days_not_known_withhold_the_numbers_while_they_are_over_a_fifth() -> None:
    days = made_days([60.0] * 60 + [0.0, 0.0] + [60.0] * 20, POINTS, unknown=[60, 61])
    table = fitness(days)
    # two of seven days weigh most in the short-term load, and little in the long-term one
    assert table["short_term_reason"].iloc[59:70].isna().tolist() == [True, True, *[False] * 6, True, True, True]
    assert table["balance_reason"].iloc[59:70].isna().tolist() == [True, True, True, *[False] * 6, True, True]
    assert table["long_term_reason"].isna().all()
    longer = fitness(made_days([60.0] * 60 + [0.0] * 9 + [60.0] * 20, POINTS, unknown=range(60, 69)))
    assert longer["long_term_reason"].iloc[66:69].tolist() == [np.nan, np.nan, "coverage"]
    assert longer["ramp_reason"].iloc[[67, 68, 75, 80]].tolist() == [np.nan, *["coverage"] * 3]


def test_runs_without_points_are_no_rest() -> None:
    table = fitness(made_days([60.0] * 30 + [None] * 12, POINTS))
    assert table["long_term_reason"].iloc[-2] == "coverage"
    assert np.isnan(table["long_term"].iloc[-2])


def test_what_is_not_known_of_the_runner_above_withholds_nothing_below() -> None:
    above = loaded_runs([60.0] * 20, POINTS)
    below = loaded_runs([60.0] * 5, POINTS, start=day_at(16), athlete_id=2)
    runs = pd.concat([above, below.assign(session_id=below["session_id"] + 100)], ignore_index=True)
    gone = declared(range(20, 23))
    table = fitness(timeline(runs, today=day_at(22), unknown=gone))
    own = table[table["athlete_id"] == 2].reset_index(drop=True)
    assert table[table["athlete_id"] == 1]["short_term_reason"].iloc[-1] == "coverage"
    pd.testing.assert_frame_equal(own, fitness(timeline(below, today=day_at(22))))
    assert own["short_term_reason"].isna().all()


def test_the_definition_stands_on_the_label() -> None:
    assert definition("balance") == "yesterday's long-term (42 d) − short-term (7 d), load points"
    assert definition("long_term") == "average fading over 42 d, load points"
    assert "1/days" in definition("ramp", decay="inverse")


def test_a_record_under_a_week_has_no_climb_and_says_so() -> None:
    young = fitness(made_days([60.0] * 3, POINTS)).iloc[-1]
    assert (bool(np.isnan(young["ramp"])), young["ramp_reason"]) == (True, "history<7d")
    assert len(fitness(timeline(made_runs([]), today=START), DISTANCE)) == 0


@pytest.mark.parametrize(("days", "decay"), [(0.5, "exponential"), (math.nan, "inverse"), (42, "linear")])
def test_no_average_is_refused_by_name(days: float, decay: str) -> None:
    with pytest.raises(UnusableDecay) as refused:
        newest_weight(days, decay)
    assert refused.value.advice


loads = st.lists(st.one_of(st.just(0.0), st.floats(1.0, 500.0)), min_size=1, max_size=60)


@settings(max_examples=60, deadline=None)
@given(loads, st.sampled_from(["exponential", "inverse", "span"]))
def test_the_same_as_day_after_day(made: list[float], decay: str) -> None:
    table = points(made, decay=decay)
    for column, days in (("long_term", 42.0), ("short_term", 7.0)):
        weight, value = newest_weight(days, decay), 0.0
        for row, load in enumerate(made):
            value += weight * (load - value)
            assert table[column].iloc[row] == pytest.approx(value, rel=1e-9, abs=1e-9)


@settings(max_examples=60, deadline=None)
@given(loads, st.floats(0.5, 20.0))
def test_scaling_all_loads_scales_all_columns(made: list[float], factor: float) -> None:
    plain, scaled = points(made), points([factor * x for x in made])
    for name in COLUMNS:
        assert scaled[name].to_numpy() == pytest.approx(
            factor * plain[name].to_numpy(), rel=1e-9, abs=1e-6, nan_ok=True
        )


@settings(max_examples=60, deadline=None)
@given(st.lists(st.one_of(st.none(), st.just(0.0), st.floats(1.0, 500.0)), min_size=1, max_size=60))
def test_what_is_missing_never_becomes_a_number(made: list[float | None]) -> None:
    table = fitness(made_days(made, POINTS))
    for value in COLUMNS:
        reason = f"{value}_reason"
        assert (table[value].isna() == table[reason].notna()).all()
        assert not np.isinf(table[value]).any()
        assert set(table[reason].dropna()) <= set(REASON_WORDS)


def _none(value: Any) -> Any:
    return None if value is None or (isinstance(value, float) and math.isnan(value)) else value
