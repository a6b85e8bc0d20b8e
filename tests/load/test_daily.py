"""Weeks and rolling weeks: the unfinished one is marked and compared with the same days of the weeks before."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import numpy as np
import pandas as pd
import pytest

from loadmon.days import WeekStart
from loadmon.load.daily import rolling_week, weeks
from loadmon.load.kind import EFFORT, MOVING
from loadmon.load.windows import shifted, trailing_sum
from loadmon.timeline import timeline
from tests.made_days import made_days
from tests.made_runs import D84_KM, D84_WEEKS_KM, START, daily, day_at, made_runs, session


def d84(until: int = 83, **given: object) -> pd.DataFrame:
    return timeline(made_runs(daily(D84_KM[: until + 1])), today=day_at(until), first={1: START}, **given)  # type: ignore[arg-type]


def test_twelve_weeks_add_up_to_what_they_are_known_to_be() -> None:
    table = weeks(d84())
    assert (table["distance_m"] / 1000).tolist() == list(D84_WEEKS_KM)
    assert table["label"].tolist()[:2] == ["2025-W02", "2025-W03"]
    assert table["unfinished"].tolist() == [False] * 11 + [True]
    assert table["days_so_far"].tolist() == [7] * 12


def test_the_running_week_is_compared_with_the_same_days_not_with_whole_weeks() -> None:
    # Thursday of the fifth week: 4 days so far; Monday to Thursday of the weeks before were 14, 14, 15 and 11 km
    now = weeks(d84(31)).iloc[-1]
    assert (now["days_so_far"], bool(now["unfinished"])) == (4, True)
    assert now["distance_m"] == 16000.0
    assert (now["usual_low_m"], now["usual_high_m"], now["usual_weeks"]) == (11000.0, 15000.0, 4)
    assert now["usual_high_s"] == pytest.approx(5000.0)


def test_on_monday_the_usual_is_mondays_only() -> None:
    now = weeks(d84(28)).iloc[-1]
    assert (now["days_so_far"], now["usual_low_m"], now["usual_high_m"]) == (1, 0.0, 0.0)


def test_one_week_before_is_not_yet_a_usual() -> None:
    now = weeks(d84(9)).iloc[-1]
    assert now["usual_weeks"] == 1
    assert np.isnan(now["usual_low_m"])
    assert weeks(d84(16)).iloc[-1]["usual_weeks"] == 2


def test_weeks_that_begin_on_sunday() -> None:
    table = weeks(d84(), WeekStart.SUNDAY)
    assert table["week_start"].dt.date.tolist()[:2] == [date(2025, 1, 5), date(2025, 1, 12)]
    assert table["label"].tolist()[:2] == ["2025-W02", "2025-W03"]
    assert bool(table["begins_late"].iloc[0]) is True
    assert table["days_so_far"].tolist()[-1] == 1
    assert table["distance_m"].sum() == sum(D84_KM) * 1000


def test_a_week_over_new_year_is_one_week() -> None:
    runs = made_runs([session(date(2024, 12, 30)), session(date(2025, 1, 1))])
    table = weeks(timeline(runs, today=date(2025, 1, 5)))
    assert table["label"].tolist() == ["2025-W01"]
    assert table["runs"].tolist() == [2]


def test_a_week_of_runs_without_distance_has_no_distance_rather_than_none_run() -> None:
    runs = made_runs([session(day_at(n), 5000.0) for n in range(7)] + [session(day_at(n), None) for n in range(7, 14)])
    table = weeks(timeline(runs, today=day_at(13)))
    assert np.isnan(table["distance_m"].iloc[1])
    assert bool(table["distance_complete"].iloc[1]) is False
    assert table["runs"].iloc[1] == 7


def test_weeks_largely_unknown_are_no_part_of_the_usual() -> None:
    lost = pd.DataFrame({"athlete_id": [1], "first_day": [day_at(21)], "last_day": [day_at(27)]})
    km = (*D84_KM[:21], *[0] * 7, *D84_KM[28:32])
    now = weeks(timeline(made_runs(daily(km)), today=day_at(31), unknown=lost, first={1: START})).iloc[-1]
    assert (now["usual_weeks"], now["usual_low_m"], now["usual_high_m"]) == (3, 14000.0, 15000.0)


def test_each_whole_week_is_told_against_the_week_before() -> None:
    table = weeks(d84())
    want = [100.0 * (now / before - 1.0) for before, now in pairwise(D84_WEEKS_KM[:-1]) if before]
    assert table["change_pct"].dropna().tolist() == pytest.approx(want)
    assert table["change_pct"].isna().tolist() == table["change_reason"].notna().tolist()
    after_nothing = [
        reason for reason, before in zip(table["change_reason"][1:-1], D84_WEEKS_KM, strict=False) if not before
    ]
    assert after_nothing == ["previous=0"] * 2
    # the first week has none before it, the last holds today
    assert table["change_reason"].iloc[[0, -1]].tolist() == ["no whole week before", "week running"]


def test_a_week_without_data_has_no_change_and_gives_none_to_the_next() -> None:
    lost = pd.DataFrame({"athlete_id": [1], "first_day": [day_at(14)], "last_day": [day_at(15)]})
    km = (*D84_KM[:14], 0, 0, *D84_KM[16:42])
    table = weeks(timeline(made_runs(daily(km)), today=day_at(41), unknown=lost, first={1: START}))
    assert table["change_reason"].iloc[1:5].tolist() == [np.nan, "weeks unknown", "weeks unknown", np.nan]
    alone = weeks(
        timeline(made_runs([session(day_at(0), 5), session(day_at(9), None)]), today=day_at(20), first={1: START})
    )
    # one run of the week, and its distance is missing: nothing is known of the week, and it is no cut to nothing
    assert alone["change_reason"].tolist() == ["no whole week before", "weeks unknown", "week running"]


def test_a_week_that_the_record_begins_within_is_no_measure_for_the_next() -> None:
    table = weeks(timeline(made_runs(daily([5.0] * 20, start=day_at(3))), today=day_at(22), first={1: day_at(3)}))
    assert table["change_reason"].tolist() == ["no whole week before", "no whole week before", np.nan, "week running"]
    assert table["change_pct"].iloc[2] == 0.0


def test_every_kind_of_load_has_its_week_and_its_usual() -> None:
    loads = [100.0, 0.0, 200.0, 0.0, 0.0, 300.0, 0.0] * 4
    loads[7] = 150.0
    table = weeks(made_days([*loads, 50.0], EFFORT))
    assert table["effort_au"].tolist() == [600.0, 650.0, 600.0, 600.0, 50.0]
    now = table.iloc[-1]
    # today is the second day of the week; the weeks before held 100 or 150 by then
    assert (now["days_so_far"], now["usual_low_au"], now["usual_high_au"]) == (2, 100.0, 150.0)
    assert "points" not in table
    assert "usual_low_points" not in weeks(made_days([], EFFORT))


def test_a_week_known_in_part_is_no_part_of_the_usual() -> None:
    loads: list[float | None] = [100.0, 0.0, 200.0, 0.0, 0.0, 300.0, 0.0] * 4
    loads[14] = loads[26] = None  # a Monday, before the weekday of today, and a Saturday, after it
    now = weeks(made_days([*loads, 50.0], EFFORT)).iloc[-1]
    assert (now["usual_low_au"], now["usual_high_au"]) == (100.0, 100.0)
    loads[0] = loads[21] = None
    assert np.isnan(weeks(made_days([*loads, 50.0], EFFORT)).iloc[-1]["usual_low_au"])
    assert now["usual_weeks"] == 4


def test_runners_do_not_mix() -> None:
    both = made_runs([*daily(D84_KM), *daily(D84_KM[:20], start=day_at(3), athlete_id=2)])
    table = timeline(both, today=day_at(83), first={1: START})
    alone = timeline(both[both["athlete_id"] == 2], today=day_at(83))
    for of in (weeks, rolling_week):
        mixed = of(table)
        mine = mixed[mixed["athlete_id"] == 2].reset_index(drop=True)
        pd.testing.assert_frame_equal(mine, of(alone))


def test_a_young_runner_does_not_borrow_the_usual_of_the_runner_before() -> None:
    both = made_runs([*daily(D84_KM), *daily([5.0] * 9, start=day_at(70), athlete_id=2)])
    now = weeks(timeline(both, today=day_at(83), first={1: START})).iloc[-1]
    assert (now["athlete_id"], now["usual_weeks"]) == (2, 1)
    assert np.isnan(now["usual_low_m"])


def test_seven_days_against_the_seven_before() -> None:
    table = rolling_week(d84()).set_index("local_day")
    last = table.loc["2025-03-30"]
    assert (last["sum_7d"], last["previous_7d"]) == (15000.0, 10000.0)
    assert last["change_pct"] == pytest.approx(50.0)


def test_no_change_is_told_against_nothing() -> None:
    table = rolling_week(d84()).set_index("local_day")
    after = table.loc["2025-03-16"]
    assert after["sum_7d"] == 7000.0
    assert np.isnan(after["change_pct"])
    assert after["reason"] == "previous=0"


def test_a_cut_to_nothing_is_minus_a_hundred_percent() -> None:
    assert rolling_week(d84()).set_index("local_day").loc["2025-03-02", "change_pct"] == -100.0


def test_a_young_record_says_which_part_is_missing() -> None:
    table = rolling_week(d84(20))
    assert table["reason"].tolist()[5:8] == ["history<7d", "history<14d", "history<14d"]
    assert np.isnan(table["sum_7d"].iloc[5])
    assert table["sum_7d"].iloc[6] == 31000.0
    assert table["reason"].isna().tolist()[13:] == [True] * 8


def test_unknown_days_withhold_the_change() -> None:
    lost = pd.DataFrame({"athlete_id": [1], "first_day": [day_at(14)], "last_day": [day_at(15)]})
    km = (*D84_KM[:14], 0, 0, *D84_KM[16:21])
    table = rolling_week(timeline(made_runs(daily(km)), today=day_at(20), unknown=lost, first={1: START}))
    assert table["reason"].iloc[-1] == "coverage"
    assert table["coverage"].iloc[-1] == pytest.approx(5 / 7)


def test_minutes_as_well_as_metres() -> None:
    assert rolling_week(d84(), MOVING)["sum_7d"].iloc[-1] == pytest.approx(5000.0)


def test_sums_of_short_and_empty_tables() -> None:
    assert trailing_sum(np.array([]), 7).tolist() == []
    assert trailing_sum(np.array([1.0, 2.0]), 7).tolist() == [1.0, 3.0]
    assert np.isnan(shifted(np.array([1.0, 2.0]), 7)).all()
    assert len(weeks(timeline(made_runs([]), today=START))) == 0
    assert len(rolling_week(timeline(made_runs([]), today=START))) == 0


def test_what_is_known_of_a_short_record_does_not_reach_into_the_runner_above() -> None:
    above = daily([5.0] * 20, athlete_id=1)
    above[-1]["distance_m"] = None
    newcomer = daily([5.0] * 3, day_at(17), athlete_id=2)
    table = timeline(made_runs([*above, *newcomer]), today=day_at(19))
    alone = timeline(made_runs(newcomer), today=day_at(19))
    together = rolling_week(table)
    assert together.loc[together["athlete_id"] == 2, "coverage"].isna().all()
    assert rolling_week(alone)["coverage"].isna().all()


def test_seven_days_of_which_next_to_nothing_is_known_add_up_to_nothing_known_and_not_to_0() -> None:
    lost = pd.DataFrame({"athlete_id": [1], "first_day": [day_at(20)], "last_day": [day_at(29)]})
    table = rolling_week(timeline(made_runs(daily([5] * 20)), today=day_at(40), unknown=lost))
    # two of seven days unknown from the 21st on, fewer again from the 35th
    assert table["sum_7d"].isna().to_numpy().nonzero()[0].tolist() == [*range(6), *range(21, 35)]
    assert table["previous_7d"].isna().to_numpy().nonzero()[0].tolist() == [*range(13), *range(28, 41)]
    assert table["sum_7d"].iloc[-1] == 0.0
