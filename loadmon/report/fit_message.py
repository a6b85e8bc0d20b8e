"""FIT messages as tables: a layout of numbered fields, and rows of it written in one go."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np

from loadmon.readers.fit_crc import crc16

BASE_TYPES: dict[str, tuple[int, str, int, int, int]] = {
    # name: (number in the protocol, numpy type, lowest, highest, the value that means "not measured")
    "enum": (0x00, "u1", 0, 0xFE, 0xFF),
    "sint8": (0x01, "i1", -0x80, 0x7E, 0x7F),
    "uint8": (0x02, "u1", 0, 0xFE, 0xFF),
    "uint16": (0x84, "<u2", 0, 0xFFFE, 0xFFFF),
    "sint32": (0x85, "<i4", -0x80000000, 0x7FFFFFFE, 0x7FFFFFFF),
    "uint32": (0x86, "<u4", 0, 0xFFFFFFFE, 0xFFFFFFFF),
    "uint32z": (0x8C, "<u4", 1, 0xFFFFFFFF, 0),
}
STRING_SIZE = 20


@dataclass(frozen=True, slots=True)
class Layout:
    """The definition of one kind of message.

    Parameters
    ----------
    local : int
        Local message type, 0 to 15.
    number : int
        Global message number of the public profile.
    fields : tuple of (field number, base type)
        ``BASE_TYPES`` names, or ``"string"`` for text of up to 19 bytes.
    """

    local: int
    number: int
    fields: tuple[tuple[int, str], ...]

    def definition(self) -> bytes:
        """The definition message, little-endian."""
        out = struct.pack("<BBBHB", 0x40 | self.local, 0, 0, self.number, len(self.fields))
        for number, base in self.fields:
            if base == "string":
                out += bytes((number, STRING_SIZE, 0x07))
            else:
                code, kind, *_ = BASE_TYPES[base]
                out += bytes((number, np.dtype(kind).itemsize, code))
        return out

    def rows(self, count: int, values: Mapping[int, Any]) -> bytes:
        """``count`` data messages, one after the other.

        Parameters
        ----------
        values : mapping of field number to number, array of ``count``, or str
            In the file's own units (already scaled). What is missing, NaN or out of the type's range is
            written as the type's "not measured", never wrapped round.
        """
        table = np.empty(count, dtype=_row_type(self))
        table["header"] = self.local
        for number, base in self.fields:
            name, value = str(number), values.get(number)
            if base == "string":
                table[name] = str(value or "").encode()[: STRING_SIZE - 1]
                continue
            _, _, low, high, invalid = BASE_TYPES[base]
            raw = np.rint(np.asarray(np.nan if value is None else value, dtype=np.float64))
            table[name] = np.where((raw >= low) & (raw <= high), raw, invalid)
        return table.tobytes()

    @property
    def size(self) -> int:
        """Bytes of one data message."""
        return int(_row_type(self).itemsize)


def fit_file(body: bytes) -> bytes:
    """Messages as a whole file: 14-byte header with its own checksum, the messages, the file's checksum."""
    header = struct.pack("<BBHI4s", 14, 0x20, 2132, len(body), b".FIT")
    # a right checksum of the header makes the header count for nothing in the file's, but the rule is: over both
    whole = header + struct.pack("<H", crc16(header)) + body
    return whole + struct.pack("<H", crc16(whole))


@lru_cache(maxsize=256)
def _row_type(layout: Layout) -> np.dtype[Any]:
    kinds = [
        (str(number), f"S{STRING_SIZE}" if base == "string" else BASE_TYPES[base][1]) for number, base in layout.fields
    ]
    return np.dtype([("header", "u1"), *kinds])
