"""The runner's own clock at the start of a session: which calendar day a run belongs to."""

from __future__ import annotations

from datetime import datetime, timedelta
from difflib import get_close_matches
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from loadmon.days import offset_in_zone
from loadmon.refusal import UnknownZone
from loadmon.session import OffsetOrigin

QUARTER_S = 900
LARGEST_OFFSET_S = 14 * 3600
TOLERANCE_S = 120
CHANGED_BEFORE_HOUR = 5
"""Clocks are changed between midnight and this hour (in Greenland late in the evening, which moves no start to another day)."""


def check_zone(home_zone: str | None) -> None:
    """Refuse a time zone that there is not: it would silently put runs on the wrong day.

    Parameters
    ----------
    home_zone : str or None
        As a person wrote it; None for none.

    Raises
    ------
    UnknownZone
        It is none of the IANA zones; those that are written alike are named.
    """
    if home_zone is None:
        return
    try:
        ZoneInfo(home_zone)
    except (ZoneInfoNotFoundError, ValueError, TypeError, OSError):
        by_case = {name.casefold(): name for name in sorted(available_timezones())}
        near = [by_case[name] for name in get_close_matches(str(home_zone)[:64].casefold(), by_case)]
        advice = f"Perhaps {' or '.join(near)}." if near else "Name it like Europe/Berlin, or leave it out."
        raise UnknownZone(f"There is no time zone called “{str(home_zone)[:64]}”.", advice) from None


def utc_offset(
    start: datetime,
    *,
    told_s: int | None,
    position: tuple[float, float] | None,
    home_zone: str | None,
    told_at: datetime | None = None,
) -> tuple[int | None, OffsetOrigin]:
    """Seconds to add to UTC for local time, and where they come from.

    What the file says counts where it is not zero. Zero is also what apps write that know nothing, so it needs a
    position that agrees; else the position tells, else the runner's home.

    Parameters
    ----------
    start : datetime
        First sample, aware.
    told_s : int or None
        Local time over UTC as the file says it, seconds.
    position : tuple of float or None
        Latitude and longitude of the first position, degrees.
    home_zone : str or None
        IANA zone of the runner's home.
    told_at : datetime or None
        When the file said so, if not at the start: watches write their clock down at the end of a run, and the clocks
        may have been changed since it began.
    """
    told = rounded_offset(told_s)
    if told:
        return _before_a_clock_change(start, told, told_at, position, home_zone), OffsetOrigin.FILE
    here = position_offset(start, position)
    if here is not None:
        agreed = told == here
        return here, OffsetOrigin.FILE if agreed else OffsetOrigin.POSITION
    home = offset_in_zone(start, home_zone) if home_zone else None
    return (home, OffsetOrigin.USER) if home is not None else (None, OffsetOrigin.UNKNOWN)


def rounded_offset(told_s: int | None) -> int | None:
    """A declared offset to the quarter of an hour that zones are made of; None if it is none."""
    if told_s is None:
        return None
    rounded = round(told_s / QUARTER_S) * QUARTER_S
    if abs(rounded - told_s) > TOLERANCE_S or abs(rounded) > LARGEST_OFFSET_S:
        return None
    return rounded


def position_offset(start: datetime, position: tuple[float, float] | None) -> int | None:
    """Offset of the time zone at a position on that day, or None if it is not known."""
    zone = _zone_at(position) if position else None
    return offset_in_zone(start, zone) if zone else None


def _zone_at(position: tuple[float, float]) -> str | None:
    # loaded only when a file needs it: the zone map is large
    import tzfpy

    return tzfpy.get_tz(position[1], position[0]) or None


def _before_a_clock_change(
    start: datetime, told: int, told_at: datetime | None, position: tuple[float, float] | None, home_zone: str | None
) -> int:
    """The offset at the start, where it was told at the end and the clocks of that place were changed in between."""
    if told_at is None:
        return told
    began, ended = start + timedelta(seconds=told), told_at + timedelta(seconds=told)
    if began.date() == ended.date() and began.hour >= CHANGED_BEFORE_HOUR:
        return told  # clocks are changed by night
    for zone in (_zone_at(position) if position else None, home_zone):
        if zone and offset_in_zone(told_at, zone) == told:
            before = offset_in_zone(start, zone)
            return told if before is None else before
    return told
