"""The clinician's sheet of a return to running: everything the plan rests on and comes to, in sections, to read, file and sign."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

import pandas as pd

from loadmon.days import day_words
from loadmon.planning.gate import checklist
from loadmon.planning.other_days import RULE, other_days
from loadmon.planning.pain_words import pain_rules
from loadmon.planning.recorded_before import Recorded
from loadmon.planning.return_plan import ReturnPlan
from loadmon.planning.return_rules import ReturnRules, default_return_rules
from loadmon.report.return_rule_rows import rule_rows, tissue_rows
from loadmon.report.return_stages import plan_stage_rows
from loadmon.report.return_table import run_table, totals_words, week_table
from loadmon.spreadsheet import csv_of_rows
from loadmon.units import Units

NO_DIAGNOSIS = "This sheet is no diagnosis. Each step forward is decided by a named clinician."
SIGN_OFF = ("Name", "Role", "Day", "Signature")
NOT_READ = "between runner and clinician"


@dataclass(frozen=True, slots=True)
class Section:
    """One part of the sheet: its title, the heads of its columns, and its rows as words."""

    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]


def clinician_sheet(
    plan: ReturnPlan,
    name: str,
    units: Units,
    *,
    made: datetime,
    ratios: Mapping[date, tuple[float | None, str | None]],
    recorded: Mapping[date, Recorded | str],
    reads_notes: bool,
    rules: ReturnRules | None = None,
) -> tuple[Section, ...]:
    """The sheet's sections, each from the same plan as every other output.

    Parameters
    ----------
    plan : ReturnPlan
    name : str
        The runner's.
    units : Units
    made : datetime
        Now, aware.
    ratios, recorded
        As ``return_table.run_table`` takes them.
    reads_notes : bool
        False leaves out what was answered before the first run, and by whom it was cleared.
    rules : ReturnRules, optional
    """
    rules = rules or default_return_rules()
    order, profile = plan.order, plan.profile
    about = [
        ("Runner", name),
        ("Tissue", f"{profile.name} ({rules.basis(profile)})"),
        ("First run", day_words(order.start)),
        ("Made by", order.made_by),
        ("Cleared by", _cleared(plan) if reads_notes else NOT_READ),
        ("State", f"On hold: {plan.state.hold}" if plan.state.hold else f"Stage {plan.state.standing.stage}"),
        ("Whole plan", totals_words(plan.totals, units)),
        ("Printed", day_words(made.date())),
        ("Mind", NO_DIAGNOSIS),
    ]
    stops = [f"Pain of {rules.value('stop_pain'):g} or more at any time", *rules.red_flag.values()]
    last = [(rules.last[key],) for key in profile.last]
    runs, weeks = run_table(plan, units, ratios, recorded), week_table(plan, units)
    return (
        Section("Return to running: clinician's sheet", ("What", "Words"), tuple(about)),
        Section("Before the first run", ("Check", "Met"), _checks(plan, rules, reads_notes=reads_notes)),
        _of("Stages", plan_stage_rows(plan, rules)),
        Section("How pain is read, 0 to 10", ("Rule",), tuple((words,) for words in pain_rules(profile, rules))),
        Section("What stops the plan", ("Sign",), tuple((words,) for words in stops)),
        Section("What comes back last", ("What",), tuple(last)),
        _of("Weeks", weeks),
        _of("Runs, each with the reason for its length", runs),
        Section("Strength and cross-training", ("Day", "What"), _others(plan)),
        _of("Caps and rules of this tissue", tissue_rows(profile, rules)),
        _of("Caps and rules of every plan", rule_rows(rules)),
        Section("Sign-off", SIGN_OFF, (("",) * len(SIGN_OFF),)),
    )


def sheet_csv(sections: tuple[Section, ...]) -> bytes:
    """The sheet as one table for a spreadsheet: the section in the first column, its heads in a row of their own.

    A cell that a spreadsheet would take for a formula has an apostrophe before it.
    """
    rows: list[tuple[str, ...]] = []
    for one in sections:
        rows += [(one.title, *one.heads), *(("", *row) for row in one.rows), ()]
    return csv_of_rows(rows).encode("utf-8-sig")


def sheet_text(sections: tuple[Section, ...]) -> bytes:
    """The sheet as plain text, a line a row."""
    lines: list[str] = []
    for one in sections:
        lines += [one.title.upper(), " | ".join(one.heads)]
        lines += [
            " | ".join(row) if any(row) else " | ".join(f"{head}: ______________" for head in one.heads)
            for row in one.rows
        ]
        lines.append("")
    return "\n".join(lines).encode("utf-8")


def _cleared(plan: ReturnPlan) -> str:
    one = plan.order.clearance
    return "nobody was named" if one is None or one.day is None else f"{one.name} ({one.role}), {day_words(one.day)}"


def _checks(plan: ReturnPlan, rules: ReturnRules, *, reads_notes: bool) -> tuple[tuple[str, ...], ...]:
    gate = plan.order.gate
    checks = checklist(plan.profile, [] if gate is None else [key for key, _ in gate.met], rules)
    if not reads_notes or gate is None:
        why = NOT_READ if not reads_notes else "not kept with this plan"
        return tuple((check.words, why) for check in checks)
    return tuple((check.words, "yes" if check.met else "no") for check in checks)


def _others(plan: ReturnPlan) -> tuple[tuple[str, ...], ...]:
    rows = [
        (day_words(one.day), f"{one.what}, after the run" if one.after_run else one.what) for one in other_days(plan)
    ]
    return (*rows, ("Rule (loadmon convention)", RULE)) if rows else (("", "none while nothing is planned"),)


def _of(title: str, table: pd.DataFrame) -> Section:
    rows = tuple(tuple("" if pd.isna(cell) else str(cell) for cell in row) for row in table.itertuples(index=False))
    return Section(title, tuple(str(head).replace("_", " ") for head in table.columns), rows)
