"""The clinician's sheet: whole, and of the same sums as every other output of the plan."""

from __future__ import annotations

import csv
import io
from collections import Counter
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from loadmon.planning.gate import GateKept
from loadmon.planning.other_days import CROSS, FREE, STRENGTH, heavy_days, other_days
from loadmon.planning.planned_run import WALK_RUN
from loadmon.planning.return_plan import ReturnPlan
from loadmon.planning.return_rules import default_return_rules
from loadmon.report.clinician_sheet import NOT_READ, Section, clinician_sheet, sheet_csv, sheet_text
from loadmon.report.return_stages import plan_stage_rows, stage_rows
from loadmon.report.return_table import totals_words
from tests.report.test_return_outputs import MADE, UNITS, fast_plan, made_plan

RULES = default_return_rules()


def sheet(plan: ReturnPlan, name: str = "Ana", *, reads_notes: bool = True) -> dict[str, Section]:
    made = clinician_sheet(plan, name, UNITS, made=MADE, ratios={}, recorded={}, reads_notes=reads_notes)
    return {one.title: one for one in made}


def column(section: Section, head: str) -> list[str]:
    return [row[section.heads.index(head)] for row in section.rows]


@pytest.mark.parametrize("profile", ["tendon", "bone_low_risk", "patellofemoral"])
def test_sums_of_the_sheet_are_those_of_the_plan(profile: str) -> None:
    plan = made_plan(profile)
    told = sheet(plan)
    assert dict(told["Return to running: clinician's sheet"].rows)["Whole plan"] == totals_words(plan.totals, UNITS)
    for part in ("Weeks", "Runs, each with the reason for its length"):
        for head, total in (
            ("run min", plan.totals.run_s / 60.0),
            ("walk min", plan.totals.walk_s / 60.0),
            ("run km", plan.totals.run_m / 1000.0),
            ("steps", plan.totals.steps),
        ):
            found = sum(float(cell) for cell in column(told[part], head))
            assert found == pytest.approx(total, rel=1e-3), (part, head)
    assert sum(int(cell) for cell in column(told["Weeks"], "runs")) == plan.totals.runs
    of_ladder = [run for run in plan.runs if run.phase == WALK_RUN]
    assert sum(int(cell) for cell in column(told["Stages"], "Runs")) == len(of_ladder)
    assert all(column(told["Runs, each with the reason for its length"], "why so long"))


def test_everything_a_clinician_signs_for_is_on_it() -> None:
    plan = made_plan("bone_low_risk")
    gate = GateKept(30.0, (("hop_10", RULES.entry["hop_10"]),), ())
    plan = replace(plan, order=replace(plan.order, gate=gate))
    told = sheet(plan)
    checks = dict(told["Before the first run"].rows)
    assert set(checks) == {RULES.entry[key] for key in plan.profile.entry}
    assert [words for words, met in checks.items() if met == "yes"] == [RULES.entry["hop_10"]]
    assert {row[0] for row in told["What stops the plan"].rows} >= set(RULES.red_flag.values())
    assert {row[0] for row in told["What comes back last"].rows} == {RULES.last[key] for key in plan.profile.last}
    assert len(told["Stages"].rows) == 13
    assert len(told["Caps and rules of every plan"].rows) == len(RULES.rule)
    assert all(column(told["Caps and rules of every plan"], "Rests on"))
    assert told["Sign-off"].heads == ("Name", "Role", "Day", "Signature")
    hidden = sheet(plan, reads_notes=False)
    assert set(column(hidden["Before the first run"], "Met")) == {NOT_READ}
    kept = sheet(replace(plan, order=replace(plan.order, gate=None)))
    assert set(column(kept["Before the first run"], "Met")) == {"not kept with this plan"}


def test_the_file_holds_every_section_and_no_formula() -> None:
    sections = tuple(sheet(made_plan(), "=cmd()").values())
    rows = list(csv.reader(io.StringIO(sheet_csv(sections).decode("utf-8-sig"))))
    assert [row[0] for row in rows if row and row[0]] == [one.title for one in sections]
    assert sum(bool(row) for row in rows) == sum(1 + len(one.rows) for one in sections)
    assert ["", "Runner", "'=cmd()"] in rows
    text = sheet_text(sections).decode()
    assert "Signature: ____" in text
    assert all(one.title.upper() in text for one in sections)


@pytest.mark.parametrize("plan", [made_plan("tendon"), made_plan("bone_low_risk"), fast_plan()])
def test_strength_is_never_the_day_before_a_heavy_run_and_a_day_stays_free(plan: ReturnPlan) -> None:
    days = other_days(plan)
    runs = {run.day for run in plan.ahead}
    heavy = heavy_days(plan.ahead)
    strength = [one.day for one in days if one.what == STRENGTH]
    assert strength
    assert heavy
    for day in strength:
        assert day not in heavy
        assert day + timedelta(days=1) not in heavy
    assert all(later - earlier >= timedelta(days=2) for earlier, later in pairwise(strength))
    assert max(Counter(day.isocalendar()[:2] for day in strength).values()) == 2
    assert all((one.day in runs) == one.after_run for one in days)
    assert {one.what for one in days} == {STRENGTH, CROSS, FREE}
    weeks = {one.day.isocalendar()[:2] for one in days if one.what == CROSS}
    assert all(any(one.what == FREE and one.day.isocalendar()[:2] == week for one in days) for week in weeks)
    assert max(one.day for one in days) <= max(runs)


def test_nothing_is_laid_out_while_a_plan_is_on_hold() -> None:
    assert other_days(made_plan(held=True)) == ()
    assert "On hold" in dict(sheet(made_plan(held=True))["Return to running: clinician's sheet"].rows)["State"]


def test_stages_are_those_of_the_tissue_from_where_it_begins() -> None:
    assert stage_rows(RULES.profile["muscle"])["Stage"].tolist()[0] == 3
    first = plan_stage_rows(made_plan()).iloc[0]
    assert first["Session"] == "8 x (1 min run, 2 min walk)"
    assert first["First run"].startswith("1 September 2025")
