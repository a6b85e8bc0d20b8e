"""The clinician's sheet as PDF: the same plan with its checks, stages, rules, reasons, decisions and a line to sign."""

from __future__ import annotations

from dataclasses import replace

from loadmon.planning.gate import Clearance, GateKept
from loadmon.planning.ladder import ladder
from loadmon.planning.other_days import RULE
from loadmon.planning.return_plan import ReturnPlan
from loadmon.planning.way_back import Choice, Decision
from loadmon.report.clinician_page import clinician_page
from loadmon.report.return_table import totals_words
from tests.report.test_return_outputs import MADE, START, UNITS, made_plan, on_page


def sheet(plan: ReturnPlan, **given: object) -> str:
    return on_page(clinician_page(plan, "Zoë Müller", UNITS, made=MADE, compress=False, **given))  # type: ignore[arg-type]


def test_the_sheet_holds_checks_stages_rules_every_run_and_comes_to_the_same_sums() -> None:
    plan = made_plan("bone_low_risk")
    gate = GateKept(33.0, (("hop_10", "10 hops on the spot without pain"),), (("fever", "fever or feeling ill"),))
    cleared = Clearance("Dr Osei", "physician", START)
    plan = replace(plan, order=replace(plan.order, gate=gate, clearance=cleared))
    decision = Decision(START, MADE, "Eva Lind", "clinician", Choice.REPEAT, 1, "calm")
    words = sheet(plan, decisions=[decision], ratios={plan.runs[-1].day: (1.23, None)})
    for asked in (
        totals_words(plan.totals, UNITS), "[x] 10 hops on the spot without pain", "Cleared by Dr Osei", "Age: 33 years",
        "two stages back", "STOP: pain of 6", "Last to come back", "repeat, stage 1: calm", "1.23", "Signature", RULE.split(".")[0],
    ):  # fmt: skip
        assert asked in words, asked
    assert all(stage.words in words for stage in ladder(plan.profile))
    assert all(f"{run.day:%a} {run.day.day} {run.day:%b}" in words for run in plan.runs)
    assert "ON HOLD" not in words
    held = sheet(made_plan(held=True))
    assert "ON HOLD" in held
    assert "On hold: " in held
