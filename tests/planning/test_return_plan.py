"""The plan of a return to running: what it may never do, over many random injuries, histories and pain logs."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loadmon.days import week_start
from loadmon.planning.decision import NobodyNamed, NotDecidable, decided, proposal, standing_words
from loadmon.planning.pain import Grade
from loadmon.planning.planned_run import BUILD, WALK_RUN
from loadmon.planning.pre_injury import NoHistory, given_level, pre_injury_level
from loadmon.planning.return_plan import ReturnPlan, return_plan
from loadmon.planning.way_back import Choice, Decision, Event, Graded, ReturnOrder
from tests.made_runs import made_runs, session
from tests.planning.made_loops import made_loop
from tests.planning.made_returns import START, made_return

LEVEL = given_level(45_000.0, 2.8, 5.0, 15_000.0)
ORDER = ReturnOrder(1, "tendon", START, LEVEL, "Eva Lind")
AT = datetime(2025, 9, 1, 18, tzinfo=UTC)


def day(n: int) -> date:
    return START + timedelta(days=n)


def plan(events: list[Event], today: int, order: ReturnOrder = ORDER, **given: Any) -> ReturnPlan:
    return return_plan(order, events, day(today), **given)


def green(n: int) -> Graded:
    return Graded(day(n), Grade.GREEN, 1.0)


def decide(on: ReturnPlan, choice: Choice, **given: Any) -> Decision:
    return decided(on, choice, **({"by": "Eva Lind", "role": "clinician", "at": AT, "day": on.today} | given))


@settings(max_examples=20, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(st.integers(0, 10**9))
def test_no_plan_ever_breaks_its_own_rules(number: int) -> None:
    made_return(number, days=80)


def test_no_return_through_the_whole_loop_breaks_its_rules() -> None:
    """A few of the thousands of tests/bench/return_invariants: together they meet what a return can meet."""
    met: Counter[str] = Counter()
    for number in range(20, 32):
        met.update(made_loop(number, days=60).counts)
    asked = (
        "advance",
        "with a watch",
        "without a watch",
        "told late",
        "resume",
        "not planned",
        "not the planned run",
        "days on hold",
    )
    assert {what for what in asked if not met[what]} == set()


def test_a_run_moved_to_the_sunday_before_costs_the_first_building_week_no_run() -> None:
    made_return(1023, days=100)


def test_a_whole_way_back_reaches_the_level_before_the_injury() -> None:
    whole = plan([], 0)
    assert [run.day for run in whole.runs][:3] == [day(0), day(2), day(4)]
    assert whole.runs[-1].bound_by == "The level before the injury"
    assert whole.weeks[-1].run_s >= 0.97 * LEVEL.week_s
    assert whole.weeks[-1].runs == 5
    assert {run.phase for run in whole.runs} == {WALK_RUN, BUILD}
    build = [
        week for week in whole.weeks if week.first >= week_start(next(r.day for r in whole.runs if r.phase == BUILD))
    ]
    assert [week.deload for week in build[:8]] == [False, False, False, True] * 2
    assert all(run.bound_by and run.basis for run in whole.runs)
    assert whole.totals.run_s == sum(week.run_s for week in whole.weeks)


def test_a_step_forward_waits_for_a_name_and_a_step_back_does_not() -> None:
    told: list[Event] = [green(0), green(2)]
    waiting = plan(told, 9)
    assert [(run.day, run.stage) for run in waiting.runs if run.day <= day(9)] == [(day(n), 1) for n in range(0, 9, 2)]
    offer = proposal(waiting)
    assert offer is not None
    assert (offer.choice, offer.stage) == (Choice.ADVANCE, 2)
    told.append(decide(waiting, Choice.ADVANCE))
    moved = plan(told, 12)
    assert {run.stage for run in moved.runs if day(9) <= run.day <= day(12)} == {2}
    assert moved.runs[:4] == waiting.runs[:4]  # what stood before is not rewritten
    back = plan([*told, Graded(day(10), Grade.RED)], 12)
    assert back.state.standing.stage == 1
    assert not [run for run in back.runs if day(10) < run.day <= day(12)]
    assert back.next_run is not None
    assert (back.next_run.day, back.next_run.stage) == (day(14), 1)  # two days of rest, and the usual one


def test_a_stop_puts_everything_ahead_on_hold_until_it_was_reviewed() -> None:
    told: list[Event] = [green(0), Graded(day(2), Grade.STOP, 7.0, "pain 7 of 10 during the run")]
    held = plan(told, 5)
    assert held.is_frozen
    assert held.next_run is None
    assert len(held.runs) > 50
    assert {run.on_hold for run in held.ahead} == {"pain 7 of 10 during the run"}
    assert held.totals.runs == 2
    for choice in (Choice.ADVANCE, Choice.REPEAT, Choice.FAST):
        with pytest.raises(NotDecidable, match="on hold"):
            decide(held, choice)
    with pytest.raises(NotDecidable, match="without a word"):
        decide(held, Choice.RESUME, stage=1)
    with pytest.raises(NotDecidable, match="no further"):
        decide(held, Choice.RESUME, stage=2, note="seen by Dr Osei")
    told.append(decide(held, Choice.RESUME, stage=1, note="seen by Dr Osei, no finding"))
    on = plan(told, 6)
    assert not on.is_frozen
    assert on.next_run is not None
    assert on.next_run.day == day(6)  # not before the days of rest are over
    assert "Stage 1" in standing_words(on)


def test_who_decides_is_named_and_may() -> None:
    ready = plan([green(0), green(2)], 3)
    for by, role in ((" ", "clinician"), ("Eva Lind", "coach"), ("Ana", "runner")):
        with pytest.raises(NobodyNamed):
            decide(ready, Choice.ADVANCE, by=by, role=role)
    with pytest.raises(NotDecidable, match="0 of 2"):
        decide(plan([], 0), Choice.ADVANCE)
    with pytest.raises(NotDecidable, match="fast"):
        decide(ready, Choice.FAST)
    bone = replace(ORDER, profile="bone_high_risk")
    held = plan([Graded(day(0), Grade.STOP)], 1, bone)
    with pytest.raises(NotDecidable, match="physician"):
        decide(held, Choice.RESUME, stage=1, note="looks fine")


def test_a_late_word_on_a_bad_run_takes_a_step_forward_back() -> None:
    told: list[Event] = [green(0), green(2)]
    up = decide(plan(told, 3), Choice.ADVANCE)
    assert plan([*told, up], 5).state.standing.stage == 2
    late = plan([green(0), Graded(day(2), Grade.AMBER), up], 5)  # the morning after was told late
    assert late.state.standing.stage == 1


def test_a_well_borne_run_that_was_not_the_planned_one_is_no_step() -> None:
    short = {day(0): 400.0, day(2): 480.0}
    assert plan([green(0), green(2)], 4, done_s=short).state.standing.greens == 1
    unplanned = plan([green(1)], 4)
    assert unplanned.state.standing.greens == 0
    assert unplanned.on(day(2)) is None  # and the day after it is one of rest
    away = plan([green(0), green(2)], 45, done_s={day(0): 480.0, day(2): 480.0})
    assert away.state.standing.stage == 1


def test_strides_come_back_after_three_long_green_runs_and_the_week_is_smaller() -> None:
    told: list[Event] = []
    order = replace(ORDER, successes=1)
    n = 0
    while (now := plan(told, n, order)).state.standing.stage <= 11:
        if now.on(day(n)) is not None:
            told.append(green(n))
            if (ready := plan(told, n, order)).state.ready:
                told.append(decide(ready, Choice.ADVANCE))
        n += 1
    assert not plan(told, n, order).unlock.is_open
    while not (now := plan(told, n, order)).unlock.is_open:
        told += [green(n)] if now.on(day(n)) is not None else []
        n += 1
    offer = proposal(now)
    assert offer is not None
    assert offer.choice is Choice.FAST
    told.append(decide(now, Choice.FAST))
    fast = plan(told, n, order)
    with_strides = [run for run in fast.runs if run.fast_s]
    assert with_strides
    assert with_strides[0].day > now.today
    by_week = {week.first: week for week in fast.weeks}
    for run in with_strides:
        assert run.fast_s <= 0.1 * by_week[week_start(run.day)].run_s
    first = by_week[week_start(with_strides[0].day)]
    before = by_week[first.first - timedelta(weeks=1)]
    assert first.run_s < before.run_s * 1.1 * 0.86


def test_the_level_before_is_that_of_whole_weeks_before_the_injury() -> None:
    onset = date(2025, 6, 4)  # a Wednesday: weeks are counted back from the day before
    rows = [
        session(onset - timedelta(days=1 + 7 * week + two), 8000.0 + 1000 * two) for week in range(8) for two in (0, 3)
    ]
    rows += [
        session(onset, 30_000.0),
        session(onset + timedelta(days=3), 2000.0),
        session(onset - timedelta(days=80), 40_000.0),
    ]
    rows += [session(onset - timedelta(days=5), 99_000.0, excluded=True), session(onset - timedelta(days=6), 5.0)]
    level = pre_injury_level(made_runs(rows), onset)
    assert (level.week_m, level.longest_m, level.runs_a_week, level.weeks) == (19_000.0, 11_000.0, 2.0, 8)
    assert level.speed_mps == pytest.approx(3.0)
    assert level.cadence_spm is None


def test_without_a_history_there_is_a_friendly_answer_and_a_week_given_by_hand_will_do() -> None:
    for rows in ([], [session(START - timedelta(days=9))]):
        with pytest.raises(NoHistory, match="by hand"):
            pre_injury_level(made_runs(rows), START)
    for wrong in ((0.0, 3.0, 3.0), (20_000.0, 0.2, 3.0), (20_000.0, 3.0, 0.0), (20_000.0, 3.0, 3.0, 30_000.0)):
        with pytest.raises(NoHistory):
            given_level(*wrong)


def test_a_run_stays_under_its_cap_where_not_even_one_repeat_fits() -> None:
    early = plan([], 0, replace(ORDER, profile="itb", onset_s=60.0))
    assert early.profile.onset_share is not None
    first = early.runs[0]
    assert first.most_s == 60.0 * early.profile.onset_share
    assert 0.0 < first.run_s <= first.most_s


def test_who_decides_that_it_begins_to_hurt_later_lets_runs_grow_and_only_where_that_bounds_them() -> None:
    order = replace(ORDER, profile="itb", onset_s=20 * 60.0, successes=1)
    before = plan([], 0, order)
    assert max(run.run_s for run in before.runs) <= 0.7 * 20 * 60.0
    assert not before.arrives
    with pytest.raises(NotDecidable, match="left open"):
        decide(before, Choice.ONSET)
    later = decide(before, Choice.ONSET, onset_s=60 * 60.0)
    after = plan([later], 0, order)
    assert 0.7 * 20 * 60.0 < max(run.run_s for run in after.runs) <= 0.7 * 60 * 60.0
    with pytest.raises(NotDecidable, match="no run is bounded"):
        decide(plan([], 0), Choice.ONSET, onset_s=60 * 60.0)


def test_a_step_forward_that_what_was_told_since_does_not_bear_is_known() -> None:
    greens: list[Event] = [Graded(START, Grade.GREEN), Graded(START + timedelta(days=2), Grade.GREEN)]
    step = decide(plan(greens, 2), Choice.ADVANCE)
    assert plan([*greens, step], 3).void == frozenset()
    late = plan([greens[0], Graded(START + timedelta(days=2), Grade.AMBER), step], 3)
    assert late.void == {step.at}
    assert late.state.standing.stage == 1
