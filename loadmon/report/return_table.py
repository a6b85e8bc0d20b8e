"""The clinician's table of a return to running: every run with the reason for its length, every week with its sums."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from loadmon.days import day_words
from loadmon.measure import reason_words
from loadmon.planning.planned_run import PlannedRun, Totals
from loadmon.planning.recorded_before import Recorded
from loadmon.planning.return_plan import ReturnPlan
from loadmon.units import Units

NO_CADENCE = "no run before the injury has steps"
FIRST_RUN = "no run of this plan in the 30 days before to compare with"
OF_THE_PLAN = "the longest of this plan"
RATIO_PAST = "projected from today on"
RATIO_HELD = "on hold: nothing to project"


def run_table(
    plan: ReturnPlan,
    units: Units,
    ratios: Mapping[date, tuple[float | None, str | None]] | None = None,
    recorded: Mapping[date, Recorded | str] | None = None,
) -> pd.DataFrame:
    """A row a planned run, oldest first: what stands, what is supposed, what is on hold, and why it is so long.

    What cannot be told has its reason in the column beside it.

    Parameters
    ----------
    plan : ReturnPlan
    units : Units
        Of distances.
    ratios : mapping of day to (ratio, reason), optional
        The projected acute:chronic, as ``planning.projected_ratio`` tells it; without it those columns are not there.
    recorded : mapping of day to Recorded or reason, optional
        What the first runs compare with outside the plan, as ``planning.recorded_before`` tells it.
    """
    rows = [
        {
            "day": run.day,
            "phase": run.phase,
            "stage": run.stage,
            "session": run.words,
            "run_min": round(run.run_s / 60.0, 2),
            "walk_min": round(run.walk_s / 60.0, 2),
            f"run_{units.length}": _rounded(units.distance_value(run.run_m), 3),
            "steps": _rounded(run.steps, 0),
            "no_steps_because": NO_CADENCE if run.steps is None else "",
            **_against(run, units, recorded or {}),
            **({} if ratios is None else _ratio(run, ratios)),
            "why_so_long": run.bound_by,
            "rests_on": run.basis,
            "lighter_week": run.deload,
            "state": _state(run),
        }
        for run in plan.runs
    ]
    return pd.DataFrame(rows, columns=list(rows[0]) if rows else None)


def week_table(plan: ReturnPlan, units: Units) -> pd.DataFrame:
    """A row a week, Monday to Sunday, with its sums; what is on hold is not among them."""
    rows = [
        {
            "week_from": week.first,
            "runs": week.runs,
            "run_min": round(week.run_s / 60.0, 2),
            "walk_min": round(week.walk_s / 60.0, 2),
            f"run_{units.length}": _rounded(units.distance_value(week.run_m), 3),
            "steps": _rounded(week.steps, 0),
            "no_steps_because": NO_CADENCE if week.steps is None else "",
            "lighter_week": week.deload,
        }
        for week in plan.weeks
    ]
    return pd.DataFrame(rows, columns=list(rows[0]) if rows else None)


def totals_words(totals: Totals, units: Units) -> str:
    """What a plan comes to, in the same words wherever it is told."""
    steps = "" if totals.steps is None else f", {totals.steps:,.0f} running steps"
    return (
        f"{totals.runs} {'run' if totals.runs == 1 else 'runs'}, {_minutes(totals.run_s)} min running, {_minutes(totals.walk_s)} min walking, "
        f"{units.distance(totals.run_m)} of running{steps}"
    )


def _minutes(seconds: float) -> str:
    """Half minutes where there are any."""
    return f"{seconds / 60.0:,.1f}".removesuffix(".0")


def _ratio(run: PlannedRun, ratios: Mapping[date, tuple[float | None, str | None]]) -> dict[str, object]:
    """The projected acute:chronic of a run's day, or why there is none."""
    value, code = ratios.get(run.day, (None, None))
    if value is not None:
        why = ""
    elif code is not None:
        why = reason_words(code)
    else:
        why = RATIO_HELD if run.on_hold else RATIO_PAST
    return {"acute_chronic": _rounded(value, 2), "no_ratio_because": why}


def _against(run: PlannedRun, units: Units, recorded: Mapping[date, Recorded | str]) -> dict[str, object]:
    """A run against the longest of the 30 days before it, and which one that was; or why there is none."""
    change, against, why = run.spike_pct, OF_THE_PLAN, ""
    if change is None:
        before = recorded.get(run.day, FIRST_RUN)
        if isinstance(before, Recorded):
            change, against = before.change_pct, recorded_words(before, units)
        else:
            against, why = "", before
    return {
        "against_longest_pct": _rounded(change, 0),
        "longest_of_30_days": against,
        "nothing_to_compare_because": why,
    }


def recorded_words(before: Recorded, units: Units) -> str:
    """The recorded run that a planned one is compared with."""
    return f"{units.distance(before.longest_m)}, recorded on {day_words(before.day)}"


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


def _state(run: PlannedRun) -> str:
    if run.on_hold:
        return f"on hold: {run.on_hold}"
    return "if all goes well" if run.is_projection else "stands"
