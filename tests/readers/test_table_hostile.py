"""Tables and workbooks made to harm, or damaged where fuzzing found a way through: refused by name."""

from __future__ import annotations

import io
import zipfile

import pytest

from loadmon.readers.given import read
from loadmon.readers.table import propose
from loadmon.refusal import DamagedFile
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
