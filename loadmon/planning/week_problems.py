"""What a week's questionnaires say of a squad: who answered, with a problem, with one that clearly hinders."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from loadmon.planning.check_in import AREA, PROBLEM, CheckIn

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


def of_week(answers: Iterable[CheckIn], last: date, kind: str = PROBLEM) -> list[CheckIn]:
    """The weekly questions that were answered in the seven days up to a day, in their order."""
    return [one for one in answers if one.kind == kind and 0 <= (last - one.day).days < WEEK_DAYS]


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
    return _figures(of_week(answers, last), asked)


def area_figures(answers: Iterable[CheckIn], last: date, asked: int) -> dict[str, ProblemFigures]:
    """Prevalence of problems of each area that somebody was asked of, in the week up to a day, by area.

    Parameters
    ----------
    answers, last, asked
        As for ``problem_figures``. Of one runner and area the latest answer of the week counts.

    References
    ----------
    Clarsen et al. 2013, 10.1136/bjsports-2012-091524: runners with a problem among those who answered, area by area.
    """
    latest = {(one.athlete_id, one.area): one for one in sorted(of_week(answers, last, AREA), key=lambda one: one.day)}
    areas = sorted({area for _, area in latest})
    return {area: _figures([one for one in latest.values() if one.area == area], asked) for area in areas}


def open_questions(answers: Iterable[CheckIn], last: Mapping[int, date]) -> dict[int, date | None]:
    """Runners whose weekly questions are open, and when each answered last; None for those who never did.

    Parameters
    ----------
    answers : iterable of CheckIn
        Of any time; only answers to the weekly questions count, whatever was answered.
    last : mapping of int to date
        The runners who are asked, each with their own today.
    """
    told: dict[int, date] = {}
    for one in answers:
        if one.kind == PROBLEM and one.athlete_id in last and one.day <= last[one.athlete_id]:
            told[one.athlete_id] = max(one.day, told.get(one.athlete_id, one.day))
    return {
        athlete: told.get(athlete)
        for athlete, today in last.items()
        if athlete not in told or (today - told[athlete]).days >= WEEK_DAYS
    }


def week_by_week(answers: Iterable[CheckIn], last: date, asked: int, weeks: int) -> dict[date, ProblemFigures]:
    """The weekly questions of so many weeks by the last day of each, oldest first; who is asked today is taken for all.

    Parameters
    ----------
    answers, last, asked
        As for ``problem_figures``.
    weeks : int
    """
    told = list(answers)
    days = [last - timedelta(days=WEEK_DAYS * back) for back in reversed(range(weeks))]
    return {day: problem_figures(told, day, asked) for day in days}


def _figures(week: list[CheckIn], asked: int) -> ProblemFigures:
    with_any = [one for one in week if one.problem.problem]
    return ProblemFigures(
        asked,
        len({one.athlete_id for one in week}),
        len({one.athlete_id for one in with_any}),
        len({one.athlete_id for one in with_any if one.problem.substantial}),
        len(with_any),
    )
