"""Tables and workbooks made to harm: more than any diary of sessions holds, each by its name."""

from __future__ import annotations

import io
import zipfile

from tests.readers import made_tables as made

BOOK = made.xlsx({"x": [["date", "duration", "km", "sport"], ["2026-01-05", "1:00:00", 10, "run"]]})
NAMES = "date,duration,km,sport,notes"
ROWS = (
    '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><sheetData>{}</sheetData></worksheet>'
)
SHEET, STYLES, STRINGS = "xl/worksheets/sheet1.xml", "xl/styles.xml", "xl/sharedStrings.xml"
FEW_CELL_ELEMENTS = 60_000
"""With so few elements of cells allowed, ``MANY`` need not be larger than they are."""
MANY = {
    "elements": (SHEET, ROWS.format("".join(f"<x{i}/>" for i in range(100_000)))),
    "attributes": (SHEET, ROWS.format("<row " + " ".join(f'a{i}="{i * 7919}"' for i in range(300_000)) + "/>")),
    "one row": (SHEET, ROWS.format("<row>" + "".join(f"<c><v>{i * 7919}</v></c>" for i in range(100_000)) + "</row>")),
    "rows": (SHEET, ROWS.format("".join(f"<row><c><v>{i * 7919}</v></c></row>" for i in range(25_000)))),
    "texts": (STRINGS, "<sst>" + "".join(f"<si><t>{i * 7919}</t></si>" for i in range(35_000)) + "</sst>"),
    "styles": (
        STYLES,
        "<styleSheet><cellXfs>" + "".join(f'<xf numFmtId="{i}"/>' for i in range(100_000)) + "</cellXfs></styleSheet>",
    ),
}
"""A part of a workbook, and its content."""
_BLANKS = " " * 3000
CELLS = {
    "blanks in a day": f"2026{_BLANKS}-01-05,1:00:00,10,run,easy\n" * 2000,
    "blanks in a time": f"2026-01-05,1{_BLANKS}:00,10,run,easy\n" * 2000,
    "blanks in a number": f"2026-01-05,1:00:00,{'1 ' * 1500}x,run,easy\n" * 2000,
    "words": f"{'Mon.' * 700} 5 2026,1:00:00,10,run,easy\n" * 2000,
    "cells": ("ab," * 300 + "\n") * 12_000,
    "brackets": "," + "(" * 100_000 + "\n" + "2026-01-05,1:00:00,10,run,easy,\n" * 20,
    "two brackets": "," + "[(" * 50_000 + "\n" + "2026-01-05,1:00:00,10,run,easy,\n" * 20,
    "names": ",x" * 350 + "\n" + "2026-01-05,1:00:00,10,run,easy\n" * 20_000,
}
"""What follows the names of a text table; where it begins with a comma, more names."""


def with_part(name: str, content: bytes) -> bytes:
    """A sound workbook with another content of one part."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(BOOK)) as old, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as new:
        for one in {*old.namelist(), name}:
            new.writestr(one, content if one == name else old.read(one))
    return out.getvalue()


def many(what: str) -> bytes:
    """A workbook with one of ``MANY``."""
    part, content = MANY[what]
    return with_part(part, content.encode())


def nested() -> bytes:
    """A workbook whose sheet is three thousand elements deep."""
    return with_part(SHEET, ROWS.format("<a>" * 3000 + "</a>" * 3000).encode())


def far_cell() -> bytes:
    """Two kilobytes that say a million rows of sixteen thousand columns."""
    far = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="XFD1048576"><v>1</v></c></row>'
    return with_part(SHEET, ROWS.format(far).encode())


def cells(what: str) -> bytes:
    """A text table with one of ``CELLS``."""
    return (NAMES + ("" if CELLS[what].startswith(",") else "\n") + CELLS[what]).encode()
