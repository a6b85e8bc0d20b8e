"""Damaged at random, a file is refused by name or read with an oddity; never an exception, never a silent part."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loadmon.readers import read
from loadmon.refusal import Refusal
from tests.readers import made_fit as made

WHOLE = made.run(40)
PACKED = gzip.compress(WHOLE, mtime=0)
CALM = settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def told(data: bytes) -> bool:
    """True if the damage was refused, or is named on every session that was read."""
    try:
        sessions = read(data, "damaged.fit")
    except Refusal as refusal:
        return bool(refusal.what and refusal.advice)
    return all(session.oddities for session in sessions)


def test_the_undamaged_file_has_nothing_odd() -> None:
    assert read(WHOLE, "whole.fit")[0].oddities == ()
    assert read(PACKED, "whole.fit.gz")[0].oddities == ()


def test_cut_at_every_single_byte() -> None:
    silent = [n for n in range(len(WHOLE)) if not told(WHOLE[:n])]
    assert silent == []


@CALM
@given(st.sets(st.integers(0, 8 * len(WHOLE) - 1), min_size=1, max_size=8))
def test_bits_turned(bits: set[int]) -> None:
    data = bytearray(WHOLE)
    for bit in bits:
        data[bit // 8] ^= 1 << (bit % 8)
    assert told(bytes(data))


@CALM
@given(st.integers(0, len(PACKED) - 1))
def test_a_packed_file_cut_anywhere(n: int) -> None:
    assert told(PACKED[:n])


@CALM
@given(st.binary(max_size=400))
def test_noise_behind_a_fit_header(noise: bytes) -> None:
    header = made.MadeFit(body=bytearray(noise)).bytes()
    with pytest.raises(Refusal):
        read(header, "noise.fit")
