"""The block-wise checksum against the protocol's own byte-wise rule."""

from __future__ import annotations

import numpy as np
import pytest

from loadmon.report.fit_crc import BLOCK, fit_crc

NIBBLES = (
    0x0000, 0xCC01, 0xD801, 0x1400, 0xF001, 0x3C00, 0x2800, 0xE401,
    0xA001, 0x6C00, 0x7800, 0xB401, 0x5000, 0x9C01, 0x8801, 0x4400,
)  # fmt: skip


def by_nibbles(data: bytes, crc: int = 0) -> int:
    """The routine printed in the protocol's description."""
    for byte in data:
        for half in (byte & 0xF, byte >> 4):
            crc = (crc >> 4) & 0x0FFF ^ NIBBLES[crc & 0xF] ^ NIBBLES[half]
    return crc


@pytest.mark.parametrize("size", [0, 1, 2, 3, 12, BLOCK - 1, BLOCK, BLOCK + 1, BLOCK + 2, 5 * BLOCK + 77])
def test_any_length_agrees_with_the_protocols_routine(size: int) -> None:
    data = np.random.default_rng(size).integers(0, 256, size, dtype=np.uint8).tobytes()
    assert fit_crc(data) == by_nibbles(data)


def test_it_goes_on_from_what_came_before() -> None:
    data = bytes(range(256)) * 9
    assert fit_crc(data[100:], fit_crc(data[:100])) == by_nibbles(data)


def test_over_its_own_checksum_it_is_zero() -> None:
    data = b"loadmon" * 400
    assert fit_crc(data + fit_crc(data).to_bytes(2, "little")) == 0
