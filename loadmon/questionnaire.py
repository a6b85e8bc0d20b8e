"""Scores of questionnaires: how far a health problem hinders training, and how well an injured runner can run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from statistics import median

OSTRC_POINTS = (0, 8, 17, 25)
"""What the first to the fourth answer of each question count."""
UWRI_ITEMS = 9
UWRI_HIGHEST = 4


@dataclass(frozen=True, slots=True)
class HealthProblem:
    """What the four questions of the OSTRC-H2 say of one week.

    Parameters
    ----------
    score : int
        0 (full participation without problems) to 100 (no participation).
    problem, substantial, time_loss : bool
        Any problem; moderately or worse reduced volume or performance, or no participation; no participation at all.
    """

    score: int
    problem: bool
    substantial: bool
    time_loss: bool


def ostrc(
    participation: int, volume: int | None = None, performance: int | None = None, symptoms: int | None = None
) -> HealthProblem:
    """How far a health problem hindered training last week. Nobody is asked on after the first or last answer to the first.

    Parameters
    ----------
    participation, volume, performance, symptoms : int | None
        Answers 1 to 4 in their printed order; the last three only where participation is 2 or 3.

    Raises
    ------
    ValueError
        For an answer outside 1 to 4, or a missing one that has to be asked.

    References
    ----------
    Clarsen et al. 2020, 10.1136/bjsports-2019-101337.
    """
    asked = (participation, volume, performance, symptoms)
    if any(answer is not None and answer not in (1, 2, 3, 4) for answer in asked):
        raise ValueError("answers are 1 to 4")
    if participation == 1:
        return HealthProblem(0, problem=False, substantial=False, time_loss=False)
    if participation == 4:
        return HealthProblem(100, problem=True, substantial=True, time_loss=True)
    if volume is None or performance is None or symptoms is None:
        raise ValueError("all four questions are asked of whoever took part with problems")
    score = sum(OSTRC_POINTS[answer - 1] for answer in (participation, volume, performance, symptoms))
    return HealthProblem(score, problem=True, substantial=volume >= 3 or performance >= 3, time_loss=False)


def uwri(items: Sequence[int | None]) -> int | None:
    """How well an injured runner can run, 0 to 36, more is better; None where an answer is missing.

    Parameters
    ----------
    items : sequence of nine int | None
        0 to 4 each, in their printed order.

    Raises
    ------
    ValueError
        For another number of items or an answer outside 0 to 4.

    References
    ----------
    Nelson et al. 2019, 10.2519/jospt.2019.8868.
    """
    if len(items) != UWRI_ITEMS or any(item is not None and not 0 <= item <= UWRI_HIGHEST for item in items):
        raise ValueError(f"{UWRI_ITEMS} answers of 0 to {UWRI_HIGHEST}")
    known = [item for item in items if item is not None]
    return sum(known) if len(known) == UWRI_ITEMS else None


WELLNESS_ITEMS = ("sleep", "fatigue", "stress", "soreness")
WELLNESS_HIGHEST = 7
WELLNESS_DAYS = 28
WELLNESS_LEAST_DAYS = 7
"""With fewer days of one's own there is nothing to compare with (loadmon convention)."""


def wellness(sleep: int | None, fatigue: int | None, stress: int | None, soreness: int | None) -> int | None:
    """How well a runner feels, 4 (best) to 28; None where an answer is missing.

    Parameters
    ----------
    sleep, fatigue, stress, soreness : int | None
        1 (very good, none) to 7 (very bad, very much).

    Raises
    ------
    ValueError
        For an answer outside 1 to 7.

    References
    ----------
    Hooper and Mackinnon 1995, 10.2165/00007256-199520050-00003.
    """
    answers = (sleep, fatigue, stress, soreness)
    if any(answer is not None and not 1 <= answer <= WELLNESS_HIGHEST for answer in answers):
        raise ValueError(f"answers are 1 to {WELLNESS_HIGHEST}")
    known = [answer for answer in answers if answer is not None]
    return sum(known) if len(known) == len(answers) else None


def against_own(sums: Mapping[date, int], day: date) -> tuple[float | None, int]:
    """How far a day's sum lies above the runner's own middle of the 28 days before; with how many days that rests on.

    Parameters
    ----------
    sums : mapping of date to int
        Of ``wellness``, of one runner.
    day : date

    Returns
    -------
    tuple of float | None, int
        Above 0 is worse than usual; None where the day has no sum or fewer than seven days lie before it.
    """
    before = [value for told, value in sums.items() if 0 < (day - told).days <= WELLNESS_DAYS]
    if day not in sums or len(before) < WELLNESS_LEAST_DAYS:
        return None, len(before)
    return sums[day] - median(before), len(before)
