"""Made-up returns through the whole loop: pain told late, twice or not at all, runs without a watch, weeks away, decisions
before and after runs and taken back. What no plan may do is checked from what was told, not from what the plan says of itself."""

from __future__ import annotations

import random
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from loadmon.planning.caps import session_cap
from loadmon.planning.closed_loop import Followed, followed
from loadmon.planning.decision import NotDecidable, decided, proposal
from loadmon.planning.done import Done
from loadmon.planning.known_then import as_known_then
from loadmon.planning.ladder import RUN
from loadmon.planning.matching import planned_bouts
from loadmon.planning.pain import Grade
from loadmon.planning.pain_log import AFTER, DAY, DURING, MORNING, PainEntry
from loadmon.planning.planned_run import WALK_RUN, PlannedRun
from loadmon.planning.return_rules import default_return_rules
from loadmon.planning.way_back import Choice, Decision, ReturnOrder
from tests.planning.made_returns import EDGE, made_order

RULES = default_return_rules()
LEAST_SHARE = 0.9


@dataclass
class Loop:
    """What happened so far, each thing with its instant; ``counts`` tells what was met on the way."""

    order: ReturnOrder
    told: list[tuple[PainEntry, datetime]] = field(default_factory=list)
    done: dict[date, Done] = field(default_factory=dict)
    ends: dict[date, datetime] = field(default_factory=dict)
    ran_s: dict[date, float] = field(default_factory=dict)
    decisions: list[Decision] = field(default_factory=list)
    counts: dict[str, int] = field(default_factory=dict)
    no_step: set[date] = field(default_factory=set)

    def look(self, today: date) -> Followed:
        """The plan as it stands."""
        known = as_known_then(self.decisions, self.ends, self.told)
        done = [one for _, one in sorted(self.done.items())]
        return followed(self.order, known, [entry for entry, _ in self.told], done, today, weeks_ahead=2)

    def tell(self, day: date, moment: str, value: float | None, at: datetime, **more: object) -> None:
        """One more entry."""
        self.told.append((PainEntry(1, day, moment, value, **more), at))  # type: ignore[arg-type]

    def count(self, what: str) -> None:
        self.counts[what] = self.counts.get(what, 0) + 1


def at(day: date, hour: int) -> datetime:
    return datetime.combine(day, time(hour), UTC)


def made_loop(number: int, days: int = 90) -> Loop:
    """A random return, day by day, checked each evening."""
    seed = random.Random(number)
    loop = Loop(made_order(seed))
    trouble, away = seed.choice([0.0, 0.05, 0.2]), 0
    later: list[tuple[date, date, str, float | None, frozenset[str]]] = []
    for n in range(days):
        today = loop.order.start + timedelta(days=n)
        for one in [one for one in later if one[0] == today]:  # what is told only now, of days ago
            loop.tell(one[1], one[2], one[3], at(today, 19), flags=one[4])
            loop.count("told late")
        away = away - 1 if away else seed.randint(5, 45) * (seed.random() < 0.01)
        if away:
            continue
        yesterday = today - timedelta(days=1)
        if yesterday in loop.ran_s and seed.random() < 0.85:
            morning = min(loop.order.baseline_morning + _pain(seed, trouble / 2), 10.0)
            loop.tell(today, MORNING, morning, at(today, 7))
        if seed.random() < 0.15:
            _decide(seed, loop, today, 8)
        run = loop.look(today).plan.on(today)
        if run is not None and run.on_hold is None and seed.random() < 0.9:
            _run(seed, loop, run, today, trouble)
        elif seed.random() < 0.01:
            loop.ran_s[today] = 900.0
            loop.done[today], loop.ends[today] = Done(today, 900.0, 2500.0, 1, 900.0), at(today, 18)
            loop.count("not planned")
        if seed.random() < 0.05:
            loop.tell(today, DAY, _pain(seed, 0.3), at(today, 19), area="knee")
        if seed.random() < 0.01:
            sign = frozenset({seed.choice(sorted(RULES.red_flag))})
            when = today + timedelta(days=seed.choice([0, 0, 1, 3]))
            later.append((when, today, DAY, None, sign)) if when > today else loop.tell(
                today, DAY, None, at(today, 19), flags=sign
            )
        if seed.random() < 0.8:
            _decide(seed, loop, today, 20)
        elif loop.decisions and seed.random() < 0.1 and today == loop.decisions[-1].day:
            loop.decisions.pop()
            loop.count("taken back")
        told = loop.look(today)
        check_loop(loop, told, at(today, 23))
        if told.plan.state.ended:
            break
    return loop


def _pain(seed: random.Random, trouble: float) -> float:
    return float(seed.choice([1, 2, 4, 5, 8])) if seed.random() < trouble else 0.0


def _run(seed: random.Random, loop: Loop, run: PlannedRun, today: date, trouble: float) -> None:
    share = seed.choice([1.0, 1.0, 1.0, 0.95, 0.5, 1.4])
    watch = seed.random() < 0.85
    out_s = None if watch or seed.random() < 0.5 else run.total_s * share
    loop.ran_s[today] = run.run_s * (share if watch or out_s else 1.0)
    if out_s and run.phase == WALK_RUN and run.run_s * share > max(1.15 * run.run_s, run.run_s + 120.0):
        loop.no_step.add(today)
    if watch:
        pieces = [bout.seconds for bout in planned_bouts(run) if bout.kind == RUN]
        at_once = seed.random() < 0.1
        longest = run.run_s * share if at_once else max(pieces) * share
        loop.done[today] = Done(
            today, run.run_s * share, 600.0, 1 if at_once else len(pieces), longest, run.run_m * share
        )
        longer = run.phase == WALK_RUN and longest > 2.0 * max(pieces) + 60.0
        if longer or (run.phase == WALK_RUN and run.run_s * share > max(1.15 * run.run_s, run.run_s + 120.0)):
            loop.no_step.add(today)
            loop.count("not the planned run")
        loop.ends[today] = at(today, 18)
    for _ in range(1 + (seed.random() < 0.1)):  # now and then told twice, not the same
        if seed.random() < 0.93:
            loop.tell(today, DURING, _pain(seed, trouble), at(today, 19), without_recording=not watch, out_s=out_s)
        after = _pain(seed, trouble)
        if seed.random() < 0.93:
            settled = 30.0 if after else None
            loop.tell(today, AFTER, after, at(today, 19), settle_min=settled, without_recording=not watch, out_s=out_s)
    if not watch and not any(entry.day == today and entry.without_recording for entry, _ in loop.told):
        del loop.ran_s[today]  # no watch, and not a word of it: nobody knows of this run
        loop.no_step.discard(today)
        loop.count("never told")
        return
    loop.count("with a watch" if watch else "without a watch")


def _decide(seed: random.Random, loop: Loop, today: date, hour: int) -> None:
    told = loop.look(today)
    offer = proposal(told.plan)
    choice = None if offer is None else offer.choice
    later = 60.0 * seed.randint(5, 90)
    if seed.random() < 0.03:
        choice = seed.choice([one for one in Choice if one is not Choice.END])
    if choice is None:
        return
    stage = offer.stage if offer is not None and choice is offer.choice else seed.randint(1, 14)
    try:
        new = decided(
            told.plan,
            choice,
            by="Eva Lind",
            role="physician",
            at=at(today, hour),
            day=today,
            stage=stage,
            note="seen",
            onset_s=later,
        )
    except NotDecidable:
        return
    if choice is Choice.ADVANCE:
        _well_borne(loop, told)
    loop.decisions.append(new)
    loop.count(choice.value)


def _well_borne(loop: Loop, told: Followed) -> None:
    """A step forward is taken only where the latest runs, as many as are asked for, were green."""
    needed = loop.order.successes or RULES.whole("successes_to_advance")
    grades = [
        found.grade for day, found in sorted(told.grades.items()) if found.grade is not None and day not in loop.no_step
    ]
    assert grades[-needed:] == [Grade.GREEN] * needed, f"a step forward on {grades[-needed:]}"
    if told.plan.profile.bone:
        sore = {entry.day for entry, _ in loop.told if entry.moment == DAY and entry.value}
        since = sorted(day for day, found in told.grades.items() if found.grade is Grade.GREEN)[-1]
        assert not any(since <= day <= told.plan.today for day in sore), "a step forward on a sore bone"


def check_loop(loop: Loop, told: Followed, now: datetime) -> None:
    """What no plan may do, from what was told and run alone."""
    plan, today = told.plan, told.plan.today
    ahead = [run for run in plan.runs if run.day > today and run.on_hold is None]
    stop = RULES.value("stop_pain")
    signs = [
        when
        for entry, when in loop.told
        if when <= now and (entry.flags or (entry.value is not None and entry.value >= stop))
    ]
    resumed = [one.at for one in loop.decisions if one.choice is Choice.RESUME]
    if signs and (not resumed or max(signs) > max(resumed)) and plan.state.ended is None:
        assert plan.is_frozen, "goes on after a sign that stops it"
    if plan.is_frozen:
        assert not ahead, "a run stands while the plan is on hold"
        loop.count("days on hold")
    ladder = {run.day for run in ahead if run.phase == WALK_RUN}
    ran = {day for day in loop.ran_s if day <= today}
    for day in ladder:
        before = day - timedelta(days=1)
        assert before not in ladder, f"two days in a row: {before}"
        assert before not in ran, f"no rest after the run of {before}"
    for day, found in told.grades.items():
        if found.grade is Grade.RED:
            rest = {day + timedelta(days=n) for n in range(1, plan.profile.red_rest_days + 1)}
            assert not rest & {run.day for run in ahead}, f"a run on a day of rest after the red one of {day}"
    share, onset = plan.profile.onset_share, loop.order.onset_s
    onset = next((one.onset_s for one in reversed(loop.decisions) if one.choice is Choice.ONSET), onset)
    if share is not None and onset is not None:
        assert all(run.run_s <= share * onset + EDGE for run in ahead), "a run beyond what usually begins to hurt"
    waiting = plan.on(today)
    if waiting is not None and waiting.on_hold is None:  # what is ahead supposes that today's run is still made
        ran_s = {today: waiting.run_s, **loop.ran_s}
    else:
        ran_s = loop.ran_s
    for run in ahead[:1]:
        longest = max((s for day, s in ran_s.items() if 0 < (run.day - day).days <= 30), default=None)
        if longest is not None:
            assert run.run_s <= session_cap(longest / LEAST_SHARE).seconds + EDGE, "longer than the cap on a session"
    if not any(one.choice is Choice.FAST for one in loop.decisions):
        assert not any(run.fast_s for run in plan.runs), "strides that nobody decided"
    ups = sum(one.choice is Choice.ADVANCE for one in loop.decisions)
    assert plan.state.standing.stage <= plan.profile.start_stage + ups, "a stage that nobody decided"
