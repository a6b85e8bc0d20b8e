"""A runner's week on one sheet: how far, against the usual by this weekday, how long the next run may be, what stands out."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import pandas as pd

from loadmon import evidence
from loadmon.days import WeekStart, week_start
from loadmon.gait.cadence import RunnerCadence
from loadmon.injury import Injury
from loadmon.load.kind import DISTANCE
from loadmon.load.ratio import no_ratio
from loadmon.measure import NO_SESSIONS, ON_PLAN, PAIN_TOLD, PROBLEM_TOLD, SILENT, Measure
from loadmon.planning import facts_of_week as told
from loadmon.planning.attention import Attention, attention, urgency
from loadmon.planning.check_in import CheckIn
from loadmon.planning.next_run import NextRun, longest_sensible_next_run
from loadmon.planning.pain_fact import pain_facts, recent_pain, stops_running
from loadmon.planning.pain_log import PainEntry
from loadmon.planning.pain_trend import pain_trend_facts
from loadmon.planning.problem_fact import keeps_from_training, problem_facts
from loadmon.planning.spike_row import LayOff, Spike
from loadmon.planning.tables import SquadTables
from loadmon.units import Units, is_missing

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MISSING_DISTANCE = "Nothing stands out; a distance of this week is missing."
CHANGE = "last 7 d against the 7 d before, distance"


@dataclass(frozen=True, slots=True)
class RunnerWeek:
    """Everything the page of one runner's week shows, in SI units; None for what is not known.

    Parameters
    ----------
    athlete_id : int
        Whose.
    today, week_start, days_so_far, weekday
        Where in the week we are; ``weekday`` in words.
    history_days : int
        Calendar days of record.
    last_session : date | None
        Day of the last session of any sport.
    distance_m, moving_s : float | None
        Running so far this week; None where nothing is known of it.
    nothing_known : str | None
        Why nothing is known of this week: no session was seen for days, or its days are declared missing.
    distance_complete, moving_complete : bool
        False where a run of this week lacks its distance, or its time.
    sessions, runs : int
        Of this week.
    longest_run_m : float | None
        Of this week.
    usual_distance_m, usual_moving_s : tuple of two floats | None
        Least and most by the same weekday in the 4 weeks before; None with fewer than two known weeks.
    sum_7d_m, previous_7d_m : float | None
        Rolling sums, and ``change`` between them.
    ratio_distance : Measure
        Acute to chronic, for description.
    spikes : tuple of Spike
        Every run of the last seven days against its reference.
    lay_off : LayOff
        Breaks.
    next_run : NextRun
        Longest sensible next run.
    cadence : RunnerCadence | None
        None where it was not asked for or never measured.
    attention : Attention
        State, headline and facts.
    """

    athlete_id: int
    today: date
    week_start: date
    days_so_far: int
    weekday: str
    history_days: int
    last_session: date | None
    distance_m: float | None
    moving_s: float | None
    nothing_known: str | None
    distance_complete: bool
    moving_complete: bool
    sessions: int
    runs: int
    longest_run_m: float | None
    usual_distance_m: tuple[float, float] | None
    usual_moving_s: tuple[float, float] | None
    sum_7d_m: float | None
    previous_7d_m: float | None
    change: Measure
    ratio_distance: Measure
    spikes: tuple[Spike, ...]
    lay_off: LayOff
    next_run: NextRun
    cadence: RunnerCadence | None
    attention: Attention


def runner_week(
    timeline_of_one: pd.DataFrame,
    runs_of_one: pd.DataFrame,
    today: date,
    *,
    athlete_id: int,
    injuries: Sequence[Injury] = (),
    pain: Sequence[PainEntry] = (),
    answers: Sequence[CheckIn] = (),
    on_plan: bool = False,
    cadence: RunnerCadence | None = None,
    units: Units | None = None,
    first: WeekStart = WeekStart.MONDAY,
) -> RunnerWeek:
    """One runner's week. The same numbers as ``squad_week`` gives, by the same way."""
    (only,) = squad_week(
        timeline_of_one,
        runs_of_one,
        today,
        athletes=(athlete_id,),
        injuries=injuries,
        pain=pain,
        answers=answers,
        on_plan={athlete_id} if on_plan else (),
        cadence=None if cadence is None else {athlete_id: cadence},
        units=units,
        first=first,
    )
    return only


def squad_week(
    timeline: pd.DataFrame,
    runs: pd.DataFrame,
    today: Mapping[int, date] | date,
    *,
    athletes: Iterable[int] | None = None,
    injuries: Iterable[Injury] = (),
    pain: Iterable[PainEntry] = (),
    answers: Iterable[CheckIn] = (),
    on_plan: Collection[int] = (),
    cadence: Mapping[int, RunnerCadence] | None = None,
    units: Units | None = None,
    first: WeekStart = WeekStart.MONDAY,
) -> list[RunnerWeek]:
    """The week of every runner of a squad, those who need attention first.

    Parameters
    ----------
    timeline : DataFrame
        As ``loadmon.timeline.timeline`` makes it, built for the same ``today``.
    runs : DataFrame
        The sessions it was built from.
    today : date or mapping of athlete to date
        Each runner's own day.
    athletes : iterable of int, optional
        Who is wanted, those without any session included; all of the timeline if not given.
    injuries : iterable of Injury
        Of anyone.
    pain : iterable of PainEntry
        What anyone told of pain.
    answers : iterable of CheckIn
        What anyone answered to the weekly questions.
    on_plan : collection of int
        Runners with a plan of a return to running: the next run follows it.
    cadence : mapping of athlete to RunnerCadence, optional
        Where it is at hand; without it nothing is said of cadence.
    units : Units, optional
        Units of the sentences; kilometres if not given.
    first : WeekStart
        Weekday on which weeks begin.
    """
    units = units or Units()
    tables = SquadTables(timeline, runs, today, first)
    wanted = tables.athletes if athletes is None else [int(a) for a in athletes]
    hurt: dict[int, list[Injury]] = {}
    for injury in injuries:
        hurt.setdefault(injury.athlete_id, []).append(injury)
    felt: dict[int, list[PainEntry]] = {}
    for entry in pain:
        felt.setdefault(entry.athlete_id, []).append(entry)
    answered: dict[int, list[CheckIn]] = {}
    for answer in answers:
        answered.setdefault(answer.athlete_id, []).append(answer)
    found = [
        _one(
            tables,
            athlete,
            today if isinstance(today, date) else today[athlete],
            hurt.get(athlete, []),
            felt.get(athlete, []),
            answered.get(athlete, []),
            athlete in on_plan,
            (cadence or {}).get(athlete),
            units,
            first,
        )
        for athlete in wanted
    ]
    return sorted(found, key=lambda week: urgency(week.attention))


def _one(
    tables: SquadTables,
    athlete: int,
    today: date,
    injuries: Sequence[Injury],
    pain: Sequence[PainEntry],
    answers: Sequence[CheckIn],
    on_plan: bool,
    cadence: RunnerCadence | None,
    units: Units,
    first: WeekStart,
) -> RunnerWeek:
    week = tables.weeks.get(athlete, {})
    rolling = tables.rolling.get(athlete, {})
    history = tables.history_days(athlete)
    last_session = tables.last_session(athlete)
    recent = tables.recent_spikes(athlete)
    lay_off = tables.lay_off(athlete)
    change = _change(rolling, history)
    sum_7d, previous_7d = _known(rolling.get("sum_7d")), _known(rolling.get("previous_7d"))
    silent = tables.quiet_days(athlete) >= evidence.SILENT_DAYS.value
    distance_ratio = _while_heard_of(tables.ratio_distance.get(athlete, no_ratio(DISTANCE)), silent=silent)
    usual = _pair(week, "m")
    nothing_known = _nothing_known(week, silent=silent)
    distance = _known(week.get("distance_m")) if week and nothing_known is None else None
    weekday = WEEKDAYS[today.weekday()]

    facts = [
        *told.injury_facts(injuries, today, lay_off.last_run),
        *told.injury_return_facts(injuries, today),
        *pain_facts(pain, today),
        *pain_trend_facts(pain, today),
        *problem_facts(answers, today),
        *told.spike_facts(recent, units),
        *told.return_jump_facts(recent, units),
        *told.lay_off_facts(lay_off, today, recent[-1] if recent else None, units),
        *told.week_change_facts(change, sum_7d, previous_7d, today, units),
        *told.cadence_facts(cadence.trend if cadence else None, today),
        *told.record_facts(history, last_session, today, tables.quiet_days(athlete)),
        *told.ratio_facts(distance_ratio),
    ]
    return RunnerWeek(
        athlete_id=athlete,
        today=today,
        week_start=week_start(today, first),
        days_so_far=(today - week_start(today, first)).days + 1,
        weekday=weekday,
        history_days=history,
        last_session=last_session,
        distance_m=distance,
        moving_s=_known(week.get("moving_s")) if nothing_known is None else None,
        nothing_known=nothing_known,
        distance_complete=bool(week.get("distance_complete", True)),
        moving_complete=bool(week.get("moving_complete", True)),
        sessions=int(week.get("sessions", 0)),
        runs=int(week.get("runs", 0)),
        longest_run_m=_known(week.get("longest_run_m")),
        usual_distance_m=usual,
        usual_moving_s=_pair(week, "s"),
        sum_7d_m=sum_7d,
        previous_7d_m=previous_7d,
        change=change,
        ratio_distance=distance_ratio,
        spikes=recent,
        lay_off=lay_off,
        next_run=NextRun(None, reason)
        if (reason := _told_otherwise(pain, answers, today, on_plan=on_plan))
        else longest_sensible_next_run(
            tables.own_runs(athlete),
            today,
            injuries,
            begun=tables.begun.get(athlete),
            unknown=tables.unknown_days(athlete),
        ),
        cadence=cadence,
        attention=attention(athlete, facts, steady=_steady(distance, usual, weekday, units, nothing_known)),
    )


def _told_otherwise(pain: Sequence[PainEntry], answers: Sequence[CheckIn], today: date, *, on_plan: bool) -> str | None:
    """Why the next run does not follow from the runs so far; None where it does."""
    if on_plan:
        return ON_PLAN
    if stops_running(recent_pain(pain, today)):
        return PAIN_TOLD
    return PROBLEM_TOLD if keeps_from_training(answers, today) else None


def _nothing_known(week: dict[Any, Any], *, silent: bool) -> str | None:
    """Why a week's zero would be no zero; None where it is one, or where something was recorded."""
    if week.get("sessions", 0):
        return None
    if week and week.get("unknown_days", 0) >= week.get("days_so_far", 1):
        return "its days are declared without data"
    return "no session seen" if silent or not week else None


def _while_heard_of(ratio: Measure, *, silent: bool) -> Measure:
    """The ratio, unless nothing was heard for days: zeros of a watch that was not synced are no zeros."""
    return replace(ratio, value=None, reason=SILENT, notes=()) if silent and ratio.value is not None else ratio


def _steady(
    distance: float | None, usual: tuple[float, float] | None, weekday: str, units: Units, nothing_known: str | None
) -> str:
    if distance is None:
        return f"Nothing stands out; of this week: {nothing_known}." if nothing_known else MISSING_DISTANCE
    if usual is None:
        return f"Nothing stands out: {units.distance(distance)} so far this week."
    return (
        f"Nothing stands out: {units.distance(distance)} so far this week; "
        f"the last weeks had {units.distance(usual[0])} to {units.distance(usual[1])} by {weekday}."
    )


def _change(rolling: dict[Any, Any], history: int) -> Measure:
    value = _known(rolling.get("change_pct"))
    coverage = _known(rolling.get("coverage"))
    reason = rolling.get("reason", NO_SESSIONS)
    return Measure(
        value=value,
        unit="%",
        reason=None if value is not None else str(reason),
        provisional=coverage is not None and coverage < 1.0,
        n_days=history,
        coverage=coverage,
        definition=CHANGE,
    )


def _known(value: float | None) -> float | None:
    return None if value is None or is_missing(float(value)) else float(value)


def _pair(week: dict[Any, Any], unit: str) -> tuple[float, float] | None:
    low, high = _known(week.get(f"usual_low_{unit}")), _known(week.get(f"usual_high_{unit}"))
    return None if low is None or high is None else (low, high)
