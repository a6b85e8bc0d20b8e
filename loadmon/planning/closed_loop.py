"""The closed loop: what was run and felt, put beside the plan it belongs to, and the plan told anew from it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from loadmon.planning.done import Done, with_told
from loadmon.planning.ladder import ladder
from loadmon.planning.matching import Matched, matched
from loadmon.planning.pain import Grade, GradedPain, RunPain, graded
from loadmon.planning.pain_log import PainEntry, pain_by_run
from loadmon.planning.return_plan import ReturnPlan, return_plan
from loadmon.planning.return_rules import ReturnRules, default_return_rules
from loadmon.planning.way_back import Decision, Graded, Ran, ReturnOrder

ASK_BACK_DAYS = 3
"""For so many days somebody is asked how a run was borne (loadmon convention)."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A run of which something is still to be told, and what."""

    day: date
    missing: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Followed:
    """A plan with everything that happened.

    Parameters
    ----------
    plan : ReturnPlan
    lines : tuple of Matched
        Planned runs up to today beside what was run.
    pains : dict of date to RunPain
    grades : dict of date to GradedPain
        By the day of the run.
    asks : tuple of Asked
        Runs of the last days of which something is still to be told, oldest first.
    """

    plan: ReturnPlan
    lines: tuple[Matched, ...]
    pains: dict[date, RunPain]
    grades: dict[date, GradedPain]
    asks: tuple[Asked, ...]


def followed(
    order: ReturnOrder,
    decisions: Iterable[Decision],
    entries: Iterable[PainEntry],
    done: list[Done],
    today: date,
    *,
    stops: Iterable[tuple[date, str]] = (),
    since: date | None = None,
    weeks_ahead: int | None = None,
    rules: ReturnRules | None = None,
) -> Followed:
    """The plan as it stands after all that was run, felt and decided.

    Parameters
    ----------
    order : ReturnOrder
    decisions : iterable of Decision
    entries : iterable of PainEntry
        The runner's; those before ``since`` say nothing of this plan.
    done : list of Done
        What was run, one a day.
    today : date
        The runner's own day.
    stops : iterable of (day, reason)
        Signs found by a clinician: running is on hold from that day until somebody decides.
    since : date, optional
        The day on which the plan was made; its first run's if not given.
    weeks_ahead : int, optional
        As ``return_plan`` has it.
    """
    rules = rules or default_return_rules()
    profile, opens = rules.profile[order.profile], min(since or order.start, order.start)
    mine = [entry for entry in entries if opens <= entry.day <= today]
    done = with_told(done, mine)
    ran = {one.day for one in done if one.runs}
    pains = pain_by_run(mine, ran, order.baseline_morning)
    grades = {day: graded(pain, profile, rules) for day, pain in pains.items()}
    began = [Ran(day) for day in sorted(ran)]
    events = [
        Graded(day, found.grade, _worst(pains[day]), "; ".join(found.reasons))
        for day, found in grades.items()
        if found.grade is not None
    ]
    events += [Graded(day, Grade.STOP, None, why) for day, why in stops if opens <= day <= today]
    chosen = list(decisions)
    first = return_plan(order, [*began, *events, *chosen], today, weeks_ahead=1, rules=rules)
    stages = ladder(profile, rules)
    beside = matched(tuple(run for run in first.runs if run.day <= today), done, stages, today)
    seen = {line.planned.day: line.done for line in beside if line.planned is not None and line.done is not None}
    done_s = {line.planned.day: line.run_s for line in beside if line.planned is not None and line.run_s is not None}
    moved = {line.done.day: line.planned.day for line in beside if line.planned is not None and line.done is not None}
    if (planned := first.on(today)) is not None:  # today is not over
        done_s.setdefault(today, planned.run_s)
    events = [replace(event, planned_day=moved.get(event.day)) for event in events]
    plan = return_plan(
        order, [*began, *events, *chosen], today, done_s=done_s, done=seen, weeks_ahead=weeks_ahead, rules=rules
    )
    lines = matched(
        tuple(run for run in plan.runs if run.day <= today), [one for one in done if one.day >= opens], stages, today
    )
    return Followed(plan, lines, pains, grades, _asks(ran, grades, today))


def _asks(ran: set[date], grades: dict[date, GradedPain], today: date) -> tuple[Asked, ...]:
    found = []
    for day in sorted(ran):
        if not 0 <= (today - day).days <= ASK_BACK_DAYS:
            continue
        grade = grades.get(day)
        missing = ("during the run", "in the hour after", "the next morning") if grade is None else grade.waits_for
        if day + timedelta(days=1) > today:
            missing = tuple(what for what in missing if what != "the next morning")
        if missing:
            found.append(Asked(day, missing))
    return tuple(found)


def _worst(pain: RunPain) -> float | None:
    return max((value for value in (pain.during, pain.after, pain.morning) if value is not None), default=None)
