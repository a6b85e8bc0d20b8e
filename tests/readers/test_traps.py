"""Every trap that real watch files set, in a small made file of its own, and the right value for it."""

from __future__ import annotations

from dataclasses import asdict

import numpy as np
import pandas as pd
import pytest

from loadmon.facts import facts_of
from loadmon.overlap import same_run
from loadmon.readers import read
from loadmon.readers.fit_records import fit_records
from loadmon.refusal import NoTimes
from loadmon.session import OffsetOrigin, Session, Sport
from tests.readers.made_fit import EPOCH_S, START
from tests.readers.made_traps import FOLDER, TRAPS, N


def one(name: str) -> Session:
    (session,) = read((FOLDER / name).read_bytes(), name)
    return session


def records(name: str) -> pd.DataFrame:
    return fit_records((FOLDER / name).read_bytes())


def odd(session: Session) -> dict[str, int]:
    return {oddity.name: oddity.count for oddity in session.oddities}


@pytest.mark.parametrize("name", TRAPS)
def test_the_files_that_lie_here_are_those_that_are_made(name: str) -> None:
    assert (FOLDER / name).read_bytes() == TRAPS[name]()


def test_every_trap_has_a_file() -> None:
    assert {int(name[:2]) for name in TRAPS} == set(range(1, 24))
    assert {path.name for path in FOLDER.iterdir()} == set(TRAPS)


def test_01_a_field_size_its_type_does_not_allow_is_passed_over() -> None:
    session = one("01-odd-field-size.fit")
    assert len(session.stream) == 2 * N
    assert session.oddities == ()


def test_02_a_header_checksum_of_zero_is_sound() -> None:
    session = one("02-header-checksum-zero.fit")
    assert len(session.stream) == N
    assert session.oddities == ()
    broken = bytearray((FOLDER / "02-header-checksum-zero.fit").read_bytes())
    broken[200] ^= 1
    assert "checksum wrong" in odd(read(bytes(broken), "a.fit")[0])


def test_03_times_in_header_bytes_go_on_from_any_message_and_roll_over() -> None:
    session = one("03-compressed-timestamps.fit")
    assert session.start.timestamp() == START + EPOCH_S + 1
    assert session.stream["t_s"].tolist() == [float(i) for i in range(99)]


def test_04_packed_distance_rolls_over_every_256_m() -> None:
    stream = one("04-compressed-speed-distance.fit").stream
    assert stream["speed_mps"].tolist() == [3.0] * 200
    assert stream["distance_m"].tolist() == [3.0 * i for i in range(200)]


def test_05_a_scaled_value_is_the_nearest_there_is() -> None:
    assert one("05-expansion-rounding.fit").stream["speed_mps"].tolist() == [2.01] * N


def test_06_enhanced_fields_come_first_and_a_plain_one_not_measured_is_never_expanded() -> None:
    table = records("06-enhanced-only.fit")
    assert table["speed_mps"][:N].tolist() == [3.1] * N
    assert table["altitude_m"][:N].tolist() == [120.0] * N
    assert table["speed_mps"][N + 1 :: 2].tolist() == [3.0] * (N // 2)
    assert table["altitude_m"][N + 1 :: 2].tolist() == [125.0] * (N // 2)
    assert table["speed_mps"][N::2].isna().all()
    assert table["altitude_m"][N::2].isna().all()


def test_07_fields_younger_than_a_library_have_their_values() -> None:
    table = records("07-newer-than-the-profile.fit")
    assert table["cycle_length_m"].tolist() == [2.15] * N
    assert table["breaths_per_min"].tolist() == [31.5] * N
    assert len(one("07-newer-than-the-profile.fit").stream) == N


def test_08_cadence_is_steps_of_both_feet() -> None:
    assert one("08-cadence-of-one-foot.fit").stream["cadence_spm"].tolist() == [169.0] * N
    both = one("08-cadence-of-both-feet.fit")
    assert both.stream["cadence_spm"].tolist() == [170.0] * N
    assert "cadence already in steps" in odd(both)


def test_09_cadence_comes_from_moving_records_and_the_declared_mean_is_kept_beside_it() -> None:
    session = one("09-declared-cadence-with-standing.fit")
    assert session.totals.mean_cadence_spm == 126.0
    assert facts_of(session).median_cadence_spm == 168.0


def test_10_zeros_that_mean_not_measured_are_missing_and_power_may_be_zero() -> None:
    stream = one("10-zeros-not-measured.fit").stream
    for column in ("heart_rate_bpm", "stance_time_s", "vertical_oscillation_m", "step_length_m"):
        assert stream[column][1::2].isna().all(), column
        assert stream[column][0::2].notna().all(), column
    assert stream["power_w"].tolist() == [0.0] * N


def test_11_an_offset_of_zero_needs_a_position_that_agrees() -> None:
    zero, told = one("11-offset-zero-elsewhere.fit"), one("11-offset-told.fit")
    assert zero.offset_origin is OffsetOrigin.POSITION
    assert zero.utc_offset_s == 3600  # the made run is in Germany, in November
    assert (told.utc_offset_s, told.offset_origin) == (-5 * 3600, OffsetOrigin.FILE)
    assert zero.start == told.start


@pytest.mark.parametrize("name", ["12-pause-stop-all.fit", "12-pause-stop.fit"])
def test_12_a_stop_of_either_kind_is_a_pause(name: str) -> None:
    session = one(name)
    assert session.elapsed_s == 2 * N - 2 + 40
    assert session.timer_s == session.moving_s == 2 * N - 2
    assert session.oddities == ()


def test_12_a_gap_alone_is_no_pause() -> None:
    session = one("12-gap-without-stop.fit")
    assert session.timer_s == session.moving_s == session.elapsed_s == 2 * N - 2 + 40


def test_13_samples_far_apart_weigh_as_much_as_the_time_between_them() -> None:
    session = one("13-smart-recording.fit")
    assert session.elapsed_s == session.moving_s == 133.0
    facts = facts_of(session)
    assert facts.steps == pytest.approx(169.0 * 133 / 60, rel=1e-3)
    assert facts.mean_heart_rate_bpm == 150.0


def test_14_a_messy_reexport_is_sorted_joined_and_flagged() -> None:
    session = one("14-messy-reexport.fit")
    assert session.stream["t_s"].tolist() == [float(i) for i in range(65)]
    assert session.stream["heart_rate_bpm"][29] == 160.0  # of two for one second the later
    assert session.stream["distance_m"].tolist() == pytest.approx([3.0 * i for i in range(65)])
    assert set(odd(session)) == {
        "duplicate timestamps", "timestamps go backwards", "distance differs from the device",
    }  # fmt: skip


def test_15_one_run_on_two_watches_counts_once_and_the_richer_stays() -> None:
    first, second = one("15-first-watch.fit"), one("15-second-watch.fit")
    assert first.source.sha256 != second.source.sha256
    assert first.device.serial_hash != second.device.serial_hash
    runs = pd.DataFrame([asdict(facts_of(first)), asdict(facts_of(second))]).assign(athlete_id=1, session_id=[7, 8])
    assert same_run(runs).tolist() == [pd.NA, 7]


def test_16_beats_of_a_strap_become_the_heart_rate_of_their_second() -> None:
    heart = one("16-strap-beats.fit").stream["heart_rate_bpm"]
    # The strap beats at every half and every full second, one beat a minute faster with each second; the second before
    # record k holds the beats of k - 0.5 and k, and what is carried on a quarter second behind those of k - 1 and k - 0.5.
    assert np.isnan(heart[0])
    assert heart[1:57].tolist() == [119.0 + k for k in range(1, 57)]
    assert heart[57:].isna().all()  # the strap stopped at 56.5 s


def test_17_every_part_of_a_chained_file_is_read_whatever_comes_last() -> None:
    sessions = read((FOLDER / "17-chained-with-a-bad-end.fit").read_bytes(), "chained.fit")
    assert [len(session.stream) for session in sessions] == [N, N]
    assert all("part unreadable" in odd(session) for session in sessions)


def test_18_fields_of_apps_are_kept_apart_by_app_and_number() -> None:
    session = one("18-two-apps-one-name.fit")
    stream = session.stream
    assert stream["10111213:Power"].tolist() == [240.0] * N
    assert stream["20212223:Power"].tolist() == [60.0] * N  # described late: 130 / 2 - 5
    assert stream["power_w"].tolist() == [250.0] * N  # the watch's own, whatever an app claims to stand for
    assert odd(session)["fields not described"] == 1
    assert "1:9" in next(oddity.detail for oddity in session.oddities if oddity.name == "fields not described")


def test_19_words_stay_numbers_until_they_are_shown() -> None:
    session = one("19-words-as-numbers.fit")
    assert (session.sport, session.sub_sport) == (Sport.TRAIL_RUN, "trail")
    assert all(kind == np.float64 for kind in session.stream.dtypes.drop("timestamp"))
    assert session.stream["stance_balance_left_pct"].tolist() == [49.8] * N


def test_20_seconds_since_power_on_are_no_date() -> None:
    name = "20-seconds-since-power-on.fit"
    with pytest.raises(NoTimes):
        one(name)
    assert records(name)["timestamp"].isna().all()
    assert records(name)["heart_rate_bpm"].tolist() == [150.0] * N


def test_21_a_heart_rate_written_twice_is_read_once() -> None:
    assert one("21-heart-rate-twice.gpx").stream["heart_rate_bpm"].tolist() == [89.0] * N


def test_22_of_an_array_the_first_valid_element_counts() -> None:
    assert one("22-array-or-number.fit").stream["speed_mps"].tolist() == [3.2] * N + [3.3] * N


def test_23_accumulated_power_has_its_values() -> None:
    assert records("23-accumulated-power.fit")["accumulated_power_w"].tolist() == [200.0 * i for i in range(N)]
    rolled = records("23-accumulated-power-in-two-bytes.fit")["accumulated_power_w"]
    assert rolled.tolist() == [2000.0 * i for i in range(N)]
