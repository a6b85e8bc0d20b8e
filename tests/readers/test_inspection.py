"""Inspection: what a file is, what is in it, what was odd; never a position and never a serial number."""

from __future__ import annotations

import gzip
import json
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import loadmon
from loadmon.cli.inspecting import _compared, lines
from loadmon.readers.inspection import Inspection, inspect
from loadmon.readers.seen_session import Compared
from loadmon.refusal import NotFound
from tests.intake import made as made_intake
from tests.readers import made_account, made_fit, made_tables, made_xml
from tests.readers.made_hostile_fit import described

SERIAL = 987_654_321


def words(found: Inspection) -> str:
    text = "\n".join(lines(found))
    json.dumps(found.plain(), allow_nan=False)
    return text


def test_a_fit_file() -> None:
    made = made_fit.records(made_fit.file_id(made_fit.MadeFit(), serial=SERIAL), 60, heart=150)
    made_fit.session(made, 59, 200.0)
    data = made_fit.activity(made, made_fit.START + 59, 3600).bytes()
    found = inspect(gzip.compress(data), "run.fit.gz")
    assert found.what == "FIT, packed by gzip"
    assert {(part.name, part.number, part.count) for part in found.parts} == {
        ("record", 20, 60), ("file_id", 0, 1), ("session", 18, 1), ("activity", 34, 1),
    }  # fmt: skip
    (session,) = found.sessions
    assert session.offset_origin == "file"
    totals = {total.name: total for total in session.totals}
    assert totals["distance_m"].device == 200.0
    assert totals["distance_m"].ours == pytest.approx(177.0, abs=5)
    assert totals["mean_heart_rate_bpm"].ours == pytest.approx(150, abs=3)
    text = words(found)
    assert "UTC+1:00, from the file" in text
    assert "odd: distance differs from the device" in text
    assert str(SERIAL) not in text + json.dumps(found.plain())


def test_heartbeats_of_a_strap_are_counted() -> None:
    made = made_fit.records(made_fit.file_id(made_fit.MadeFit()), 60)
    made.message(78, [(0, made_fit.UINT16, 700)], local=6)
    assert "1 times between heartbeats" in words(inspect(made_fit.session(made).bytes(), "run.fit"))
    assert "heartbeats" not in words(inspect(made_fit.run(), "run.fit"))


def test_no_position_is_shown() -> None:
    data = made_account.run(0)
    text = words(inspect(data, "x.gpx")) + json.dumps(inspect(data, "x.gpx").plain())
    assert b"46.000" in data
    assert "46.0" not in text
    assert "6.1" not in text.replace("46.1", "")


def test_gpx_and_its_extensions() -> None:
    found = inspect(made_xml.gpx(made_xml.points(60)).encode(), "run.gpx")
    assert found.what == "GPX"
    assert {part.name: part.count for part in found.parts} == {"trk": 1, "trkseg": 1, "trkpt": 60}
    wide = inspect(made_xml.gpx(made_xml.points(60)).encode("utf-16"), "run.gpx")
    assert wide.parts == found.parts
    point = (
        '<trkpt lat="46" lon="6"><time>2026-01-05T06:30:{:02d}Z</time><extensions><ns3:TrackPointExtension><ns3:hr>150</ns3:hr>'
        "</ns3:TrackPointExtension><empty/></extensions></trkpt>"
    )
    data = (
        '<gpx xmlns="http://www.topografix.com/GPX/1/1" xmlns:ns3="x"><extensions/><trk><trkseg>'
        + "".join(point.format(i) for i in range(3))
        + "</trkseg></trk></gpx>"
    )
    found = inspect(data.encode(), "x")
    assert {part.name: part.count for part in found.extensions} == {"TrackPointExtension": 3, "hr": 3, "empty": 3}
    assert {part.name: part.count for part in found.parts} == {"trk": 1, "trkseg": 1, "trkpt": 3}


def test_archives_and_accounts() -> None:
    found = inspect(made_account.zipped(made_account.STRAVA_FILES), "export.zip")
    assert found.what == "ZIP archive of 5 files"
    assert "Strava's account archive" in (found.account or "")
    assert [path for path, _ in found.members] == ["activities/1.gpx.gz", "activities/2.gpx"]
    assert len(found.sessions) == 2
    text = words(found)
    assert "told by a table: title Morning, with Anna, shoes Pegasus, effort 6.0" in text
    assert "activities.csv, row 4: The activity of 2026-01-07 was entered by hand" in text
    assert "Garmin's account archive" in words(inspect(made_account.zipped(made_account.garmin_files()), "g.zip"))


def test_a_single_activity_in_a_zip_is_looked_into() -> None:
    found = inspect(made_intake.zipped({"1_ACTIVITY.fit": made_intake.fit()}), "x.fit")
    assert found.what == "FIT, alone in a ZIP"
    assert found.parts[0].name == "record"
    assert len(found.sessions) == 1


def test_only_some_of_a_large_archive_are_read(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loadmon.readers.inspection.MOST_MEMBERS_READ", 2)
    found = inspect(made_intake.zipped({f"{day}.fit": made_intake.fit(day) for day in range(5)}))
    assert (len(found.sessions), found.unread) == (2, 3)
    assert "3 more activity files were listed" in words(found)


def test_totals_have_units_words_and_no_negative_zero() -> None:
    made = made_fit.records(made_fit.file_id(made_fit.MadeFit()), 60, heart=150)
    text = words(inspect(made_fit.session(made, 59, 177.0).bytes(), "run.fit"))
    assert "recorded in samples 0:59" in text
    assert "150 bpm" in text
    assert "measured: time, " in text
    assert "_bpm" not in text
    assert "-0.0 %" not in text
    assert "1 laps" not in text
    zero = Compared("ascent_m", 12.0, None)
    assert _compared(zero).startswith("device 12 m, ours is not")
    assert _compared(Compared("distance_m", 10_000.0, 9_999.9)).endswith("(0.0 %)")


def test_packed_twice_is_said() -> None:
    assert inspect(gzip.compress(gzip.compress(made_fit.run())), "run.fit.gz").what == "FIT, packed by gzip twice"


def test_an_activity_of_the_account_s_list_without_a_file_is_named() -> None:
    files = made_account.garmin_files()
    gone = next(name for name in files if name.endswith(".zip"))
    whole, less = (
        inspect(made_account.zipped(held), "g.zip") for held in (files, {n: d for n, d in files.items() if n != gone})
    )
    assert len(less.sessions) < len(whole.sessions)
    assert sum("own list names" in row[2] for row in less.refusals) > sum(
        "own list names" in row[2] for row in whole.refusals
    )


def test_a_table() -> None:
    found = inspect(made_tables.GARMIN.encode(), "Activities.csv")
    assert found.what == "a list of sessions of Garmin Connect, table of text (CSV)"
    assert found.refusals[0][1] == "columns to confirm"
    text = words(found)
    assert "Distance: taken for distance; such as 12.50" in text
    assert "To be confirmed: What its columns hold" in text
    assert "Refused" not in text
    assert "To be said: Nothing tells whether distances" in text
    assert not found.is_refused


@pytest.mark.parametrize(
    ("data", "name", "what"),
    [
        (b"", "empty file", ""),
        (made_intake.PDF, "unknown format", "a PDF document"),
        (made_intake.zipped({}), "empty archive", ""),
        (made_intake.fit()[:40], "damaged file", "FIT"),
        (b"\x1f\x8b\x08\0\0\0\0\0\0\3", "damaged file", ""),
    ],
)
def test_a_refused_file_says_why(data: bytes, name: str, what: str) -> None:
    found = inspect(data, "x.fit")
    assert found.is_refused
    assert found.refusals[0][1] == name
    assert what in found.what
    assert f"Refused ({name})" in words(found)


def test_damage_is_told(tmp_path: Path) -> None:
    path = tmp_path / "cut.fit"
    path.write_bytes(made_intake.cut_fit())
    found = loadmon.inspect(path)
    assert found.name == "cut.fit"
    assert "odd: truncated" in words(found)
    with pytest.raises(NotFound):
        inspect(tmp_path / "nothing")


def test_more_tags_or_descriptions_than_any_file_holds_take_no_memory() -> None:
    for data in (b"<gpx>" + b"<a/>" * 500_000, described()):
        tracemalloc.start()
        found = inspect(data, "hostile")
        peak = tracemalloc.get_traced_memory()[1]
        tracemalloc.stop()
        assert found.is_refused
        assert peak < 20 * len(data)


@settings(max_examples=80, deadline=None)
@given(st.binary(max_size=200))
def test_no_bytes_at_all_end_an_inspection(data: bytes) -> None:
    for start in (
        b"",
        b"PK\x03\x04",
        b"\x1f\x8b",
        b"<gpx>",
        b"<TrainingCenterDatabase>",
        b"\x0e\x10\x00\x00\x00\x00\x00\x00.FIT",
    ):
        assert words(inspect(start + data))
