"""A runner's days on the history page: nothing unknown is drawn as zero, marks stand where they belong."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd
import pytest

from loadmon.injury import Injury
from loadmon.load.kind import DISTANCE, EFFORT, POINTS, LoadKind
from loadmon.load.ratio import ratio
from loadmon.show.day_table import area_words, injured, load_days
from loadmon.show.ratio_shown import RATIOS
from loadmon.timeline import timeline
from loadmon.units import Units, UnitSystem
from tests.made_runs import START, daily, day_at, made_runs, session

KM = Units()


def days(
    runs: pd.DataFrame,
    today: date,
    unknown: pd.DataFrame | None = None,
    *,
    kind: LoadKind = DISTANCE,
    units: Units = KM,
    since: date | None = None,
) -> pd.DataFrame:
    line = timeline(runs, today=today, unknown=unknown)
    return pd.DataFrame(load_days(line, kind, units, since)).assign(local_day=line["local_day"], state=line["state"])


def gap(first: int, last: int) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "athlete_id": [1],
            "first_day": pd.to_datetime([day_at(first)]),
            "last_day": pd.to_datetime([day_at(last)]),
            "reason": ["watch broken"],
        }
    )


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


def test_an_injury_lasts_to_the_day_before_the_return() -> None:
    hurt = {1: Injury(1, day_at(1), day_at(3), "shin", "left"), 2: Injury(1, day_at(2), None, "knee")}
    found = [injured(hurt, day_at(n)) for n in range(4)]
    assert found == ["", "shin (left)", "shin (left), knee", "knee"]
    assert area_words(hurt[1]) == "shin (left)"


def with_points(km: list[float], points: list[float], estimated: list[bool]) -> pd.DataFrame:
    runs = made_runs(daily(km))
    return runs.assign(points=points, points_estimated=estimated, effort_au=float("nan"), trimp_banister=float("nan"))


def test_points_that_rest_on_an_estimate_are_marked_and_distance_never_is() -> None:
    runs = with_points([5, 5, 5], [40.0, 50.0, 60.0], [False, True, False])
    found = days(runs, day_at(2), kind=POINTS)
    assert found["load"].tolist() == [40.0, 50.0, 60.0]
    assert found["estimated"].tolist() == [False, True, False]
    assert not days(runs, day_at(2))["estimated"].any()


def test_effort_nobody_told_is_missing_and_no_rest_day() -> None:
    found = days(with_points([5, 0, 5], [40.0, 50.0], [False, False]), day_at(2), kind=EFFORT)
    assert found["load"].isna().tolist() == [True, False, True]
    assert found["load"].iloc[1] == 0.0


def test_a_ratio_stands_within_reach_of_its_band_and_only_shown_days_have_one() -> None:
    km = [float(4 + (7 * n) % 9) for n in range(60)]
    found = days(made_runs(daily(km)), day_at(59), since=day_at(50))
    assert found["ratio_low"].notna().tolist() == [False] * 50 + [True] * 10
    shown = found.iloc[50:]
    assert (shown["ratio_low"] < shown["ratio_high"]).all()
    everything = days(made_runs(daily(km)), day_at(59))
    assert everything["ratio"].equals(found["ratio"])
    assert shown["ratio_low"].tolist() == pytest.approx(everything["ratio_low"].iloc[50:].tolist())


@pytest.mark.parametrize("key", RATIOS)
def test_each_definition_of_the_ratio_is_the_one_that_is_drawn(key: str) -> None:
    shown = RATIOS[key]
    line = timeline(made_runs(daily([float(4 + (7 * n) % 9) for n in range(60)])), today=day_at(59))
    found = load_days(line, DISTANCE, KM, shown=shown)
    np.testing.assert_array_equal(found["ratio"], ratio(line, average=shown.average, coupled=shown.coupled)["value"])
    usual = load_days(line, DISTANCE, KM)
    assert found["ratio"].equals(usual["ratio"]) == (key == "uncoupled")
    # the dashed line of the load panel is the 21 days before, whatever the ratio divides by
    assert found["mean_before"].equals(usual["mean_before"])
    assert found["ratio_low"].notna().any() == shown.has_band == (key != "ewma")


def test_the_long_term_line_settles_for_ninety_days() -> None:
    found = days(made_runs(daily([5] * 100)), day_at(99))
    assert found["settling"].tolist() == [True] * 89 + [False] * 11
    assert found["long_term"].iloc[-1] < 5000
    assert found["balance"].iloc[0] == 0.0


def test_a_week_of_identical_days_is_never_called_varied() -> None:
    found = days(made_runs(daily([5] * 10)), day_at(9))
    assert found["monotony"].isna().all()
    assert "the same on all seven days" in found["variety_words"].iloc[8]


MADE_FROM_DAYS = [
    "load", "mean_7d", "mean_before", "ratio", "ratio_low", "ratio_high", "long_term", "short_term", "balance", "ramp",
    "monotony", "strain",
]  # fmt: skip


def test_after_days_of_silence_nothing_is_told_as_zero_as_in_the_week() -> None:
    found = days(made_runs(daily([6, 0, 8, 0, 5] * 12)), day_at(80))
    # the last run is on day 59: the tenth day without a session is day 69
    heard, silent = found.iloc[60:69], found.iloc[69:]
    assert heard["load"].eq(0.0).all()
    assert heard["ratio"].notna().all()
    assert silent[MADE_FROM_DAYS].isna().all().all()
    for name in ("ratio_words", "balance_words", "variety_words"):
        assert silent[name].str.startswith("No session for 10 days or more").all()
    assert not heard["ratio_words"].str.contains("No session").any()


def test_a_runner_who_is_heard_of_again_has_figures_again_and_no_balance_of_a_silent_day() -> None:
    km = [6.0, 0.0, 8.0, 0.0, 5.0] * 12 + [0.0] * 14 + [5.0] * 9
    found = days(made_runs(daily(km)), day_at(len(km) - 1))
    back = found.iloc[74:]
    assert found["ratio"].iloc[69:74].isna().all()
    assert back[["load", "ratio", "long_term", "short_term", "mean_7d"]].notna().all().all()
    assert back["balance"].isna().tolist() == [True] + [False] * 8
    # a week before the days from 76 to 80 lie the silent ones
    assert back["ramp"].isna().tolist() == [False] * 2 + [True] * 5 + [False] * 2


def test_figures_of_days_that_are_not_all_known_say_what_share_is() -> None:
    found = days(made_runs(daily([*[6.0] * 36, 0.0, *[6.0] * 8])), day_at(44), gap(36, 36))
    assert found["ratio_coverage"].iloc[35:].tolist() == pytest.approx([1, *[6 / 7] * 7, 20 / 21, 20 / 21])
    assert found["averages_coverage"].iloc[35:].tolist() == pytest.approx([1, *[6 / 7] * 7, 41 / 42, 41 / 42])
    # what the screen says of such a day: nothing done, and provisional
    assert found["ratio"].iloc[36] == pytest.approx(6 / 7)
