"""Rows of a table that its damage shows in: cut off, run together, or overwritten; a half-read number is a wrong one."""

from __future__ import annotations

import re

from loadmon.readers.table_grid import Cell, Grid

CUT_OFF = "the table breaks off in the middle of it"
TOO_MANY = "it holds more cells than the table has columns; a delimiter inside a cell needs quotes around it"
NO_TEXT = "it holds bytes that no text has, so the table is damaged there"
_CONTROL = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffd]")


def damaged_rows(grid: Grid, header: int, n_names: int) -> dict[int, str]:
    """Rows that are not to be trusted, by their number in the file, and why.

    Parameters
    ----------
    grid : Grid
        One sheet's cells.
    header : int
        Index of the row that names the columns.
    n_names : int
        How many columns it names.
    """
    rows = grid.rows[header + 1 :]
    found: dict[int, str] = {}
    wide = [at for at, row in enumerate(rows) if any(cell is not None for cell in row[n_names:])]
    # where most rows go on behind the last name, a column without a name is all that it is
    if 2 * len(wide) <= len(rows):
        found |= dict.fromkeys(wide, TOO_MANY)
    found |= {at: NO_TEXT for at, row in enumerate(rows) if any(map(_is_no_text, row))}
    if grid.breaks_off and rows and len(rows[-1]) < n_names and all(len(row) >= n_names for row in rows[:-1] if row):
        found[len(rows) - 1] = CUT_OFF
    return {at + header + 2: why for at, why in found.items()}


def _is_no_text(cell: Cell) -> bool:
    return isinstance(cell, str) and _CONTROL.search(cell) is not None
