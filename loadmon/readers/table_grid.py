"""The cells of a CSV or XLSX table, whatever its delimiter, encoding and sheet, within limits."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from loadmon.readers.workbook_limits import check_workbook
from loadmon.readers.zip_access import ZIP_LEAKS
from loadmon.refusal import DamagedFile, NoSessionTable, TooLarge

Cell = str | float | datetime | time | timedelta | None
"""What a cell may hold; numbers and dates only where the file itself says so (XLSX)."""

MAX_TABLE_BYTES = 32 * 2**20
MAX_TABLE_ROWS = 100_000
MAX_TABLE_COLUMNS = 400
MAX_TABLE_CELLS = 3_000_000
"""Cells of a table: 30,000 sessions of a hundred columns."""
MAX_SHEETS = 20
DELIMITERS = ",;\t|"
_LOOKED_AT = 40
_SPLIT = "Split it by years and give the parts one after the other."


@dataclass(frozen=True, slots=True)
class Grid:
    """One sheet's cells.

    Parameters
    ----------
    rows : list of list of Cell
        Blank text as None.
    name : str
        The sheet's, empty for a text table.
    breaks_off : bool
        True for a text whose last line has no end, as hand-made ones have and those that were cut off.
    """

    rows: list[list[Cell]]
    name: str = ""
    breaks_off: bool = False


def is_workbook(data: bytes) -> bool:
    """True for an XLSX file: a ZIP with a workbook in it."""
    if data[:4] != b"PK\x03\x04":
        return False
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            return "xl/workbook.xml" in archive.namelist()
    except ZIP_LEAKS:
        return False


def grids(data: bytes, fits: Callable[[list[Cell]], int]) -> list[Grid]:
    """The sheets of a table file.

    Parameters
    ----------
    data : bytes
        A CSV (any delimiter, UTF-8, UTF-16 or Western European) or an XLSX workbook.
    fits : callable
        How many known column names a row of cells holds; tells a text table's delimiter.

    Raises
    ------
    TooLarge
        Over 32 MB, 100,000 rows or 400 columns.
    NoSessionTable, DamagedFile, UnsafeContent
        No table at all; a broken workbook; a workbook with declarations that attacks are made of.
    """
    if len(data) > MAX_TABLE_BYTES:
        raise TooLarge(f"The table is {len(data) / 2**20:.0f} MB; over {MAX_TABLE_BYTES >> 20} MB is not read.", _SPLIT)
    if is_workbook(data):
        return _sheets(data)
    text = _text(data)
    declared = text[:6].lower()
    if declared.startswith("sep=") and len(text) > 4:
        # what Excel writes in front of a table whose delimiter is not the usual one
        return [Grid([[], *_rows(text.split("\n", 1)[-1], text[4])], breaks_off=text[-1] not in "\r\n")]
    best = max(DELIMITERS, key=lambda mark: _score(text, mark, fits))
    return [Grid(_rows(text, best), breaks_off=text[-1:] not in ("", "\r", "\n"))]


def _score(text: str, mark: str, fits: Callable[[list[Cell]], int]) -> tuple[int, int]:
    """How well a delimiter cuts the first lines: known column names first, then the number of columns."""
    lines = io.StringIO("".join(text[: 2**16].splitlines(keepends=True)[:_LOOKED_AT]), newline="")
    try:
        rows = list(csv.reader(lines, delimiter=mark))
    except csv.Error:
        return 0, 0
    return max((fits(list(row)) for row in rows), default=0), sorted(map(len, rows))[len(rows) // 2] if rows else 0


def _rows(text: str, mark: str) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    n_cells = 0
    try:
        for row in csv.reader(io.StringIO(text, newline=""), delimiter=mark, skipinitialspace=True):
            n_cells += len(row)
            _check(len(rows), len(row), n_cells)
            rows.append([cell.strip() or None for cell in row])
    except csv.Error as error:
        raise DamagedFile(
            f"The table cannot be read near line {len(rows) + 1} ({error}).", "Save it again as CSV, or as XLSX."
        ) from None
    return rows


def _check(n_rows: int, n_columns: int, n_cells: int) -> None:
    if n_rows >= MAX_TABLE_ROWS:
        raise TooLarge(f"The table holds more than {MAX_TABLE_ROWS:,} rows.", _SPLIT)
    if n_columns > MAX_TABLE_COLUMNS:
        raise TooLarge(
            f"The table holds more than {MAX_TABLE_COLUMNS} columns.", "Leave out those that say nothing of sessions."
        )
    check_cells(n_cells)


def check_cells(n_cells: int) -> None:
    """Refuse a table of more cells than any list of sessions has."""
    if n_cells > MAX_TABLE_CELLS:
        raise TooLarge(f"The table holds more than {MAX_TABLE_CELLS:,} cells.", _SPLIT)


def _text(data: bytes) -> str:
    for bom, encoding in ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16-le"), (b"\xfe\xff", "utf-16-be")):
        if data.startswith(bom):
            return data[len(bom) :].decode(encoding, errors="replace").rstrip("\0")
    head = data[:2000]
    if head[1::2].count(0) > 0.4 * len(head) / 2:
        return data.decode("utf-16-le", errors="replace")
    if head[0::2].count(0) > 0.4 * len(head) / 2:
        return data.decode("utf-16-be", errors="replace")
    if b"\0" in head:
        raise NoSessionTable("This is no table: it holds binary data.", "Give a CSV or XLSX file.")
    try:
        return data.decode("utf-8")
    except UnicodeDecodeError:
        # every byte means something in it, and it is what spreadsheets of Western Europe write
        return data.decode("cp1252", errors="replace")


def _sheets(data: bytes) -> list[Grid]:
    check_workbook(data)
    from openpyxl import load_workbook

    try:
        book = load_workbook(io.BytesIO(data), read_only=True, data_only=True)
        found = []
        for sheet in book.worksheets[:MAX_SHEETS]:
            sheet.reset_dimensions()  # the size a sheet declares may be a lie or a million empty rows
            # one row and one column past the limit, so that going over is told and not cut off in silence
            cells = sheet.iter_rows(max_row=MAX_TABLE_ROWS + 1, max_col=MAX_TABLE_COLUMNS + 1, values_only=True)
            found.append(Grid(_filled(cells), sheet.title))
        return found
    except (TooLarge, MemoryError):
        raise
    except Exception as error:  # noqa: BLE001 - see below
        # openpyxl lets through whatever its parts raise on a broken workbook: KeyError, ValueError, XML errors, …
        raise DamagedFile(
            f"The workbook cannot be read ({type(error).__name__}).", "Save it again as XLSX, or as CSV."
        ) from None


def _filled(cells: Iterable[tuple[object, ...]]) -> list[list[Cell]]:
    rows: list[list[Cell]] = []
    last = n_cells = 0
    for values in cells:
        # rows are filled up to the limit of columns, and a far row stands behind thousands without any cell
        row = [] if values.count(None) == len(values) else [_cell(value) for value in values]
        while row and row[-1] is None:
            row.pop()
        if row:
            last = len(rows) + 1
        n_cells += len(row)
        _check(last - 1 if row else 0, len(row), n_cells)
        rows.append(row)
    return rows[:last]


def _cell(value: object) -> Cell:
    if isinstance(value, str):
        return value.strip() or None
    if isinstance(value, bool):
        return str(value)
    if isinstance(value, (int, float)):
        return float(value)
    if isinstance(value, (datetime, time, timedelta)) or value is None:
        return value
    if isinstance(value, date):
        return datetime(value.year, value.month, value.day)  # noqa: DTZ001 - a spreadsheet's days have no zone
    return str(value)
