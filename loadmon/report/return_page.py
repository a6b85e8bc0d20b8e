"""A runner's one page of the way back, to print: the next runs, the weeks, the pain rules, when to stop, a log to fill in."""

from __future__ import annotations

from datetime import datetime

from fpdf import FPDF

from loadmon.days import day_words
from loadmon.planning.ladder import minutes
from loadmon.planning.pain_words import pain_rules
from loadmon.planning.planned_run import WALK_RUN
from loadmon.planning.return_plan import ReturnPlan
from loadmon.planning.return_rules import ReturnRules, default_return_rules
from loadmon.report.letters import can_print, printable
from loadmon.report.paper import (
    HEAD,
    LARGE,
    MARGIN,
    NORMAL,
    QUIET,
    ROW,
    SHADE,
    SMALL,
    Paper,
    boxed,
    cut,
    new_page,
    row,
    text,
)
from loadmon.report.return_table import totals_words
from loadmon.units import Units

NEXT_RUNS, WEEKS = 12, 14
LONGEST_NAME, LONGEST_REASON = 60, 240
"""Characters of a name, and of why a plan is on hold, that are printed: what is longer is cut, and seen to be."""
_GAP = 8.0
_WRITE_HERE = "_" * 34


def return_page(
    plan: ReturnPlan,
    name: str,
    units: Units,
    *,
    made: datetime,
    paper: Paper = "A4",
    rules: ReturnRules | None = None,
    compress: bool = True,
) -> bytes:
    """The page as PDF.

    Parameters
    ----------
    plan : ReturnPlan
    name : str
        The runner's. In letters that the page's fonts do not have it is written in Latin ones, and where that cannot be done
        there is a line to write it on by hand (``letters``).
    units : Units
    made : datetime
        Now, aware: printed, and the file's date.
    paper : str
        ``A4`` or ``Letter``.
    compress : bool
        False leaves the text readable in the file.
    """
    rules = rules or default_return_rules()
    page = new_page(f"Return to running: {name}", made, paper, compress=compress, breaks=False)
    _head(page, plan, name, made, rules)
    top = page.get_y() + 3.0
    left = (page.epw - _GAP) * 0.5
    _next_runs(page, plan, left, top)
    left_end = page.get_y()
    _weeks(page, plan, units, MARGIN + left + _GAP, page.epw - left - _GAP, top)
    page.set_xy(MARGIN, max(left_end, page.get_y()) + 3.0)
    _rules(page, plan, rules)
    _log(page)
    data = page.output()
    return bytes(data)


def _head(page: FPDF, plan: ReturnPlan, name: str, made: datetime, rules: ReturnRules) -> None:
    text(page, "RETURN TO RUNNING", SMALL, bold=True, ink=QUIET)
    shown = cut(name, LONGEST_NAME) if can_print(name) else f"Name: {_WRITE_HERE}"
    size = LARGE
    page.set_font("helvetica", style="B", size=size)
    while size > HEAD and page.get_string_width(printable(shown)) > page.epw - 2.5:
        size -= 0.5
        page.set_font("helvetica", style="B", size=size)
    text(page, shown, size, bold=True, line=8.5)
    made_by = cut(plan.order.made_by, LONGEST_NAME)
    by = f"Made by {made_by}, printed" if can_print(made_by) else "Printed"
    text(
        page,
        f"{plan.profile.name}. First run {day_words(plan.order.start)}. {by} {day_words(made.date())}.",
        NORMAL,
    )
    of = rules.ladder[plan.profile.ladder]
    note = f"Stages: {of.name} (loadmon convention after published principles). This page is no diagnosis."
    text(page, note, SMALL, ink=QUIET)
    if plan.state.hold is not None:
        page.ln(1.5)
        why = cut(plan.state.hold.rstrip("."), LONGEST_REASON)
        boxed(
            page,
            f"ON HOLD: {why}{'' if why.endswith('...') else '.'} Do not run; your clinician decides when it goes on.",
        )
    page.set_draw_color(*QUIET)
    page.line(MARGIN, page.get_y() + 1.2, MARGIN + page.epw, page.get_y() + 1.2)


def _next_runs(page: FPDF, plan: ReturnPlan, width: float, top: float) -> None:
    page.set_xy(MARGIN, top)
    text(page, "Your next runs", HEAD, bold=True, width=width, line=6.0)
    ahead = [run for run in plan.ahead if run.on_hold is None][:NEXT_RUNS]
    for run in ahead:
        day = f"{run.day:%a} {run.day.day} {run.day:%b}{' *' if run.is_projection else ''}"
        row(page, ((day, 0.26, True), (run.words, 0.74, False)), width)
    if not ahead:
        none = "None while the plan is on hold." if plan.is_frozen else "None: the plan has ended."
        text(page, none, NORMAL, width=width)
    elif any(run.is_projection for run in ahead):
        text(page, "* if all goes well: your clinician decides about each step forward.", SMALL, width=width, ink=QUIET)
    text(page, "5 minutes of walking before and after every run, on level ground.", SMALL, width=width, ink=QUIET)
    if any(run.phase == WALK_RUN for run in ahead):
        text(page, "Between runs of the ladder a day without running.", SMALL, width=width, ink=QUIET)
    if any(run.phase == WALK_RUN for run in ahead) and plan.profile.rest_after_heavy_days is not None:
        more = f"{plan.profile.rest_after_heavy_days} days after a run that is longer than all of the 30 days before."
        text(page, more, SMALL, width=width, ink=QUIET)


def _weeks(page: FPDF, plan: ReturnPlan, units: Units, left: float, width: float, top: float) -> None:
    page.set_xy(left, top)
    text(page, "Weeks, from Monday", HEAD, bold=True, width=width, line=6.0)
    all_weeks = [week for week in plan.weeks if week.last >= plan.today]
    for week in all_weeks[:WEEKS]:
        lighter = ", lighter" if week.deload else ""
        runs = "1 run" if week.runs == 1 else f"{week.runs} runs"
        told = f"{runs}, {minutes(week.run_s)} min, {units.distance(week.run_m)}{lighter}"
        row(page, ((f"{week.first.day} {week.first:%b}", 0.2, True), (told, 0.8, False)), width)
    left_off = len(all_weeks) - WEEKS
    if left_off > 0:
        more = "1 more week is" if left_off == 1 else f"{left_off} more weeks are"
        text(page, f"{more} not printed here.", SMALL, width=width, ink=QUIET)
    text(page, "Minutes and distance are of running alone.", SMALL, width=width, ink=QUIET)
    text(page, f"Whole plan: {totals_words(plan.totals, units)}.", SMALL, bold=True, width=width)


def _rules(page: FPDF, plan: ReturnPlan, rules: ReturnRules) -> None:
    text(page, "How to read pain, 0 to 10", HEAD, bold=True, line=6.0)
    for told in pain_rules(plan.profile, rules):
        grade, _, rest = told.partition(": ")
        if rest and grade.isupper():
            page.set_x(MARGIN)
            page.set_font("helvetica", style="B", size=NORMAL)
            page.cell(20.0, ROW, printable(grade))
            text(page, rest, NORMAL, width=page.epw - 20.0, line=ROW)
            page.set_x(MARGIN)
        else:
            text(page, told, NORMAL, line=ROW)
    page.ln(1.0)
    stops = f"STOP and ask: pain of {rules.value('stop_pain'):g} or more; {'; '.join(rules.red_flag.values())}."
    boxed(page, stops)
    last = "; ".join(rules.last[key] for key in plan.profile.last)
    text(page, f"Last to come back: {last}.", SMALL, ink=QUIET)


def _log(page: FPDF) -> None:
    """Empty lines to write into, as many as fit."""
    page.ln(1.5)
    text(page, "Pain log", HEAD, bold=True, line=6.0)
    heads = ("Day", "During", "Hour after", "Next morning", "Minutes to settle", "Remarks")
    widths = [page.epw * share for share in (0.14, 0.1, 0.12, 0.14, 0.18, 0.32)]
    height = 6.4
    rows = int((page.h - MARGIN - page.get_y()) // height) - 1
    page.set_fill_color(*SHADE)
    for place, cells in enumerate((heads, *([("",) * len(heads)] * max(rows, 0)))):
        page.set_x(MARGIN)
        page.set_font("helvetica", style="" if place else "B", size=SMALL)
        for width, cell in zip(widths, cells, strict=True):
            page.cell(width, height, cell, border=1, fill=not place)
        page.ln(height)
