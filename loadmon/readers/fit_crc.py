"""The checksum of FIT files (CRC-16/ARC), fast enough to be checked always."""

from __future__ import annotations

from functools import cache

import numpy as np
import numpy.typing as npt

_POLYNOMIAL = 0xA001
_BLOCK = 256


def crc16(data: bytes) -> int:
    """CRC-16/ARC of ``data``; 0 for data that end in their own little-endian checksum.

    Blocks of 256 bytes are advanced side by side, then joined: the checksum is linear, so the one of two
    parts is the first, pushed through as many zero bytes as the second has, XOR the second. Leading zero
    bytes do not change a checksum that starts at 0, so the first block may be padded in front.
    """
    if not data:
        return 0
    padded = bytes(-len(data) % _BLOCK) + data
    blocks = np.frombuffer(padded, dtype=np.uint8).reshape(-1, _BLOCK).T.astype(np.uint16)
    table, shift = _byte_table(), _shift_table()
    crcs = np.zeros(blocks.shape[1], dtype=np.uint16)
    for row in blocks:
        crcs = (crcs >> 8) ^ table[(crcs ^ row) & 0xFF]
    total = 0
    for crc in crcs.tolist():
        total = shift[total] ^ crc
    return total


@cache
def _byte_table() -> npt.NDArray[np.uint16]:
    table = np.arange(256, dtype=np.uint16)
    for _ in range(8):
        table = np.where(table & 1, (table >> 1) ^ _POLYNOMIAL, table >> 1).astype(np.uint16)
    return table


@cache
def _shift_table() -> list[int]:
    """What every possible checksum becomes after one block of zero bytes."""
    table = _byte_table()
    crcs = np.arange(65536, dtype=np.uint16)
    for _ in range(_BLOCK):
        crcs = (crcs >> 8) ^ table[crcs & 0xFF]
    values: list[int] = crcs.tolist()
    return values
