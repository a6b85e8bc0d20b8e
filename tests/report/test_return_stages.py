"""The stages of a ladder as a table, with when a plan comes to each."""

from __future__ import annotations

from loadmon.planning.planned_run import WALK_RUN
from loadmon.planning.return_rules import default_return_rules
from loadmon.report.return_stages import plan_stage_rows, stage_rows
from tests.report.test_return_outputs import made_plan


def test_stages_are_those_of_the_tissue_from_where_it_begins() -> None:
    rules = default_return_rules()
    assert stage_rows(rules.profile["muscle"])["Stage"].tolist()[0] == 3
    assert len(stage_rows(rules.profile["bone_low_risk"])) == 13
    plan = made_plan()
    table = plan_stage_rows(plan)
    assert table["Session"].iloc[0] == "8 x (1 min run, 2 min walk)"
    assert table["First run"].iloc[0].startswith("1 September 2025")
    assert table["Runs"].sum() == len([run for run in plan.runs if run.phase == WALK_RUN])
    held = plan_stage_rows(made_plan(held=True))
    assert held["First run"].iloc[-1] == "not in the plan"
