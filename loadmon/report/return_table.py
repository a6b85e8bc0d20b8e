"""The clinician's table of a return to running: every run with the reason for its length, every week with its sums."""

from __future__ import annotations

import pandas as pd

from loadmon.planning.planned_run import PlannedRun, Totals
from loadmon.planning.return_plan import ReturnPlan
from loadmon.units import Units


def run_table(plan: ReturnPlan, units: Units) -> pd.DataFrame:
    """A row a planned run, oldest first: what stands, what is supposed, what is on hold, and why it is so long.

    Parameters
    ----------
    plan : ReturnPlan
    units : Units
        Of distances.
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
            "against_longest_pct": _rounded(run.spike_pct, 0),
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
            "lighter_week": week.deload,
        }
        for week in plan.weeks
    ]
    return pd.DataFrame(rows, columns=list(rows[0]) if rows else None)


def totals_words(totals: Totals, units: Units) -> str:
    """What a plan comes to, in the same words wherever it is told."""
    steps = "" if totals.steps is None else f", {totals.steps:,.0f} running steps"
    return (
        f"{totals.runs} runs, {totals.run_s / 60.0:,.1f} min running, {totals.walk_s / 60.0:,.1f} min walking, "
        f"{units.distance(totals.run_m)} of running{steps}"
    )


def _rounded(value: float | None, digits: int) -> float | None:
    return None if value is None else round(value, digits)


def _state(run: PlannedRun) -> str:
    if run.on_hold:
        return f"on hold: {run.on_hold}"
    return "if all goes well" if run.is_projection else "stands"
