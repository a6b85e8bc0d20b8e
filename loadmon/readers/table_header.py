"""A session table opened: which sheet, which row names the columns, and what is below it."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from loadmon.readers.table_damage import damaged_rows
from loadmon.readers.table_grid import Cell, Grid, check_cells, grids
from loadmon.readers.table_values import is_nothing
from loadmon.readers.table_words import known, service_of
from loadmon.refusal import NoSessionTable

HEADER_WITHIN = 30
"""The row of names is looked for among so many first rows: titles often stand above it."""
LEAST_KNOWN_NAMES = 2
MOST_CELLS_KEPT = 200_000
"""A table of more cells is read anew each time, so that nobody's table fills the memory."""


@dataclass(frozen=True, slots=True)
class Opened:
    """A table whose row of names was found.

    ``names`` are unique, ``rows`` come with their numbers in the file; ``damaged`` tells of rows that are not to be
    trusted, and so are not among them, by their numbers why.
    """

    names: tuple[str, ...]
    rows: tuple[tuple[int, tuple[Cell, ...]], ...]
    header_row: int
    service: str | None
    sheet: str
    damaged: Mapping[int, str] = field(default_factory=dict)

    def column(self, name: str | None) -> list[Cell]:
        """Every cell of a column, blank ones as None."""
        if name is None:
            return []
        at = self.names.index(name)
        return [row[at] for _, row in self.rows]


_LAST: dict[bytes, Opened] = {}
"""The table that was opened last, by its fingerprint."""


def opened(data: bytes) -> Opened:
    """Read a CSV or XLSX up to its row of names and what is below.

    The last one is kept: a page asks the same table what it is, what is open and what would come of it.

    Raises
    ------
    NoSessionTable
        No row names at least two things that a session has.
    TooLarge, DamagedFile, UnsafeContent
        As ``table_grid.grids`` says.
    """
    mark = hashlib.sha256(data).digest()
    table = _LAST.get(mark)
    if table is None:
        table = _opened(data)
        if len(table.rows) * len(table.names) <= MOST_CELLS_KEPT:
            _LAST.clear()
            _LAST[mark] = table
    return table


def _opened(data: bytes) -> Opened:
    sheets = grids(data, known)
    found = [(known(row), -at, -index) for index, grid in enumerate(sheets) for at, row in _top(grid)]
    count, at, index = max(found, default=(0, 0, 0))
    if count < LEAST_KNOWN_NAMES:
        raise NoSessionTable(
            "This is no list of sessions: no row near the top names columns such as date, duration and distance.",
            "Give a CSV or XLSX with one row a session and the columns' names above them.",
        )
    grid, header = sheets[-index], -at
    names = _unique(grid.rows[header])
    check_cells(len(names) * (len(grid.rows) - header))  # short rows are filled up to the names
    damaged = damaged_rows(grid, header, len(names))
    rows = []
    for number, row in enumerate(grid.rows[header + 1 :], start=header + 2):
        cells = tuple(None if is_nothing(cell) else cell for cell in row[: len(names)])
        if number not in damaged and any(cell is not None for cell in cells):
            rows.append((number, cells + (None,) * (len(names) - len(cells))))
    return Opened(names, tuple(rows), header + 1, service_of(grid.rows[header]), grid.name, damaged)


def _top(grid: Grid) -> Iterator[tuple[int, list[Cell]]]:
    return enumerate(grid.rows[:HEADER_WITHIN])


def _unique(row: list[Cell]) -> tuple[str, ...]:
    """The columns' names, each its own: a second ``Distance`` becomes ``Distance (2)``, one without a name a letter."""
    names: list[str] = []
    for at, cell in enumerate(row):
        name = " ".join(str(cell).split()) if cell is not None else f"column {at + 1}"
        count = sum(other == name or other.startswith(f"{name} (") for other in names)
        names.append(f"{name} ({count + 1})" if name in names else name)
    return tuple(names)
