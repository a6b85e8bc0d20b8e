"""Tables and workbooks made to harm, or damaged where fuzzing found a way through: refused by name."""

from __future__ import annotations

import io
import time
import tracemalloc
import zipfile

import pytest

from loadmon.readers import workbook_limits
from loadmon.readers.given import read
from loadmon.readers.table import propose, table_rows
from loadmon.readers.table_damage import CUT_OFF, NO_TEXT, TOO_MANY
from loadmon.refusal import DamagedFile, NoActivity, Refusal, TooLarge, UnsafeContent
from tests.readers import made_tables as made

BOOK = made.xlsx({"x": [["date", "duration", "km", "sport"], ["2026-01-05", "1:00:00", 10, "run"]]})


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


NAMES = "date,duration,km,sport,notes"
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


ROWS = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
SHEET, STYLES, STRINGS = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"


def with_part(name: str, content: bytes) -> bytes:
    """The workbook with another content of one part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in {*old.namelist(), name}:
            new.writestr(one, content if one == name else old.read(one))
    return out.getvalue()


def refused_soon(data: bytes, kind: type[Refusal] | tuple[type[Refusal], ...], seconds: float = 2.5) -> None:
    """Refused by name within a time and a memory that hold on a busy machine; unbounded, each takes several times these."""
    began = time.process_time()
    with pytest.raises(kind):
        read(data)
    assert time.process_time() - began < seconds
    tracemalloc.start()
    with pytest.raises(kind):
        read(data)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 100_000_000


@pytest.mark.parametrize(
    ("part", "content"),
    [
        (SHEET, ROWS.format("".join(f"<x{i}/>" for i in range(100_000)))),
        (SHEET, ROWS.format("<row " + " ".join(f'a{i}="{i * 7919}"' for i in range(300_000)) + "/>")),
        (SHEET, ROWS.format("<row>" + "".join(f"<c><v>{i * 7919}</v></c>" for i in range(100_000)) + "</row>")),
        (SHEET, ROWS.format("".join(f"<row><c><v>{i * 7919}</v></c></row>" for i in range(25_000)))),
        (STRINGS, "<sst>" + "".join(f"<si><t>{i * 7919}</t></si>" for i in range(35_000)) + "</sst>"),
        (
            STYLES,
            "<styleSheet><cellXfs>"
            + "".join(f'<xf numFmtId="{i}"/>' for i in range(100_000))
            + "</cellXfs></styleSheet>",
        ),
    ],
    ids=["elements", "attributes", "one row", "rows", "texts", "styles"],
)
def test_more_of_anything_than_a_workbook_of_sessions_holds(
    part: str, content: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(workbook_limits, "MAX_CELL_ELEMENTS", 60_000)
    refused_soon(with_part(part, content.encode()), TooLarge)


def test_a_workbook_nested_beyond_reason() -> None:
    refused_soon(with_part(SHEET, ROWS.format("<a>" * 3000 + "</a>" * 3000).encode()), UnsafeContent)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-le"])
@pytest.mark.parametrize("before", [0, 90_000])
def test_declarations_in_a_workbook_however_written_and_however_far(encoding: str, before: int) -> None:
    noise = "".join(f"{i * 7919:x}" for i in range(before // 6))
    text = f'<?xml version="1.0" encoding="{encoding[:6]}"?><!--{noise}--><!DOCTYPE a [<!ENTITY b "c">]><worksheet>&b;</worksheet>'
    if encoding == "utf-16-le":
        text = "\ufeff" + text
    with pytest.raises(UnsafeContent, match="declares XML entities"):
        read(with_part(SHEET, text.encode(encoding)))


def test_a_far_cell_costs_no_more_than_a_near_one() -> None:
    # two kilobytes that say a million rows of sixteen thousand columns
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    refused_soon(with_part(SHEET, ROWS.format(far).encode()), NoActivity)


BLANKS = " " * 3000


@pytest.mark.parametrize(
    "table",
    [
        NAMES + "\n" + f"2026{BLANKS}-01-05,1:00:00,10,run,easy\n" * 2000,
        NAMES + "\n" + f"2026-01-05,1{BLANKS}:00,10,run,easy\n" * 2000,
        NAMES + "\n" + f"2026-01-05,1:00:00,{'1 ' * 1500}x,run,easy\n" * 2000,
        NAMES + "\n" + f"{'Mon.' * 700} 5 2026,1:00:00,10,run,easy\n" * 2000,
        NAMES + "," + "(" * 100_000 + "\n" + "2026-01-05,1:00:00,10,run,easy,\n" * 20,
        NAMES + "," + "[(" * 50_000 + "\n" + "2026-01-05,1:00:00,10,run,easy,\n" * 20,
        NAMES + ",x" * 350 + "\n" + "2026-01-05,1:00:00,10,run,easy\n" * 20_000,
        NAMES + "\n" + ("ab," * 300 + "\n") * 12_000,
    ],
    ids=[
        "blanks in a day",
        "blanks in a time",
        "blanks in a number",
        "words",
        "brackets",
        "two brackets",
        "names",
        "cells",
    ],
)
def test_cells_made_to_take_long(table: str) -> None:
    began = time.process_time()
    with pytest.raises(Refusal):
        read(table.encode())
    assert time.process_time() - began < 2.5
