"""What a runner reads of their way back: what to do next, how much, why not more, how it counts, what stops it."""

from __future__ import annotations

from dataclasses import dataclass

from loadmon.planning.closed_loop import Followed
from loadmon.planning.heavy_day import is_heavy
from loadmon.planning.ladder import minutes
from loadmon.planning.pain_words import in_limits, pain_rules
from loadmon.planning.planned_run import WALK_RUN, PlannedRun
from loadmon.planning.return_plan import ReturnPlan
from loadmon.planning.return_rules import ReturnRules, default_return_rules
from loadmon.show.words import day_of_year
from loadmon.units import Units

FIRST_SIGNS = ("limp", "night_pain", "focal_bone_pain")
"""Signs that are named in the short sentence; the whole list stands behind it."""


@dataclass(frozen=True, slots=True)
class NextRun:
    """The next run, in the runner's words."""

    title: str
    what: str
    how_much: str
    why_not_more: str
    it_counts: str
    then: str


def next_run_words(told: Followed, units: Units, rules: ReturnRules | None = None) -> NextRun | None:
    """The next run in words; None where there is none, as while everything is on hold.

    Parameters
    ----------
    told : Followed
    units : Units
    rules : ReturnRules, optional
    """
    rules, plan = rules or default_return_rules(), told.plan
    run = plan.next_run
    if run is None:
        return None
    days = (run.day - plan.today).days
    when = "today" if days == 0 else f"{'tomorrow' if days == 1 else 'on'} {run.day:%A}, {day_of_year(run.day)}"
    if days == 1:
        when = f"tomorrow, {run.day:%A}, {day_of_year(run.day)}"
    walk = minutes(rules.value("warm_up_walk_s"))
    return NextRun(
        f"Next run {when}",
        f"{run.words}, with {walk} min of walking before and after, on level ground",
        f"{minutes(run.run_s)} min of running, about {units.distance(run.run_m)}; "
        f"{minutes(run.total_s)} min from door to door with the walking.",
        why_not_more(plan, run, rules),
        f"Pain {in_limits(plan.profile.green)} (0 to 10). Then it is green. Tell all three: what is not told does not count.",
        _then(plan, run, rules),
    )


def why_not_more(plan: ReturnPlan, run: PlannedRun, rules: ReturnRules | None = None) -> str:
    """What holds a run at its length, in a sentence or two.

    Parameters
    ----------
    plan : ReturnPlan
    run : PlannedRun
    rules : ReturnRules, optional
    """
    rules = rules or default_return_rules()
    stages = len(rules.ladder[plan.profile.ladder].stages)
    if run.phase != WALK_RUN or not run.bound_by.startswith("Stage "):
        return f"{run.bound_by}."
    needed = plan.order.successes or rules.whole("successes_to_advance")
    if plan.state.ready:
        return (
            f"This is stage {run.stage} of {stages}, and it went well often enough. The next stage waits for your clinician; "
            "until then this one goes on."
        )
    times = {1: "once", 2: "twice", 3: "three times"}.get(needed, f"{needed} times")
    have = f"{plan.state.standing.greens} of {needed} so far"
    return f"This is stage {run.stage} of {stages}. It has to go well {times} ({have}), then your clinician decides about the next."


def _then(plan: ReturnPlan, run: PlannedRun, rules: ReturnRules) -> str:
    following = next((one for one in plan.ahead if one.day > run.day and one.on_hold is None), None)
    if run.phase == WALK_RUN:
        rest = rules.whole("rest_days_between_runs")
        if plan.profile.rest_after_heavy_days is not None and is_heavy(run, rules):
            rest = max(rest, plan.profile.rest_after_heavy_days)
        free = "A day" if rest == 1 else f"{rest} days"
        why = "" if rest == 1 else ": it is more than the tendon has had in 30 days (loadmon convention)"
        then = (
            ""
            if following is None
            else f" If all goes well, the run after it is on {following.day:%A}, {day_of_year(following.day)}."
        )
        return f"{free} without running{why}.{then}"
    return "" if following is None else f"The run after it is on {following.day:%A}, {day_of_year(following.day)}."


def stage_words(plan: ReturnPlan, rules: ReturnRules | None = None) -> str:
    """Where a runner is on the whole way, in a few words."""
    rules = rules or default_return_rules()
    stages = len(rules.ladder[plan.profile.ladder].stages)
    stage = plan.state.standing.stage
    if stage > stages:
        return f"All {stages} stages of running and walking are behind you: now the weeks grow."
    return f"Stage {stage} of {stages}."


def latest_words(told: Followed) -> str:
    """What the latest run that was graded meant; empty where none was yet."""
    last = told.plan.state.last
    graded = [day for day, found in told.grades.items() if found.grade is not None]
    if last is None or not graded:
        return ""
    return f"The latest run that was graded was on {day_of_year(max(graded))}. {last.reason}"


def stop_words(rules: ReturnRules | None = None) -> str:
    """What ends a run and stops the plan, in a sentence."""
    rules = rules or default_return_rules()
    signs = ", ".join(rules.red_flag[key] for key in FIRST_SIGNS)
    return (
        f"Stop running, and ask your clinician, at pain of {rules.value('stop_pain'):g} of 10 or more, or with {signs}."
    )


def pain_lines(plan: ReturnPlan, rules: ReturnRules | None = None) -> list[str]:
    """What each grade means for this tissue, and every sign that stops the plan: a line each."""
    rules = rules or default_return_rules()
    signs = "; ".join(rules.red_flag.values())
    return [
        *pain_rules(plan.profile, rules),
        f"STOP: pain of {rules.value('stop_pain'):g} or more at any moment; {signs}.",
    ]


def held_words(plan: ReturnPlan) -> tuple[str, str] | None:
    """That nothing is run now, and why and what ends it; None where the plan is not on hold."""
    state = plan.state
    if state.hold is None:
        return None
    since = "" if state.held_since is None else f" since {day_of_year(state.held_since)}"
    return (
        f"On hold{since}: do not run.",
        f"Why: {state.hold}. Nothing is lost: the plan is kept as it is, and goes on when your clinician has written down what was found.",
    )
