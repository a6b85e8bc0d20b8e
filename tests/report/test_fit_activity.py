"""FIT files of ours, read back by three libraries that know nothing of each other."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import timedelta

import fitparse
import numpy as np
import pandas as pd
import pytest

from loadmon.readers.fit_crc import crc16
from loadmon.report.activity import PLAIN_FIELDS, Watch
from loadmon.report.fit_activity import fit_activity
from loadmon.session import Sport
from tests.report.fit_libraries import LIBRARIES
from tests.report.made import START, WATCH, run, without

# Record field of the profile, our column, from SI to the profile's unit, and half the file's resolution in it.
FIELDS = [
    ("position_lat", "lat_deg", 2**31 / 180.0, 0.51),
    ("position_long", "lon_deg", 2**31 / 180.0, 0.51),
    ("distance", "distance_m", 1.0, 0.0051),
    ("enhanced_speed", "speed_mps", 1.0, 0.00051),
    ("enhanced_altitude", "altitude_m", 1.0, 0.101),
    ("heart_rate", "heart_rate_bpm", 1.0, 0.0),
    ("vertical_oscillation", "vertical_oscillation_m", 1000.0, 0.051),
    ("stance_time", "stance_time_s", 1000.0, 0.051),
    ("stance_time_balance", "stance_balance_left_pct", 1.0, 0.0051),
    ("step_length", "step_length_m", 1000.0, 0.051),
    ("vertical_ratio", "vertical_ratio_pct", 1.0, 0.0051),
]


@pytest.mark.parametrize("library", LIBRARIES)
def test_every_value_comes_back(library: str) -> None:
    activity = run()
    records = LIBRARIES[library](fit_activity(activity))["record"]
    assert len(records) == 40
    assert [r["timestamp"] for r in records] == [
        START.replace(tzinfo=None) + timedelta(seconds=s) for s in activity.stream["t_s"]
    ]
    for name, column, scale, tolerance in FIELDS:
        found = np.array([r.get(name) if r.get(name) is not None else np.nan for r in records], dtype=float)
        np.testing.assert_allclose(found, activity.stream[column] * scale, rtol=0, atol=tolerance, err_msg=name)
    steps = [2.0 * (r["cadence"] + r["fractional_cadence"]) for r in records]
    np.testing.assert_array_equal(steps, activity.stream["cadence_spm"])


@pytest.mark.parametrize("library", LIBRARIES)
def test_the_whole_and_its_laps_come_back(library: str) -> None:
    found = LIBRARIES[library](fit_activity(run(sport=Sport.TRAIL_RUN)))
    (session,) = found["session"]
    assert (session["sport"], session["sub_sport"], session["num_laps"]) == ("running", "trail", 2)
    assert session["total_elapsed_time"] == 412.0
    assert session["total_timer_time"] == 352.0
    assert session["total_distance"] == 1100.0
    assert (session["avg_heart_rate"], session["max_heart_rate"], session["total_ascent"]) == (142, 171, 44)
    assert session["start_time"] == START.replace(tzinfo=None)
    laps = found["lap"]
    assert [lap["total_distance"] for lap in laps] == [1000.0, 100.0]
    assert laps[1].get("avg_heart_rate") is None
    (activity,) = found["activity"]
    assert activity["num_sessions"] == 1
    assert found["file_id"][0]["serial_number"] == WATCH.serial
    assert found["device_info"][0]["software_version"] == 13.1


def test_the_clock_on_the_wrist_is_told_by_the_activity_message() -> None:
    activity = LIBRARIES["fitparse"](fit_activity(run()))["activity"][0]
    assert activity["local_timestamp"] - activity["timestamp"] == timedelta(hours=-4)


def test_messages_stand_in_the_order_things_happened() -> None:
    data = fit_activity(run())
    names = [m.name for m in fitparse.FitFile(io.BytesIO(data)).get_messages()]
    stop = names.index("event", names.index("record"))
    assert names[:3] == ["file_id", "device_info", "event"]
    assert names[:stop].count("record") == 20
    assert names[stop : stop + 3] == ["event", "event", "record"]
    assert names[: names.index("lap")].count("record") == 34
    assert names[-5:] == ["record", "lap", "event", "session", "activity"]
    kinds = [m["event_type"] for m in LIBRARIES["fitparse"](data)["event"]]
    assert kinds == ["start", "stop_all", "start", "stop_all"]


def test_a_watch_with_plain_fields_writes_plain_fields() -> None:
    watch = Watch(23, 60, "Sample S", 7, 2.0, PLAIN_FIELDS)
    record = fitparse.FitFile(io.BytesIO(fit_activity(run(watch)))).messages
    numbers = {f.def_num for f in next(m for m in record if m.name == "record").fields if f.field_def is not None}
    assert {2, 6} <= numbers
    assert not {73, 78, 53} & numbers


def test_what_was_never_measured_has_no_field() -> None:
    activity = run()
    indoor = replace(activity, stream=without(activity.stream, "lat_deg", "lon_deg", "altitude_m"))
    found = LIBRARIES["garmin"](fit_activity(indoor))
    assert not {"position_lat", "position_long", "enhanced_altitude"} & set(found["record"][0])
    assert found["session"][0].get("start_position_lat") is None


def test_what_does_not_fit_is_missing_and_never_wrapped_round() -> None:
    activity = run()
    heart = np.array(activity.stream["heart_rate_bpm"])
    heart[0], heart[1] = 300.0, 255.0
    found = LIBRARIES["garmin"](
        fit_activity(replace(activity, stream=dict(activity.stream) | {"heart_rate_bpm": heart}))
    )
    assert [found["record"][n].get("heart_rate") for n in (0, 1)] == [None, None]
    assert found["record"][2]["heart_rate"] == heart[2]


def test_a_pandas_stream_gives_the_same_bytes() -> None:
    activity = run()
    assert fit_activity(replace(activity, stream=pd.DataFrame(dict(activity.stream)))) == fit_activity(activity)


def test_header_and_checksums() -> None:
    data = fit_activity(run())
    assert data[0] == 14
    assert data[8:12] == b".FIT"
    assert int.from_bytes(data[4:8], "little") == len(data) - 16
    assert crc16(data[:14]) == 0
    assert crc16(data) == 0


def test_without_laps_there_is_no_lap_message() -> None:
    found = LIBRARIES["garmin"](fit_activity(run(laps={}, events=())))
    assert "lap" not in found
    assert found["session"][0]["num_laps"] == 0
    assert len(found["record"]) == 40
