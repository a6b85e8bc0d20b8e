"""Pain that rises from one week to the next, as a fact of the week: the day's worst tells little, its direction more."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from statistics import fmean

from loadmon import evidence
from loadmon.planning.attention import Fact, FactKind, Severity
from loadmon.planning.pain_log import PainEntry, worst_by_day


def pain_trend_facts(entries: Iterable[PainEntry], today: date) -> list[Fact]:
    """The rise of pain over the 7 days before, of days on which something was told; nothing where too few were.

    Parameters
    ----------
    entries : iterable of PainEntry
        The runner's, of the last 14 days.
    today : date
        The runner's own day.
    """
    span = int(evidence.RECENT_DAYS.value)
    told = {day: worst for day, worst in worst_by_day(entries).items() if day <= today}
    now = {day: worst for day, worst in told.items() if (today - day).days < span}
    before = [worst for day, worst in told.items() if span <= (today - day).days < 2 * span]
    if min(len(now), len(before)) < evidence.PAIN_RISE_DAYS.value:
        return []
    mean_now, mean_before = fmean(now.values()), fmean(before)
    if mean_now - mean_before < evidence.PAIN_RISE.value:
        return []
    number, usual = f"{mean_now:.1f} of 10", f"{mean_before:.1f}"
    counted = f"{len(now)} and {len(before)} days told"
    return [
        Fact(
            FactKind.PAIN_TREND,
            Severity.WATCH,
            number,
            f"on the mean of the last 7 days, {usual} in the 7 before ({counted})",
            f"Pain has risen: {number} on the mean of the last 7 days, {usual} in the 7 before ({counted}).",
            evidence.PAIN_RISE,
            "Ask what has changed since; a week that is no harder than the last gives it time to settle.",
            min(now),
        )
    ]
