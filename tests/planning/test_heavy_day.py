"""A tendon has two days without running after a day that is heavy for it."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from loadmon.days import week_start
from loadmon.planning.closed_loop import followed
from loadmon.planning.done import Done
from loadmon.planning.heavy_day import is_heavy
from loadmon.planning.pain import Grade
from loadmon.planning.pain_log import PainEntry
from loadmon.planning.planned_run import BUILD, WALK_RUN, PlannedRun
from loadmon.planning.pre_injury import given_level
from loadmon.planning.return_plan import ReturnPlan, return_plan
from loadmon.planning.return_rules import default_return_rules
from loadmon.planning.way_back import Choice, Decision, Event, Graded, Ran, ReturnOrder
from loadmon.show.return_words import next_run_words
from loadmon.units import Units

START = date(2025, 9, 1)
RULES = default_return_rules()
ORDER = ReturnOrder(1, "tendon", START, given_level(36_000.0, 2.8, 4.0), "Eva Lind")


def day(n: int) -> date:
    return START + timedelta(days=n)


def gaps(plan: ReturnPlan, phase: str) -> dict[bool, set[int]]:
    """Days without running after heavy runs and after others, of runs that are followed by one of the same kind."""
    found = defaultdict(set)
    for run, following in zip(plan.runs, plan.runs[1:], strict=False):
        if run.phase == following.phase == phase:
            found[is_heavy(run, RULES)].add((following.day - run.day).days - 1)
    return dict(found)


def test_on_the_ladder_two_days_follow_what_is_longer_than_all_of_30_days() -> None:
    assert gaps(return_plan(ORDER, [], START), WALK_RUN) == {True: {2}, False: {1}}
    for other in ("mtss", "muscle"):
        assert gaps(return_plan(replace(ORDER, profile=other), [], START), WALK_RUN) == {True: {1}, False: {1}}


def test_up_to_four_building_runs_a_week_leave_two_days_after_the_heavy_one() -> None:
    plan = return_plan(ORDER, [], START)
    weeks: dict[date, list[PlannedRun]] = defaultdict(list)
    for run in plan.runs:
        if run.phase == BUILD:
            weeks[week_start(run.day)].append(run)
    heavy = {monday for monday, runs in weeks.items() if any(is_heavy(run, RULES) for run in runs)}
    assert {len(weeks[monday]) for monday in heavy} == {3, 4}
    for monday in heavy:
        days = [(run.day - monday).days for run in weeks[monday]]
        assert is_heavy(weeks[monday][0], RULES)
        assert not any(is_heavy(run, RULES) for run in weeks[monday][1:])
        assert days[:2] == [0, 3]
    assert any(monday not in heavy for monday in weeks)


UP = Decision(START, datetime(2025, 9, 1, 20, tzinfo=UTC), "Eva Lind", "clinician", Choice.ADVANCE, 2)
ONCE = replace(ORDER, successes=1)


def test_a_heavy_run_made_a_day_late_is_followed_by_two_days_too() -> None:
    told: list[Event] = [Ran(START), Graded(START, Grade.GREEN, 0.0), UP]
    heavy = return_plan(ONCE, told, START, weeks_ahead=2).runs[1]
    assert heavy.stage == 2
    assert is_heavy(heavy, RULES)
    for late in (0, 1):
        ran = heavy.day + timedelta(days=late)
        plan = return_plan(ONCE, [*told, Ran(ran)], ran, weeks_ahead=2)
        assert next(run.day for run in plan.runs if run.day > ran) == ran + timedelta(days=3)


def test_the_runner_reads_why_there_are_two_days() -> None:
    done = [Done(START, 480.0, 1300.0, 8, 60.0)]
    felt = [PainEntry(1, START, "during", 0.0), PainEntry(1, START, "after", 0.0), PainEntry(1, day(1), "morning", 0.0)]
    light = next_run_words(followed(ONCE, (), felt, done, day(1), weeks_ahead=4), Units())
    assert light is not None
    assert light.title == "Next run tomorrow, Wednesday, 3 Sep 2025"
    assert light.then.startswith("A day without running.")
    up = replace(UP, day=day(1), at=UP.at + timedelta(days=1))
    heavy = next_run_words(followed(ONCE, (up,), felt, done, day(1), weeks_ahead=4), Units())
    assert heavy is not None
    assert heavy.then.startswith(
        "2 days without running: it is more than the tendon has had in 30 days (loadmon convention)."
    )
