"""In which order what happened on a way back counts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from loadmon.planning.pain import Grade
from loadmon.planning.way_back import Decision, Event, Graded

RUN, FELT, DECIDED = 0, 1, 2


def in_order(events: Iterable[Event]) -> list[Event]:
    """By day; on one day what was run, what was felt, what was decided, decisions by their instant.

    What a decision was taken before (``Decision.before``) comes after it: the run of its day, and a sign that stops the plan
    from whichever day.
    """
    told = list(events)
    decisions = [event for event in told if isinstance(event, Decision) and event.before]

    def place(event: Event) -> tuple[date, int, float, int]:
        if isinstance(event, Decision):
            return event.day, DECIDED, event.at.timestamp(), 0
        graded = isinstance(event, Graded)
        stops = isinstance(event, Graded) and event.grade is Grade.STOP
        unaware = [
            one
            for one in decisions
            if event.day in one.before and (one.day == event.day or (stops and one.day > event.day))
        ]
        if unaware:
            last = max(unaware, key=lambda one: (one.day, one.at))
            return last.day, DECIDED, last.at.timestamp(), 1 + graded
        return event.day, FELT if graded else RUN, 0.0, 0

    return sorted(told, key=place)
