"""What a runner told of pain in the last days, as a fact of the week: before anything that is read from a watch."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from loadmon import evidence
from loadmon.days import day_words
from loadmon.planning.attention import Fact, FactKind, Severity
from loadmon.planning.pain import sign_words
from loadmon.planning.pain_log import PainEntry
from loadmon.planning.return_rules import default_return_rules

WHEN = {"during": "during the run", "after": "in the hour after the run", "morning": "in the morning", "day": ""}
"""A moment of the pain log as it stands within a sentence."""


def recent_pain(entries: Iterable[PainEntry], today: date) -> list[PainEntry]:
    """Entries of the last 7 days that tell of pain or of a sign."""
    least = evidence.RECENT_DAYS.value
    return [one for one in entries if 0 <= (today - one.day).days < least and (one.flags or (one.value or 0.0) > 0.0)]


def stops_running(entries: Iterable[PainEntry]) -> bool:
    """True where one of them is a sign for which running rests, or pain of 6 or more."""
    return any(one.flags or (one.value or 0.0) >= evidence.CLINIC_STOP_PAIN.value for one in entries)


def pain_facts(entries: Iterable[PainEntry], today: date) -> list[Fact]:
    """The worst that was told in the last 7 days, in one fact; nothing where no pain was told.

    Parameters
    ----------
    entries : iterable of PainEntry
        The runner's.
    today : date
        The runner's own day.
    """
    felt = recent_pain(entries, today)
    if not felt:
        return []
    worst = max(felt, key=lambda one: (bool(one.flags), one.value or 0.0, one.day))
    place = f" ({' '.join(part for part in (worst.side, worst.area) if part)})" if worst.area else ""
    if worst.flags:
        rules = default_return_rules()
        number, what = "a sign", f"Told{place}: {'; '.join(sign_words(flag, rules) for flag in sorted(worst.flags))}"
    else:
        number = f"{worst.value:g} of 10"
        what = f"Pain {number}{place} {WHEN[worst.moment]}".rstrip()
    told_on = day_words(worst.day)
    severity = Severity.ACT if stops_running([worst]) else Severity.NOTE
    if severity is Severity.NOTE and (worst.value or 0.0) > evidence.PAIN_WATCHED.value:
        severity = Severity.WATCH
    return [
        Fact(
            FactKind.PAIN,
            severity,
            number,
            f"told for {told_on}",
            f"{what}, told for {told_on}.",
            evidence.CLINIC_STOP_PAIN if severity is Severity.ACT else evidence.PAIN_WATCHED,
            "Ask how it is today. Running rests until somebody who treats the runner has looked."
            if severity is Severity.ACT
            else "Ask how it is today, and how the next morning felt.",
            worst.day,
        )
    ]
