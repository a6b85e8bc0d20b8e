"""What a runner answered to the weekly questions about health problems, as a fact of the week: before anything a watch tells."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

from loadmon import evidence
from loadmon.days import day_words
from loadmon.planning.attention import Fact, FactKind, Severity
from loadmon.planning.check_in import AREA, PROBLEM, CheckIn


def standing_problems(answers: Iterable[CheckIn], today: date) -> list[CheckIn]:
    """Problems told within 7 days that no later answer of the same runner called over.

    Parameters
    ----------
    answers : iterable of CheckIn
        Of one runner. Each problem of a week is an answer of its own; a later "none" ends those before it, and one about an
        area ends those of that area only.
    today : date
        The runner's own day.
    """
    asked = [
        one
        for one in answers
        if one.kind in (PROBLEM, AREA) and 0 <= (today - one.day).days < evidence.RECENT_DAYS.value
    ]
    over: dict[tuple[str, str], date] = {}
    for one in asked:
        if not one.problem.problem:
            over[_about(one)] = max(one.day, over.get(_about(one), one.day))
    return [one for one in asked if one.problem.problem and one.day >= over.get(_about(one), one.day)]


def keeps_from_training(answers: Iterable[CheckIn], today: date) -> bool:
    """True where a problem that still stands kept from all training."""
    return any(one.problem.time_loss for one in standing_problems(answers, today))


def problem_facts(answers: Iterable[CheckIn], today: date) -> list[Fact]:
    """The gravest health problem told within 7 days, in one fact: that it hinders and how much, never what it is.

    Parameters
    ----------
    answers : iterable of CheckIn
        The runner's.
    today : date
        The runner's own day.

    References
    ----------
    Clarsen et al. 2020, 10.1136/bjsports-2019-101337: a problem that clearly hinders, or loses time.
    """
    standing = standing_problems(answers, today)
    if not standing:
        return []
    worst = max(standing, key=lambda one: (one.problem.time_loss, one.problem.substantial, one.problem.score, one.day))
    found = worst.problem
    told_on = day_words(worst.day)
    if found.time_loss:
        severity, what = Severity.ACT, "Could not train at all for a health problem"
    elif found.substantial:
        severity, what = Severity.WATCH, "A health problem clearly hinders training"
    else:
        severity, what = Severity.NOTE, "A health problem that hinders little or not"
    number = f"{found.score} of 100"
    return [
        Fact(
            FactKind.PROBLEM,
            severity,
            number,
            f"in the weekly questions, told for {told_on}",
            f"{what} ({number} in the weekly questions, told for {told_on}).",
            evidence.PROBLEM_HINDERS,
            "Ask how it is today, and who is looking after it; no distance is planned before that."
            if found.time_loss
            else "Ask how it is today, and whether the week should be lighter.",
            worst.day,
        )
    ]


def _about(answer: CheckIn) -> tuple[str, str]:
    return answer.kind, answer.area if answer.kind == AREA else ""
