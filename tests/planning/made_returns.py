"""Made-up returns to running: random injuries, levels and pain logs, run day by day, and what no plan may ever do."""

from __future__ import annotations

import random
from collections import defaultdict
from dataclasses import dataclass, field, replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

from loadmon.days import week_start
from loadmon.planning.caps import session_cap, week_cap
from loadmon.planning.decision import NotDecidable, decided, proposal
from loadmon.planning.event_order import in_order
from loadmon.planning.pain import Grade, RunPain, graded
from loadmon.planning.planned_run import BUILD, WALK_RUN, PlannedRun
from loadmon.planning.pre_injury import given_level
from loadmon.planning.return_plan import ReturnPlan, return_plan
from loadmon.planning.return_rules import default_return_rules
from loadmon.planning.way_back import Choice, Decision, Event, Graded, Ran, ReturnOrder

RULES = default_return_rules()
START = date(2025, 9, 1)
EDGE = 1e-6
AHEAD = 7


@dataclass
class Told:
    """A made-up return: its order, what happened, and the plan as it stood on each day."""

    order: ReturnOrder
    events: list[Event] = field(default_factory=list)
    done_s: dict[date, float] = field(default_factory=dict)
    plans: list[ReturnPlan] = field(default_factory=list)
    advances: int = 0
    late: list[tuple[date, Graded, Graded]] = field(default_factory=list)

    def plan(self, today: date, weeks_ahead: int = 1) -> ReturnPlan:
        return return_plan(self.order, self.events, today, done_s=self.done_s, weeks_ahead=weeks_ahead)


def made_order(seed: random.Random) -> ReturnOrder:
    """A random injury of a random runner."""
    week_km, runs, pace = seed.uniform(6, 120), seed.randint(1, 8), seed.uniform(1.9, 4.5)
    level = given_level(1000 * week_km, pace, runs, 1000 * week_km * seed.uniform(1 / (runs + 1), 0.6))
    return ReturnOrder(
        1, seed.choice(list(RULES.profile)), START + timedelta(days=seed.randint(0, 6)), level, "Eva Lind",
        baseline_morning=float(seed.randint(0, 3)), successes=seed.choice([None, None, 1, 2, 3]),
        onset_s=seed.choice([None, None, seed.uniform(60, 3600)]),
    )  # fmt: skip


def made_return(number: int, days: int = 150) -> Told:
    """A return run day by day: pain is told most often well, now and then late; runs are moved to another day or come
    unplanned; decisions are taken late, wrongly and not at all."""
    seed = random.Random(number)
    told = Told(made_order(seed))
    trouble = seed.choice([0.0, 0.03, 0.1, 0.3])
    if seed.random() < 0.5:  # half of them come far, so that the weeks beyond the ladder are looked at too
        told.order, trouble = replace(told.order, successes=1), min(trouble, 0.03)
    moved: PlannedRun | None = None
    for n in range(days):
        today = told.order.start + timedelta(days=n)
        plan = told.plan(today)
        happened = _told_late(told, today)
        run, due = plan.on(today), moved
        moved = None
        if run is not None and run.on_hold is None and seed.random() < 0.9:
            if seed.random() < 0.05:
                moved = run  # to the next day, if that is free
                continue
            happened |= _run(seed, told, run, today, trouble)
        elif run is None and due is not None:
            happened |= _run(seed, told, due, today, trouble)
        elif seed.random() < 0.01:
            told.events.append(seed.choice([Graded(today, Grade.STOP, 8.0, "pain at night"), Ran(today)]))
            happened = True
        if happened:
            plan = told.plan(today)
        happened |= _decide(seed, told, plan, today)
        if happened:
            told.plans.append(told.plan(today, AHEAD))
            check(told.plans[-1], told)
            if told.plans[-1].state.ended:
                break
    return told


def _run(seed: random.Random, told: Told, run: PlannedRun, today: date, trouble: float) -> bool:
    """A planned run is run today and, most often, told of; now and then the bad part of it some days later."""
    told.done_s[run.day] = run.run_s * seed.choice([1.0, 1.0, 1.0, 0.95, 0.4, 1.3])
    told.events.append(Ran(today))
    event = _felt(seed, told.order, today, trouble)
    if event is not None:
        event = replace(event, planned_day=run.day)
        told.events.append(event)
        if seed.random() < trouble + 0.03:
            worse = replace(event, grade=seed.choice([Grade.AMBER, Grade.AMBER, Grade.RED]))
            told.late.append((today + timedelta(days=seed.randint(1, 9)), event, worse))
    return True


def _told_late(told: Told, today: date) -> bool:
    """What is told only today of an earlier run takes the place of what was known of it."""
    due = [one for one in told.late if one[0] == today]
    for _, event, worse in due:
        told.events[told.events.index(event)] = worse
    return bool(due)


def _felt(seed: random.Random, order: ReturnOrder, day: date, trouble: float) -> Graded | None:
    profile = RULES.profile[order.profile]
    worse = seed.random() < trouble
    high = seed.choice([1, 2, 4, 8]) if worse else 0
    pain = RunPain(
        during=min(profile.green.during + high, 10), after=min(profile.green.after + high * seed.randint(0, 1), 10),
        morning=seed.choice([None, order.baseline_morning, order.baseline_morning, order.baseline_morning + high * 0.5]),
        baseline_morning=order.baseline_morning, settle_min=30.0,
        flags=frozenset({"limp"}) if worse and seed.random() < 0.1 else frozenset(),
    )  # fmt: skip
    found = graded(pain, profile)
    return None if found.grade is None else Graded(day, found.grade, pain.during)


def _decide(seed: random.Random, told: Told, plan: ReturnPlan, today: date) -> bool:
    offer = proposal(plan)
    at = datetime.combine(today, time(18), UTC)
    choice, stage = (offer.choice, offer.stage) if offer is not None and seed.random() < 0.8 else (None, 1)
    if choice is None and seed.random() < 0.02:
        choice, stage = seed.choice(list(Choice)), seed.randint(0, 15)
        if choice is Choice.END and seed.random() < 0.8:
            return False
    if choice is None:
        return False
    before = plan.state
    try:
        new = decided(plan, choice, by="Eva Lind", role="physician", at=at, day=today, stage=stage, note="looked at")
    except NotDecidable:
        return False
    assert choice is not Choice.ADVANCE or (before.ready and before.hold is None)
    told.advances += choice is Choice.ADVANCE
    told.events.append(new)
    return True


def check(plan: ReturnPlan, told: Told) -> None:
    """Everything that no plan may ever do."""
    stands = [run for run in plan.runs if run.on_hold is None]
    days = [run.day for run in plan.runs]
    assert days == sorted(set(days))
    _rest(plan, stands, told)
    _caps(plan, stands)
    last = len(RULES.ladder[plan.profile.ladder].stages)
    _fast(plan, told)
    for run in stands:
        if run.phase == WALK_RUN or plan.state.fast_from is None:
            assert run.fast_s == 0.0 or run.day <= plan.today
        assert run.most_s is None or run.run_s <= run.most_s + EDGE
        assert (run.phase == BUILD) == (run.stage == last + 1)
    if plan.is_frozen:
        assert all(run.on_hold for run in plan.runs if run.day > plan.today)
        assert any(run.day > plan.today for run in plan.runs)  # on hold, not deleted
    # a stage is never above what decisions allow
    ups = sum(isinstance(e, Decision) and e.choice is Choice.ADVANCE for e in told.events)
    top = plan.profile.start_stage + ups
    assert plan.state.standing.stage <= top
    assert all(run.stage <= top for run in stands if not run.is_projection)


def _fast(plan: ReturnPlan, told: Told) -> None:
    """What strides rest on is still there, and no week to come has more of them than the rules allow."""
    if plan.state.fast_from is None or plan.state.build_from is None:
        return
    decided_on = max(
        event.day for event in told.events
        if isinstance(event, Decision) and event.choice is Choice.FAST and event.day < plan.state.fast_from
    )  # fmt: skip
    graded_before = [event for event in in_order(told.events) if isinstance(event, Graded) and event.day <= decided_on]
    assert {event.grade for event in graded_before[-3:]} == {Grade.GREEN}
    weeks: dict[date, list[PlannedRun]] = defaultdict(list)
    for run in plan.runs:
        weeks[week_start(run.day)].append(run)
    building = [m for m, runs in weeks.items() if m >= plan.state.fast_from and runs[0].phase == BUILD]
    if not building:
        return
    begins = min(building)
    for monday, runs in weeks.items():
        if monday <= plan.today or monday == max(
            weeks
        ):  # a week under way, and the last in sight, may have been cut short
            continue
        fast_s, run_s = sum(run.fast_s for run in runs), sum(run.run_s for run in runs)
        share = 0.0 if monday < begins else 0.05 if monday < begins + timedelta(weeks=2) else 0.10
        assert fast_s <= share * run_s + EDGE
        if monday == begins and (earlier := weeks.get(monday - timedelta(weeks=1))):
            assert run_s <= 0.85 * sum(run.run_s for run in earlier) + EDGE


def _rest(plan: ReturnPlan, stands: list[PlannedRun], told: Told) -> None:
    """A rest day between runs of the ladder, and more after a red one."""
    ladder_days = {run.day for run in stands if run.phase == WALK_RUN}
    assert not any(day + timedelta(days=1) in ladder_days for day in ladder_days)
    more = plan.profile.rest_after_heavy_days
    for earlier, later in pairwise(stands):
        heavy = earlier.fast_s or (earlier.spike_pct is not None and earlier.spike_pct > EDGE)
        if more is not None and heavy and later.phase == WALK_RUN:
            assert (later.day - earlier.day).days > more, f"{later.day} is one of rest after a heavy {earlier.day}"
    for event in told.events:
        if isinstance(event, Graded) and event.grade is Grade.RED:
            rest = {event.day + timedelta(days=n) for n in range(1, plan.profile.red_rest_days + 1)}
            assert not rest & {run.day for run in stands if run.day > event.day}


def _caps(plan: ReturnPlan, stands: list[PlannedRun]) -> None:
    weeks: dict[date, list[PlannedRun]] = defaultdict(list)
    run_s = [run.run_s for run in stands]
    first = 0
    for n, run in enumerate(stands):
        weeks[week_start(run.day)].append(run)
        while (run.day - stands[first].day).days > 30:
            first += 1
        if first < n:
            assert run_s[n] <= session_cap(max(run_s[first:n])).seconds + EDGE
    for monday, runs in weeks.items():
        if not all(run.phase == BUILD for run in runs):
            continue
        for back in range(1, 6):
            earlier = weeks.get(monday - timedelta(weeks=back), [])
            if earlier and not any(run.deload for run in earlier):
                cap = week_cap(sum(r.run_s for r in earlier), sum(r.run_m for r in earlier), plan.profile)
                assert sum(run.run_s for run in runs) <= cap.seconds + EDGE
                break
