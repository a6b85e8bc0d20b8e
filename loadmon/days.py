"""Days as runners live them: the local day of a run, ISO weeks, and whether a day is known at all."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd
from numpy.typing import NDArray


class DayState(StrEnum):
    """What is known of one athlete's day."""

    OBSERVED = "observed"
    """At least one session was recorded."""
    REST = "rest"
    """No session, and nothing says that one is missing: a true zero."""
    UNKNOWN = "unknown"
    """Declared missing (watch broken, away without it): counted as 0, but not as knowledge."""


class WeekStart(StrEnum):
    """The weekday a user's weeks begin on; training weeks begin on Monday (ISO 8601)."""

    MONDAY = "monday"
    SUNDAY = "sunday"


def week_start(day: date, first: WeekStart = WeekStart.MONDAY) -> date:
    """First day of the week that ``day`` belongs to."""
    back = day.weekday() if first is WeekStart.MONDAY else (day.weekday() + 1) % 7
    return day - timedelta(days=back)


def week_label(day: date) -> str:
    """ISO week in words, ``2025-W09``; the year is the week's, which differs around New Year."""
    year, week, _ = day.isocalendar()
    return f"{year}-W{week:02d}"


def day_range(first: date, last: date) -> list[date]:
    """Every calendar day from first to last, both included. Dates, never 24 hours: clock changes do not matter."""
    return [first + timedelta(days=n) for n in range((last - first).days + 1)]


def offset_in_zone(instant: datetime, zone: str) -> int | None:
    """Seconds to add to UTC in an IANA zone at an instant, or None if the zone is not known."""
    try:
        offset = instant.astimezone(ZoneInfo(zone)).utcoffset()
    except (ZoneInfoNotFoundError, ValueError, OverflowError):  # the last in the calendar's last hours
        return None
    return None if offset is None else int(offset.total_seconds())


def today_in_zone(zone: str | None, now: datetime) -> date:
    """The calendar day at an instant on the clock of ``zone`` (UTC if none is known)."""
    offset = offset_in_zone(now, zone) if zone else 0
    return (now + timedelta(seconds=offset or 0)).date()


def day_numbers(days: Any) -> NDArray[np.int64]:
    """Calendar days as whole numbers (days since 1970-01-01), so that a day is always 1 and clock changes do not matter.

    Parameters
    ----------
    days : Series, Index or sequence
        ``datetime.date`` objects, naive midnights of any resolution, or ISO texts; none missing.

    Raises
    ------
    ValueError
        If a day is missing: a session without a day belongs nowhere.
    """
    series = pd.Series(days)
    if isinstance(series.dtype, pd.DatetimeTZDtype):  # the clock on the wall is what makes a day, not the instant
        series = series.dt.tz_localize(None)
    if series.dtype.kind == "M":
        # pandas 3 keeps microseconds where pandas 2 kept nanoseconds: cast by unit, never divide
        return _whole_days(series.to_numpy())
    code, distinct = pd.factorize(series)  # a history holds each date many times: turn it into a number once
    if (code < 0).any():
        raise ValueError("a local day is missing")
    return _whole_days(np.array(list(distinct), dtype="datetime64[us]"))[code]


def _whole_days(values: NDArray[Any]) -> NDArray[np.int64]:
    days = values.astype("datetime64[D]")
    if np.isnat(days).any():
        raise ValueError("a local day is missing")
    whole: NDArray[np.int64] = days.astype(np.int64)
    return whole


def day_number(day: date) -> int:
    """One calendar day as a whole number, as ``day_numbers`` counts them."""
    return day.toordinal() - _EPOCH


def day_of_number(number: int) -> date:
    """The calendar day of a day number: the way back from ``day_numbers``."""
    return date.fromordinal(int(number) + _EPOCH)


_EPOCH = date(1970, 1, 1).toordinal()


def day_words(day: date) -> str:
    """A day as it is said: ``4 March 2025``."""
    return f"{day.day} {_MONTHS[day.month - 1]} {day.year}"


_MONTHS = (
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
)  # fmt: skip
