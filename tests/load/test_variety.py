"""Monotony and strain: the worked weeks, every reason, whole days only, and weeks that begin where the user says."""

from __future__ import annotations

import json
import math
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon.days import WeekStart
from loadmon.load.daily import weeks
from loadmon.load.kind import DISTANCE, EFFORT
from loadmon.load.variety import definition, rolling_variety, weekly_variety
from loadmon.measure import REASON_WORDS
from loadmon.timeline import timeline
from tests.made_days import made_days
from tests.made_runs import D84_KM, START, daily, day_at, made_runs
from tests.paths import oracle

WEEK_AU = [300.0, 0.0, 450.0, 240.0, 0.0, 560.0, 350.0]


def cases() -> dict[str, Any]:
    return {c["id"]: c for c in json.loads(oracle("load-and-gait.json").read_text(encoding="utf-8"))["cases"]}


def last_whole(loads: list[float | None], **given_: Any) -> dict[str, Any]:
    """The row of the last day that is over."""
    unknown = given_.pop("unknown", ())
    return rolling_variety(made_days(loads, unknown=unknown), **given_).iloc[-2].to_dict()


@pytest.mark.parametrize(("name", "ddof"), [("foster_week_ddof1", 1), ("foster_week_ddof0", 0)])
def test_worked_case_week(name: str, ddof: int) -> None:
    case = cases()[name]
    row = last_whole(case["inputs"]["daily_load_au"], ddof=ddof)
    expected = case["expected"]
    found = {"weekly_load": row["load"], **{k: row[k] for k in ("mean", "sd", "monotony", "strain")}}
    assert found == pytest.approx(expected, abs=case["tolerance"]["abs"])


def test_worked_case_population_spread_of_another_tool() -> None:
    case = cases()["foster_runalyze_1"]
    row = last_whole(case["inputs"]["daily_load"], ddof=case["params"]["ddof"])
    assert {k: row[k] for k in ("monotony", "strain")} == pytest.approx(case["expected"], abs=1e-9)


def test_worked_case_edges() -> None:
    case = cases()["foster_edge"]
    for given_, expected in zip(case["inputs"], case["expected"], strict=True):
        row = last_whole(given_["daily_load"])
        for name in ("monotony", "strain"):
            if name in expected:
                assert _none(row[name]) == pytest.approx(expected[name], abs=1e-6)
        assert _none(row["reason"]) == expected.get("reason")


@pytest.mark.parametrize(
    ("loads", "ddof", "monotony", "strain", "reason"),
    [
        (WEEK_AU, 1, 1.27837721, 2428.9166990065, None),
        (WEEK_AU, 0, 1.3808052021, 2623.529884049, None),
        ([0, 20, 10, 10, 10, 10, 10], 0, 1.8708286934, 130.9580085371, None),
        ([70, 0, 0, 0, 0, 0, 0], 1, 0.377964473, 26.4575131106, None),
        ([0] * 7, 1, None, None, "no_load"),
        ([50] * 7, 1, None, None, "sd_zero"),
        ([10, 20, 30, 40], 1, None, None, "incomplete_week"),
    ],
)
def test_weeks(loads: list[float], ddof: int, monotony: float | None, strain: float | None, reason: str | None) -> None:
    row = last_whole(loads, ddof=ddof)  # type: ignore[arg-type]
    assert _none(row["monotony"]) == pytest.approx(monotony, abs=1e-8)
    assert _none(row["strain"]) == pytest.approx(strain, abs=1e-8)
    assert _none(row["reason"]) == reason


def test_today_is_not_over_and_has_none_yet() -> None:
    table = rolling_variety(made_days(WEEK_AU))
    assert table["reason"].iloc[-1] == "incomplete_week"
    assert table["monotony"].notna().tolist() == [False] * 6 + [True, False]


@pytest.mark.parametrize("lost", [0, 3, 6])
def test_a_day_that_is_not_known_leaves_the_week_without_a_number(lost: int) -> None:
    loads: list[float | None] = [*WEEK_AU, *WEEK_AU]
    loads[7 + lost] = None
    assert last_whole(loads)["reason"] == "incomplete_week"
    gone = [200.0] * 7
    gone[lost] = 0.0
    assert last_whole([*WEEK_AU, *gone], unknown=[7 + lost])["reason"] == "incomplete_week"
    assert last_whole([*WEEK_AU, *gone])["reason"] is np.nan


def test_days_that_differ_by_rounding_only_are_the_same() -> None:
    assert last_whole([0.3, 0.1 + 0.2] * 3 + [0.3])["reason"] == "sd_zero"


def test_training_weeks_read_the_day_they_end_on() -> None:
    days = timeline(made_runs(daily(D84_KM)), today=day_at(84), first={1: START})
    table, rolling = weekly_variety(days, DISTANCE), rolling_variety(days, DISTANCE)
    assert (table["load"] / 1000).dropna().tolist() == pytest.approx([31, 33, 35, 26, 37, 40, 49, 0, 0, 7, 10, 15])
    assert table["reason"].tolist()[7:9] == ["no_load", "no_load"]
    assert table["monotony"].iloc[0] == rolling["monotony"].iloc[6]
    assert table["strain"].iloc[11] == rolling["strain"].iloc[83]
    assert (table["days_so_far"].iloc[-1], table["reason"].iloc[-1]) == (1, "incomplete_week")
    pd.testing.assert_frame_equal(
        table[["athlete_id", "week_start", "label", "days_so_far"]],
        weeks(days)[["athlete_id", "week_start", "label", "days_so_far"]],
    )


def test_the_week_in_which_today_is_its_last_day_is_not_over() -> None:
    table = weekly_variety(timeline(made_runs(daily(D84_KM)), today=day_at(83), first={1: START}), DISTANCE)
    assert table["days_so_far"].iloc[-1] == 7
    assert table["reason"].iloc[-1] == "incomplete_week"
    assert np.isnan(table["strain"].iloc[-1])


def test_weeks_that_begin_on_sunday() -> None:
    days = timeline(made_runs(daily(D84_KM)), today=day_at(84), first={1: START})
    table = weekly_variety(days, DISTANCE, WeekStart.SUNDAY)
    assert table["week_start"].dt.date.tolist()[:2] == [date(2025, 1, 5), date(2025, 1, 12)]
    assert table["reason"].iloc[0] == "incomplete_week"
    # Sunday the 12th to Saturday the 18th: 12, 0, 6, 0, 8, 0, 6
    assert table["load"].iloc[1] == 32000.0
    assert table["monotony"].iloc[1] == pytest.approx(
        np.mean([12, 0, 6, 0, 8, 0, 6]) / np.std([12, 0, 6, 0, 8, 0, 6], ddof=1)
    )


def test_several_runners_give_what_each_gives_alone() -> None:
    runs = made_runs([*daily(D84_KM), *daily(D84_KM[::-1], athlete_id=2), *daily([3.0] * 10, athlete_id=3)])
    for of in (rolling_variety, weekly_variety):
        together = of(timeline(runs, today=day_at(83)), DISTANCE)
        for athlete, mine in together.groupby("athlete_id"):
            alone = of(timeline(runs[runs["athlete_id"] == athlete], today=day_at(83)), DISTANCE)
            pd.testing.assert_frame_equal(mine.reset_index(drop=True), alone)


def test_the_definition_stands_on_the_label() -> None:
    assert definition(EFFORT) == "mean ÷ sample SD of 7 whole days, effort × minutes"
    assert definition(EFFORT, strain=True).startswith("sum × monotony")
    assert "population" in definition(EFFORT, ddof=0)


def test_nobody_and_nothing() -> None:
    empty = timeline(made_runs([]), today=START)
    assert len(rolling_variety(empty, DISTANCE)) == len(weekly_variety(empty, DISTANCE)) == 0


loads = st.lists(st.one_of(st.just(0.0), st.floats(1.0, 2000.0)), min_size=7, max_size=30)


@settings(max_examples=80, deadline=None)
@given(loads, st.floats(0.5, 20.0))
def test_scaling_leaves_monotony_and_scales_strain(made: list[float], factor: float) -> None:
    plain, scaled = rolling_variety(made_days(made)), rolling_variety(made_days([factor * x for x in made]))
    assert scaled["reason"].astype(object).fillna("").tolist() == plain["reason"].astype(object).fillna("").tolist()
    assert scaled["monotony"].to_numpy() == pytest.approx(plain["monotony"].to_numpy(), rel=1e-6, nan_ok=True)
    assert scaled["strain"].to_numpy() == pytest.approx(factor * plain["strain"].to_numpy(), rel=1e-6, nan_ok=True)


@settings(max_examples=80, deadline=None)
@given(st.floats(0.001, 1e5), st.integers(7, 20))
def test_a_week_of_identical_days_is_never_called_varied(load: float, count: int) -> None:
    table = rolling_variety(made_days([load] * count))
    assert table["monotony"].isna().all()
    assert set(table["reason"].iloc[6:-1]) == {"sd_zero"}


@settings(max_examples=80, deadline=None)
@given(loads)
def test_a_value_is_finite_and_a_missing_one_has_its_reason(made: list[float]) -> None:
    table = rolling_variety(made_days(made))
    for name in ("monotony", "strain"):
        assert (table[name].isna() == table["reason"].notna()).all()
        assert not np.isinf(table[name]).any()
        assert not (table[name] == 0).any()
    assert set(table["reason"].dropna()) <= set(REASON_WORDS)


@settings(max_examples=40, deadline=None)
@given(loads)
def test_the_same_as_pandas_week_by_week(made: list[float]) -> None:
    table = rolling_variety(made_days(made)).iloc[:-1]
    for end in range(7, len(made) + 1):
        week = pd.Series(made[end - 7 : end])
        if _none(table["monotony"].iloc[end - 1]) is not None:
            assert table["monotony"].iloc[end - 1] == pytest.approx(week.mean() / week.std(), rel=1e-9)
            assert table["local_day"].iloc[end - 1].date() == START + timedelta(days=end - 1)


def _none(value: Any) -> Any:
    return None if value is None or (isinstance(value, float) and math.isnan(value)) else value
