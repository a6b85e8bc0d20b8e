"""FIT files that are sound by the letter and hold what no watch writes so much of."""

from __future__ import annotations

import struct

from loadmon.readers import fit_profile as profile
from loadmon.readers.fit_crc import crc16
from tests.readers import made_fit as made
from tests.readers.made_fit import STRING, UINT8, UINT16, UINT32, MadeFit


def wrapped(body: bytes) -> bytes:
    """Messages with header and checksum."""
    head = struct.pack("<BBHI4sH", 14, 0x20, 2132, len(body), b".FIT", 0) + body
    return head + struct.pack("<H", crc16(head))


def hostile() -> dict[str, bytes]:
    """Two megabytes each of what no watch writes so much of."""
    bodies = {}
    fit = made.file_id(MadeFit())
    fit.message(21, [(253, UINT32, made.START)], local=3)
    fit.define(1, 20, [(3, 1, UINT8)])
    bodies["times in headers"] = bytes(fit.body) + bytes([0xA0 | 5, 150, 0xA0 | 6, 151]) * 500_000
    for name, kind, fields, row in (
        ("beats", 132, [(6, 8, UINT8), (10, 12, made.BYTE)], bytes(range(20))),
        ("intervals", 78, [(0, 10, UINT16)], bytes(range(10))),
        ("devices", 23, [(0, 10, UINT16)], bytes(range(10))),
        ("descriptions", 206, [(0, 1, UINT8), (1, 1, UINT8), (2, 1, UINT8), (3, 8, STRING)], b"\0\0\2abcdefg\0"),
    ):
        fit = made.records(made.file_id(MadeFit()), 30)
        fit.define(7, kind, fields)
        bodies[name] = bytes(fit.body) + (bytes([7]) + row) * (2_000_000 // (len(row) + 1))
    wide = made.file_id(MadeFit())
    wide.define(1, 20, [(253, 4, UINT32), *((number, 2, UINT16) for number in profile.RECORD_FIELDS)])
    wide.data(1, struct.pack("<I", made.START) + bytes(2 * len(profile.RECORD_FIELDS)))
    wide.define(2, 20, [(3, 1, UINT8)])
    bodies["few wide records, many narrow ones"] = bytes(wide.body) + b"\2\x96" * 1_000_000
    return {name: wrapped(body) for name, body in bodies.items()}


def defined_anew(count: int, *, big_endian: bool) -> tuple[bytes, bytes]:
    """A run as a watch writes it, and the same with the records' definition once more before each of them."""
    plain, wordy = (made.file_id(MadeFit(big_endian=big_endian)) for _ in range(2))
    made.records(plain, count)
    head = len(made.records(MadeFit(big_endian=big_endian), 1).body)
    row = len(made.records(MadeFit(big_endian=big_endian), 2).body) - head
    body = bytes(plain.body)
    first = len(body) - count * row - (head - row)
    definition = body[first : first + head - row]
    rows = body[first + head - row :]
    wordy.body += b"".join(definition + rows[at : at + row] for at in range(0, len(rows), row))
    return plain.bytes(), wordy.bytes()


def described() -> bytes:
    """Four hundred thousand descriptions of fields, in a file without a checksum."""
    fit = made.records(made.file_id(MadeFit()), 30)
    fit.define(7, 206, [(0, 1, UINT8)])
    body = bytes(fit.body) + b"\7\0" * 400_000
    return struct.pack("<BBHI4s", 12, 32, 0, len(body), b".FIT") + body
