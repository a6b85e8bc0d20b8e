"""Signs for which running stops, as somebody told or found them: before a plan is made, and late, once it is."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from loadmon.days import day_words, today_in_zone
from loadmon.planning.pain import sign_words
from loadmon.planning.pain_log import PainEntry
from loadmon.planning.return_rules import ReturnRules, default_return_rules

LOOK_BACK_DAYS = 14
"""Signs of so many days ask for a clearance, or of all days since the injury began (loadmon convention)."""


@dataclass(frozen=True, slots=True)
class KnownSign:
    """One sign.

    Parameters
    ----------
    day : date
        The runner's day of which it was told.
    at : datetime
        When it was told, aware.
    words : str
        Which; only that there is one, for those who do not read it.
    by : str
        Who told or found it, for a sentence: ``told by the runner``, ``found by Eva Lind``.
    lasts : bool
        False of pain that stops a plan and is no sign by itself: it says nothing weeks later.
    cleared : date | None
        The latest day on which a named person cleared running beside an assessment; it clears what is of that day or before.
    """

    day: date
    at: datetime
    words: str
    by: str
    lasts: bool = True
    cleared: date | None = None


def told_signs(told: Iterable[tuple[PainEntry, datetime, str]], rules: ReturnRules | None = None) -> list[KnownSign]:
    """Signs in pain entries, each with the instant at which it was told and by whom."""
    rules = rules or default_return_rules()
    found = []
    for entry, at, by in told:
        words = [sign_words(flag, rules) for flag in sorted(entry.flags)]
        if entry.value is not None and entry.value >= rules.value("stop_pain"):
            words.append(f"pain {entry.value:g} of 10")
        if words:
            found.append(KnownSign(entry.day, at, "; ".join(words), by, lasts=bool(entry.flags)))
    return found


def not_cleared(
    signs: Iterable[KnownSign], today: date, *, onset: date | None = None, cleared: date | None = None
) -> list[KnownSign]:
    """Signs that nobody has cleared since, the latest first.

    Parameters
    ----------
    signs : iterable of KnownSign
    today : date
        The runner's own day.
    onset : date, optional
        When the injury began: a sign since then counts however long ago, pain that stops a plan only for two weeks.
    cleared : date, optional
        The day on which a named person cleared running; it clears what was told of that day or before.
    """
    recent = today - timedelta(days=LOOK_BACK_DAYS)
    opens = recent if onset is None else min(onset, recent)
    found = [
        one
        for one in signs
        if (opens if one.lasts else recent) <= one.day <= today
        and all(given is None or given < one.day for given in (cleared, one.cleared))
    ]
    return sorted(found, key=lambda one: (one.day, one.at), reverse=True)


def late_signs(signs: Iterable[KnownSign], made: datetime, first: date, zone: str | None) -> list[KnownSign]:
    """Signs of days before a plan that were told only after it was made: they count from the day on which they were told.

    Parameters
    ----------
    signs : iterable of KnownSign
    made : datetime
        When the plan was made, aware.
    first : date
        The first day of which what is told belongs to the plan anyway.
    zone : str | None
        The runner's time zone.
    """
    return [
        replace(
            one, day=max(today_in_zone(zone, one.at), first), words=f"{one.words} (of {day_words(one.day)}, told later)"
        )
        for one in signs
        if one.day < first and one.at > made
    ]


def sign_sentence(sign: KnownSign) -> str:
    """A sign with its day and who told it."""
    return f"{sign.words} ({day_words(sign.day)}, {sign.by})"
