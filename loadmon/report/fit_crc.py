"""The FIT checksum (CRC-16, polynomial 0xA001), a block at a time instead of a byte at a time."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

BLOCK = 1024


@lru_cache(maxsize=1)
def _tables() -> NDArray[np.uint16]:
    """Row p: what each byte value contributes to the checksum when p bytes follow it. Shape (BLOCK, 256)."""
    step = np.arange(256, dtype=np.uint16)
    for _ in range(8):
        step = np.where(step & 1, (step >> 1) ^ 0xA001, step >> 1).astype(np.uint16)
    rows = np.empty((BLOCK, 256), dtype=np.uint16)
    rows[0] = step
    for place in range(1, BLOCK):
        before = rows[place - 1]
        rows[place] = (before >> 8) ^ step[before & 0xFF]
    return rows


def fit_crc(data: bytes, crc: int = 0) -> int:
    """Checksum of bytes as FIT files carry it.

    The checksum is linear: it is the exclusive-or of what each byte contributes from its place, so a whole
    block is one look-up. The state so far goes in through the block's first two bytes.

    Parameters
    ----------
    data : bytes
        What to check.
    crc : int
        Checksum of what came before; 0 at the beginning.

    Returns
    -------
    int
        0 to 65535. Over a file including its own checksum it is 0.
    """
    tables = _tables()
    values = np.frombuffer(data, dtype=np.uint8).copy()
    for first in range(0, len(values), BLOCK):
        block = values[first : first + BLOCK]
        if len(block) == 1:
            return (crc >> 8) ^ int(tables[0, (crc ^ int(block[0])) & 0xFF])
        block[0] ^= crc & 0xFF
        block[1] ^= crc >> 8
        places = np.arange(len(block) - 1, -1, -1)
        crc = int(np.bitwise_xor.reduce(tables[places, block]))
    return crc
