"""A runner's one page of the way back, to print: the next runs, the weeks, the pain rules, when to stop, a log to fill in."""

from __future__ import annotations

from datetime import datetime
from typing import Literal

from fpdf import FPDF
from fpdf.enums import XPos, YPos

from loadmon.days import day_words
from loadmon.planning.ladder import minutes
from loadmon.planning.pain_words import pain_rules
from loadmon.planning.planned_run import WALK_RUN
from loadmon.planning.return_plan import ReturnPlan
from loadmon.planning.return_rules import ReturnRules, default_return_rules
from loadmon.report.return_table import totals_words
from loadmon.units import Units

Paper = Literal["A4", "Letter"]
PAPERS: tuple[Paper, ...] = ("A4", "Letter")
NEXT_RUNS, WEEKS = 12, 30
_MARGIN, _LINE = 14.0, 4.4
_SMALL, _NORMAL, _LARGE = 8.0, 9.5, 15.0


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
        The runner's. Letters that the page's fonts do not have are printed as ``?``.
    units : Units
    made : datetime
        Now, aware: printed, and the file's date.
    paper : str
        ``A4`` or ``Letter``.
    compress : bool
        False leaves the text readable in the file.
    """
    rules = rules or default_return_rules()
    page = FPDF(format=paper, unit="mm")
    page.set_creation_date(made)
    page.set_compression(compress)
    page.set_title(_latin(f"Return to running: {name}"))
    page.set_margins(_MARGIN, _MARGIN)
    page.set_auto_page_break(auto=False)
    page.add_page()
    _head(page, plan, name, made, rules)
    top = page.get_y() + 1.5
    gap = 6.0
    width = (page.epw - gap) / 2.0
    _next_runs(page, plan, width, top)
    left_end = page.get_y()
    _weeks(page, plan, units, _MARGIN + width + gap, width, top)
    page.set_y(max(left_end, page.get_y()) + 2.0)
    _rules(page, plan, rules)
    _log(page)
    data = page.output()
    return bytes(data)


def _head(page: FPDF, plan: ReturnPlan, name: str, made: datetime, rules: ReturnRules) -> None:
    _text(page, f"Return to running: {name}", _LARGE, bold=True)
    of = rules.ladder[plan.profile.ladder]
    _text(
        page,
        f"{plan.profile.name}. First run {day_words(plan.order.start)}. Made by {plan.order.made_by}, printed {day_words(made.date())}.",
        _NORMAL,
    )
    _text(
        page, f"Stages: {of.name} (loadmon convention after published principles). This page is no diagnosis.", _SMALL
    )
    if plan.is_frozen:
        _text(
            page, f"ON HOLD: {plan.state.hold}. Do not run; your clinician decides when it goes on.", _NORMAL, bold=True
        )


def _next_runs(page: FPDF, plan: ReturnPlan, width: float, top: float) -> None:
    page.set_xy(_MARGIN, top)
    _text(page, "Next runs", _NORMAL, bold=True, width=width)
    ahead = [run for run in plan.ahead if run.on_hold is None][:NEXT_RUNS]
    for run in ahead:
        if_well = "" if not run.is_projection else " *"
        _text(page, f"{run.day:%a} {run.day.day} {run.day:%b}{if_well}   {run.words}", _SMALL, width=width)
    if not ahead:
        _text(
            page,
            "None while the plan is on hold." if plan.is_frozen else "None: the plan has ended.",
            _SMALL,
            width=width,
        )
    elif any(run.is_projection for run in ahead):
        _text(page, "* if all goes well: your clinician decides about each step forward.", _SMALL, width=width)
    _text(page, "5 minutes of walking before and after every run.", _SMALL, width=width)
    if any(run.phase == WALK_RUN for run in ahead):
        _text(page, "Between runs of the ladder a day without running.", _SMALL, width=width)


def _weeks(page: FPDF, plan: ReturnPlan, units: Units, left: float, width: float, top: float) -> None:
    page.set_xy(left, top)
    _text(page, "Weeks from Monday", _NORMAL, bold=True, width=width)
    all_weeks = [week for week in plan.weeks if week.last >= plan.today]
    weeks = all_weeks[:WEEKS]
    for week in weeks:
        lighter = ", lighter" if week.deload else ""
        words = f"{week.first.day} {week.first:%b}   {week.runs} x, {minutes(week.run_s)} min running, {units.distance(week.run_m)}{lighter}"
        page.set_x(left)
        _text(
            page,
            words,
            _SMALL - (1.0 if len(weeks) > 20 else 0.0),
            width=width,
            line=_LINE if len(weeks) <= 20 else 3.3,
        )
    page.set_x(left)
    if left_off := len(all_weeks) - len(weeks):
        more = "1 more week is" if left_off == 1 else f"{left_off} more weeks are"
        _text(page, f"{more} not printed here.", _SMALL, width=width)
        page.set_x(left)
    _text(page, f"Whole plan: {totals_words(plan.totals, units)}.", _SMALL, bold=True, width=width)


def _rules(page: FPDF, plan: ReturnPlan, rules: ReturnRules) -> None:
    _text(page, "How to read pain (0 to 10)", _NORMAL, bold=True)
    _text(page, " ".join(pain_rules(plan.profile, rules)), _SMALL)
    _text(
        page,
        f"STOP and ask: pain of {rules.value('stop_pain'):g} or more; {'; '.join(rules.red_flag.values())}.",
        _SMALL,
        bold=True,
    )
    _text(page, f"Last to come back: {'; '.join(rules.last[key] for key in plan.profile.last)}.", _SMALL)


def _log(page: FPDF) -> None:
    """Empty lines to write into, as many as fit."""
    _text(page, "Pain log", _NORMAL, bold=True)
    heads = ("Day", "During", "Hour after", "Next morning", "Minutes to settle", "Remarks")
    widths = [page.epw * share for share in (0.14, 0.1, 0.12, 0.14, 0.18, 0.32)]
    page.set_font("helvetica", size=_SMALL)
    height = 5.2
    rows = int((page.h - _MARGIN - page.get_y()) // height) - 1
    for cells in (heads, *([("",) * len(heads)] * max(rows, 0))):
        page.set_x(_MARGIN)
        for width, cell in zip(widths, cells, strict=True):
            page.cell(width, height, cell, border=1)
        page.ln(height)


def _text(page: FPDF, words: str, size: float, *, bold: bool = False, width: float = 0.0, line: float = _LINE) -> None:
    page.set_font("helvetica", style="B" if bold else "", size=size)
    left = page.get_x()
    page.multi_cell(width, line if size < _LARGE else 2 * line, _latin(words), new_x=XPos.LEFT, new_y=YPos.NEXT)
    page.set_x(left)


def _latin(words: str) -> str:
    """The words in the letters that the page's fonts have."""
    return (
        words.replace("–", "-")
        .replace("“", '"')
        .replace("”", '"')
        .replace("−", "-")
        .encode("latin-1", "replace")
        .decode("latin-1")
    )
