"""What a workbook may hold before any of it is made into cells: bytes, parts, declarations, elements."""

from __future__ import annotations

import io
import zipfile
from typing import IO
from xml.parsers.expat import ExpatError, ParserCreate

from loadmon.readers.zip_access import ZIP_LEAKS
from loadmon.refusal import DamagedFile, TooLarge, UnsafeContent

MAX_WORKBOOK_BYTES = 64 * 2**20
"""Bytes of a workbook after unpacking."""
MAX_WORKBOOK_MEMBERS = 2_000
MAX_WORKBOOK_RATIO = 200
MAX_CELL_ELEMENTS = 600_000
"""Elements of cells and their texts: 200,000 cells and more, or 4,000 sessions of fifty columns."""
MAX_CELLS_OF_ROW = 16_384
MAX_BETWEEN_ELEMENTS = 4
"""Pieces of 64 kB without the beginning or end of any element: no cell's text is so long, nor any list of attributes."""
MAX_OTHER_ELEMENTS = 50_000
"""All other elements: styles, sheets, relations; real workbooks have some hundred."""
MAX_ATTRIBUTES = 64
MAX_DEPTH = 64
_OF_CELLS = frozenset({"row", "c", "v", "f", "is", "t", "si"})
_PIECE = 2**16
_SPLIT = "Split it by years and give the parts one after the other."
_AS_CSV = "Save it as CSV."


def check_workbook(data: bytes) -> None:
    """Refuse a workbook that could not be read in bounded time and memory.

    Raises
    ------
    TooLarge
        More of anything than a list of sessions needs.
    UnsafeContent
        Declarations that attacks are made of, or elements nested beyond reason.
    DamagedFile
        The archive around it is broken.
    """
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as archive:
            infos = archive.infolist()
            total = sum(info.file_size for info in infos)
            if len(infos) > MAX_WORKBOOK_MEMBERS or total > MAX_WORKBOOK_BYTES:
                raise _too_large()
            if total > 2**20 and total > MAX_WORKBOOK_RATIO * len(data):
                raise TooLarge(f"The workbook unpacks to more than {MAX_WORKBOOK_RATIO} times its size.", _SPLIT)
            seen = _Seen()
            for info in infos:
                if info.filename.lower().endswith((".xml", ".rels")):
                    with archive.open(info) as part:
                        seen.look_through(part)
    except ZIP_LEAKS as error:
        raise DamagedFile(
            f"The workbook cannot be opened ({type(error).__name__}).", "Save it again as XLSX, or as CSV."
        ) from None


class _Seen:
    """Counts what the parts of a workbook hold, and stops at the first that is too much."""

    def __init__(self) -> None:
        self.of_cells = self.others = self.depth = self.of_row = self.waited = 0

    def look_through(self, part: IO[bytes]) -> None:
        """One part; one that is no XML is left to whoever needs it."""
        parser = ParserCreate()
        parser.StartDoctypeDeclHandler = parser.EntityDeclHandler = _declared
        parser.StartElementHandler, parser.EndElementHandler = self._begins, self._ends
        self.depth = self.waited = 0
        try:
            while piece := part.read(_PIECE):
                self.waited += 1
                if self.waited > MAX_BETWEEN_ELEMENTS:
                    raise _too_large()
                parser.Parse(piece)
        except ExpatError:
            return

    def _begins(self, name: str, attributes: dict[str, str]) -> None:
        self.waited = 0
        name = name.rpartition(":")[2]
        if name in _OF_CELLS:
            self.of_cells += 1
            self.of_row = 0 if name == "row" else self.of_row + (name == "c")
        else:
            self.others += 1
        self.depth += 1
        if (
            self.of_cells > MAX_CELL_ELEMENTS
            or self.others > MAX_OTHER_ELEMENTS
            or self.of_row > MAX_CELLS_OF_ROW
            or len(attributes) > MAX_ATTRIBUTES
        ):
            raise _too_large()
        if self.depth > MAX_DEPTH:
            raise UnsafeContent("The workbook nests its elements deeper than any spreadsheet does.", _AS_CSV)

    def _ends(self, _: str) -> None:
        self.waited = 0
        self.depth -= 1


def _declared(*_: object) -> None:
    raise UnsafeContent("The workbook declares XML entities, which no spreadsheet needs.", _AS_CSV)


def _too_large() -> TooLarge:
    return TooLarge("The workbook holds more than any list of sessions needs.", _SPLIT)
