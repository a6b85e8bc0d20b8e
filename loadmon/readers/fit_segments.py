"""The FIT files chained in one file, each with its declared size and checksum looked at."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field

from loadmon.readers.fit_crc import crc16
from loadmon.readers.limits import MAX_FIT_SEGMENTS
from loadmon.session import Oddity

_SHORTEST_HEADER = 12
_CRC_BYTES = 2


@dataclass(slots=True)
class Segment:
    """One FIT file within ``data``: where its messages begin and end, and what was wrong with the wrapping."""

    data: bytes
    start: int
    end: int
    oddities: list[Oddity] = field(default_factory=list)

    @property
    def body(self) -> bytes:
        """The messages' bytes by themselves."""
        return self.data[self.start : self.end]


def segments(data: bytes) -> Iterator[Segment]:
    """Walk over the FIT files in ``data``, however badly they end.

    A size that reaches beyond the end, a size of 0 (the watch died before it wrote it), a wrong checksum and bytes
    behind the end are told as oddities of the segment; the bytes that are there are handed on.
    """
    # a view: no part of the file is copied to look at its checksum
    view, position = memoryview(data), 0
    for number in range(1, MAX_FIT_SEGMENTS + 1):
        if not is_header(data, position):
            return
        header_size, declared = data[position], struct.unpack_from("<I", data, position + 4)[0]
        start = position + max(header_size, _SHORTEST_HEADER)
        oddities: list[Oddity] = []
        available = max(len(data) - start, 0)
        if declared == 0 and available > _CRC_BYTES:
            size = available - _CRC_BYTES
            if crc16(view[position:]) and crc16(view[start:]):
                size = available
            oddities.append(
                Oddity(
                    "size not declared",
                    "The watch never wrote how long the file is; everything behind the header was read.",
                )
            )
        elif declared + _CRC_BYTES > available:
            size = min(declared, available)
            missing = declared + _CRC_BYTES - available
            oddities.append(
                Oddity("truncated", f"The file breaks off {missing} bytes early; what comes before was kept.", missing)
            )
        else:
            size = declared
            if crc16(view[position : start + size + _CRC_BYTES]) and not _header_only_crc(data, position, start, size):
                oddities.append(
                    Oddity("checksum wrong", "Some bytes changed since the watch wrote the file; values may be wrong.")
                )
        position = start + size + _CRC_BYTES
        tail = len(data) - position
        if tail > 0 and not is_header(data, position):
            oddities.append(Oddity("trailing bytes", f"{tail} bytes behind the end of the file were left out.", tail))
        elif tail > 0 and number == MAX_FIT_SEGMENTS:
            words = (
                f"The file is chained of more than {MAX_FIT_SEGMENTS} others; {tail} bytes behind them were left out."
            )
            oddities.append(Oddity("parts left out", words, tail))
        yield Segment(data, min(start, len(data)), min(start + size, len(data)), oddities)


def is_header(data: bytes, position: int) -> bool:
    """True if a FIT header starts at ``position``."""
    return data[position + 8 : position + 12] == b".FIT"


def _header_only_crc(data: bytes, position: int, start: int, size: int) -> bool:
    """True where the checksum covers the data alone, as some writers with a header checksum of their own do.

    With a right header checksum the header adds nothing to the file's, so both rules give the same number; only a
    header checksum of 0 tells them apart.
    """
    if start - position != 14 or data[position + 12 : position + 14] != b"\x00\x00":
        return False
    return crc16(memoryview(data)[start : start + size + _CRC_BYTES]) == 0
