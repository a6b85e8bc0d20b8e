"""The first runs of a return plan against what was recorded before it: the plan itself has nothing yet to compare them with."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from loadmon import evidence
from loadmon.days import day_number, day_numbers, day_of_number
from loadmon.planning.return_plan import ReturnPlan
from loadmon.planning.return_rules import ReturnRules, default_return_rules

NO_RUN = "no run was recorded in the 30 days before"
NO_DISTANCE = "no run of the 30 days before has a distance"


@dataclass(frozen=True, slots=True)
class Recorded:
    """A planned run against the longest recorded one of the 30 days before it.

    Parameters
    ----------
    change_pct : float
        How much longer the planned running is; below 0 where it is shorter.
    longest_m : float
    day : date
        Of that longest run.
    """

    change_pct: float
    longest_m: float
    day: date


def recorded_before(
    runs: pd.DataFrame, plan: ReturnPlan, rules: ReturnRules | None = None
) -> dict[date, Recorded | str]:
    """Planned runs with no earlier one of the plan to compare with, against the longest that was recorded; or why not.

    It tells how far a plan begins below what the runner was used to. No cap grows from it: a run from before the injury is
    no measure of what the tissue bears now.

    Parameters
    ----------
    runs : DataFrame
        The runner's sessions: local_day, is_running, excluded, distance_m (m).
    plan : ReturnPlan
    rules : ReturnRules, optional

    References
    ----------
    Frandsen et al. 2025, doi:10.1136/bjsports-2024-109380: a run against the longest of the 30 days before.
    """
    rules = rules or default_return_rules()
    kept = runs[runs["is_running"].to_numpy(bool) & ~runs["excluded"].to_numpy(bool)]
    metres = kept["distance_m"].to_numpy(dtype=np.float64, na_value=np.nan)
    days = day_numbers(kept["local_day"]) if len(kept) else np.empty(0, np.int64)
    known = metres >= evidence.LEAST_DISTANCE_M.value
    found: dict[date, Recorded | str] = {}
    for run in plan.runs:
        if run.spike_pct is not None:
            continue
        back = day_number(run.day) - days
        near = (back >= 1) & (back <= rules.whole("session_window_days"))
        if not (near & known).any():
            found[run.day] = NO_DISTANCE if near.any() else NO_RUN
            continue
        place = int(np.argmax(np.where(near & known, metres, -np.inf)))
        longest = float(metres[place])
        found[run.day] = Recorded(100.0 * (run.run_m / longest - 1.0), longest, day_of_number(int(days[place])))
    return found
