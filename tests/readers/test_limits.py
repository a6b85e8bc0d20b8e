"""Unpacking never takes more than it is allowed."""

from __future__ import annotations

import gzip

import pytest

from loadmon.readers import limits, read
from loadmon.readers.limits import gunzip
from loadmon.refusal import DamagedFile, TooLarge, UnsafeContent
from tests.readers import made_fit as made

RUN = made.run(30)


def test_sound_data_come_out_whole() -> None:
    assert gunzip(gzip.compress(RUN)) == (RUN, None)
    assert gunzip(gzip.compress(RUN) + gzip.compress(b"more")) == (RUN + b"more", None)
    assert gunzip(gzip.compress(RUN) + bytes(512)) == (RUN, None)  # padding, as tape tools write it
    large = RUN * 3000
    assert gunzip(gzip.compress(large, 1))[0] == large


def test_a_packed_bomb_is_stopped_early() -> None:
    bomb = gzip.compress(bytes(200 * 2**20), 9)
    assert len(bomb) < 300_000
    with pytest.raises(TooLarge):
        gunzip(bomb)


def test_more_than_one_file_s_worth_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_MEMBER_BYTES", 2000)
    with pytest.raises(TooLarge):
        gunzip(gzip.compress(bytes(range(256)) * 10))
    with pytest.raises(TooLarge):
        read(bytes(2001), "a.fit")


def test_broken_packing_is_told() -> None:
    packed = gzip.compress(RUN)
    out, trouble = gunzip(packed[:-4])
    assert out == RUN
    assert trouble is not None
    assert {o.name for o in read(packed[:-4], "a.fit.gz")[0].oddities} == {"damaged packing"}
    with pytest.raises(DamagedFile):
        gunzip(b"\x1f\x8b\x08\x00" + bytes(30))
    with pytest.raises(DamagedFile):
        gunzip(gzip.compress(b""))


def test_packed_twice_is_opened_and_three_times_is_not() -> None:
    twice = gzip.compress(gzip.compress(RUN))
    assert len(read(twice, "a.fit.gz.gz")[0].stream) == 30
    with pytest.raises(UnsafeContent):
        read(gzip.compress(twice), "a.fit.gz")


def test_the_fingerprint_is_of_the_bytes_as_given() -> None:
    import hashlib

    packed = gzip.compress(RUN)
    assert read(packed, "a.fit.gz")[0].source.sha256 == hashlib.sha256(packed).hexdigest()
