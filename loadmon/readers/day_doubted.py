"""A start that no run can have: after the moment of reading, or before watches knew where they are."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from loadmon.session import Oddity

AHEAD = timedelta(days=1)
"""A start further ahead than this is no matter of time zones (loadmon convention)."""
FIRST_WATCHES = datetime(2003, 1, 1, tzinfo=UTC)
"""The first running watches with GPS were sold in 2003; a clock that was never set begins earlier (loadmon convention)."""

AHEAD_OF_NOW, BEFORE_WATCHES = "date lies ahead", "date before running watches"
DOUBTED = frozenset({AHEAD_OF_NOW, BEFORE_WATCHES})
"""The oddities that doubt a session's day."""


def day_doubted(start: datetime, now: datetime, *, recorded: bool) -> list[Oddity]:
    """What to say of a start that cannot be right; nothing of any other.

    Parameters
    ----------
    start, now : datetime
        Start of the session and moment of reading, both aware.
    recorded : bool
        True for a watch's file; a runner's own table may well tell of earlier runs.
    """
    if start - now > AHEAD:
        return [
            Oddity(
                AHEAD_OF_NOW,
                f"The session begins on {start:%Y-%m-%d}, which has not come yet: the clock or the date was probably set "
                "wrong. It counts in nothing before that day; correct the date where it came from and import it again.",
            )
        ]
    if recorded and start < FIRST_WATCHES:
        return [
            Oddity(
                BEFORE_WATCHES,
                f"The session begins on {start:%Y-%m-%d}, before there were running watches with GPS: the clock was "
                "probably not set. Its day may be wrong; correct it where it came from and import it again.",
            )
        ]
    return []
