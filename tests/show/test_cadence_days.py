"""Cadence on a runner's days: a point a day, the trend's own line, the levels between steps, new watches where they begin."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from loadmon.gait.baseline import CadenceModel
from loadmon.gait.trend import CadenceTrend, RunnerCadence, runner_cadence, trend
from loadmon.show.cadence_days import cadence_days, new_watches, trend_line
from tests.made_runs import START, day_at, made_runs, session

NO_VALUES = pd.DataFrame(
    {
        "session_id": np.array([], np.int64),
        "local_day": pd.array([], dtype="datetime64[us]"),
        "treadmill": np.array([], bool),
        "value_spm": np.array([], float),
        "stretch": np.array([], np.int64),
    }
)
NO_TREND = RunnerCadence(None, None, trend(NO_VALUES), provisional=True)


def told(days: int, values: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    line = pd.Series(pd.to_datetime([day_at(n) for n in range(days)]).astype("datetime64[us]"))
    return pd.DataFrame(cadence_days(line, values, NO_TREND, runs))


def values(*rows: tuple[int, float, bool], stretch: int = 0) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "session_id": np.arange(len(rows)),
            "local_day": pd.to_datetime([day_at(n) for n, _, _ in rows]).astype("datetime64[us]"),
            "value_spm": [spm for _, spm, _ in rows],
            "treadmill": [indoors for _, _, indoors in rows],
            "stretch": stretch,
        }
    )


def a_trend(slope: float, first: int, last: int, surface: str | None = "ground") -> RunnerCadence:
    found = CadenceTrend(
        slope, slope, slope, 56 * slope, changed=True, p_corrected=0.01, p_plain=0.01, mann_kendall_s=1.0, tau=1.0,
        n_runs=9, reason=None, first_day=day_at(first), last_day=day_at(last), surface=surface,
    )  # fmt: skip
    return RunnerCadence(170.0, day_at(last), found, provisional=False)


def test_two_runs_of_a_day_give_one_point() -> None:
    found = told(3, values((1, 170.0, False), (1, 172.0, False)), recorded_by("A", "A", "A"))
    assert found["cadence_spm"].tolist()[1] == 171.0
    assert found["cadence_spm"].isna().tolist() == [True, False, True]
    assert found["cadence_treadmill_spm"].isna().all()


def test_ground_and_treadmill_of_one_day_are_two_points() -> None:
    found = told(3, values((1, 170.0, False), (1, 160.0, True), (2, 162.0, True)), recorded_by("A", "A", "A"))
    assert found["cadence_spm"].fillna(0.0).tolist() == [0.0, 170.0, 0.0]
    assert found["cadence_treadmill_spm"].fillna(0.0).tolist() == [0.0, 160.0, 162.0]


def test_the_trend_goes_through_the_middle_of_its_own_runs() -> None:
    line = pd.Series(pd.to_datetime([day_at(n) for n in range(12)]))
    made = values(*((n, 170.0 + 0.5 * n, False) for n in range(2, 11)), (5, 150.0, True), (7, 150.0, True))
    found = trend_line(line, made, a_trend(0.5, 2, 10))
    assert found.notna().tolist() == [False] * 2 + [True] * 9 + [False]
    assert found.iloc[2] == pytest.approx(171.0)
    assert found.iloc[10] == pytest.approx(175.0)


def test_a_treadmill_trend_goes_through_treadmill_runs() -> None:
    line = pd.Series(pd.to_datetime([day_at(n) for n in range(4)]))
    made = values((0, 170.0, False), (1, 160.0, True), (2, 160.0, True))
    assert trend_line(line, made, a_trend(0.0, 0, 2, "treadmill")).dropna().unique().tolist() == [160.0]


def test_the_line_does_not_lean_on_runs_of_another_watch() -> None:
    line = pd.Series(pd.to_datetime([day_at(n) for n in range(40)]))
    own = values(*((4 * n, 170.0 + 0.4 * n, False) for n in range(9)))
    other = values(*((4 * n + 1, 150.0, False) for n in range(8))).assign(stretch=1)
    made = pd.concat([own, other]).sort_values("local_day", ignore_index=True)
    found = trend(made)
    assert (found.stretch, found.other_watch) == (0, 8)
    drawn = trend_line(line, made, RunnerCadence(173.2, day_at(32), found, provisional=False))
    assert (drawn.iloc[0], drawn.iloc[32]) == (pytest.approx(170.0), pytest.approx(173.2))


def test_a_step_inside_the_trend_leaves_no_line_through_its_levels() -> None:
    line = pd.Series(pd.to_datetime([day_at(n) for n in range(60)]))
    made = values(*((2 * n, (172.0 if n < 14 else 168.0) + 0.4 * (n % 3), False) for n in range(28)))
    told = runner_cadence(made, CadenceModel(level_spm=170.0, per_mps=9.0), day_at(55))
    assert told.trend.changed
    assert told.trend.step is not None
    assert (told.trend.step.count, told.trend.step.day) == (1, day_at(28))
    assert told.trend.step.change_spm == pytest.approx(-4.0, abs=0.4)
    assert trend_line(line, made, told).isna().all()
    before = runner_cadence(made[:14], CadenceModel(level_spm=170.0, per_mps=9.0), day_at(27))
    assert before.trend.step is None
    assert trend_line(line, made, before).notna().any()


def test_without_a_trend_there_is_no_line() -> None:
    line = pd.Series(pd.to_datetime([START, START + timedelta(days=1)]))
    assert trend_line(line, NO_VALUES, NO_TREND).isna().all()


def recorded_by(*devices: str | None, **given: Any) -> pd.DataFrame:
    table = made_runs([session(day_at(n)) for n in range(len(devices))])
    table["device"] = pd.array(devices, dtype="str")
    table["device_serial_hash"] = pd.array([None] * len(devices), dtype="str")
    return table.assign(**given)


def test_a_change_of_watch_is_marked_on_its_first_day() -> None:
    assert new_watches(recorded_by("A", "A", "B", "B")) == {pd.Timestamp(day_at(2)): "B"}


def test_the_first_watch_an_unknown_one_and_one_taken_out_change_nothing() -> None:
    assert new_watches(recorded_by("A", None, "A", "", "A")) == {}
    assert new_watches(recorded_by("A", "B", "A", excluded=[False, True, False])) == {}
    assert new_watches(recorded_by("A", "B", "A", is_running=[True, False, True])) == {}


def test_days_without_any_change_are_blank_text() -> None:
    found = told(2, NO_VALUES, recorded_by("A", "A"))
    assert found["device_change"].tolist() == ["", ""]


def stepped(before: float, after: float) -> pd.DataFrame:
    wobble = [0.3, -0.2, 0.1, -0.4, 0.2, -0.1, 0.4, -0.3]
    return values(*((n, (before if n < 8 else after) + wobble[n % 8], False) for n in range(16)))


def test_a_step_has_a_level_on_either_side_and_its_size_on_its_day() -> None:
    found = told(18, stepped(170.0, 166.0), recorded_by(*["A"] * 16))
    level = found[found["cadence_level_spm"].notna()]
    assert level.index.tolist() == [0, 8]
    assert level["cadence_level_spm"].tolist() == pytest.approx([170.0, 166.0], abs=0.2)
    assert level["cadence_level_until"].tolist() == [pd.Timestamp(day_at(8)), pd.Timestamp(day_at(15))]
    assert found["cadence_step_spm"].dropna().to_dict() == pytest.approx({8: -4.0}, abs=0.2)


def test_without_a_step_no_level_is_drawn() -> None:
    found = told(18, stepped(170.0, 170.0), recorded_by(*["A"] * 16))
    assert found["cadence_level_spm"].isna().all()
    assert found["cadence_step_spm"].isna().all()


def test_another_watch_is_no_step() -> None:
    two = stepped(170.0, 166.0).assign(stretch=[0] * 8 + [8] * 8)
    found = told(18, two, recorded_by(*["A"] * 8, *["B"] * 8))
    assert found["cadence_step_spm"].isna().all()
    assert found["device_change"].tolist()[8] == "B"


def test_two_watches_in_turn_are_no_change_each_time() -> None:
    assert new_watches(recorded_by("A", "B", "A", "B", "A")) == {pd.Timestamp(day_at(1)): "B"}


def test_a_level_that_began_before_the_span_is_drawn_from_its_first_day() -> None:
    line = pd.Series(pd.to_datetime([day_at(n) for n in range(18)]).astype("datetime64[us]"))
    runs = recorded_by(*["A"] * 16)
    found = pd.DataFrame(cadence_days(line, stepped(170.0, 166.0), NO_TREND, runs, day_at(5)))
    assert found.index[found["cadence_level_spm"].notna()].tolist() == [5, 8]
    later = pd.DataFrame(cadence_days(line, stepped(170.0, 166.0), NO_TREND, runs, day_at(10)))
    assert later.index[later["cadence_level_spm"].notna()].tolist() == [10]
