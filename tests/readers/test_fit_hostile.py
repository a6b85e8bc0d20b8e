"""FIT files made to harm take no more memory than their size allows, and nothing of them is lost in silence.

What they may cost in time stands in ``tests.bench.budgets``.
"""

from __future__ import annotations

import struct
import tracemalloc

import pytest

from loadmon.readers import read
from loadmon.readers.fit_scan import MOST_LAYOUTS, layout_of
from loadmon.readers.limits import MAX_FIT_SEGMENTS
from loadmon.refusal import DamagedFile, Refusal, TooLarge
from loadmon.session import Session
from tests.readers import made_fit as made
from tests.readers.made_fit import UINT8, UINT32, MadeFit
from tests.readers.made_storms import OTHER_KINDS, RUN, chained, storms

STORMS = storms()
LEAST_BYTES, TIMES_THE_FILE = 25_000_000, 20.0
BROADER = {"messages": 200.0, "tiny": 100.0}
"""Messages of a few bytes become rows of dozens of values, or mappings; they are counted instead."""


def outcome(data: bytes) -> list[Session] | Refusal:
    try:
        return read(data, "hostile.fit")
    except Refusal as refusal:
        return refusal


def stormed(name: str) -> list[Session] | Refusal:
    """What a file gives, in a memory that its size allows."""
    data = STORMS[name]()
    outcome(RUN)  # tables that are made once
    tracemalloc.start()
    found = outcome(data)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < LEAST_BYTES + BROADER.get(name.split()[0], TIMES_THE_FILE) * len(data)
    return found


def oddities(found: list[Session] | Refusal) -> set[str]:
    assert isinstance(found, list)
    return {oddity.name for session in found for oddity in session.oddities}


@pytest.mark.parametrize("declared", [0, 1, 13, 100, 2**31, 2**32 - 1])
def test_a_size_that_lies(declared: int) -> None:
    whole = made.session(made.records(made.file_id(MadeFit()), 20)).bytes(declared=declared)
    found = outcome(whole)
    if isinstance(found, list):
        assert oddities(found) & {"truncated", "size not declared", "trailing bytes"}
    else:
        assert isinstance(found, DamagedFile)
    assert isinstance(outcome(whole[:25]), DamagedFile)


@pytest.mark.parametrize("header", [0, 1, 11, 13, 15, 255])
def test_a_header_length_that_lies(header: int) -> None:
    found = outcome(bytes([header]) + RUN[1:])
    assert isinstance(found, Refusal) or oddities(found)


def test_a_storm_of_definitions_costs_nothing_where_no_message_has_them() -> None:
    before = layout_of.cache_info().misses
    found = stormed("definitions")
    assert isinstance(found, list)
    assert len(found[0].stream) == 20
    # were every layout taken apart, each would cost as much as a hundred samples
    assert layout_of.cache_info().misses - before < 20


@pytest.mark.parametrize("name", ["definitions with samples", "small definitions with samples"])
def test_a_storm_of_definitions_with_samples_is_refused(name: str) -> None:
    found = stormed(name)
    assert isinstance(found, TooLarge)
    assert "1,000 kinds of messages" in found.what


def test_as_many_definitions_as_may_be_are_read_and_not_all_remembered() -> None:
    found = stormed("as many definitions as may be")
    assert isinstance(found, list)
    for turn in range(2):
        fit = made.file_id(MadeFit())
        for i in range(900):
            fit.define(1, 20, [(253, 4, UINT32), (turn, 1, UINT8), (i % 256, 1, UINT8), (i // 256, 1, UINT8)])
            fit.data(1, struct.pack("<I", made.START + i) + b"\1\1\1")
        outcome(fit.bytes())
    assert layout_of.cache_info().currsize <= MOST_LAYOUTS


def test_storms_of_fields_of_apps_and_of_their_descriptions() -> None:
    assert "fields not described" in oddities(stormed("fields of apps"))
    found = stormed("descriptions")
    assert isinstance(found, list)
    assert len([name for name in found[0].stream.columns if ":" in name]) <= 32


def test_giant_arrays() -> None:
    found = stormed("arrays")
    assert isinstance(found, list)
    assert len(found[0].stream) == 100


@pytest.mark.parametrize("kind", ["empty", "unknown", "heart"])
def test_a_million_tiny_samples(kind: str) -> None:
    assert isinstance(stormed(f"tiny samples, {kind}"), Refusal)


@pytest.mark.parametrize("kind", OTHER_KINDS)
def test_ninety_thousand_of_every_other_message(kind: int) -> None:
    found = stormed(f"messages of kind {kind}")
    assert isinstance(found, Refusal) or len(found) >= 1


def test_ten_thousand_chained() -> None:
    assert isinstance(stormed("chained, empty"), Refusal)
    found = stormed("chained, runs")
    assert isinstance(found, list)
    assert len(found) == MAX_FIT_SEGMENTS
    left = next(oddity for oddity in found[-1].oddities if oddity.name == "parts left out")
    assert left.count == len(RUN) * (10_000 - MAX_FIT_SEGMENTS)


def test_as_many_as_are_read_leave_nothing_out() -> None:
    found = outcome(chained(RUN, MAX_FIT_SEGMENTS))
    assert "parts left out" not in oddities(found)
    assert isinstance(found, list)
    assert len(found) == MAX_FIT_SEGMENTS


def test_what_is_wrong_around_a_part_without_samples_is_told() -> None:
    settings = made.file_id(MadeFit(), kind=2).bytes()
    assert "trailing bytes" in oddities(outcome(RUN + settings + b"what may have been a run"))
    assert "truncated" in oddities(outcome(RUN + settings[:-1]))
