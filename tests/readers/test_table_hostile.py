"""Tables and workbooks made to harm, or damaged where fuzzing found a way through: refused by name."""

from __future__ import annotations

import io
import tracemalloc
import zipfile

import pytest

from loadmon.readers import workbook_limits
from loadmon.readers.given import read
from loadmon.readers.table import propose, table_rows
from loadmon.readers.table_damage import CUT_OFF, NO_TEXT, TOO_MANY
from loadmon.refusal import DamagedFile, NoActivity, Refusal, TooLarge, UnsafeContent
from tests.readers import made_hostile_tables as hostile
from tests.readers.made_hostile_tables import BOOK, NAMES


def with_broken_packing(book: bytes, name: str) -> bytes:
    """The same archive with the first packed bytes of one member overwritten."""
    with zipfile.ZipFile(io.BytesIO(book)) as archive:
        at = archive.getinfo(name).header_offset
    begin = (
        at + 30 + int.from_bytes(book[at + 26 : at + 28], "little") + int.from_bytes(book[at + 28 : at + 30], "little")
    )
    return book[:begin] + b"\xff" * 4 + book[begin + 4 :]


@pytest.mark.parametrize("name", ["xl/workbook.xml", "xl/worksheets/sheet1.xml", "xl/_rels/workbook.xml.rels"])
def test_a_workbook_whose_packing_is_damaged(name: str) -> None:
    broken = with_broken_packing(BOOK, name)
    for reader in (propose, read):
        with pytest.raises(DamagedFile, match="workbook"):
            reader(broken)


FIRST = "2026-01-05,1:00:00,10,run,easy"


def read_and_left(*lines: str, end: str = "\n") -> tuple[list[float | None], list[tuple[int, str]]]:
    """Distances of the rows taken in, and the rows left out."""
    table = ("\n".join([NAMES, *lines]) + end).encode()
    rows, left = table_rows(table, propose(table).columns)
    return [row.distance_m for row in rows], [(one.number, one.why) for one in left]


def test_a_row_that_breaks_off_is_left_out_and_not_half_read() -> None:
    whole = "2026-01-06,1:00:00,12,run,hills"
    assert read_and_left(FIRST, whole, end="") == ([10_000.0, 12_000.0], [])
    assert read_and_left(FIRST, whole[:20], end="") == ([10_000.0], [(3, CUT_OFF)])
    # what is left of it says nothing of how the column is written
    assert read_and_left(FIRST, "2026-01-06,1:00", end="") == ([10_000.0], [(3, CUT_OFF)])
    assert read_and_left(FIRST, ",,", end="") == ([10_000.0], [(3, CUT_OFF)])
    # by hand, last cells are left away as well: then nothing is said of the last row
    assert read_and_left(FIRST.removesuffix(",easy"), whole[:20], end="")[1] == []
    assert read_and_left(FIRST, whole[:20])[1] == []


def test_three_parts_of_which_a_blank_parts_the_first() -> None:
    table = b"date,duration,km,sport\n2026-01-05,2 35:10,10,run\n2026-01-06,1:05:00,10,run\n"
    rows, left = table_rows(table, propose(table).columns)
    assert ([row.duration_s for row in rows], left) == ([2 * 3600 + 35 * 60 + 10.0, 3900.0], [])
    assert propose(b"date,duration,km,sport\n2026-01-05,2 35:10,10,run\n").unclear == ()


def test_rows_run_together_are_left_out() -> None:
    assert read_and_left(FIRST, "2026-01-06,1:00:00,12,run,hills, with Anna") == ([10_000.0], [(3, TOO_MANY)])
    beyond = FIRST + ",a column without a name"
    assert read_and_left(beyond, beyond) == ([10_000.0, 10_000.0], [])


@pytest.mark.parametrize("odd", ["\x00", "\x07", "\x1b", "\ufffd"])
def test_rows_with_bytes_that_no_text_has_are_left_out(odd: str) -> None:
    lines = [FIRST] * 80  # behind the first 2,000 bytes, where a NUL says that it is no text at all
    assert read_and_left(*lines, f"2026-01-06,1:00:00,12,run,{odd}")[1] == [(82, NO_TEXT)]


def refused(data: bytes, kind: type[Refusal] | tuple[type[Refusal], ...]) -> None:
    """Refused by name within a memory of which each would take several times as much; how soon is told by a bench."""
    tracemalloc.start()
    with pytest.raises(kind):
        read(data)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 100_000_000


@pytest.mark.parametrize("what", hostile.MANY)
def test_more_of_anything_than_a_workbook_of_sessions_holds(what: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(workbook_limits, "MAX_CELL_ELEMENTS", hostile.FEW_CELL_ELEMENTS)
    refused(hostile.many(what), TooLarge)


def test_a_workbook_nested_beyond_reason() -> None:
    refused(hostile.nested(), UnsafeContent)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("before", [0, 90_000])
def test_declarations_in_a_workbook_however_written_and_however_far(encoding: str, before: int) -> None:
    noise = "".join(f"{i * 7919:x}" for i in range(before // 6))
    text = f'<?xml version="1.0" encoding="{encoding[:6]}"?><!--{noise}--><!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'
    if encoding == "utf-16-le":
        text = "\ufeff" + text
    with pytest.raises(UnsafeContent, match="declares XML entities"):
        read(hostile.with_part(hostile.SHEET, text.encode(encoding)))


def test_a_far_cell_costs_no_more_than_a_near_one() -> None:
    refused(hostile.far_cell(), NoActivity)


@pytest.mark.parametrize("what", hostile.CELLS)
def test_cells_made_to_take_long(what: str) -> None:
    with pytest.raises(Refusal):
        read(hostile.cells(what))
