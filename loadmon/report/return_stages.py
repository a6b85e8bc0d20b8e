"""The stages of a ladder as a table: what is run at each, and when a plan would come to it."""

from __future__ import annotations

import pandas as pd

from loadmon.days import day_words
from loadmon.planning.ladder import ladder, minutes
from loadmon.planning.planned_run import WALK_RUN
from loadmon.planning.return_plan import ReturnPlan
from loadmon.planning.return_rules import Profile, ReturnRules, default_return_rules

COLUMNS = ["Stage", "Session", "Running", "Walking between"]


def stage_rows(profile: Profile, rules: ReturnRules | None = None) -> pd.DataFrame:
    """The stages of a tissue's ladder, from the one it begins with; walks before and after are not among them."""
    rules = rules or default_return_rules()
    rows = [
        (
            stage.number,
            stage.words,
            f"{minutes(stage.running_s)} min",
            f"{minutes(stage.walking_s)} min" if stage.walk_s else "none",
        )
        for stage in ladder(profile, rules)
        if stage.number >= profile.start_stage
    ]
    return pd.DataFrame(rows, columns=COLUMNS)


def plan_stage_rows(plan: ReturnPlan, rules: ReturnRules | None = None) -> pd.DataFrame:
    """The same with the day on which this plan comes to each stage, and how many runs of it are in the plan."""
    table = stage_rows(plan.profile, rules)
    of_ladder = [run for run in plan.runs if run.phase == WALK_RUN and run.on_hold is None]
    at = {number: [run.day for run in of_ladder if run.stage == number] for number in table["Stage"]}
    table["First run"] = [day_words(min(days)) if days else "not in the plan" for days in at.values()]
    table["Runs"] = [len(days) for days in at.values()]
    return table
