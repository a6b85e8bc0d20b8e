"""FIT files made for one trap each."""

from __future__ import annotations

import struct
from dataclasses import replace

import numpy as np
import pytest

from loadmon import __version__
from loadmon.readers import fit_tables, read
from loadmon.refusal import DamagedFile, NoActivity, NoTimes, TooLarge
from loadmon.session import STREAM_COLUMNS, OffsetOrigin, Sport
from tests.readers import made_fit as made
from tests.readers.made_fit import MadeFit


def odd(session) -> dict[str, int]:
    return {o.name: o.count for o in session.oddities}


@pytest.mark.parametrize("big_endian", [False, True])
def test_a_sound_run_is_read_in_si_units_without_oddities(big_endian: bool) -> None:
    (session,) = read(made.run(big_endian=big_endian), "run.fit")
    stream = session.stream
    assert tuple(stream.columns) == ("timestamp", *STREAM_COLUMNS)
    assert session.oddities == ()
    assert session.sport is Sport.RUN
    assert session.start.timestamp() == made.START + made.EPOCH_S
    assert str(stream["timestamp"].dtype) == "datetime64[us, UTC]"
    assert (session.elapsed_s, session.timer_s, session.moving_s) == (119.0, 119.0, 119.0)
    assert stream["cadence_spm"].tolist() == [169.0] * 120  # 2 x (84 + 64/128)
    assert stream["speed_mps"].iloc[5] == pytest.approx(3.0)
    assert stream["distance_m"].iloc[-1] == pytest.approx(357.0)
    assert stream["altitude_m"].iloc[0] == pytest.approx(100.0)
    assert stream["stance_time_s"].iloc[0] == pytest.approx(0.240)
    assert stream["step_length_m"].iloc[0] == pytest.approx(1.07)
    assert stream["lat_deg"].iloc[0] == pytest.approx(600_000_000 * 180 / 2**31)
    assert stream["power_w"].isna().all()
    assert (session.utc_offset_s, session.offset_origin) == (7200, OffsetOrigin.FILE)
    assert session.totals.distance_m == pytest.approx(357.0)
    assert session.totals.mean_cadence_spm == 168.0
    assert session.laps["mean_cadence_spm"].tolist() == [168.0]
    assert session.source.reader == f"loadmon {__version__}"


def test_the_serial_number_is_kept_only_as_a_hash() -> None:
    one = read(made.run(), "a.fit")[0]
    other = read(made.session(made.records(made.file_id(MadeFit(), serial=987654321))).bytes(), "b.fit")[0]
    assert one.device.manufacturer == "garmin"
    assert len(one.device.serial_hash or "") == 16
    assert one.device.serial_hash != other.device.serial_hash
    assert "123456789" not in repr(replace(one, stream=one.stream[:0]))


def test_enhanced_fields_win_and_plain_ones_fill_the_gaps() -> None:
    fit = made.file_id(MadeFit())
    fit.define(1, 20, [(253, 4, made.UINT32), (6, 2, made.UINT16), (73, 4, made.UINT32)])
    for i, (plain, enhanced) in enumerate([(3000, 3100), (3000, 0xFFFFFFFF), (0xFFFF, 3300), (0xFFFF, 0xFFFFFFFF)]):
        fit.data(1, struct.pack("<IHI", made.START + i, plain, enhanced))
    fit.message(18, [(2, made.UINT32, made.START), (5, made.ENUM, 2)], local=2)
    speed = read(fit.bytes(), "a.fit")[0].stream["speed_mps"].tolist()
    assert speed[:3] == [3.1, 3.0, 3.3]


def test_an_array_where_a_number_belongs_gives_its_first_valid_element() -> None:
    fit = made.file_id(MadeFit())
    fit.define(1, 20, [(253, 4, made.UINT32), (73, 8, made.UINT32)])
    for i in range(20):
        fit.data(1, struct.pack("<III", made.START + i, 0xFFFFFFFF, 3200))
    made.session(fit)
    assert read(fit.bytes(), "a.fit")[0].stream["speed_mps"].tolist() == [3.2] * 20


def test_zeros_that_mean_not_measured_are_missing() -> None:
    fit = made.file_id(MadeFit())
    fit.define(
        1,
        20,
        [
            (253, 4, made.UINT32),
            (3, 1, made.UINT8),
            (41, 2, made.UINT16),
            (39, 2, made.UINT16),
            (85, 2, made.UINT16),
            (7, 2, made.UINT16),
        ],
    )
    for i in range(5):
        fit.data(1, struct.pack("<IBHHHH", made.START + i, 0, 0, 0, 0, 0))
    stream = read(made.session(fit).bytes(), "a.fit")[0].stream
    for column in ("heart_rate_bpm", "stance_time_s", "vertical_oscillation_m", "step_length_m"):
        assert stream[column].isna().all(), column
    assert stream["power_w"].tolist() == [0.0] * 5  # standing still gives no power: a true zero


def test_compressed_timestamps_roll_over_every_32_seconds() -> None:
    fit = made.file_id(MadeFit())
    fit.message(21, [(253, made.UINT32, made.START), (0, made.ENUM, 0), (1, made.ENUM, 0)], local=3)
    fit.define(1, 20, [(3, 1, made.UINT8)])
    for i in range(1, 100):
        fit.body += bytes([0x80 | (1 << 5) | ((made.START + i) & 0x1F), 150])
    stream = read(made.session(fit).bytes(), "a.fit")[0].stream
    assert stream["t_s"].tolist() == [float(i) for i in range(99)]


def test_compressed_timestamps_go_on_from_any_message_also_from_skipped_ones() -> None:
    fit = made.file_id(MadeFit())
    fit.message(233, [(2, made.UINT8, 1), (253, made.UINT32, made.START + 1000)], local=3)
    fit.define(1, 20, [(3, 1, made.UINT8)])
    for i in range(1001, 1011):
        fit.body += bytes([0x80 | (1 << 5) | ((made.START + i) & 0x1F), 150])
    session = read(made.session(fit).bytes(), "a.fit")[0]
    assert session.start.timestamp() == made.START + 1001 + made.EPOCH_S


def test_compressed_speed_and_distance_are_unpacked_and_added_up() -> None:
    fit = made.file_id(MadeFit())
    fit.define(1, 20, [(253, 4, made.UINT32), (8, 3, made.BYTE)])
    for i in range(200):
        packed = 300 | ((i * 48 & 0xFFF) << 12)  # 3.00 m/s, 3 m a second in sixteenths
        fit.data(1, struct.pack("<I", made.START + i) + packed.to_bytes(3, "little"))
    stream = read(made.session(fit, 199, 597.0).bytes(), "a.fit")[0].stream
    assert stream["speed_mps"].tolist() == [3.0] * 200
    assert stream["distance_m"].iloc[-1] == pytest.approx(597.0)


def test_a_field_size_that_its_type_does_not_allow_does_not_cost_the_file() -> None:
    fit = made.records(made.file_id(MadeFit()))
    fit.define(3, 21, [(253, 4, made.UINT32), (0, 1, made.ENUM), (3, 1, made.UINT32)])
    fit.data(3, struct.pack("<IBB", made.START + 119, 0, 7))
    made.records(fit, 60, start=made.START + 120, metres=360.0)
    made.session(fit, 179, 537.0)
    (session,) = read(fit.bytes(), "coros.fit")
    assert len(session.stream) == 180
    assert session.oddities == ()


def test_a_wanted_field_of_an_odd_size_is_missing_and_never_misread() -> None:
    fit = made.file_id(MadeFit())
    fit.define(1, 20, [(253, 4, made.UINT32), (3, 1, made.UINT8), (6, 1, made.UINT16)])
    for i in range(30):
        fit.data(1, struct.pack("<IBB", made.START + i, 150, 9))
    stream = read(made.session(fit).bytes(), "a.fit")[0].stream
    assert stream["speed_mps"].isna().all()
    assert stream["heart_rate_bpm"].tolist() == [150.0] * 30


def test_developer_fields_are_columns_named_by_app_and_field() -> None:
    fit = made.file_id(MadeFit())
    fit.message(207, [(1, made.BYTE, bytes(range(16))), (3, made.UINT8, 0)], local=4)
    fit.message(
        206,
        [
            (0, made.UINT8, 0),
            (1, made.UINT8, 5),
            (2, made.UINT8, made.UINT16),
            (3, made.STRING, b"Leg Spring\x00"),
            (8, made.STRING, b"kN/m\x00"),
        ],
        local=5,
    )
    fit.define(1, 20, [(253, 4, made.UINT32)], developer=[(5, 2, 0)])
    for i in range(10):
        fit.data(1, struct.pack("<IH", made.START + i, 90 + i))
    made.session(fit)
    stream = read(fit.bytes(), "a.fit")[0].stream
    assert stream["00010203:Leg Spring"].tolist() == [90.0 + i for i in range(10)]


def test_developer_fields_of_one_file_are_not_known_in_the_next() -> None:
    test_developer_fields_are_columns_named_by_app_and_field()
    fit = made.file_id(MadeFit())
    made.records(fit, 30)
    fit.define(1, 20, [(253, 4, made.UINT32)], developer=[(5, 2, 0)])
    fit.data(1, struct.pack("<IH", made.START + 40, 90))
    session = read(fit.bytes(), "a.fit")[0]
    assert "fields not described" in odd(session)
    assert len(session.stream) == 31
    assert not [name for name in session.stream if ":" in name]


def test_a_triathlon_becomes_its_legs_each_from_zero() -> None:
    fit = made.file_id(MadeFit())
    made.records(fit, 100, speed=8000)
    made.records(fit, 100, start=made.START + 100, speed=3000, metres=800.0)
    made.timer(fit, made.START + 150, 4)
    made.session(fit, 99, 792.0, sport=2)
    made.session(fit, 99, 297.0, start=made.START + 100, sport=1)
    ride, leg = read(fit.bytes(), "a.fit")
    assert (ride.sport, leg.sport) == (Sport.RIDE, Sport.RUN)
    assert (len(ride.stream), len(leg.stream)) == (100, 100)
    assert leg.stream["distance_m"].iloc[-1] == pytest.approx(297.0)
    assert leg.stream["distance_m"].iloc[0] == 0.0
    assert (ride.source.index, leg.source.index) == (0, 1)
    assert ride.stream["cadence_spm"].isna().all()
    assert (len(ride.events), len(leg.events)) == (0, 1)


def test_a_leg_of_which_nothing_was_recorded_is_named() -> None:
    fit = made.session(made.records(made.file_id(MadeFit()), 120))
    made.session(fit, 50, 500.0, start=made.START + 500, sport=5)
    (run,) = read(fit.bytes(), "a.fit")
    assert run.sport is Sport.RUN
    assert odd(run) == {"part left out": 1}


def test_more_legs_than_anybody_does_in_one_go_are_refused() -> None:
    fit = made.records(made.file_id(MadeFit()), 200)
    for i in range(100):
        fit.message(18, [(2, made.UINT32, made.START + 2 * i), (5, made.ENUM, 1)], local=2)
    with pytest.raises(TooLarge, match="100 sports"):
        read(fit.bytes(), "a.fit")


def test_every_part_of_a_chained_file_is_read_and_a_bad_later_one_is_told() -> None:
    first = made.run()
    later = made.session(
        made.records(made.file_id(MadeFit()), start=made.START + 5000), start=made.START + 5000
    ).bytes()
    assert [len(s.stream) for s in read(first + later, "a.fit")] == [120, 120]
    broken = made.file_id(MadeFit())
    broken.body += b"\x0f\x00\x00"  # data without a definition
    (session,) = read(first + broken.bytes(), "a.fit")
    assert "part unreadable" in odd(session)
    assert len(session.stream) == 120
    settings = made.file_id(MadeFit(), kind=2).bytes()
    assert read(first + settings, "a.fit")[0].oddities == ()


def test_a_file_that_breaks_off_keeps_what_came_before_and_says_so() -> None:
    whole = made.run()
    (session,) = read(whole[: len(whole) // 2], "a.fit")
    assert 40 < len(session.stream) < 80
    assert {"truncated", "no summary"} <= set(odd(session))
    assert session.sport is Sport.UNKNOWN
    assert session.timer_s == session.elapsed_s


def test_only_the_checksum_missing_is_told_too() -> None:
    (session,) = read(made.run()[:-2], "a.fit")
    assert len(session.stream) == 120
    assert odd(session) == {"truncated": 2}


def test_a_wrong_checksum_is_told_and_the_samples_kept() -> None:
    data = bytearray(made.run())
    data[-1] ^= 0x55
    (session,) = read(bytes(data), "a.fit")
    assert len(session.stream) == 120
    assert set(odd(session)) == {"checksum wrong"}


def test_a_header_checksum_of_zero_is_right() -> None:
    assert read(made.session(made.records(made.file_id(MadeFit()))).bytes(header_crc=False), "a.fit")[0].oddities == ()


def test_a_size_of_zero_in_the_header_does_not_hide_the_data() -> None:
    fit = made.session(made.records(made.file_id(MadeFit())))
    (session,) = read(fit.bytes(declared=0), "a.fit")
    assert len(session.stream) == 120
    assert session.sport is Sport.RUN
    assert set(odd(session)) == {"size not declared"}


def test_bytes_behind_the_end_are_counted() -> None:
    (session,) = read(made.run() + b"\x00" * 37, "a.fit")
    assert odd(session) == {"trailing bytes": 37}


@pytest.mark.parametrize(("kind", "words"), [(2, "settings"), (9, "weight"), (5, "workout"), (15, "monitoring")])
def test_files_of_other_kinds_are_no_activity_and_say_which(kind: int, words: str) -> None:
    with pytest.raises(NoActivity, match=words):
        read(made.file_id(MadeFit(), kind=kind).bytes(), "a.fit")


def test_a_course_is_no_activity_although_it_has_points() -> None:
    with pytest.raises(NoActivity, match="course"):
        read(made.records(made.file_id(MadeFit(), kind=6)).bytes(), "a.fit")


def test_a_header_alone_is_damaged_and_nothing_of_it_was_kept() -> None:
    with pytest.raises(DamagedFile, match=r"can be read: the file breaks off \d+ bytes early\.") as refused:
        read(made.run()[:14], "a.fit")
    assert "kept" not in refused.value.what


def test_times_since_power_on_are_asked_for_and_not_guessed() -> None:
    with pytest.raises(NoTimes):
        read(made.session(made.records(made.file_id(MadeFit()), start=1000), start=1000).bytes(), "a.fit")


def test_one_sample_is_no_activity() -> None:
    with pytest.raises(NoActivity, match="fewer than two"):
        read(made.session(made.records(made.file_id(MadeFit()), 1)).bytes(), "a.fit")


def test_more_samples_than_any_watch_records_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fit_tables, "MAX_FIT_RECORDS", 100)
    with pytest.raises(TooLarge, match="samples"):
        read(made.run(), "a.fit")


def test_a_pause_with_stop_and_start_is_not_timer_time() -> None:
    fit = made.file_id(MadeFit())
    made.records(fit, 60)
    made.timer(fit, made.START + 59, 4)
    made.timer(fit, made.START + 89, 0)
    made.records(fit, 61, start=made.START + 89, metres=177.0)
    fit.message(18, [(2, made.UINT32, made.START), (5, made.ENUM, 1)], local=2)
    (session,) = read(fit.bytes(), "a.fit")
    assert session.elapsed_s == 149.0
    assert session.timer_s == 119.0
    assert session.moving_s == 119.0
    assert session.events["kind"].tolist() == ["stop_all", "start"]


def test_generic_sport_is_not_taken_for_running_in_silence() -> None:
    (session,) = read(made.session(made.records(made.file_id(MadeFit())), sport=0).bytes(), "a.fit")
    assert session.sport is Sport.UNKNOWN
    assert "sport not told" in odd(session)
    assert np.nanmedian(session.stream["cadence_spm"]) == 169.0  # it does look like running
