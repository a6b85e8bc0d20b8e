"""Days as runners live them: the local day of a run, ISO weeks, and whether a day is known at all."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError


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
    except (ZoneInfoNotFoundError, ValueError):
        return None
    return None if offset is None else int(offset.total_seconds())


def today_in_zone(zone: str | None, now: datetime) -> date:
    """The calendar day at an instant on the clock of ``zone`` (UTC if none is known)."""
    offset = offset_in_zone(now, zone) if zone else 0
    return (now + timedelta(seconds=offset or 0)).date()
