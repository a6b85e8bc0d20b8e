"""Planned runs as calendar entries: one a session, each with a name that stays, so that a new export changes and never doubles."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from icalendar import Calendar, Event

from loadmon import __version__
from loadmon.planning.ladder import minutes
from loadmon.planning.planned_run import PlannedRun
from loadmon.planning.return_plan import ReturnPlan
from loadmon.report.planned_workout import parts_of

REACH_BACK, REACH_AHEAD = timedelta(weeks=2), timedelta(weeks=8)
"""How far around today a day without a run takes an earlier export's entry back (loadmon convention)."""


def uid(plan_id: int, day: date) -> str:
    """The name of an entry: the same for a plan and a day, whatever changes about the run."""
    return f"return-{plan_id}-{day.isoformat()}@loadmon"


def return_calendar(plan: ReturnPlan, plan_id: int, *, made: datetime) -> bytes:
    """The runs of a plan as an iCalendar file, each a whole day long.

    Runs that suppose that all goes well are tentative; those on hold are cancelled, so that they vanish and come back. Days
    without a run are cancelled too where they are within reach: two weeks back to eight weeks ahead. An earlier export may have
    put a run there; what lies further ahead is tentative, and comes within reach of a later export.

    Parameters
    ----------
    plan : ReturnPlan
    plan_id : int
        The store's number for it.
    made : datetime
        Now, aware.
    """
    calendar = Calendar()
    calendar.add("prodid", f"-//loadmon//{__version__}//EN")
    calendar.add("version", "2.0")
    calendar.add("x-wr-calname", "Return to running")
    by_day = {run.day: run for run in plan.runs}
    opens = max(plan.order.start, plan.today - REACH_BACK)
    closes = max(plan.today, plan.order.start) + REACH_AHEAD
    near = {opens + timedelta(days=n) for n in range((closes - opens).days + 1)}
    for day in sorted(near | by_day.keys()):
        run = by_day.get(day)
        calendar.add_component(_without(day, plan_id, made) if run is None else _event(run, plan_id, made))
    data: bytes = calendar.to_ical()
    return data


def _of_day(day: date, plan_id: int, made: datetime) -> Event:
    event = Event()
    event.add("uid", uid(plan_id, day))
    event.add("dtstamp", made)
    # what was exported later counts: the same instant can have no two versions
    event.add("sequence", int(made.timestamp()) // 60 % 2**31)
    event.add("dtstart", day)
    event.add("dtend", day + timedelta(days=1))
    event.add("transp", "TRANSPARENT")
    return event


def _without(day: date, plan_id: int, made: datetime) -> Event:
    """Takes back the entry of a day that has no run, or no run any more."""
    event = _of_day(day, plan_id, made)
    event.add("summary", "No run on this day")
    event.add("status", "CANCELLED")
    return event


def _event(run: PlannedRun, plan_id: int, made: datetime) -> Event:
    event = _of_day(run.day, plan_id, made)
    event.add("summary", f"On hold: {run.title}" if run.on_hold else run.title)
    event.add("status", "CANCELLED" if run.on_hold else "TENTATIVE" if run.is_projection else "CONFIRMED")
    event.add("description", session_words(run))
    event.add("x-loadmon-run-seconds", f"{run.run_s:.0f}")
    event.add("x-loadmon-walk-seconds", f"{run.walk_s:.0f}")
    return event


def session_words(run: PlannedRun) -> str:
    """A session in a line a part, as a runner reads it."""
    lines = []
    for times, segments in parts_of(run):
        told = ", ".join(f"{minutes(one.seconds)} min {one.kind}" for one in segments)
        lines.append(f"{times} x ({told})" if times > 1 else told)
    lines.append(f"In all {minutes(run.run_s)} min running, {minutes(run.walk_s)} min walking.")
    lines.append(f"Why so long: {run.bound_by}.")
    if run.is_projection:
        lines.append("If all goes well: your clinician decides about each step forward.")
    if run.on_hold:
        lines.append(f"On hold: {run.on_hold}.")
    return "\n".join(lines)
