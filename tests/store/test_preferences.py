"""Settings: chosen, kept, and back at their defaults."""

from __future__ import annotations

import pytest

from loadmon.days import WeekStart
from loadmon.store import Store, preferences
from loadmon.store.squad import NotAValue


def test_a_setting_is_kept_until_it_goes_back_to_its_default(store: Store) -> None:
    with store.write() as conn:
        assert preferences.preference(conn, "units", "km") == "km"
        preferences.set_preference(conn, "units", "mi")
        preferences.set_preference(conn, "units", ["mi", 1])
        assert preferences.preference(conn, "units", "km") == ["mi", 1]
        preferences.set_preference(conn, "units", None)
        assert preferences.preference(conn, "units", "km") == "km"


def test_weeks_begin_on_monday_until_somebody_says_sunday(store: Store) -> None:
    with store.write() as conn:
        assert preferences.week_start(conn) is WeekStart.MONDAY
        preferences.set_week_start(conn, WeekStart.SUNDAY)
        assert preferences.week_start(conn) is WeekStart.SUNDAY
        preferences.set_week_start(conn, "monday")
        assert preferences.week_start(conn) is WeekStart.MONDAY
        with pytest.raises(NotAValue):
            preferences.set_week_start(conn, "saturday")
