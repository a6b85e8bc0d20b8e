"""FIT files made to harm: lying sizes, storms of definitions, giant arrays, endless chains; soon over, and nothing silent."""

from __future__ import annotations

import struct
import time
import tracemalloc
from collections.abc import Callable

import pytest

from loadmon.readers import read
from loadmon.readers.limits import MAX_FIT_SEGMENTS
from loadmon.refusal import DamagedFile, NoActivity, Refusal, TooLarge
from loadmon.session import Session
from tests.readers import made_fit as made
from tests.readers.made_fit import BYTE, ENUM, STRING, UINT8, UINT16, UINT32, MadeFit

SECONDS_A_BYTE = 1.0 / 10e6
LEAST_S = 1.0
RUN = made.run(20)


@pytest.fixture(autouse=True)
def quick_checksum(monkeypatch: pytest.MonkeyPatch) -> None:
    """The slow checksum of the tests is not what is tried here; a wrong one is told and harms nobody."""
    monkeypatch.setattr(made, "crc_by_the_book", lambda data, crc=0: 0)


def within_bounds(data: bytes, memory: float = 20.0) -> list[Session] | Refusal:
    """What a file gives, in a time and a memory that its size allows; CPU time, so that a busy machine is no failure."""
    began = time.process_time()
    _outcome(data)
    assert time.process_time() - began < LEAST_S + SECONDS_A_BYTE * len(data)
    tracemalloc.start()
    found = _outcome(data)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 25_000_000 + memory * len(data)
    return found


def _outcome(data: bytes) -> list[Session] | Refusal:
    try:
        return read(data, "hostile.fit")
    except Refusal as refusal:
        return refusal


def oddities(found: list[Session] | Refusal) -> set[str]:
    assert isinstance(found, list)
    return {oddity.name for session in found for oddity in session.oddities}


def with_run(storm: Callable[[MadeFit], object]) -> bytes:
    """A run with something hostile in front of its samples."""
    fit = made.file_id(MadeFit())
    storm(fit)
    return made.session(made.records(fit, 20), 19, 57.0).bytes()


@pytest.mark.parametrize("declared", [0, 1, 13, 100, 2**31, 2**32 - 1])
def test_a_size_that_lies(declared: int) -> None:
    whole = made.session(made.records(made.file_id(MadeFit()), 20)).bytes(declared=declared)
    found = within_bounds(whole)
    if isinstance(found, list):
        assert oddities(found) & {"truncated", "size not declared", "trailing bytes"}
    else:
        assert isinstance(found, DamagedFile)
    assert isinstance(within_bounds(whole[:25]), DamagedFile)


@pytest.mark.parametrize("header", [0, 1, 11, 13, 15, 255])
def test_a_header_length_that_lies(header: int) -> None:
    found = within_bounds(bytes([header]) + RUN[1:])
    assert isinstance(found, Refusal) or oddities(found)


@pytest.mark.parametrize("with_data", [False, True])
@pytest.mark.parametrize("n_fields", [1, 255])
def test_a_storm_of_definitions(n_fields: int, with_data: bool) -> None:
    def storm(fit: MadeFit) -> None:
        for i in range(4000):
            marks = [(i % 256, 1, UINT8), (i // 256, 1, UINT8)][: n_fields - 1]
            rest = [(200, 1, UINT8)] * max(n_fields - 3, 0)
            fit.define(1, 20, [(253, 4, UINT32), *marks, *rest] if n_fields > 1 else [(i % 256, 1 + i // 256, BYTE)])
            if with_data:
                length = 4 + len(marks) + len(rest) if n_fields > 1 else 1 + i // 256
                fit.data(1, struct.pack("<I", made.START)[:length].ljust(length, b"\1"))

    found = within_bounds(with_run(storm))
    if with_data:
        assert isinstance(found, TooLarge)
        assert "1,000 kinds of messages" in found.what
    else:
        assert isinstance(found, list)
        assert len(found[0].stream) == 20


def test_what_a_storm_leaves_behind_is_bounded() -> None:
    from loadmon.readers.fit_scan import MOST_LAYOUTS, layout_of

    for turn in range(3):
        fit = made.file_id(MadeFit())
        for i in range(900):
            fit.define(1, 20, [(253, 4, UINT32), (turn, 1, UINT8), (i % 256, 1, UINT8), (i // 256, 1, UINT8)])
            fit.data(1, struct.pack("<I", made.START + i) + b"\1\1\1")
        _outcome(fit.bytes())
    assert layout_of.cache_info().currsize <= MOST_LAYOUTS


def test_a_storm_of_fields_of_apps() -> None:
    def storm(fit: MadeFit) -> None:
        for i in range(800):
            fit.define(1, 20, [(253, 4, UINT32)], developer=[(j, 1, i % 256) for j in range(255)])
            fit.data(1, struct.pack("<I", made.START + i) + bytes(255))

    found = within_bounds(with_run(storm))
    assert isinstance(found, Refusal) or "fields not described" in oddities(found)


def test_a_storm_of_descriptions_of_fields_of_apps() -> None:
    def storm(fit: MadeFit) -> None:
        fit.define(5, 206, [(0, 1, UINT8), (1, 1, UINT8), (2, 1, UINT8), (3, 64, STRING)])
        for i in range(90_000):
            fit.data(5, bytes([i % 256, i // 256 % 256, UINT8]) + b"x" * 63 + b"\0")

    found = within_bounds(with_run(storm))
    assert isinstance(found, list)
    assert len([name for name in found[0].stream.columns if ":" in name]) <= 32


def test_giant_arrays() -> None:
    fit = made.file_id(MadeFit())
    fields = [(253, 4, UINT32), *((number, 255, BYTE if number % 2 else UINT8) for number in range(1, 250))]
    fit.define(1, 20, fields)
    for i in range(100):
        fit.data(1, struct.pack("<I", made.START + i) + b"\x7f" * (255 * (len(fields) - 1)))
    found = within_bounds(made.session(fit).bytes())
    assert isinstance(found, list)
    assert len(found[0].stream) == 100


@pytest.mark.parametrize(("fields", "row"), [([], b""), ([(250, 1, UINT8)], b"\1"), ([(3, 1, UINT8)], b"\x96")])
def test_a_million_tiny_samples(fields: list[tuple[int, int, int]], row: bytes) -> None:
    fit = made.file_id(MadeFit())
    fit.define(1, 20, fields)
    fit.body += (b"\1" + row) * 1_000_000
    assert isinstance(within_bounds(fit.bytes(), memory=100.0), Refusal)


@pytest.mark.parametrize("kind", [0, 18, 19, 21, 23, 34, 78, 132, 207])
def test_a_hundred_thousand_of_every_other_message(kind: int) -> None:
    def storm(fit: MadeFit) -> None:
        fit.define(6, kind, [(253, 4, UINT32), (0, 1, ENUM), (1, 2, UINT16)])
        fit.body += (b"\6" + struct.pack("<IBH", made.START, 1, 1)) * 100_000

    # mappings of small messages are counted, not spread over columns
    found = within_bounds(with_run(storm), memory=200.0)
    assert isinstance(found, Refusal) or len(found) >= 1


@pytest.mark.parametrize("part", [b"", RUN[14:-2]], ids=["empty", "of runs"])
def test_ten_thousand_chained(part: bytes) -> None:
    one = MadeFit(body=bytearray(part)).bytes()
    found = within_bounds(one * 10_000)
    if not part:
        assert isinstance(found, Refusal)
        return
    assert isinstance(found, list)
    assert len(found) == MAX_FIT_SEGMENTS
    left = next(oddity for oddity in found[-1].oddities if oddity.name == "parts left out")
    assert left.count == len(one) * (10_000 - MAX_FIT_SEGMENTS)


def test_as_many_as_are_read_leave_nothing_out() -> None:
    found = within_bounds(RUN * MAX_FIT_SEGMENTS)
    assert "parts left out" not in oddities(found)
    assert isinstance(found, list)
    assert len(found) == MAX_FIT_SEGMENTS


def test_what_is_wrong_around_a_part_without_samples_is_told() -> None:
    settings = made.file_id(MadeFit(), kind=2).bytes()
    assert "trailing bytes" in oddities(within_bounds(RUN + settings + b"what may have been a run"))
    assert "truncated" in oddities(within_bounds(RUN + settings[:-1]))


def test_nothing_but_headers() -> None:
    assert isinstance(within_bounds(MadeFit().bytes() * 2), (DamagedFile, NoActivity))
