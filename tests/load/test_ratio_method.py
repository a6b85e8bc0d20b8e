"""Other ways to make a ratio: newer days weighed more, other windows, other kinds of load, each with its floor."""

from __future__ import annotations

from typing import Any

import numpy as np
import pandas as pd
import pytest

from loadmon.load.average import weighted_average
from loadmon.load.kind import DISTANCE, EFFORT, MOVING, POINTS, STEPS, TRIMP, LoadKind
from loadmon.load.ratio import ratio, ratio_today
from loadmon.load.ratio_method import UnusableWindows
from loadmon.measure import reason_sentence
from loadmon.timeline import timeline
from tests.load.test_ratio import by_day, cases, days
from tests.made_days import made_days
from tests.made_runs import D84_KM, daily, day_at, made_runs


def test_worked_case_step_of_williams_weighted() -> None:
    case = cases()["acwr_williams2017_step"]
    table = ratio(days(case["inputs"]["daily_load"]), average="ewma", seed=case["params"]["seed"])
    row, expected = table.iloc[-1], case["expected"]
    assert row["acute"] / 1000 == pytest.approx(expected["ewma_acute_last"], abs=1e-6)
    assert row["chronic"] / 1000 == pytest.approx(expected["ewma_chronic_last"], abs=1e-6)
    assert row["value"] == pytest.approx(expected["ewma_acwr_last"], abs=1e-6)


@pytest.mark.parametrize("seed", ["adjusted", "first_value", "zero"])
def test_worked_case_weighted_averages_of_twelve_weeks(seed: str) -> None:
    expected = cases()["acwr_ewma_D84"]["expected"][seed]
    made = days(D84_KM)
    table = by_day(ratio(made, average="ewma", seed=seed))
    # before 28 days nothing is shown: there the averages themselves are compared
    whose, history = made["athlete_id"].to_numpy(), made["history_days"].to_numpy()
    chronic = pd.Series(weighted_average(DISTANCE.of(made), whose, history, 2 / 29, seed), index=table.index)
    for day, value in expected["ratio"].items():
        assert table.loc[day, "acute"] / 1000 == pytest.approx(expected["acute"][day], abs=1e-6)
        assert chronic[day] / 1000 == pytest.approx(expected["chronic"][day], abs=1e-6)
        assert table.loc[day, "acute"] / chronic[day] == pytest.approx(value, abs=1e-6)
        if day >= "2025-02-02":
            assert table.loc[day, "chronic"] == chronic[day]
            assert table.loc[day, "value"] == pytest.approx(value, abs=1e-6)


@pytest.mark.parametrize(
    ("day", "seed", "value"),
    [
        ("2025-02-01", "adjusted", None),
        ("2025-02-02", "adjusted", 1.1267604022),
        ("2025-02-23", "adjusted", 1.528727197),
        ("2025-03-02", "adjusted", 0.3406280154),
        ("2025-03-23", "adjusted", 0.8210692888),
        ("2025-03-30", "adjusted", 1.1102355957),
        ("2025-02-23", "first_value", 1.5762539547),
        ("2025-03-30", "first_value", 1.1129873813),
    ],
)
def test_known_days_weighted(day: str, seed: str, value: float | None) -> None:
    table = by_day(ratio(days(D84_KM), average="ewma", seed=seed))
    assert _none(table.loc[day, "value"]) == pytest.approx(value, abs=1e-9)


def test_a_step_from_thirty_to_fifty_is_five_quarters_weighted() -> None:
    assert ratio_today(days([30.0] * 21 + [50.0] * 7), average="ewma", seed="first_value").value == pytest.approx(
        1.2497455413, abs=1e-9
    )


def test_other_windows_are_what_they_say() -> None:
    made = days(D84_KM)
    km = pd.Series(D84_KM, dtype=float)
    table = ratio(made, acute_days=3, chronic_days=14, coupled=True)
    assert table["acute"].to_numpy()[2:] == pytest.approx(1000 * km.rolling(3).mean().to_numpy()[2:])
    assert table["chronic"].to_numpy()[27:] == pytest.approx(1000 * km.rolling(14).mean().to_numpy()[27:])
    apart = ratio(made, acute_days=3, chronic_days=14)
    assert apart["chronic"].to_numpy()[27:] == pytest.approx(1000 * km.rolling(11).mean().shift(3).to_numpy()[27:])
    long = ratio(made, acute_days=7, chronic_days=42)
    assert long["reason"].tolist()[26:28] == ["history<28d", "history<window"]
    assert long["reason"].tolist()[40:42] == ["history<window", np.nan]
    assert long["value"].iloc[41] == pytest.approx(km[35:42].mean() / km[:35].mean())


@pytest.mark.parametrize(
    "how",
    [
        {"acute_days": 28},
        {"acute_days": 0},
        {"acute_days": 9, "chronic_days": 8},
        {"average": "mean"},
        {"average": "ewma", "seed": "last"},
    ],
)
def test_windows_that_make_no_ratio_are_refused_by_name(how: dict[str, Any]) -> None:
    with pytest.raises(UnusableWindows) as refused:
        ratio(days([5.0] * 30), **how)
    assert refused.value.advice


@pytest.mark.parametrize(
    ("kind", "floor"), [(EFFORT, 100.0), (TRIMP, 30.0), (STEPS, 4000.0), (POINTS, 30.0), (MOVING, 1800.0)]
)
def test_every_kind_has_its_floor(kind: LoadKind, floor: float) -> None:
    at, below = made_days([floor / 7] * 30, kind), made_days([floor / 7 * 0.99] * 30, kind)
    assert ratio(at, kind)["reason"].iloc[-2] is np.nan
    assert ratio(at, kind)["value"].iloc[-2] == pytest.approx(1.0)
    assert ratio(below, kind)["reason"].iloc[-2] == "chronic<floor"
    measure = ratio_today(below, kind)
    assert f"{floor:,.0f}" in reason_sentence(measure) or "30 min" in reason_sentence(measure)


def test_weighted_ratios_are_withheld_where_too_much_is_unknown() -> None:
    km = [6.0] * 60
    km[52:54] = [0.0, 0.0]
    unknown = pd.DataFrame({"athlete_id": [1], "first_day": [day_at(52)], "last_day": [day_at(53)]})
    table = ratio(days(km, unknown=unknown), average="ewma")
    assert table["reason"].isna().tolist()[50:60] == [True, True, True, *[False] * 6, True]


def test_several_runners_give_what_each_gives_alone() -> None:
    runs = made_runs([*daily(D84_KM), *daily(D84_KM[::-1], athlete_id=2), *daily([3.0] * 40, athlete_id=3)])
    together = ratio(timeline(runs, today=day_at(83)), average="ewma")
    for athlete, mine in together.groupby("athlete_id"):
        alone = ratio(timeline(runs[runs["athlete_id"] == athlete], today=day_at(83)), average="ewma")
        pd.testing.assert_frame_equal(mine.reset_index(drop=True), alone)


def _none(value: Any) -> Any:
    return None if pd.isna(value) else value
