"""What the days without a run are for: strength, other training, and one of rest."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from loadmon.days import week_start
from loadmon.planning.planned_run import PlannedRun
from loadmon.planning.return_plan import ReturnPlan

STRENGTH_DAYS, STRENGTH_APART = 2, 2
"""Strength so often a week, and with so many days from one to the next (loadmon convention, from doses of two to three a week)."""
OTHER_WORDS = (
    "Strength on two days of a week that have no run and no hard or longest run after them; bike, pool or walking on the others, "
    "if they stay without pain; the day before the hardest run stays free (loadmon convention)."
)


@dataclass(frozen=True, slots=True)
class OtherDays:
    """Days of a week without a run: for strength, for other training, and free."""

    strength: tuple[date, ...]
    other: tuple[date, ...]
    free: tuple[date, ...]


def other_days(plan: ReturnPlan) -> dict[date, OtherDays]:
    """The days without a run of each week that has one and is not over, by its Monday; nothing while the plan is on hold.

    Parameters
    ----------
    plan : ReturnPlan
    """
    weeks: dict[date, list[PlannedRun]] = {}
    for run in plan.runs:
        if run.on_hold is None:
            weeks.setdefault(week_start(run.day), []).append(run)
    this_week = week_start(plan.today)
    return {} if plan.is_frozen else {monday: _of(monday, of) for monday, of in weeks.items() if monday >= this_week}


def _of(monday: date, runs: list[PlannedRun]) -> OtherDays:
    hard = _hard(runs)
    before_hard = {day - timedelta(days=1) for day in hard}
    without = [day for n in range(7) if (day := monday + timedelta(days=n)) not in {run.day for run in runs}]
    strength: list[date] = []
    for day in without:
        far = not strength or (day - strength[-1]).days >= STRENGTH_APART
        if day not in before_hard and far and len(strength) < STRENGTH_DAYS:
            strength.append(day)
    left = [day for day in without if day not in strength]
    free = [day for day in left if day in before_hard] or left[-1:]
    return OtherDays(tuple(strength), tuple(day for day in left if day not in free), tuple(free))


def _hard(runs: list[PlannedRun]) -> set[date]:
    """The days that ask most: with strides, or the longest where not all are as long."""
    longest, shortest = max(run.run_s for run in runs), min(run.run_s for run in runs)
    return {run.day for run in runs if run.fast_s or (run.run_s == longest > shortest)}
