"""A tiny writer of FIT files for tests: only what a trap needs, bytes that are wrong on purpose included."""

from __future__ import annotations

import struct
from collections.abc import Sequence
from dataclasses import dataclass, field

EPOCH_S = 631065600
START = 1_100_000_000
"""FIT seconds of an evening in November 2024."""

ENUM, UINT8, UINT16, UINT32, UINT32Z, SINT8, SINT32, STRING, BYTE = 0x00, 0x02, 0x84, 0x86, 0x8C, 0x01, 0x85, 0x07, 0x0D
_CODES = {ENUM: "B", UINT8: "B", UINT16: "H", UINT32: "I", UINT32Z: "I", SINT8: "b", SINT32: "i"}

Fields = list[tuple[int, int, object]]
"""Field number, base type, raw value (an integer, or bytes for strings and byte fields)."""


def crc_by_the_book(data: bytes, crc: int = 0) -> int:
    """CRC-16/ARC bit by bit: slow and beyond doubt."""
    for byte in data:
        crc ^= byte
        for _ in range(8):
            crc = (crc >> 1) ^ 0xA001 if crc & 1 else crc >> 1
    return crc


@dataclass
class MadeFit:
    """Collects messages; ``bytes()`` gives the file with header and checksum."""

    big_endian: bool = False
    body: bytearray = field(default_factory=bytearray)

    def define(
        self, local: int, kind: int, fields: list[tuple[int, int, int]], developer: Sequence[tuple[int, int, int]] = ()
    ) -> None:
        end = ">" if self.big_endian else "<"
        self.body += struct.pack(
            end + "BBBHB", 0x40 | local | (0x20 if developer else 0), 0, self.big_endian, kind, len(fields)
        )
        for triple in fields:
            self.body += bytes(triple)
        if developer:
            self.body += bytes([len(developer)])
            for triple in developer:
                self.body += bytes(triple)

    def data(self, local: int, payload: bytes) -> None:
        self.body += bytes([local]) + payload

    def message(self, kind: int, fields: Fields, local: int = 0) -> MadeFit:
        """Define and write one message."""
        self.define(local, kind, [(number, _size(base, value), base) for number, base, value in fields])
        self.data(local, self.pack(fields))
        return self

    def pack(self, fields: Fields) -> bytes:
        end = ">" if self.big_endian else "<"
        return b"".join(
            value if isinstance(value, bytes) else struct.pack(end + _CODES[base], value) for _, base, value in fields
        )

    def bytes(self, *, header_crc: bool = True, declared: int | None = None) -> bytes:
        size = len(self.body) if declared is None else declared
        head = struct.pack("<BBHI4s", 14, 0x20, 2132, size, b".FIT")
        head += struct.pack("<H", crc_by_the_book(head) if header_crc else 0)
        whole = head + bytes(self.body)
        return whole + struct.pack("<H", crc_by_the_book(whole))


def _size(base: int, value: object) -> int:
    return len(value) if isinstance(value, bytes) else struct.calcsize(_CODES[base])


def file_id(made: MadeFit, kind: int = 4, serial: int = 123456789) -> MadeFit:
    return made.message(
        0, [(0, ENUM, kind), (1, UINT16, 1), (2, UINT16, 2697), (3, UINT32Z, serial), (4, UINT32, START)]
    )


def records(
    made: MadeFit,
    n: int = 120,
    *,
    start: int = START,
    every: int = 1,
    speed: int = 3000,
    heart: int = 150,
    cadence: int = 84,
    fraction: int = 64,
    metres: float = 0.0,
    local: int = 1,
) -> MadeFit:
    """``n`` record messages of a steady run on a meridian, one every ``every`` seconds."""
    fields = [
        (253, 4, UINT32),
        (0, 4, SINT32),
        (1, 4, SINT32),
        (3, 1, UINT8),
        (4, 1, UINT8),
        (53, 1, UINT8),
        (5, 4, UINT32),
        (6, 2, UINT16),
        (2, 2, UINT16),
        (41, 2, UINT16),
        (85, 2, UINT16),
    ]
    made.define(local, 20, fields)
    for i in range(n):
        gone = metres + speed / 1000 * every * i
        made.data(
            local,
            made.pack(
                [
                    (253, UINT32, start + every * i),
                    (0, SINT32, 600_000_000 + round(gone / 111_195 * 2**31 / 180)),
                    (1, SINT32, 100_000_000),
                    (3, UINT8, heart),
                    (4, UINT8, cadence),
                    (53, UINT8, fraction),
                    (5, UINT32, round(gone * 100)),
                    (6, UINT16, speed),
                    (2, UINT16, (100 + 500) * 5),
                    (41, UINT16, 2400),
                    (85, UINT16, 10700),
                ]
            ),
        )
    return made


def session(
    made: MadeFit, seconds: int = 119, metres: float = 357.0, *, start: int = START, sport: int = 1, sub_sport: int = 0
) -> MadeFit:
    return made.message(
        18,
        [
            (253, UINT32, start + seconds),
            (2, UINT32, start),
            (5, ENUM, sport),
            (6, ENUM, sub_sport),
            (7, UINT32, seconds * 1000),
            (8, UINT32, seconds * 1000),
            (9, UINT32, round(metres * 100)),
            (16, UINT8, 150),
            (18, UINT8, 84),
        ],
        local=2,
    )


def timer(made: MadeFit, at: int, kind: int) -> MadeFit:
    return made.message(21, [(253, UINT32, at), (0, ENUM, 0), (1, ENUM, kind)], local=3)


def activity(made: MadeFit, at: int, offset: int) -> MadeFit:
    return made.message(34, [(253, UINT32, at), (5, UINT32, at + offset), (1, UINT16, 1)], local=4)


def run(n: int = 120, *, big_endian: bool = False, **more: int) -> bytes:
    """A whole, sound run of ``n`` seconds."""
    made = records(file_id(MadeFit(big_endian=big_endian)), n, **more)
    made.message(
        19,
        [
            (253, UINT32, START + n - 1),
            (2, UINT32, START),
            (7, UINT32, (n - 1) * 1000),
            (8, UINT32, (n - 1) * 1000),
            (9, UINT32, (n - 1) * 300),
            (15, UINT8, 150),
            (17, UINT8, 84),
        ],
        local=5,
    )
    session(made, n - 1, (n - 1) * 3.0)
    activity(made, START + n - 1, 7200)
    return made.bytes()
