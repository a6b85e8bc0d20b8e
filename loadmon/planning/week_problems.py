"""What a week's questionnaires say of a squad: who answered, with a problem, with one that clearly hinders."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from loadmon.planning.check_in import PROBLEM, CheckIn

WEEK_DAYS = 7


@dataclass(frozen=True, slots=True)
class ProblemFigures:
    """How many runners were asked, answered, told of a problem, told of a substantial one; and how many problems were told."""

    asked: int
    answered: int
    hindered: int
    substantial: int
    problems: int

    @property
    def prevalence(self) -> float | None:
        """Share of those who answered with any problem; None where nobody did."""
        return self.hindered / self.answered if self.answered else None

    @property
    def response_rate(self) -> float | None:
        """Share of the squad that answered; None where there is nobody to ask."""
        return self.answered / self.asked if self.asked else None


def of_week(answers: Iterable[CheckIn], last: date) -> list[CheckIn]:
    """The weekly questions that were answered in the seven days up to a day, in their order."""
    return [one for one in answers if one.kind == PROBLEM and 0 <= (last - one.day).days < WEEK_DAYS]


def problem_figures(answers: Iterable[CheckIn], last: date, asked: int) -> ProblemFigures:
    """Prevalence of health problems, and how many answered, in the week up to a day.

    Parameters
    ----------
    answers : iterable of CheckIn
        Of the squad, of any time; one for each problem, so a runner may have several in a week.
    last : date
        Last day of the week.
    asked : int
        Runners.

    References
    ----------
    Clarsen et al. 2020, 10.1136/bjsports-2019-101337: runners with a problem among those who answered.
    """
    week = of_week(answers, last)
    with_any = [one for one in week if one.problem.problem]
    return ProblemFigures(
        asked,
        len({one.athlete_id for one in week}),
        len({one.athlete_id for one in with_any}),
        len({one.athlete_id for one in with_any if one.problem.substantial}),
        len(with_any),
    )
