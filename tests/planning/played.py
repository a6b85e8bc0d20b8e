"""A return run day by day as planned, every run green and every proposal decided on the spot."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, date, datetime, time, timedelta

from loadmon.planning.decision import decided, proposal
from loadmon.planning.pain import Grade
from loadmon.planning.planned_run import PlannedRun
from loadmon.planning.return_plan import ReturnPlan, return_plan
from loadmon.planning.way_back import Choice, Event, Graded, Ran, ReturnOrder


@dataclass
class Played:
    """What happened, the runs of each week as they were planned on its Monday, and the plan as it stood at the end."""

    order: ReturnOrder
    events: list[Event] = field(default_factory=list)
    done_s: dict[date, float] = field(default_factory=dict)
    on_monday: dict[date, tuple[PlannedRun, ...]] = field(default_factory=dict)

    def plan(self, today: date, weeks_ahead: int = 1) -> ReturnPlan:
        return return_plan(self.order, self.events, today, done_s=self.done_s, weeks_ahead=weeks_ahead)


def all_green(order: ReturnOrder, days: int, *, fast: bool = False) -> Played:
    """So many days on which all goes well; what waits is decided in the evening of a run."""
    told = Played(order)
    today, end = order.start, order.start + timedelta(days=days)
    plan = told.plan(today)
    while today < end:
        if today.weekday() == 0:
            plan, last = told.plan(today), today + timedelta(days=6)
            told.on_monday[today] = tuple(run for run in plan.runs if today <= run.day <= last)
        run = plan.on(today)
        if run is not None:
            told.done_s[today] = run.run_s
            told.events += [Ran(today), Graded(today, Grade.GREEN, 0.0)]
            plan = told.plan(today)
        offer = proposal(plan)
        if offer is not None and (fast or offer.choice is not Choice.FAST):
            at = datetime.combine(today, time(20), UTC)
            told.events.append(decided(plan, offer.choice, by="Eva Lind", role="physician", at=at, day=today))
            plan = told.plan(today)
        today = next((one.day for one in plan.runs if one.day > today), end)
    return told
