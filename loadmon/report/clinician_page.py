"""A return to running as its clinician files it: checks, stages, rules, every planned run with the reason for its length, a line to sign."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime

from fpdf import FPDF

from loadmon.days import day_words, week_start
from loadmon.planning.ladder import minutes
from loadmon.planning.other_days import CROSS, RULE, STRENGTH, OtherDay, other_days
from loadmon.planning.pain_words import pain_rules
from loadmon.planning.planned_run import PlannedRun
from loadmon.planning.recorded_before import Recorded
from loadmon.planning.return_plan import ReturnPlan
from loadmon.planning.return_rules import ReturnRules, default_return_rules
from loadmon.planning.way_back import Decision
from loadmon.report.clinician_sheet import NO_DIAGNOSIS
from loadmon.report.letters import can_print
from loadmon.report.paper import (
    LARGE,
    QUIET,
    SMALL,
    Paper,
    boxed,
    cut,
    new_page,
    table,
    text,
    title,
)
from loadmon.report.return_page import LONGEST_NAME, LONGEST_REASON
from loadmon.report.return_stages import plan_stage_rows
from loadmon.report.return_table import FIRST_RUN, NO_CADENCE, recorded_words, totals_words
from loadmon.units import Units, signed_percent

Ratios = Mapping[date, tuple[float | None, str | None]]
SIGN_HERE = "_" * 42


def clinician_page(
    plan: ReturnPlan,
    name: str,
    units: Units,
    *,
    made: datetime,
    decisions: Iterable[Decision] = (),
    ratios: Ratios | None = None,
    recorded: Mapping[date, Recorded | str] | None = None,
    paper: Paper = "A4",
    rules: ReturnRules | None = None,
    compress: bool = True,
) -> bytes:
    """The clinician's sheet as PDF, as many pages as the plan takes.

    Parameters
    ----------
    plan : ReturnPlan
    name : str
        The runner's.
    units : Units
    made : datetime
        Now, aware: printed, and the file's date.
    decisions : iterable of Decision
        What was decided so far, oldest first.
    ratios, recorded
        As ``return_table.run_table`` has them.
    paper : str
        ``A4`` or ``Letter``.
    compress : bool
        False leaves the text readable in the file.
    """
    rules = rules or default_return_rules()
    page = new_page(f"Return to running, clinician's sheet: {name}", made, paper, compress=compress, breaks=True)
    _head(page, plan, name, units, made)
    _checks(page, plan)
    _stages(page, plan, rules)
    _pain(page, plan, rules)
    _weeks(page, plan, units)
    _runs(page, plan, units, ratios or {}, recorded or {})
    _decided(page, decisions)
    _signed(page)
    return bytes(page.output())


def _head(page: FPDF, plan: ReturnPlan, name: str, units: Units, made: datetime) -> None:
    order, goal = plan.order, plan.order.goal
    text(page, "RETURN TO RUNNING: CLINICIAN'S SHEET", SMALL, bold=True, ink=QUIET)
    text(page, _name(name), LARGE, bold=True, line=8.5)
    text(
        page,
        f"{plan.profile.name}. First run {day_words(order.start)}. Made by {_name(order.made_by)}, printed {day_words(made.date())}.",
        SMALL,
    )
    if order.clearance is not None and order.clearance.day is not None:
        cleared = order.clearance
        text(page, f"Cleared by {_name(cleared.name)} ({cleared.role}) on {day_words(order.clearance.day)}.", SMALL)
    text(
        page,
        f"Level before the injury: {units.distance(goal.week_m)} a week in {goal.runs_a_week:g} runs at {units.pace(goal.speed_mps)} "
        f"({goal.told_by}). Usual morning pain {order.baseline_morning:g} of 10.",
        SMALL,
    )
    text(page, f"Whole plan: {totals_words(plan.totals, units)}.", SMALL, bold=True)
    text(page, f"Rules marked loadmon convention have no direct source. {NO_DIAGNOSIS}", SMALL, ink=QUIET)
    if plan.state.hold is not None:
        page.ln(1.5)
        boxed(page, f"ON HOLD: {cut(plan.state.hold.rstrip('.'), LONGEST_REASON)}.")


def _checks(page: FPDF, plan: ReturnPlan) -> None:
    title(page, "Before the first run")
    gate = plan.order.gate
    if gate is None:
        text(page, "What was answered is not kept with this plan, or is not for whoever printed this.", SMALL)
        return
    age = "not given" if gate.age_years is None else f"{gate.age_years:g} years"
    text(page, f"Age: {age}. Signs that were asked about and not there: {len(gate.denied)}.", SMALL)
    for _, words in gate.met:
        text(page, f"[x] {words}", SMALL)


def _stages(page: FPDF, plan: ReturnPlan, rules: ReturnRules) -> None:
    of = rules.ladder[plan.profile.ladder]
    title(page, f"Stages: {of.name}")
    text(page, f"Rests on: {rules.basis(of)}.", SMALL, ink=QUIET)
    stages = plan_stage_rows(plan, rules)
    now = plan.state.standing.stage
    rows = [
        (f"{stage[0]}{' <- now' if stage[0] == now else ''}", *(str(cell) for cell in stage[1:]))
        for stage in stages.itertuples(index=False, name=None)
    ]
    table(page, tuple(stages.columns), rows, (11, 31, 13, 15, 22, 8))
    needed = plan.order.successes or rules.whole("successes_to_advance")
    text(
        page,
        f"{needed} green of a stage before the next is proposed; a named clinician decides. Then whole weeks grow.",
        SMALL,
        ink=QUIET,
    )


def _pain(page: FPDF, plan: ReturnPlan, rules: ReturnRules) -> None:
    title(page, "Pain, 0 to 10, and what follows")
    for told in pain_rules(plan.profile, rules):
        text(page, told, SMALL)
    text(
        page,
        f"STOP: pain of {rules.value('stop_pain'):g} or more at any moment; {'; '.join(rules.red_flag.values())}.",
        SMALL,
        bold=True,
    )
    text(page, f"Rests on: {rules.basis(plan.profile)}.", SMALL, ink=QUIET)
    text(page, f"Last to come back: {'; '.join(rules.last[key] for key in plan.profile.last)}.", SMALL)
    text(page, f"Fast running: {plan.unlock.words} ({plan.unlock.basis}).", SMALL)


def _weeks(page: FPDF, plan: ReturnPlan, units: Units) -> None:
    title(page, "Weeks, and the days without a run")
    others: dict[date, list[OtherDay]] = {}
    for one in other_days(plan):
        others.setdefault(week_start(one.day), []).append(one)
    rows = [
        (
            f"{week.first.day} {week.first:%b}{' (lighter)' if week.deload else ''}", str(week.runs), minutes(week.run_s),
            units.distance(week.run_m), NO_CADENCE if week.steps is None else f"{week.steps:,.0f}",
            *(_weekdays(others.get(week.first, []), what) for what in (STRENGTH, CROSS)),
        )
        for week in plan.weeks
    ]  # fmt: skip
    table(
        page,
        ("Week from", "Runs", "Running, min", "Distance", "Steps", "Strength", "Cross-training"),
        rows,
        (19, 8, 13, 13, 15, 15, 17),
    )
    text(page, f"{RULE} (loadmon convention)", SMALL, ink=QUIET)


def _weekdays(days: list[OtherDay], what: str) -> str:
    return ", ".join(f"{one.day:%a}{' (after the run)' if one.after_run else ''}" for one in days if one.what == what)


def _runs(page: FPDF, plan: ReturnPlan, units: Units, ratios: Ratios, recorded: Mapping[date, Recorded | str]) -> None:
    title(page, "Every run, and why it is so long")
    rows = [
        (
            f"{run.day:%a} {run.day.day} {run.day:%b}{' *' if run.is_projection else ''}",
            f"On hold: {run.words}" if run.on_hold else run.words,
            f"{minutes(run.run_s)} min, {units.distance(run.run_m)}",
            _against(run, units, recorded),
            _ratio(ratios.get(run.day, (None, None))[0]),
            "the same" if before is not None and before.bound_by == run.bound_by else run.bound_by,
        )
        for before, run in zip((None, *plan.runs), plan.runs, strict=False)
    ]
    table(
        page,
        ("Day", "Session", "Running", "Longest of 30 days", "Acute: chronic", "Why so long"),
        rows,
        (12, 22, 14, 14, 8, 30),
    )
    text(
        page,
        "* if all goes well. Acute:chronic is projected, described only, and holds nothing back; a dash: it cannot be told.",
        SMALL,
        ink=QUIET,
    )


def _against(run: PlannedRun, units: Units, recorded: Mapping[date, Recorded | str]) -> str:
    if run.spike_pct is not None:
        return signed_percent(run.spike_pct)
    before = recorded.get(run.day, FIRST_RUN)
    return (
        before if isinstance(before, str) else f"{signed_percent(before.change_pct)} ({recorded_words(before, units)})"
    )


def _ratio(value: float | None) -> str:
    return "-" if value is None else f"{value:.2f}"


def _decided(page: FPDF, decisions: Iterable[Decision]) -> None:
    title(page, "Decided so far")
    told = [
        f"{day_words(one.day)}, {_name(one.by)} ({one.role}): {one.choice.value}, stage {one.stage}{f': {one.note}' if one.note else ''}"
        for one in decisions
    ]
    for line in told or ["Nothing yet."]:
        text(page, line, SMALL)


def _signed(page: FPDF) -> None:
    page.ln(5.0)
    text(page, f"Name, role: {SIGN_HERE}     Day: {'_' * 16}", SMALL, line=7.0)
    text(page, f"Signature:  {SIGN_HERE}", SMALL, line=7.0)


def _name(name: str) -> str:
    return cut(name, LONGEST_NAME) if can_print(name) else SIGN_HERE
