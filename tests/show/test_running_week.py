"""The running week is compared with the same days of the weeks before, and with nothing that is not known."""

from __future__ import annotations

from datetime import date, timedelta

import pandas as pd
import pytest

from loadmon.days import WeekStart
from loadmon.load.daily import weeks
from loadmon.load.kind import DISTANCE, MOVING
from loadmon.show.running_week import running_week
from loadmon.timeline import timeline
from tests.made_runs import START, daily, day_at, made_runs, session


def line(km: list[float], today: int, unknown: tuple[int, int] | None = None) -> pd.DataFrame:
    declared = None
    if unknown:
        declared = pd.DataFrame(
            {
                "athlete_id": [1],
                "first_day": pd.to_datetime([day_at(unknown[0])]),
                "last_day": pd.to_datetime([day_at(unknown[1])]),
            }
        )
    return timeline(made_runs(daily(km)), today=day_at(today), unknown=declared)


WEEK_KM = [5.0, 0.0, 8.0, 0.0, 6.0, 0.0, 12.0]


def test_a_wednesday_is_compared_with_wednesdays() -> None:
    found = running_week(line([*WEEK_KM, *(2 * k for k in WEEK_KM), 4.0, 0.0, 3.0], 16))
    assert found is not None
    assert (found.first, found.ends, found.days) == (START + timedelta(14), START + timedelta(20), 3)
    assert found.load == 7000.0
    assert found.earlier == ((START, 13_000.0), (START + timedelta(7), 26_000.0))
    assert found.usual == (13_000.0, 26_000.0)


@pytest.mark.parametrize("first", WeekStart)
@pytest.mark.parametrize("today", range(33, 44))
def test_it_tells_what_the_weeks_table_tells(first: WeekStart, today: int) -> None:
    made = line([3.0 + (7 * n) % 11 for n in range(50)], today)
    week = weeks(made, first).iloc[-1]
    found = running_week(made, first=first)
    assert found is not None
    assert found.first == week["week_start"].date()
    assert found.days == week["days_so_far"]
    assert found.load == pytest.approx(week["distance_m"])
    assert found.usual == pytest.approx((week["usual_low_m"], week["usual_high_m"]))
    minutes = running_week(made, MOVING, first)
    assert minutes is not None
    assert minutes.usual == pytest.approx((week["usual_low_s"], week["usual_high_s"]))


def test_one_week_before_is_no_usual() -> None:
    found = running_week(line([*WEEK_KM, 5.0], 7))
    assert found is not None
    assert len(found.earlier) == 1
    assert found.usual is None


def test_a_week_with_days_declared_missing_is_not_compared_with() -> None:
    found = running_week(line([*WEEK_KM, *WEEK_KM, *WEEK_KM, 5.0], 21, unknown=(8, 9)))
    assert found is not None
    # the run of day 9 keeps that day observed: one day of seven is lost, and that much is allowed
    assert [day for day, _ in found.earlier] == [START, START + timedelta(7), START + timedelta(14)]
    found = running_week(line([*WEEK_KM, 5.0, *[0.0] * 6, *WEEK_KM, 5.0], 21, unknown=(8, 10)))
    assert found is not None
    assert [day for day, _ in found.earlier] == [START, START + timedelta(14)]


def test_a_week_of_which_nothing_is_known_has_no_load() -> None:
    found = running_week(line(WEEK_KM, 9, unknown=(7, 9)))
    assert found is not None
    assert found.load is None


def test_runs_without_a_distance_are_no_zero() -> None:
    found = running_week(timeline(made_runs([session(START, None)]), today=START + timedelta(2)))
    assert found is not None
    assert found.load is None
    rest = running_week(timeline(made_runs([session(START)]), today=START + timedelta(8)))
    assert rest is not None
    assert rest.load == 0.0


def test_a_record_that_begins_within_the_week_begins_on_its_first_day() -> None:
    thursday = START + timedelta(3)
    found = running_week(timeline(made_runs([session(thursday)]), today=START + timedelta(5)))
    assert found is not None
    assert (found.first, found.days, found.ends) == (thursday, 3, date(2025, 1, 12))


def test_without_a_day_there_is_no_week() -> None:
    assert running_week(line(WEEK_KM, 6).iloc[:0], DISTANCE) is None


def test_a_silent_week_is_not_told_as_nothing_run_nor_are_silent_weeks_usual() -> None:
    km = [*WEEK_KM] * 4
    found = running_week(line(km, 27 + 9))
    assert found is not None
    assert found.load == 0.0
    silent = running_week(line(km, 27 + 10))
    assert silent is not None
    assert silent.load is None
    assert len(silent.earlier) == 4
    long_silent = running_week(line(km, 27 + 60))
    assert long_silent is not None
    assert long_silent.load is None
    assert long_silent.usual is None
