"""Why each run of a plan is as long as it is, and what every rule rests on: rows and sentences for the clinician."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import pandas as pd

from loadmon.measure import reason_words
from loadmon.planning.ladder import minutes
from loadmon.planning.planned_run import PlannedRun
from loadmon.planning.recorded_before import Recorded
from loadmon.planning.return_plan import ReturnPlan
from loadmon.planning.return_rules import ReturnRules, default_return_rules
from loadmon.report.return_table import FIRST_RUN, recorded_words
from loadmon.show.return_rows import next_runs
from loadmon.show.words import capital, day_of_year
from loadmon.units import Units, signed_percent


def reason_rows(
    plan: ReturnPlan, units: Units, recorded: Mapping[date, Recorded | str] | None = None, weeks: int = 4
) -> pd.DataFrame:
    """The same runs for the clinician: how each compares with the longest of 30 days, and what bounds it.

    Parameters
    ----------
    plan : ReturnPlan
    units : Units
    recorded : mapping of day to Recorded or reason, optional
        What the first runs compare with outside the plan.
    weeks : int
        How far ahead.
    """
    rows = []
    for run in next_runs(plan, weeks):
        state = f"On hold: {run.on_hold}" if run.on_hold else "If all goes well" if run.is_projection else "Stands"
        rows.append(
            {
                "Day": f"{run.day:%a} {run.day.day} {run.day:%b}",
                "Running": f"{minutes(run.run_s)} min",
                "Against the longest of 30 days": _against(run, units, recorded or {}),
                "Why so long": f"{run.bound_by}. {state}.",
            }
        )
    return pd.DataFrame(rows, columns=["Day", "Running", "Against the longest of 30 days", "Why so long"])


def _against(run: PlannedRun, units: Units, recorded: Mapping[date, Recorded | str]) -> str:
    if run.spike_pct is not None:
        return signed_percent(run.spike_pct)
    before = recorded.get(run.day, FIRST_RUN)
    if isinstance(before, Recorded):
        return f"{signed_percent(before.change_pct)} ({recorded_words(before, units)})"
    return capital(before)


def ratio_note(ratios: dict[date, tuple[float | None, str | None]], rules: ReturnRules | None = None) -> str:
    """The projected acute to chronic in a sentence: its highest value where it is defined, or why there is none."""
    rules = rules or default_return_rules()
    known = {day: value for day, (value, _) in ratios.items() if value is not None}
    if not known:
        reasons = [reason for _, reason in ratios.values() if reason is not None]
        return f"Projected acute:chronic: none. {reason_words(reasons[0])}" if reasons else ""
    top = max(known, key=lambda day: known[day])
    above = rules.value("ratio_note_above")
    more = (
        f" Above {above:g} is remarked on, and holds nothing back (loadmon convention)." if known[top] > above else ""
    )
    return f"Projected acute:chronic (7 d ÷ the 21 d before): at most {known[top]:.2f}, on {day_of_year(top)}. Description only.{more}"
