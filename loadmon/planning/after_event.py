"""Where a runner stands after one more event of the way back.

A step back, rest and a stop hold at once; a step forward waits for somebody's name (loadmon convention).
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

from loadmon.days import week_start
from loadmon.planning.intensity_unlock import intensity_unlock
from loadmon.planning.pain import Grade, rises_weekly
from loadmon.planning.progress import Action, Standing, beginning, step
from loadmon.planning.return_rules import Profile, ReturnRules, default_return_rules
from loadmon.planning.way_back import Choice, Decision, Event, Graded, Ran, ReturnOrder, WayBack


def begun(order: ReturnOrder, rules: ReturnRules | None = None) -> WayBack:
    """The state before the first run."""
    rules = rules or default_return_rules()
    return WayBack(beginning(rules.profile[order.profile]), order.start, onset_s=order.onset_s)


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
            return replace(new, last=waits, ready=False)
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
        # reds that were reviewed are done with; a hold for anything else does not make them unseen
        known = () if state.standing.stopped else reds
        standing = Standing(min(event.stage, state.standing.stage, last_stage), red_days=known)
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
    if choice is Choice.ONSET:
        return replace(state, onset_s=event.onset_s)
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
