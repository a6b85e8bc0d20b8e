"""The fast checksum against the slow one, and against fitparse's."""

from __future__ import annotations

import struct

from fitparse.records import Crc
from hypothesis import given
from hypothesis import strategies as st

from loadmon.readers.fit_crc import crc16
from tests.readers.made_fit import crc_by_the_book


def test_the_standard_check_value() -> None:
    assert crc16(b"123456789") == 0xBB3D


@given(st.binary(max_size=1500))
def test_any_bytes_give_what_the_book_gives(data: bytes) -> None:
    assert crc16(data) == crc_by_the_book(data) == Crc.calculate(data)


@given(st.binary(min_size=1, max_size=600))
def test_data_that_end_in_their_own_checksum_give_zero(data: bytes) -> None:
    assert crc16(data + struct.pack("<H", crc16(data))) == 0
