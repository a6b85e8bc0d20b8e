"""Budgets of tables and workbooks made to harm: refused within a second, whatever is in them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from functools import partial
from unittest.mock import patch

from loadmon.readers import workbook_limits
from loadmon.readers.given import read
from loadmon.refusal import Refusal
from tests.bench.budgets.budget import Measured, measured, nearest
from tests.readers import made_hostile_tables as made

LIMIT_S = 1.0


def budgets() -> Iterator[Measured]:
    """Workbooks with more of one thing than any holds, and cells that take long to understand."""
    with patch.object(workbook_limits, "MAX_CELL_ELEMENTS", made.FEW_CELL_ELEMENTS):
        yield nearest(_held(f"workbook, many {what}", made.many(what)) for what in made.MANY)
    yield _held("workbook, nested", made.nested())
    yield _held("workbook, one cell far away", made.far_cell())
    yield nearest(_held(f"table, made to take long: {what}", made.cells(what)) for what in made.CELLS)


def _held(name: str, data: bytes) -> Measured:
    return measured(name, LIMIT_S, partial(_refuse, data), 2)


def _refuse(data: bytes) -> None:
    with suppress(Refusal):
        read(data)
