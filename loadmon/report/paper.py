"""What every printed page of loadmon is set with: lines, boxed words, rows, and the sizes and inks they share."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Literal

from fpdf import FPDF
from fpdf.enums import Align, XPos, YPos
from fpdf.fonts import FontFace

from loadmon.report.letters import printable

Paper = Literal["A4", "Letter"]
PAPERS: tuple[Paper, ...] = ("A4", "Letter")
MARGIN, ROW = 16.0, 4.9
SMALL, NORMAL, HEAD, LARGE = 8.5, 9.5, 11.0, 19.0
SHADE, INK, QUIET = (236, 240, 243), (20, 26, 31), (84, 94, 102)


def new_page(title: str, made: datetime, paper: Paper, *, compress: bool, breaks: bool) -> FPDF:
    """A file with its first page, empty; ``breaks`` goes on to the next page where one is full."""
    page = FPDF(format=paper, unit="mm")
    page.set_creation_date(made)
    page.set_compression(compress)
    page.set_title(printable(title))
    page.set_margins(MARGIN, MARGIN)
    page.set_auto_page_break(auto=breaks, margin=MARGIN if breaks else 0.0)
    page.add_page()
    return page


def title(page: FPDF, words: str) -> None:
    """The head of a section, on the next page where only it would fit on this one."""
    page.ln(2.0)
    if page.will_page_break(20.0):
        page.add_page()
    text(page, words, HEAD, bold=True, line=6.0)


def table(page: FPDF, heads: tuple[str, ...], rows: Sequence[tuple[str, ...]], widths: tuple[int, ...]) -> None:
    """Rows under their heads, which stand again on each page; words are broken into lines."""
    page.set_font("helvetica", size=SMALL - 1.0)
    page.set_fill_color(255)
    with page.table(
        col_widths=widths,
        headings_style=FontFace(emphasis="BOLD", fill_color=SHADE),
        line_height=3.9,
        text_align="LEFT",
        borders_layout="HORIZONTAL_LINES",
        cell_fill_mode="NONE",
    ) as drawn:
        for cells in (heads, *rows):
            line = drawn.row()
            for cell in cells:
                line.cell(printable(cell))
    page.set_x(MARGIN)


def row(page: FPDF, cells: tuple[tuple[str, float, bool], ...], width: float) -> None:
    """A line of a few cells, each with its share of the width; words that do not fit are made smaller, never cut."""
    left = page.get_x()
    for words, share, bold in cells:
        size, told = NORMAL, printable(words)
        page.set_font("helvetica", style="B" if bold else "", size=size)
        while size > 6.0 and page.get_string_width(told) > width * share - 2.0:
            size -= 0.25
            page.set_font("helvetica", style="B" if bold else "", size=size)
        page.cell(width * share, ROW, told)
    page.set_xy(left, page.get_y() + ROW)


def boxed(page: FPDF, words: str) -> None:
    """What must not be missed, in a frame."""
    page.set_font("helvetica", style="B", size=NORMAL)
    page.set_draw_color(*INK)
    page.set_fill_color(*SHADE)
    page.set_x(MARGIN)
    page.multi_cell(
        page.epw,
        ROW,
        printable(words),
        border=1,
        fill=True,
        padding=1,
        align=Align.L,
        new_x=XPos.LMARGIN,
        new_y=YPos.NEXT,
    )
    page.ln(0.8)


def text(
    page: FPDF,
    words: str,
    size: float,
    *,
    bold: bool = False,
    width: float = 0.0,
    line: float = 4.3,
    ink: tuple[int, int, int] = INK,
) -> None:
    """Words of any length in a column, broken into lines; no width given is all that is left of the line."""
    page.set_font("helvetica", style="B" if bold else "", size=size)
    page.set_text_color(*ink)
    left = page.get_x()
    page.multi_cell(width, line, printable(words), align=Align.L, new_x=XPos.LEFT, new_y=YPos.NEXT)
    page.set_x(left)
    page.set_text_color(*INK)


def cut(words: str, most: int) -> str:
    """The words, cut between two of them where there are too many."""
    return words if len(words) <= most else words[: most - 4].rsplit(" ", 1)[0].rstrip(" ,.;") + " ..."
