"""What the record filled into a form belongs to the form's day: another day, another load and other medians of the watch."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from loadmon.clinic.answers import value_key, watch_key
from loadmon.clinic.knowledge import Knowledge

DAY = "day"
OF_THE_RECORD = ("weekly_km", "week_change_pct", "spike_band", "height_cm", "speed_mps")
"""Fields that the record fills in, besides the watch's measures."""


def told_key(field: str) -> str:
    """What the record told of a field when it was filled in; nobody fills it in."""
    return f"told {field}"


def with_told(first: Mapping[str, Any]) -> dict[str, Any]:
    """What an empty form begins with, and beside it what the record told and of which day.

    Parameters
    ----------
    first : mapping
        Of ``first_answers``.
    """
    told = {told_key(field): first[field] for field in (DAY, *OF_THE_RECORD) if field in first}
    return dict(first) | told


def of_its_day(answers: Mapping[str, Any], first: Mapping[str, Any], known: Knowledge) -> dict[str, Any]:
    """Answers whose filled-in values are those of the form's day; what somebody typed instead stays theirs.

    Parameters
    ----------
    answers : mapping
        By field.
    first : mapping
        Of ``first_answers`` for the day that stands in the answers.
    known : Knowledge
    """
    if answers.get(told_key(DAY)) == first.get(DAY):
        return dict(answers)
    found = {field: answer for field, answer in answers.items() if field not in map(told_key, (DAY, *OF_THE_RECORD))}
    fresh = with_told(first)
    found |= {field: fresh[field] for field in map(told_key, (DAY, *OF_THE_RECORD)) if field in fresh}
    if told_key(DAY) not in answers:  # begun before it was remembered, or put back: it is of the day it bears
        return found
    pairs = [(field, told_key(field)) for field in OF_THE_RECORD]
    pairs += [(value_key(name, "both"), watch_key(name)) for name, measure in known.measure.items() if measure.watch]
    for field, told in pairs:
        if answers.get(field) == answers.get(told):
            _fill(found, field, first.get(field))
        if told.startswith("watch "):
            _fill(found, told, first.get(told))
    return found


def _fill(answers: dict[str, Any], field: str, value: Any) -> None:
    if value is None:
        answers.pop(field, None)
    else:
        answers[field] = value
