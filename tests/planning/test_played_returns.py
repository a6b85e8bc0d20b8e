"""Whole returns, run day by day as planned: what the plan promises is what is run."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from functools import cache

import pytest

from loadmon.days import week_start
from loadmon.planning.pain import Grade
from loadmon.planning.planned_run import AT_GOAL, BUILD
from loadmon.planning.pre_injury import Level, given_level
from loadmon.planning.return_plan import return_plan
from loadmon.planning.way_back import Choice, Decision, Graded, ReturnOrder
from tests.planning.made_returns import START
from tests.planning.played import Played, all_green

ORDER = ReturnOrder(1, "tendon", START, given_level(36_000.0, 2.8, 6.0, 12_000.0), "Eva Lind")
DAYS = 200


@cache
def played(*, fast: bool) -> Played:
    return all_green(ORDER, DAYS, fast=fast)


@pytest.mark.parametrize("fast", [False, True], ids=["easy", "strides"])
def test_a_way_back_run_day_by_day_reaches_the_level_before_the_injury(fast: bool) -> None:
    told = played(fast=fast)
    end = max(told.done_s)
    plan = told.plan(end)
    past = [run for run in plan.runs if run.day <= end]
    assert past[-1].bound_by == AT_GOAL
    assert plan.weeks[-1].run_s >= 0.97 * ORDER.goal.week_s
    for monday, planned in told.on_monday.items():
        stood = [(run.day, run.run_s) for run in past if week_start(run.day) == monday]
        if planned and all(run.phase == BUILD for run in planned) and stood:
            assert stood == [(run.day, run.run_s) for run in planned], monday


def test_the_first_building_week_is_three_runs_of_33_minutes() -> None:
    for plan in (return_plan(ORDER, [], START), played(fast=False).plan(max(played(fast=False).done_s))):
        first = next(run for run in plan.runs if run.phase == BUILD)
        week = [run.run_s / 60.0 for run in plan.runs if week_start(run.day) == week_start(first.day)]
        assert week == [33.0, 33.0, 33.0]


def test_strides_fall_away_when_what_they_rested_on_does() -> None:
    told = played(fast=True)
    day = next(one.day for one in told.events if isinstance(one, Decision) and one.choice is Choice.FAST)
    until = [one for one in told.events if one.day <= day]
    with_strides = return_plan(ORDER, until, day, done_s=told.done_s)
    assert with_strides.state.fast_from is not None
    green = [one for one in until if isinstance(one, Graded)]
    late = [replace(one, grade=Grade.AMBER) if one is green[-1] else one for one in until]
    without = return_plan(ORDER, late, day, done_s=told.done_s)
    assert not without.unlock.is_open
    assert without.state.fast_from is None
    assert not any(run.fast_s for run in without.runs)


def test_the_first_week_with_strides_is_smaller_and_has_no_run_more() -> None:
    quick = all_green(replace(ORDER, successes=1), 60, fast=True)
    for told in (played(fast=True), quick):
        plan = told.plan(max(told.done_s), 4)
        weeks = {week.first: week for week in plan.weeks}
        assert plan.state.fast_from is not None
        first = weeks[plan.state.fast_from]
        before = weeks[first.first - timedelta(days=7)]
        assert first.run_s <= 0.85 * before.run_s
        assert first.runs == before.runs


@pytest.mark.parametrize("goal", [given_level(6_000.0, 2.8, 2.0), given_level(8_000.0, 2.5, 1.0)], ids=["6 km", "8 km"])
def test_a_plan_goes_no_further_than_a_small_level(goal: Level) -> None:
    plan = return_plan(replace(ORDER, goal=goal), [], START)
    assert plan.arrives
    assert plan.weeks[-1].run_s <= goal.week_s
    assert plan.weeks[-1].run_s > 0.9 * goal.week_s


def test_strides_begin_with_a_whole_week_in_which_nothing_else_grows() -> None:
    told = played(fast=False)
    monday = next(m for m, planned in told.on_monday.items() if planned and planned[0].phase == BUILD)
    monday += timedelta(days=7)
    assert len(told.on_monday[monday + timedelta(days=7)]) == 4  # without strides a run would be added
    at = datetime.combine(monday, time(18), UTC)
    made = Decision(monday, at, "Eva Lind", "physician", Choice.FAST, 12)
    plan = return_plan(ORDER, [*(one for one in told.events if one.day <= monday), made], monday, done_s=told.done_s)
    first = next(run.day for run in plan.runs if run.fast_s)
    assert week_start(first) == monday + timedelta(days=7)
    weeks = {week.first: week for week in plan.weeks}
    before, begins = weeks[monday], weeks[monday + timedelta(days=7)]
    assert begins.runs == before.runs == 3
    assert begins.run_s <= 0.85 * before.run_s


def test_after_a_building_week_the_ladder_begins_with_a_day_of_rest() -> None:
    told = played(fast=False)
    busy = next(m for m, planned in told.on_monday.items() if len(planned) == 6)
    day: date = busy + timedelta(days=2)
    at = datetime.combine(day, time(18), UTC)
    back = Decision(day, at, "Eva Lind", "physician", Choice.REGRESS, 9)
    plan = return_plan(ORDER, [*(one for one in told.events if one.day <= day), back], day, done_s=told.done_s)
    assert next(run.day for run in plan.runs if run.day > day) == day + timedelta(days=2)
