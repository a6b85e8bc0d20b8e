"""Days that somebody writes down by hand: none lies ahead, and the first comes before the last."""

from __future__ import annotations

from datetime import date

from loadmon.store.squad import NotAValue


def must_have_come(today: date | None, *days: date | None) -> None:
    """Refuse days that lie ahead of the runner's own; None as ``today`` asks nothing.

    Raises
    ------
    NotAValue
    """
    if today is not None and any(day is not None and day > today for day in days):
        raise NotAValue(
            "That day lies ahead.", "Give the day on which it was; what was not yet is noted when it has been."
        )


def in_order(first: date, last: date | None, what: str) -> None:
    """Refuse a last day before the first, in the words given.

    Raises
    ------
    NotAValue
    """
    if last is not None and last < first:
        raise NotAValue(what, "Check the two dates.")
