"""Days are calendar dates: clock changes, resolutions and year ends do not move them."""

from __future__ import annotations

from datetime import UTC, date, datetime

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadmon.days import (
    WeekStart,
    day_number,
    day_numbers,
    day_of_number,
    day_range,
    day_words,
    offset_in_zone,
    today_in_zone,
    week_label,
    week_start,
)

DAYS = [date(2025, 3, 29), date(2025, 3, 30), date(2025, 3, 31), date(2025, 3, 30)]
NUMBERS = [20176, 20177, 20178, 20177]


@pytest.mark.parametrize(
    "kept",
    [
        DAYS,
        pd.Series(DAYS, dtype=object),
        pd.Series(pd.to_datetime(DAYS).astype("datetime64[us]")),
        pd.Series(pd.to_datetime(DAYS).astype("datetime64[ns]")),
        pd.Series(pd.to_datetime(DAYS).astype("datetime64[s]")),
        pd.Series([d.isoformat() for d in DAYS]),
        pd.DatetimeIndex(DAYS),
        pd.Series(pd.to_datetime(DAYS)).dt.tz_localize("Europe/Berlin"),
    ],
    ids=["list", "objects", "microseconds", "nanoseconds", "seconds", "texts", "index", "zone"],
)
def test_a_day_is_the_same_number_however_a_table_keeps_it(kept: object) -> None:
    assert day_numbers(kept).tolist() == NUMBERS


def test_a_missing_day_is_refused_not_turned_into_a_number() -> None:
    with pytest.raises(ValueError, match="missing"):
        day_numbers(pd.Series([date(2025, 1, 1), None], dtype=object))
    with pytest.raises(ValueError, match="missing"):
        day_numbers(pd.to_datetime(pd.Series(["2025-01-01", None])))


def test_no_days_give_no_numbers() -> None:
    assert day_numbers(pd.Series([], dtype=object)).tolist() == []
    assert day_numbers(pd.Series([], dtype="datetime64[us]")).tolist() == []


@given(st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_a_day_comes_back_from_its_number(day: date) -> None:
    assert day_of_number(day_number(day)) == day
    assert day_numbers([day])[0] == day_number(day)
    assert np.datetime64(day_number(day), "D") == np.datetime64(day)


def test_the_clock_change_makes_no_day_longer() -> None:
    days = day_range(date(2025, 3, 28), date(2025, 4, 1))
    assert len(days) == 5
    assert np.diff(day_numbers(days)).tolist() == [1, 1, 1, 1]


def test_weeks_begin_where_the_user_says() -> None:
    sunday = date(2025, 3, 30)
    assert week_start(sunday) == date(2025, 3, 24)
    assert week_start(sunday, WeekStart.SUNDAY) == sunday
    assert week_start(date(2025, 3, 31)) == date(2025, 3, 31)


def test_a_week_over_new_year_has_the_name_of_its_own_year() -> None:
    assert week_label(date(2024, 12, 30)) == "2025-W01"
    assert week_label(date(2021, 1, 3)) == "2020-W53"


def test_the_same_instant_is_another_day_elsewhere() -> None:
    instant = datetime(2025, 3, 30, 22, 30, tzinfo=UTC)
    assert today_in_zone("Europe/Berlin", instant) == date(2025, 3, 31)
    assert today_in_zone("America/New_York", instant) == date(2025, 3, 30)
    assert offset_in_zone(instant, "Europe/Berlin") == 7200
    assert offset_in_zone(instant, "Nowhere/Land") is None


def test_a_day_in_words() -> None:
    assert day_words(date(2025, 3, 4)) == "4 March 2025"
