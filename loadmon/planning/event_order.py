"""In which order what happened on a way back counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from loadmon.planning.way_back import Decision, Event, Graded


def in_order(events: Iterable[Event]) -> list[Event]:
    """By day; on one day what was run, what was felt, what was decided, decisions by their instant."""

    def place(event: Event) -> tuple[date, int, float]:
        if isinstance(event, Decision):
            return event.day, 2, event.at.timestamp()
        return event.day, int(isinstance(event, Graded)), 0.0

    return sorted(events, key=place)
