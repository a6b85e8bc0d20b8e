"""A health problem that was told, and pain that rises, come before whatever a watch tells of the week."""

from __future__ import annotations

from collections.abc import Sequence

import pytest

from loadmon.measure import PROBLEM_TOLD
from loadmon.planning.attention import FactKind, Severity, State
from loadmon.planning.check_in import AREA, PROBLEM, CheckIn
from loadmon.planning.pain_log import PainEntry
from loadmon.planning.pain_trend import pain_trend_facts
from loadmon.planning.problem_fact import problem_facts
from loadmon.planning.week import RunnerWeek, runner_week
from loadmon.timeline import timeline
from tests.made_runs import daily, day_at, made_runs

STEADY_KM = [0, 8, 0, 8, 0, 6, 12] * 8
TODAY = day_at(52)
NONE, HINDERED, LITTLE, NOT_AT_ALL = (1,), (3, 3, 2, 2), (2, 1, 2, 2), (4,)


def answer(given: tuple[int, ...], ago: int = 1, area: str = "", kind: str = PROBLEM) -> CheckIn:
    items = ("participation", "volume", "performance", "symptoms")
    return CheckIn(1, day_at(52 - ago), kind, dict(zip(items, given, strict=False)), area)


def week(*answers: CheckIn, pain: Sequence[PainEntry] = (), spike: bool = False) -> RunnerWeek:
    kilometres = [*STEADY_KM[:51], 40.0, 0.0] if spike else STEADY_KM
    runs = made_runs(daily(kilometres))
    return runner_week(timeline(runs, today=TODAY), runs, TODAY, athlete_id=1, answers=answers, pain=pain)


@pytest.mark.parametrize(
    ("given", "state", "severity"),
    [
        (NOT_AT_ALL, State.ACT, Severity.ACT),
        (HINDERED, State.WATCH, Severity.WATCH),
        (LITTLE, State.STEADY, Severity.NOTE),
    ],
)
def test_a_problem_decides_by_how_far_it_hinders(given: tuple[int, ...], state: State, severity: Severity) -> None:
    found = week(answer(given, area="knee")).attention
    (fact,) = [one for one in found.facts if one.kind is FactKind.PROBLEM]
    assert (found.state, fact.severity) == (state, severity)
    # that something was told is everybody's; where it is, or what, is not
    assert "knee" not in fact.sentence
    assert (week(answer(given)).next_run.reason == PROBLEM_TOLD) == (given == NOT_AT_ALL)


def test_what_was_told_stands_before_a_spike_and_after_pain() -> None:
    hurts = PainEntry(1, day_at(51), "during", 4.0)
    kinds = [one.kind for one in week(answer(HINDERED), pain=[hurts], spike=True).attention.facts]
    assert kinds.index(FactKind.PAIN) < kinds.index(FactKind.PROBLEM) < kinds.index(FactKind.SESSION_SPIKE)
    assert "clearly hinders" in week(answer(HINDERED), spike=True).attention.headline


def test_a_later_none_ends_a_problem_and_a_later_smaller_one_does_not() -> None:
    assert problem_facts([answer(NOT_AT_ALL, 3), answer(NONE, 1)], TODAY) == []
    (fact,) = problem_facts([answer(NOT_AT_ALL, 3), answer(LITTLE, 1), answer(NONE, 5)], TODAY)
    assert fact.severity is Severity.ACT
    assert problem_facts([answer(NOT_AT_ALL, 7)], TODAY) == []
    knee = answer(HINDERED, 3, "knee", AREA)
    assert problem_facts([knee, answer(NONE, 1, "foot", AREA), answer(NONE, 1)], TODAY)
    assert problem_facts([knee, answer(NONE, 1, "knee", AREA)], TODAY) == []


def told(*values: float | None, ago: int) -> list[PainEntry]:
    return [PainEntry(1, day_at(52 - ago - at), "day", value) for at, value in enumerate(values)]


def test_pain_that_rises_is_told_and_a_day_without_a_word_is_no_day_without_pain() -> None:
    rising = told(3.0, 2.0, 4.0, ago=0) + told(0.0, 1.0, ago=7)
    (fact,) = pain_trend_facts(rising, TODAY)
    assert fact.severity is Severity.WATCH
    assert "3.0 of 10 on the mean of the last 7 days, 0.5 in the 7 before (3 and 2 days told)" in fact.sentence
    assert week(pain=rising).attention.state is State.WATCH
    assert pain_trend_facts(told(3.0, 3.0, ago=0) + told(0.0, None, ago=7), TODAY) == []
    assert pain_trend_facts(told(3.0, 3.0, ago=0) + told(2.0, 1.5, ago=7), TODAY) == []
    assert pain_trend_facts(told(0.0, 0.0, ago=0) + told(3.0, 3.0, ago=7), TODAY) == []
