"""Message kinds beside the record, and layouts that only few watches write."""

from __future__ import annotations

import struct
import tracemalloc
from contextlib import suppress

import numpy as np
import pytest

from loadmon.readers import fit_profile as profile
from loadmon.readers import read
from loadmon.readers.fit_beats import Beats, held, rates_at
from loadmon.readers.fit_records import fit_records
from loadmon.readers.fit_segments import segments
from loadmon.readers.fit_tables import MAX_FIT_LAYOUTS, Tables, read_tables
from loadmon.refusal import DamagedFile, Refusal, UnknownFormat
from tests.readers import made_fit as made
from tests.readers.made_fit import STRING, UINT8, UINT16, UINT32, MadeFit
from tests.readers.made_hostile_fit import defined_anew, hostile


def tables(fit: MadeFit) -> Tables:
    return read_tables(next(segments(fit.bytes())).body)


def test_the_user_profile_is_read() -> None:
    fit = made.file_id(MadeFit())
    fit.message(3, [(0, STRING, b"Somebody\0"), (1, made.ENUM, 1), (2, UINT8, 41), (3, UINT8, 180), (4, UINT16, 702),
                    (8, UINT8, 48), (9, UINT8, 0xFF)], local=4)  # fmt: skip
    (told,) = tables(made.records(fit)).small[profile.USER_PROFILE]
    assert told == {0: "Somebody", 1: 1, 2: 41, 3: 180, 4: 702, 8: 48, 9: None}


@pytest.mark.parametrize("big_endian", [False, True])
def test_times_between_heartbeats_are_kept_in_order_without_what_is_not_measured(big_endian: bool) -> None:
    fit = made.file_id(MadeFit(big_endian=big_endian))
    made.records(fit, 60)
    fit.define(6, 78, [(0, 10, UINT16)])
    end = ">" if big_endian else "<"
    fit.data(6, struct.pack(end + "5H", 400, 410, 0xFFFF, 0xFFFF, 0xFFFF))
    fit.data(6, struct.pack(end + "5H", 420, 430, 440, 450, 0xFFFF))
    (session,) = read(made.session(fit).bytes(), "a.fit")
    assert session.rr_s.tolist() == [0.4, 0.41, 0.42, 0.43, 0.44, 0.45]
    assert len(read(made.run(), "a.fit")[0].rr_s) == 0


def test_times_between_heartbeats_go_to_the_leg_in_which_they_were_told() -> None:
    fit = made.file_id(MadeFit())
    fit.message(78, [(0, UINT16, 700)], local=6)
    made.records(fit, 100)
    fit.message(78, [(0, UINT16, 500)], local=6)
    made.records(fit, 100, start=made.START + 100, metres=300.0)
    fit.message(78, [(0, UINT16, 400)], local=6)
    made.session(fit, 99, 297.0, sport=2)
    made.session(fit, 99, 297.0, start=made.START + 100)
    ride, run = read(fit.bytes(), "a.fit")
    assert (ride.rr_s.tolist(), run.rr_s.tolist()) == ([0.7, 0.5], [0.4])


def test_beats_are_averaged_over_the_time_since_the_record_before() -> None:
    beats = held(
        [
            Beats(np.array([10.5, 11.0]), np.array([100, 103], dtype=np.uint8)),
            None,
            Beats(np.array([20.0]), np.array([90], dtype=np.uint8)),
        ]
    )
    assert beats is not None
    # carried on: 10.5 10.75 | 11.0 11.25 ... 16.0 | 20.0
    assert beats.until(np.array([10.4, 10.5, 10.75, 11.0, 15.99, 16.0, 19.99, 20.0, 99.0])).tolist() == [
        *(0, 1, 2, 3, 22, 23, 23, 24, 24)
    ]
    got = rates_at(np.array([11.0, 12.0, np.nan, 18.0, 19.0, 20.0]), beats)
    # (100 + 100 + 103) / 3 is 101: a record without a time has none, nor has one without a beat or behind the last
    np.testing.assert_array_equal(got, [101.0, 103.0, np.nan, 103.0, np.nan, np.nan])
    assert held([None]) is None


def test_times_long_before_the_first_beat_have_none() -> None:
    beats = held([Beats(np.array([4e9, 4e9 + 1]), np.array([100, 103], dtype=np.uint8))])
    assert beats is not None
    # a warning of numbers too large for their kind would fail this
    assert beats.until(np.array([0.0, 1.0, 4e9 - 0.25, 4e9])).tolist() == [0, 0, 0, 1]


@pytest.mark.parametrize("set_back", [False, True])
def test_carried_rates_are_those_that_are_written_out_one_by_one(set_back: bool) -> None:
    chance = np.random.default_rng(20261122)
    gaps = chance.choice([0, 1, 700, 1024, 1100, 5120, 20_000], 3000) / 1024.0
    at = 1e9 + np.cumsum(gaps)
    if set_back:
        at[1500:] -= 30.25
    rates = chance.integers(40, 200, 3000).astype(np.uint8)
    steps = np.clip(np.ceil(np.abs(np.diff(at)) / 0.25) - 1, 0, 20).astype(int)
    pairs = [
        (start + 0.25 * k, float(rate))
        for start, rate, n in zip(at.tolist(), rates.tolist(), [*steps.tolist(), 0], strict=True)
        for k in range(n + 1)
    ]
    pairs.sort(key=lambda pair: pair[0])
    want_at, sums = np.array([p[0] for p in pairs]), np.cumsum([0.0, *(p[1] for p in pairs)])
    beats = held([Beats(at, rates)])
    assert beats is not None
    times = np.floor(at[0]) + np.sort(chance.integers(-5, int(at[-1] - at[0]) + 5, 4000)).astype(float)
    count = np.searchsorted(want_at, times, side="right")
    np.testing.assert_array_equal(beats.until(times), count)
    to, since = count[200:][count[200:] > 0], np.zeros(len(count[200:][count[200:] > 0]), dtype=np.int32)
    np.testing.assert_array_equal(beats.mean(since, to.astype(np.int32)), sums[to] / to)


def test_a_strap_that_never_says_when_is_left_out() -> None:
    fit = made.records(made.file_id(MadeFit()), 30)
    fit.define(7, 132, [(6, 8, UINT8), (10, 12, made.BYTE)])
    fit.data(7, bytes([99] * 8) + bytes(12))
    (session,) = read(made.session(fit).bytes(), "a.fit")
    assert session.stream["heart_rate_bpm"].tolist() == [150.0] * 30


@pytest.mark.parametrize("big_endian", [False, True])
def test_a_definition_before_every_record_changes_nothing(big_endian: bool) -> None:
    """All of them are one layout: were each its own, the file would be refused for more layouts than any watch writes."""
    plain, wordy = defined_anew(MAX_FIT_LAYOUTS + 200, big_endian=big_endian)
    got = fit_records(wordy)
    assert len(got) == MAX_FIT_LAYOUTS + 200
    assert got.equals(fit_records(plain))


def test_a_wanted_field_may_be_defined_twice_and_the_first_valid_value_counts() -> None:
    fit = made.file_id(MadeFit())
    fit.define(1, 20, [(253, 4, UINT32), (3, 1, UINT8), (3, 1, UINT8)])
    for i, (one, other) in enumerate([(150, 90), (0xFF, 91), (152, 0xFF), (0xFF, 0xFF)]):
        fit.data(1, struct.pack("<IBB", made.START + i, one, other))
    np.testing.assert_array_equal(fit_records(fit.bytes())["heart_rate_bpm"], [150.0, 91.0, 152.0, np.nan])


def test_records_of_two_layouts_stand_in_file_order() -> None:
    fit = made.file_id(MadeFit())
    fit.define(1, 20, [(253, 4, UINT32), (3, 1, UINT8)])
    fit.define(2, 20, [(253, 4, UINT32), (7, 2, UINT16)])
    for i in range(100):
        fit.data(1 + i % 2, struct.pack("<IB" if i % 2 == 0 else "<IH", made.START + i, i))
    table = fit_records(fit.bytes())
    assert np.diff(table["timestamp"].astype("int64")).tolist() == [1_000_000] * 99
    assert table["heart_rate_bpm"][::2].tolist() == [float(i) for i in range(0, 100, 2)]
    assert table["power_w"][1::2].tolist() == [float(i) for i in range(1, 100, 2)]
    assert table["power_w"][::2].isna().all()


def test_records_alone_keep_their_order_and_say_what_was_wrong() -> None:
    whole = made.run(60)
    assert fit_records(whole).attrs["oddities"] == []
    cut = fit_records(whole[: len(whole) // 2])
    assert "truncated" in cut.attrs["oddities"]
    assert 20 < len(cut) < 60
    twice = fit_records(whole + whole)
    assert len(twice) == 120
    assert twice["timestamp"][60] == twice["timestamp"][0]
    with pytest.raises(UnknownFormat):
        fit_records(b"<gpx></gpx>")
    assert fit_records(made.file_id(MadeFit(), kind=2).bytes()).empty


def test_a_float_field_and_one_of_eight_bytes_are_read() -> None:
    fit = made.file_id(MadeFit())
    fit.message(207, [(3, UINT8, 0)], local=4)
    for number, base, name in (
        (0, 0x88, b"Form\0"),
        (1, 0x89, b"Air\0"),
        (2, 0x8F, b"Count\0"),
        (3, STRING, b"Word\0"),
    ):
        fit.message(206, [(0, UINT8, 0), (1, UINT8, number), (2, UINT8, base), (3, STRING, name)], local=5)
    fit.define(1, 20, [(253, 4, UINT32)], developer=[(0, 4, 0), (1, 8, 0), (2, 8, 0), (3, 3, 0)])
    for i in range(5):
        count = 2**64 - 1 if i == 4 else 2**40 + i
        fit.data(1, struct.pack("<IfdQ3s", made.START + i, 0.5 + i, 1.25 * i, count, b"no\0"))
    table = fit_records(fit.bytes())
    assert table["app0:Form"].tolist() == [0.5 + i for i in range(5)]
    assert table["app0:Air"].tolist() == [1.25 * i for i in range(5)]
    assert table["app0:Count"][:4].tolist() == [float(2**40 + i) for i in range(4)]
    assert np.isnan(table["app0:Count"][4])
    assert "app0:Word" not in table


def test_times_in_header_bytes_go_on_from_full_times_in_between() -> None:
    fit = made.file_id(MadeFit())
    fit.message(21, [(253, UINT32, made.START), (0, made.ENUM, 0)], local=3)
    fit.define(1, 20, [(3, 1, UINT8)])
    fit.define(2, 20, [(253, 4, UINT32), (3, 1, UINT8)])
    fit.body += bytes([0x80 | (1 << 5) | ((made.START + 5) & 31), 140])
    fit.data(2, struct.pack("<IB", made.START + 500, 141))
    fit.body += bytes([0x80 | (1 << 5) | ((made.START + 531) & 31), 142])
    fit.body += bytes([0x80 | (1 << 5) | ((made.START + 532) & 31), 143])
    table = fit_records(fit.bytes())
    since = (table["timestamp"] - table["timestamp"][0]).dt.total_seconds()
    assert since.tolist() == [0.0, 495.0, 526.0, 527.0]
    assert table["timestamp"][0].timestamp() == made.START + made.EPOCH_S + 5
    assert table["heart_rate_bpm"].tolist() == [140.0, 141.0, 142.0, 143.0]


def test_more_of_anything_than_a_watch_writes_costs_no_memory() -> None:
    for name, data in hostile().items():
        tracemalloc.start()
        with suppress(Refusal):
            read(data, "hostile.fit")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert peak < 300e6, name


def test_a_file_cut_within_its_only_message_with_a_time_in_its_header_is_refused_by_name() -> None:
    fit = MadeFit()
    fit.define(1, 20, [(3, 1, UINT8), (7, 2, UINT16)])
    fit.body += bytes([0x80 | (1 << 5) | 3, 150])
    assert fit_records(fit.bytes()).empty
    with pytest.raises(DamagedFile):
        read(fit.bytes(), "cut.fit")
