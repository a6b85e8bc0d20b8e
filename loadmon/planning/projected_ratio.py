"""Acute to chronic as it would be if a plan were run: described where it is defined, and never a limit."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from loadmon.days import day_number, day_numbers
from loadmon.load.ratio import ratio
from loadmon.planning.return_plan import ReturnPlan
from loadmon.timeline import timeline

COLUMNS = ("distance_m", "moving_s", "timer_s", "steps", "walk_steps")


def projected_ratio(runs: pd.DataFrame, plan: ReturnPlan) -> dict[date, tuple[float | None, str | None]]:
    """The runner's uncoupled ratio of distance on each planned day from today on, and the code of why there is none.

    Parameters
    ----------
    runs : DataFrame
        The runner's sessions, as ``loadmon.timeline.timeline`` reads them.
    plan : ReturnPlan

    Returns
    -------
    dict of date to (ratio, reason)
        One of the two is None; without any session or planned run the dict is empty.
    """
    ahead = [run for run in plan.ahead if run.on_hold is None]
    if not ahead:
        return {}
    past = runs[day_numbers(runs["local_day"]) < day_number(plan.today)] if len(runs) else runs
    made = pd.DataFrame(
        {
            "athlete_id": plan.order.athlete_id,
            "session_id": -1 - np.arange(len(ahead)),
            "local_day": [run.day for run in ahead],
            "is_running": True,
            "excluded": False,
            "distance_m": [run.run_m for run in ahead],
            "moving_s": [run.run_s for run in ahead],
            "timer_s": [run.run_s for run in ahead],
            "steps": np.nan,
            "walk_steps": np.nan,
        }
    )
    kept = past[list(made.columns)].astype(dict.fromkeys(COLUMNS, "float64"))
    days = pd.Series(
        [*day_numbers(kept["local_day"]), *day_numbers(made["local_day"])]
        if len(kept)
        else day_numbers(made["local_day"])
    )
    both = pd.concat([kept.drop(columns="local_day"), made.drop(columns="local_day")], ignore_index=True)
    both["local_day"] = days.to_numpy().astype("datetime64[D]").astype("datetime64[us]")
    told = ratio(timeline(both, today=ahead[-1].day))
    table = zip(told["local_day"].dt.date, told["value"].tolist(), told["reason"].tolist(), strict=True)
    by_day = {day: (value, reason) for day, value, reason in table}
    found: dict[date, tuple[float | None, str | None]] = {}
    for run in ahead:
        value, reason = by_day[run.day]
        found[run.day] = (None, str(reason)) if np.isnan(value) else (float(value), None)
    return found
