"""What a person could not know yet when they decided: a run that was not over, a sign that nobody had told."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta

from loadmon.days import today_in_zone
from loadmon.planning.pain_log import MORNING, PainEntry
from loadmon.planning.return_rules import ReturnRules, default_return_rules
from loadmon.planning.way_back import Decision

Told = tuple[PainEntry, datetime]
"""An entry of the pain log, and the instant at which it was written down."""


def as_known_then(
    decisions: Iterable[Decision],
    run_ends: Mapping[date, datetime],
    told: Iterable[Told],
    *,
    found: Iterable[tuple[date, datetime]] = (),
    zone: str | None = None,
    rules: ReturnRules | None = None,
) -> tuple[Decision, ...]:
    """The decisions, each with the days of which something came, or was told, only after it.

    A day's run counts as felt when it ended, whenever its pain is told: a bad run told late takes a step forward back. A sign
    that stops a plan counts from when it is told: whoever let the plan go on before that did not know of it.

    Parameters
    ----------
    decisions : iterable of Decision
    run_ends : mapping of day to aware datetime
        When the first recorded run of a day was over. Of a day without one, the first entry about it, written down on that
        very day, stands for it; where there is none either, nothing is known but the day.
    told : iterable of (PainEntry, aware datetime)
    found : iterable of (day, aware datetime)
        Signs that a clinician found: the day they are of, and when the assessment was finished.
    zone : str, optional
        The runner's time zone, for the day on which an entry was written down.
    rules : ReturnRules, optional
    """
    rules = rules or default_return_rules()
    over, signs = dict(run_ends), list(found)
    for entry, at in sorted(told, key=lambda one: one[1]):
        if entry.moment != MORNING and today_in_zone(zone, at) == entry.day:
            over.setdefault(entry.day, at)
        if entry.flags or (entry.value is not None and entry.value >= rules.value("stop_pain")):
            signs.append((entry.day, at))
            if entry.moment == MORNING:  # which is the morning after the run of the day before
                signs.append((entry.day - timedelta(days=1), at))
    known = []
    for one in decisions:
        unknown = {day for day, at in signs if day <= one.day and at > one.at}
        if one.day in over and over[one.day] > one.at:
            unknown.add(one.day)
        known.append(replace(one, before=frozenset(unknown)))
    return tuple(known)
