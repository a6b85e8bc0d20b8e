"""A runner's days on the history page: nothing unknown is drawn as zero, marks stand where they belong."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
import pytest

from loadmon.gait.trend import CadenceTrend, RunnerCadence, trend
from loadmon.injury import Injury
from loadmon.show.day_table import area_words, day_table, device_changes, injured, trend_line
from loadmon.timeline import timeline
from loadmon.units import Units, UnitSystem
from tests.made_runs import START, daily, day_at, made_runs, session

NO_VALUES = pd.DataFrame(
    {
        "local_day": pd.array([], dtype="datetime64[us]"),
        "treadmill": np.array([], bool),
        "value_spm": np.array([], float),
    }
)
NO_TREND = RunnerCadence(None, None, trend(NO_VALUES), provisional=True)


def days(runs: pd.DataFrame, today: date, unknown: pd.DataFrame | None = None, **given: Any) -> pd.DataFrame:
    line = timeline(runs, today=today, unknown=unknown)
    asked: dict[str, Any] = {"values": NO_VALUES, "cadence": NO_TREND, "injuries": {}, "units": Units()} | given
    return day_table(line, runs, asked["values"], asked["cadence"], asked["injuries"], asked["units"])


def gap(first: int, last: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "athlete_id": [1],
            "first_day": pd.to_datetime([day_at(first)]),
            "last_day": pd.to_datetime([day_at(last)]),
            "reason": ["watch broken"],
        }
    )


def values(*rows: tuple[int, float, bool]) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "local_day": pd.to_datetime([day_at(n) for n, _, _ in rows]).astype("datetime64[us]"),
            "value_spm": [spm for _, spm, _ in rows],
            "treadmill": [indoors for _, _, indoors in rows],
        }
    )


def a_trend(slope: float, first: int, last: int, surface: str | None = "ground") -> RunnerCadence:
    found = CadenceTrend(
        slope, slope, slope, 56 * slope, changed=True, p_corrected=0.01, p_plain=0.01, mann_kendall_s=1.0, tau=1.0,
        n_runs=9, reason=None, first_day=day_at(first), last_day=day_at(last), surface=surface,
    )  # fmt: skip
    return RunnerCadence(170.0, day_at(last), found, provisional=False)


def test_a_rest_day_is_zero_and_an_unknown_day_is_nothing() -> None:
    found = days(made_runs(daily([5, 0, 5, 5])), day_at(6), gap(5, 6))
    assert found["load"].tolist()[:5] == [5000, 0, 5000, 5000, 0]
    assert found["load"].isna().tolist() == [False] * 5 + [True] * 2
    assert found["state"].tolist()[-2:] == ["unknown", "unknown"]


def test_a_run_whose_distance_is_missing_is_not_drawn_as_zero() -> None:
    found = days(made_runs([session(START), session(day_at(1), None)]), day_at(1))
    assert found["load"].iloc[0] == 8000
    assert np.isnan(found["load"].iloc[1])


def test_a_day_with_one_run_known_and_one_not_shows_what_is_known() -> None:
    found = days(made_runs([session(START), session(START, None, clock="18:00")]), START)
    assert found["load"].tolist() == [8000]


def test_means_stop_where_too_much_is_unknown_instead_of_sinking() -> None:
    found = days(made_runs(daily([6] * 40)), day_at(54), gap(40, 54))
    inside = found.iloc[42:55]
    assert inside["mean_7d"].isna().all()
    assert found["mean_7d"].iloc[6:41].eq(6000).sum() == 34
    assert found["ratio"].iloc[45:].isna().all()
    assert found["mean_before"].iloc[45:].isna().all()


def test_where_there_is_no_ratio_words_say_why_and_when() -> None:
    found = days(made_runs(daily([6] * 30)), day_at(29))
    assert found["ratio"].iloc[:27].isna().all()
    assert found["ratio_words"].iloc[20] == "This needs 28 days of history; there are 21, so it will be here in 7 days."
    assert found["ratio"].iloc[28] == pytest.approx(1.0)
    assert found["ratio_words"].iloc[28] == ""


def test_a_floor_is_told_in_the_readers_unit() -> None:
    runs = made_runs(daily([0.2] * 40))
    assert " mi " in days(runs, day_at(39), units=Units(UnitSystem.IMPERIAL))["ratio_words"].iloc[-1]
    assert " km " in days(runs, day_at(39))["ratio_words"].iloc[-1]


def test_two_runs_of_a_day_give_one_point() -> None:
    found = days(made_runs(daily([5] * 3)), day_at(2), values=values((1, 170.0, False), (1, 172.0, False)))
    assert found["cadence_spm"].tolist()[1] == 171.0
    assert found["cadence_spm"].isna().tolist() == [True, False, True]
    assert found["cadence_on"].tolist()[1] == "ground"


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


def test_without_a_trend_there_is_no_line() -> None:
    line = pd.Series(pd.to_datetime([START, START + timedelta(days=1)]))
    assert trend_line(line, NO_VALUES, NO_TREND).isna().all()


def recorded_by(*devices: str | None, **given: Any) -> pd.DataFrame:
    table = made_runs([session(day_at(n)) for n in range(len(devices))])
    table["device"] = pd.array(devices, dtype="str")
    return table.assign(**given)


def test_a_change_of_watch_is_marked_on_its_first_day() -> None:
    assert device_changes(recorded_by("A", "A", "B", "B")) == {pd.Timestamp(day_at(2)): "B"}


def test_the_first_watch_an_unknown_one_and_one_taken_out_change_nothing() -> None:
    assert device_changes(recorded_by("A", None, "A", "", "A")) == {}
    assert device_changes(recorded_by("A", "B", "A", excluded=[False, True, False])) == {}
    assert device_changes(recorded_by("A", "B", "A", is_running=[True, False, True])) == {}


def test_days_without_any_change_are_blank_text() -> None:
    found = days(recorded_by("A", "A"), day_at(1))
    assert found["device_change"].tolist() == ["", ""]


def test_an_injury_lasts_to_the_day_before_the_return() -> None:
    hurt = {1: Injury(1, day_at(1), day_at(3), "shin", "left"), 2: Injury(1, day_at(2), None, "knee")}
    found = [injured(hurt, day_at(n)) for n in range(4)]
    assert found == ["", "shin (left)", "shin (left), knee", "knee"]
    assert area_words(hurt[1]) == "shin (left)"
