"""The days beside the runs of a return: where strength fits, where cross-training does, and which day stays free."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta

from loadmon.days import week_start
from loadmon.planning.planned_run import PlannedRun
from loadmon.planning.return_plan import ReturnPlan

STRENGTH, CROSS, FREE = "strength", "cross-training", "free"
STRENGTH_DAYS_A_WEEK, DAYS_APART = 2, 2
RULE = (
    "Two strength days a week, two days apart, never the day before the week's longest run or one with strides; on a day with a run "
    "they come after it. Cross-training without impact and without pain on other days without a run; one of them stays free. "
    "Plyometrics only while hopping hurts no more than 2 of 10."
)
"""How the days are laid out (loadmon convention: no study of such weeks was at hand)."""
_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class OtherDay:
    """What a day of the plan has besides running; ``after_run`` where a run comes first."""

    day: date
    what: str
    after_run: bool = False


def other_days(plan: ReturnPlan) -> tuple[OtherDay, ...]:
    """Strength, cross-training and free days from today to the last run that stands; none while the plan is on hold.

    Parameters
    ----------
    plan : ReturnPlan
    """
    runs = {run.day: run for run in plan.ahead if run.on_hold is None}
    if plan.is_frozen or not runs:
        return ()
    heavy, last = heavy_days(runs.values()), max(runs)
    first = max(plan.today, plan.order.start)
    told: list[OtherDay] = []
    monday = week_start(first)
    while monday <= last:
        days = [day for day in (monday + n * _DAY for n in range(7)) if first <= day <= last]
        told += _week(days, set(runs) | plan.ran, heavy, told)
        monday += 7 * _DAY
    return tuple(told)


def heavy_days(runs: Iterable[PlannedRun]) -> frozenset[date]:
    """Days with strides, and the longest run of each week where it is longer than the others."""
    by_week: dict[date, list[PlannedRun]] = {}
    for run in runs:
        by_week.setdefault(week_start(run.day), []).append(run)
    heavy = set()
    for of in by_week.values():
        most, least = max(run.run_s for run in of), min(run.run_s for run in of)
        heavy |= {run.day for run in of if run.fast_s or (run.run_s == most and (most > least or len(of) == 1))}
    return frozenset(heavy)


def _week(days: list[date], ran: set[date], heavy: frozenset[date], before: list[OtherDay]) -> list[OtherDay]:
    """The days of one week; days without a run are taken for strength before those with one."""
    strong = [one.day for one in before if one.what == STRENGTH][-1:]
    count = 0
    fits = [day for day in days if day + _DAY not in heavy and day not in heavy]
    for day in sorted(fits, key=lambda day: (day in ran, day)):
        if count < STRENGTH_DAYS_A_WEEK and all(abs((day - other).days) >= DAYS_APART for other in strong):
            strong.append(day)
            count += 1
    rest = [day for day in days if day not in ran and day not in strong]
    free = next((day for day in rest if day + _DAY in heavy), rest[-1] if rest else None)
    told = [OtherDay(day, STRENGTH, day in ran) for day in days if day in strong]
    told += [OtherDay(day, FREE if day == free else CROSS) for day in rest]
    return sorted(told, key=lambda one: one.day)
