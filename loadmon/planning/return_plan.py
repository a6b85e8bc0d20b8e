"""The plan of a return to running: one object that table, page, PDF, calendar and watch all read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from loadmon.planning.after_event import after, begun, rested
from loadmon.planning.done import Done
from loadmon.planning.event_order import in_order
from loadmon.planning.intensity_unlock import IntensityUnlock, intensity_unlock
from loadmon.planning.matching import no_step
from loadmon.planning.pain import Grade
from loadmon.planning.plan_maker import PlanMaker
from loadmon.planning.planned_run import AT_GOAL, BUILD, WALK_RUN, PlannedRun, PlannedWeek, Totals, totals_of, weeks_of
from loadmon.planning.progress import Action, Step
from loadmon.planning.return_rules import Profile, ReturnRules, default_return_rules
from loadmon.planning.way_back import Choice, Decision, Event, Graded, Ran, ReturnOrder, WayBack

FORWARD = (Choice.ADVANCE, Choice.FAST, Choice.RESUME)


@dataclass(frozen=True, slots=True)
class ReturnPlan:
    """A return to running as it stands today.

    Parameters
    ----------
    order : ReturnOrder
    profile : Profile
    runs : tuple of PlannedRun
        Oldest first; what a later decision changed is not rewritten before that decision.
    state : WayBack
        Where the runner stands.
    unlock : IntensityUnlock
    today : date
    ran : frozenset of date
        Days on which was run, as a recording or the runner told.
    void : frozenset of datetime
        Instants of decisions for a step forward that what was told since does not bear: they move nothing.
    """

    order: ReturnOrder
    profile: Profile
    runs: tuple[PlannedRun, ...]
    state: WayBack
    unlock: IntensityUnlock
    today: date
    ran: frozenset[date] = frozenset()
    void: frozenset[datetime] = frozenset()

    @property
    def is_frozen(self) -> bool:
        """True while everything ahead is on hold."""
        return self.state.hold is not None

    @property
    def totals(self) -> Totals:
        """What all runs that stand come to."""
        return totals_of(self.runs)

    @property
    def weeks(self) -> tuple[PlannedWeek, ...]:
        """The same by week."""
        return weeks_of(self.runs)

    @property
    def ahead(self) -> tuple[PlannedRun, ...]:
        """Runs from today on; today's only while nothing was run today."""
        return tuple(run for run in self.runs if run.day >= self.today and run.day not in self.ran)

    @property
    def next_run(self) -> PlannedRun | None:
        """The next one that is not on hold."""
        return next((run for run in self.ahead if run.on_hold is None), None)

    @property
    def arrives(self) -> bool:
        """True where the last run that is told is of the level before the injury."""
        return bool(self.runs) and self.runs[-1].bound_by == AT_GOAL

    def on(self, day: date) -> PlannedRun | None:
        """What is planned for a day."""
        return next((run for run in self.runs if run.day == day), None)


def return_plan(
    order: ReturnOrder,
    events: Iterable[Event],
    today: date,
    *,
    done_s: Mapping[date, float] | None = None,
    done: Mapping[date, Done] | None = None,
    weeks_ahead: int | None = None,
    rules: ReturnRules | None = None,
) -> ReturnPlan:
    """The plan as it stands, told anew from what was ordered, felt, decided and done.

    Up to today runs stand at the stage that somebody decided; beyond, they suppose that all goes well and are marked so.

    Parameters
    ----------
    order : ReturnOrder
    events : iterable of Ran, Graded and Decision
    today : date
        The runner's own day.
    done_s : mapping of day to seconds, optional
        Seconds of running that were done on days up to today. Where it is given, what was not done does not count as the
        longest run that the next may grow from. Without it, planned runs count as done.
    done : mapping of day to Done, optional
        What a watch saw, by the day of the planned run it was: far more than planned, or in longer pieces, is no step.
    weeks_ahead : int, optional
        How far the plan looks beyond today; up to the goal, or the rules' horizon, if not given.
    rules : ReturnRules, optional
    """
    rules = rules or default_return_rules()
    ahead = rules.whole("horizon_weeks") if weeks_ahead is None else weeks_ahead
    maker = PlanMaker(order, rules, today, done_s)
    state, told = begun(order, rules), in_order(events)
    ran, void = frozenset(event.day for event in told if isinstance(event, Ran)), set[datetime]()
    for event in told:
        if event.day > today:
            continue
        # what was decided in the morning holds for that day already; what was felt was felt after the run
        until = event.day - timedelta(days=1) if isinstance(event, Decision) else event.day
        state = maker.fill(state, until)
        why = _no_step(event, maker, done or {})
        if why and isinstance(event, Graded):
            # well borne, but not what was planned: it is no step on the ladder, and the day after it is still one of rest
            last = Step(Action.REPEAT, state.standing.stage, 0, f"Green, but {why}: it is no step.")
            state = replace(rested(state, event.day, rules), last=last)
            continue
        before, state = state, after(state, event, order, rules)
        if isinstance(event, Decision) and event.choice in FORWARD and state == before:
            void.add(event.at)
        if isinstance(event, Ran):
            state = maker.rested_after_heavy(state, event.day)
    if state.ended is None:
        state = maker.fill(state, today)
        graded = any((one.planned_day or one.day) == today for one in told if isinstance(one, Graded))
        maker.project(state, ahead, graded=graded, ran=today in ran)
    if state.hold is not None and today not in ran:
        maker.hold(today, state.hold)  # what stops the plan today stops the run that was planned for today, too
    unlock = intensity_unlock(state.greens_long, maker.profile, rules)
    return ReturnPlan(order, maker.profile, tuple(maker.runs), state, unlock, today, ran, frozenset(void))


def _no_step(event: Event, maker: PlanMaker, done: Mapping[date, Done]) -> str:
    """Why a run that was borne well is no step; empty where it is one, and of everything else."""
    if not isinstance(event, Graded) or event.grade is not Grade.GREEN:
        return ""
    day = event.planned_day or event.day
    if not maker.past.as_planned(day):
        return "not the run that was planned"
    planned = next((run for run in reversed(maker.runs) if run.day == day), None)
    return no_step(planned, done[day]) if planned is not None and day in done else ""


__all__ = ["BUILD", "WALK_RUN", "PlannedRun", "ReturnPlan", "return_plan"]
