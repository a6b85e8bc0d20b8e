"""A week of building up beyond the ladder: more runs first, then longer ones, every fourth week a lighter one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta

from loadmon.days import week_start
from loadmon.planning.caps import session_cap, week_cap
from loadmon.planning.heavy_day import DAYS_AFTER_HEAVY
from loadmon.planning.intensity_unlock import fast_share
from loadmon.planning.ladder import RUN, STRIDE, Segment, minutes, with_walks
from loadmon.planning.planned_run import AT_GOAL, BUILD, PlannedRun
from loadmon.planning.return_rules import Profile, ReturnRules
from loadmon.planning.way_back import ReturnOrder, WayBack

DAYS_OF_WEEK = {1: (0,), 2: (0, 3), 3: (0, 2, 5), 4: (0, 2, 4, 5), 5: (0, 1, 3, 4, 5), 6: (0, 1, 2, 3, 4, 5)}
"""Weekdays of so many runs, Monday as 0; up to three never lie side by side."""
DONE_SHARE = 0.9
"""A run of nine tenths of what was planned counts as done: a watch does not see the very second where walking begins."""
BETWEEN_STRIDES_S = 60.0
MOST_STRIDES = 8
WHOLE_S = 60.0


@dataclass(frozen=True, slots=True)
class Counted:
    """A planned run, and how much of it counts: what was not done does not."""

    run: PlannedRun
    share: float
    run_s: float
    run_m: float


@dataclass
class Past:
    """The runs planned so far, and how much of each counts as run."""

    rules: ReturnRules
    today: date
    done_s: Mapping[date, float] | None
    runs: list[PlannedRun] = field(default_factory=list)
    _counted: list[Counted] = field(default_factory=list)
    _weeks: dict[date, list[Counted]] = field(default_factory=dict)

    def add(self, run: PlannedRun) -> None:
        """One more planned run."""
        share, run_s = 1.0, run.run_s
        if self.done_s is not None and run.day <= self.today and run.on_hold is None:
            share = min(self.done_s.get(run.day, 0.0) / run_s, 1.0)
            share = 1.0 if share >= DONE_SHARE else share
        self.runs.append(run)
        # what is on hold is no run; but while everything ahead is, it is told as if it went on
        if share > 0.0 and (run.on_hold is None or run.day > self.today):
            one = Counted(run, share, run_s * share, run_s * share * run.speed_mps)
            self._counted.append(one)
            self._weeks.setdefault(week_start(run.day), []).append(one)

    def as_planned(self, day: date) -> bool:
        """True where a run was planned for a day and was run, for nine tenths at least."""
        return any(one.run.day == day and one.share == 1.0 and one.run.on_hold is None for one in self._week_of(day))

    @property
    def any_counted(self) -> bool:
        """True if anything was run yet."""
        return bool(self._counted)

    def longest(self, day: date) -> Counted | None:
        """The run of the 30 days before a day that had most running; None without any."""
        opens = day - timedelta(days=self.rules.whole("session_window_days"))
        longest = None
        for one in reversed(self._counted):
            if one.run.day >= day:
                continue
            if one.run.day < opens:
                break
            if longest is None or one.run_s > longest.run_s:
                longest = one
        return longest

    def week(self, monday: date) -> list[Counted]:
        """The runs of a week that count."""
        return self._weeks.get(monday, [])

    def _week_of(self, day: date) -> list[Counted]:
        return self.week(week_start(day))


@dataclass(frozen=True, slots=True)
class BuildWeek:
    """The runs of one building week, and whether it reaches the level before the injury."""

    monday: date
    runs: tuple[PlannedRun, ...]
    reaches_goal: bool


def build_week(
    past: Past, state: WayBack, order: ReturnOrder, profile: Profile, day: date, rules: ReturnRules
) -> BuildWeek | None:
    """The building week that a day lies in; None where the two weeks before hold no run to build on."""
    assert state.build_from is not None
    monday = week_start(day)
    number = (monday - state.build_from).days // 7 + 1
    before = _before(past, monday)
    longest = past.longest(monday)
    if before is None or longest is None:
        return None
    previous_s, previous_m = sum(one.run_s for one in before), sum(one.run_m for one in before)
    in_build = [one for one in before if one.run.phase == BUILD]
    count = max(len(in_build), rules.whole("build_runs_a_week")) if in_build else rules.whole("build_runs_a_week")
    deload = number % rules.whole("deload_every_weeks") == 0
    level = monday in state.level_weeks
    wanted = min(round(order.goal.runs_a_week), rules.whole("most_runs_a_week"))
    alone = rules.whole("consecutive_after_weeks_bone" if profile.bone else "consecutive_after_weeks")
    fast_from = None if state.fast_from is None else max(state.fast_from, state.build_from)
    fast_week = None if fast_from is None or monday < fast_from else (monday - fast_from).days // 7
    # one thing at a time: no run more in a lighter week, after an amber one, or in the first with strides
    more = not deload and not level and fast_week != 0 and bool(in_build) and number > alone and count < wanted
    count += more
    by_week = week_cap(previous_s, previous_m, profile, rules)
    by_session = session_cap(longest.run_s, profile, state.onset_s, rules)
    length, bound, basis = by_session.seconds, f"At most {by_session.reason}", by_session.basis
    if by_week.seconds / count < length:
        length, bound, basis = by_week.seconds / count, f"Week: at most {by_week.reason}", by_week.basis
    usual = max((one.run.run_s for one in in_build), default=longest.run_s)
    if more:
        length = min(length, usual)
        bound = f"One run more ({count} a week) before runs grow longer; {bound[0].lower()}{bound[1:]}"
    if level and length > usual:
        length, bound = usual, "No longer than the week before: an amber run"
    if deload:
        lighter = rules.value("deload_factor") * previous_s / count
        if lighter < length:
            rule = rules.rule["deload_every_weeks"]
            length, bound, basis = (
                lighter,
                f"Lighter week: {rules.value('deload_factor'):g} of the week before",
                rules.basis(rule),
            )
    if fast_week == 0:
        rule = rules.rule["first_fast_week_factor"]
        latest = past.week(monday - timedelta(weeks=1)) or before
        smaller = rule.value * sum(one.run_s for one in latest) / count
        if smaller < length:
            length, bound, basis = (
                smaller,
                f"First week with strides: {rule.value:g} of the week before",
                rules.basis(rule),
            )
    goal_s = order.goal.week_s / count
    reaches = not deload and count >= min(wanted, count) and length >= goal_s and count >= wanted
    if length > goal_s and count >= wanted:
        length, bound, basis = goal_s, AT_GOAL, order.goal.told_by
    length = max(length // WHOLE_S * WHOLE_S, WHOLE_S)
    strides_s = 0.0 if fast_week is None else fast_share(fast_week, rules) * length * count
    heavy = profile.rest_after_heavy_days is not None and count in DAYS_AFTER_HEAVY
    heavy = heavy and (strides_s > 0.0 or length > rules.value("heavy_day_above") * longest.run_s)
    days = [monday + timedelta(days=n) for n in (DAYS_AFTER_HEAVY if heavy else DAYS_OF_WEEK)[count]]
    with_strides = 0 if heavy else 1
    runs = tuple(
        replace(
            _run(
                one,
                length,
                strides_s if place == with_strides else 0.0,
                order,
                bound,
                basis,
                state.standing.stage,
                deload,
                rules,
            ),
            most_s=by_session.seconds,
        )
        for place, one in enumerate(days)
    )
    return BuildWeek(monday, runs, reaches)


def _before(past: Past, monday: date) -> list[Counted] | None:
    """The latest week of the three before that was no lighter one and has a run."""
    for weeks in (1, 2):
        found = past.week(monday - timedelta(weeks=weeks))
        if found and not any(one.run.deload for one in found):
            return found
    return None


def _run(
    day: date,
    length: float,
    strides_s: float,
    order: ReturnOrder,
    bound: str,
    basis: str,
    stage: int,
    deload: bool,
    rules: ReturnRules,
) -> PlannedRun:
    stride = rules.value("stride_s")
    count = min(int(strides_s // stride), MOST_STRIDES, int(length // (2 * (stride + BETWEEN_STRIDES_S))))
    words = f"{minutes(length)} min easy"
    inner: tuple[Segment, ...] = (Segment(RUN, length),)
    if count >= 1:
        easy = length - count * (stride + BETWEEN_STRIDES_S)
        inner = (Segment(RUN, easy), *((Segment(STRIDE, stride), Segment(RUN, BETWEEN_STRIDES_S)) * count))
        words += f" with {count} strides of {stride:g} s"
    return PlannedRun(
        day, BUILD, stage, with_walks(inner, rules), words, bound, basis, order.goal.speed_mps, deload=deload
    )
