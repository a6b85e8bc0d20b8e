"""Where a runner stands on the way back, from what was ordered, how each run was borne, and what a named person decided.

A step back, rest and a stop hold at once; a step forward waits for somebody's name (loadmon convention).
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from loadmon.days import week_start
from loadmon.planning.gate import Clearance, GateKept
from loadmon.planning.intensity_unlock import intensity_unlock
from loadmon.planning.pain import Grade, rises_weekly
from loadmon.planning.pre_injury import Level
from loadmon.planning.progress import Action, Standing, Step, beginning, step
from loadmon.planning.return_rules import Profile, ReturnRules, default_return_rules


@dataclass(frozen=True, slots=True)
class ReturnOrder:
    """What a plan is made from.

    Parameters
    ----------
    athlete_id : int
    profile : str
        Key of the rules' profiles.
    start : date
        Day of the first run.
    goal : Level
        The level before the injury.
    made_by : str
        Who made it.
    baseline_morning : float
        The runner's usual morning pain, 0 to 10.
    successes : int | None
        Green sessions before the next stage, where a clinician set another number than the rule: 1 to 3.
    onset_s : float | None
        Seconds of running after which it usually begins to hurt.
    clearance : Clearance | None
    injury_id : int | None
    note : str
        A clinician's; coaches do not read it by default.
    gate : GateKept | None
        What was true before the first run; None of plans made before it was kept, and for those who do not read notes.
    """

    athlete_id: int
    profile: str
    start: date
    goal: Level
    made_by: str
    baseline_morning: float = 0.0
    successes: int | None = None
    onset_s: float | None = None
    clearance: Clearance | None = None
    injury_id: int | None = None
    note: str = ""
    gate: GateKept | None = None


@dataclass(frozen=True, slots=True)
class Graded:
    """How a day's run was borne.

    Parameters
    ----------
    day : date
    grade : Grade
    worst : float | None
        The highest pain told of it.
    reason : str
    planned_day : date | None
        Of the planned run it was, where it was run a day later.
    """

    day: date
    grade: Grade
    worst: float | None = None
    reason: str = ""
    planned_day: date | None = None


@dataclass(frozen=True, slots=True)
class Ran:
    """A day on which was run, planned or not: on the ladder the day after it is one of rest, whatever was told of it."""

    day: date


class Choice(StrEnum):
    """What a person may decide."""

    ADVANCE = "advance"
    REPEAT = "repeat"
    REGRESS = "regress"
    HOLD = "hold"
    RESUME = "resume"
    FAST = "fast"
    END = "end"


@dataclass(frozen=True, slots=True)
class Decision:
    """What a named person decided.

    Parameters
    ----------
    day : date
        The runner's own day from which it holds.
    at : datetime
        When, aware.
    by, role : str
        Who, and as what.
    choice : Choice
    stage : int
        The stage from then on.
    note : str
    """

    day: date
    at: datetime
    by: str
    role: str
    choice: Choice
    stage: int
    note: str = ""


@dataclass(frozen=True, slots=True)
class WayBack:
    """Where a runner stands.

    Parameters
    ----------
    standing : Standing
    free_from : date
        First day on which a run may be.
    ready : bool
        A step forward waits for somebody's decision.
    last : Step | None
        What the rule made of the latest graded run.
    hold : str | None
        Why nothing is run now.
    held_since : date | None
    build_from : date | None
        Monday of the first building week.
    level_weeks : frozenset of date
        Mondays of building weeks that grow no longer than the one before.
    fast_from : date | None
        Monday of the first week with anything fast.
    greens_long : tuple of date
        Days of green runs of 30 minutes in one piece since the last that was not green.
    ended : date | None
    pains : tuple of (Monday, pain)
    """

    standing: Standing
    free_from: date
    ready: bool = False
    last: Step | None = None
    hold: str | None = None
    held_since: date | None = None
    build_from: date | None = None
    level_weeks: frozenset[date] = frozenset()
    fast_from: date | None = None
    greens_long: tuple[date, ...] = ()
    ended: date | None = None
    pains: tuple[tuple[date, float], ...] = ()

    def building(self, day: date) -> bool:
        """True where a day lies in the building weeks: they have their own days of rest, and a run adds none."""
        return self.build_from is not None and day >= self.build_from


Event = Ran | Graded | Decision


def in_order(events: Iterable[Event]) -> list[Event]:
    """By day; on one day what was run, what was felt, what was decided, decisions by their instant."""

    def place(event: Event) -> tuple[date, int, float]:
        if isinstance(event, Decision):
            return event.day, 2, event.at.timestamp()
        return event.day, int(isinstance(event, Graded)), 0.0

    return sorted(events, key=place)


def begun(order: ReturnOrder, rules: ReturnRules | None = None) -> WayBack:
    """The state before the first run."""
    rules = rules or default_return_rules()
    return WayBack(beginning(rules.profile[order.profile]), order.start)


def after(state: WayBack, event: Event, order: ReturnOrder, rules: ReturnRules | None = None) -> WayBack:
    """The state after one more event."""
    rules = rules or default_return_rules()
    if state.ended is not None:
        return state
    profile = rules.profile[order.profile]
    if isinstance(event, Ran):
        return rested(state, event.day, rules)
    if isinstance(event, Decision):
        return _decided(state, event, profile, rules)
    return _felt(state, event, order, profile, rules)


def rested(state: WayBack, day: date, rules: ReturnRules) -> WayBack:
    """The state with the day of rest that follows a run of the ladder."""
    if state.building(day):
        return state
    free = day + timedelta(days=1 + rules.whole("rest_days_between_runs"))
    return replace(state, free_from=max(state.free_from, free))


def _felt(state: WayBack, event: Graded, order: ReturnOrder, profile: Profile, rules: ReturnRules) -> WayBack:
    rest = rules.whole("rest_days_between_runs")
    last_stage = len(rules.ladder[profile.ladder].stages)
    standing, done = step(state.standing, event.grade, event.day, profile, successes=order.successes, rules=rules)
    pains = state.pains if event.worst is None else (*state.pains, (week_start(event.day), event.worst))
    # a red run is followed by its days of rest even where it stops the plan: the review may be quicker
    extra = done.extra_rest_days or (0 if event.grade in (Grade.GREEN, Grade.AMBER) else profile.red_rest_days)
    new = replace(rested(state, event.day, rules), last=done, pains=pains)
    if extra:
        new = replace(new, free_from=max(new.free_from, event.day + timedelta(days=1 + rest + extra)))
    if done.action is Action.STOP:
        reason = event.reason or done.reason
        return replace(
            new,
            standing=standing,
            ready=False,
            hold=state.hold or reason,
            held_since=state.held_since or event.day,
            greens_long=(),
            fast_from=None,
        )
    if done.action is Action.ADVANCE:
        if profile.week_rule and rises_weekly(weekly_pain(pains)):
            waits = replace(
                done,
                action=Action.REPEAT,
                stage_after=state.standing.stage,
                reason="Green, but pain rose against the week before.",
            )
            return replace(new, last=waits)
        # a step forward is a person's; until then the same stage goes on
        held = replace(state.standing, greens=state.standing.greens + 1, ambers_in_row=0)
        return replace(new, standing=held, ready=True, greens_long=_long(state, event, last_stage))
    level = state.level_weeks
    if event.grade is Grade.AMBER and state.standing.stage > last_stage:
        level = level | {week_start(event.day) + timedelta(days=7)}
    green = event.grade is Grade.GREEN
    return replace(
        new,
        fast_from=None if done.action is Action.REGRESS else state.fast_from,
        standing=standing,
        ready=state.ready and green,
        build_from=state.build_from if standing.stage > last_stage else None,
        level_weeks=level,
        greens_long=_long(state, event, last_stage) if green else (),
    )


def _long(state: WayBack, event: Graded, last_stage: int) -> tuple[date, ...]:
    """Green days of 30 minutes in one piece: the ladder's last stage, and everything beyond it."""
    return (*state.greens_long, event.day) if state.standing.stage >= last_stage else ()


def weekly_pain(pains: tuple[tuple[date, float], ...]) -> list[float]:
    """Mean of the worst pain of the runs of each week that has any, oldest first."""
    weeks: dict[date, list[float]] = {}
    for monday, pain in pains:
        weeks.setdefault(monday, []).append(pain)
    return [sum(of) / len(of) for _, of in sorted(weeks.items())]


def _decided(state: WayBack, event: Decision, profile: Profile, rules: ReturnRules) -> WayBack:
    last_stage = len(rules.ladder[profile.ladder].stages)
    reds = state.standing.red_days
    choice = event.choice
    if choice is Choice.END:
        return replace(state, ended=event.day, ready=False)
    if choice is Choice.HOLD:
        return replace(state, hold=event.note or "held by a clinician", held_since=event.day, ready=False)
    if choice is Choice.RESUME and state.hold is not None:
        free = max(state.free_from, event.day)
        standing = Standing(min(event.stage, state.standing.stage, last_stage))
        return replace(
            state,
            standing=standing,
            hold=None,
            held_since=None,
            ready=False,
            free_from=free,
            build_from=None,
            fast_from=None,
        )
    if state.hold is not None:
        return state  # whatever was decided before something was told that stops the plan
    if choice is Choice.ADVANCE and state.ready:
        stage = state.standing.stage + 1
        build = _next_monday(max(state.free_from, event.day)) if stage > last_stage else None
        return replace(state, standing=Standing(stage, red_days=reds), ready=False, build_from=build)
    if choice is Choice.REPEAT:
        return replace(state, standing=replace(state.standing, greens=0), ready=False)
    if choice is Choice.REGRESS:
        stage = max(1, min(event.stage, state.standing.stage))
        build = state.build_from if stage > last_stage else None
        return replace(state, standing=Standing(stage, red_days=reds), ready=False, build_from=build, fast_from=None)
    # what was told late may have closed again what the decision rested on
    if choice is Choice.FAST and state.standing.stage > last_stage and _unlocked(state, profile, rules):
        return replace(state, fast_from=state.fast_from or week_start(event.day) + timedelta(days=7))
    return state


def _unlocked(state: WayBack, profile: Profile, rules: ReturnRules) -> bool:
    return intensity_unlock(state.greens_long, profile, rules).is_open


def _next_monday(day: date) -> date:
    return day if day.weekday() == 0 else week_start(day) + timedelta(days=7)
