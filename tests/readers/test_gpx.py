"""GPX files made for one trap each."""

from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon import __version__
from loadmon.facts import facts_of
from loadmon.readers import read
from loadmon.refusal import DamagedFile, NoActivity, NoTimes, Refusal, TooLarge, UnsafeContent
from loadmon.session import OffsetOrigin, Sport
from tests.readers.made_xml import gpx, points, stamp

GARMIN = "<g:TrackPointExtension><g:atemp>21</g:atemp><g:hr>150</g:hr><g:cad>84</g:cad></g:TrackPointExtension>"


def names(session) -> set[str]:
    return {o.name for o in session.oddities}


def test_a_run_with_garmin_s_extension() -> None:
    (session,) = read(gpx(points(120, extension=GARMIN)).encode(), "run.gpx")
    stream = session.stream
    assert session.sport is Sport.RUN
    assert names(session) == {"distance from positions"}
    assert stream["cadence_spm"].tolist() == [168.0] * 120
    assert stream["heart_rate_bpm"].tolist() == [150.0] * 120
    assert stream["temperature_c"].tolist() == [21.0] * 120
    assert stream["distance_m"].iloc[-1] == pytest.approx(357.0, rel=1e-3)
    assert stream["speed_mps"].median() == pytest.approx(3.0, rel=0.02)
    assert session.moving_s == 119.0
    assert (session.utc_offset_s, session.offset_origin) == (3600, OffsetOrigin.POSITION)
    assert session.device.product == "Made Watch"
    assert session.source.reader == f"loadmon {__version__}"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-be", "latin-1"])
def test_every_encoding_gives_the_same(encoding: str) -> None:
    text = gpx(points(10), body="<metadata><name>Läufe</name></metadata>")
    if encoding == "latin-1":
        text = text.replace('encoding="UTF-8"', 'encoding="ISO-8859-1"')
    elif encoding.startswith("utf-16"):
        text = text.replace('encoding="UTF-8"', 'encoding="UTF-16"')
    (session,) = read(text.encode(encoding), "run.gpx")
    assert len(session.stream) == 10


def test_blanks_before_the_first_tag_do_no_harm() -> None:
    assert len(read(b"\n   " + gpx(points(10)).encode(), "a.gpx")[0].stream) == 10


def test_a_value_given_twice_is_never_glued_together() -> None:
    twice = "<heartrate>89</heartrate><g:TrackPointExtension><g:hr>90</g:hr></g:TrackPointExtension>"
    (session,) = read(gpx(points(10, extension=twice)).encode(), "amazfit.gpx")
    assert session.stream["heart_rate_bpm"].tolist() == [90.0] * 10


def test_cadence_of_both_feet_is_not_doubled_again() -> None:
    (session,) = read(gpx(points(30, extension="<cadence>170</cadence>")).encode(), "a.gpx")
    assert session.stream["cadence_spm"].tolist() == [170.0] * 30
    assert "cadence already in steps" in names(session)


@pytest.mark.parametrize(
    ("word", "sport"),
    [
        ("running", Sport.RUN),
        ("trail_running", Sport.TRAIL_RUN),
        ("treadmill_running", Sport.TREADMILL_RUN),
        ("9", Sport.RUN),
        ("1", Sport.RIDE),
        ("cycling", Sport.RIDE),
        ("hiking", Sport.HIKE),
        ("track_running", Sport.TRACK_RUN),
        ("kitesurfing", Sport.OTHER),
        (None, Sport.UNKNOWN),
        ("", Sport.UNKNOWN),
    ],
)
def test_the_sport_is_what_the_file_tells(word: str | None, sport: Sport) -> None:
    (session,) = read(gpx(points(10), kind=word).encode(), "a.gpx")
    assert session.sport is sport
    assert ("sport not told" in names(session)) == (sport is Sport.UNKNOWN)


def test_a_word_for_a_sport_that_is_not_known_is_named_and_the_speed_tells() -> None:
    (session,) = read(gpx(points(60), kind="Blafasel").encode(), "a.gpx")
    (found,) = [oddity for oddity in session.oddities if oddity.name == "sport not known"]
    assert (session.sport, found.detail) == (
        Sport.UNKNOWN, "“Blafasel” is no sport that loadmon knows; its speed looks like running.",
    )  # fmt: skip
    assert facts_of(session).is_running
    assert "sport not told" not in names(session)


def test_no_times_are_asked_for_and_not_guessed() -> None:
    with pytest.raises(NoTimes, match="no times"):
        read(gpx(points(10, time=False)).encode(), "a.gpx")
    with pytest.raises(NoTimes, match="1970"):
        read(gpx(points(10, start=datetime(1970, 1, 1, tzinfo=UTC))).encode(), "a.gpx")


@pytest.mark.parametrize(
    "body",
    [
        '<wpt lat="48" lon="9"/>',
        '<rte><rtept lat="48" lon="9"/><rtept lat="48.1" lon="9"/></rte>',
        "<trk><trkseg/></trk>",
        "",
    ],
)
def test_what_was_not_recorded_is_no_activity(body: str) -> None:
    with pytest.raises(NoActivity):
        read(gpx(body=body).encode(), "a.gpx")


def test_tracks_that_follow_each_other_are_one_activity_and_distant_ones_are_not() -> None:
    text = gpx(points(30), points(30, first=60), points(30, first=5000))
    one, two = read(text.encode(), "a.gpx")
    assert (len(one.stream), len(two.stream)) == (60, 30)
    assert one.start < two.start
    assert (one.source.index, two.source.index) == (0, 1)


def test_a_hundred_tracks_that_follow_each_other_keep_every_column_and_oddity_once() -> None:
    heart = "<g:TrackPointExtension><g:hr>150</g:hr></g:TrackPointExtension>"
    tracks = (points(5, first=20 * i, extension=heart if i % 2 else "") for i in range(100))
    (session,) = read(gpx(*tracks).replace("Z</time>", "</time>").encode(), "a.gpx")
    beats = session.stream["heart_rate_bpm"]
    assert len(beats) == 500
    assert np.flatnonzero(beats.notna()).tolist() == [i for i in range(500) if i // 5 % 2]
    assert [oddity.name for oddity in session.oddities].count("times without zone") == 1


def test_a_track_of_a_far_future_costs_no_other_and_is_told() -> None:
    text = gpx(points(30), points(30, start=datetime(2300, 1, 1, tzinfo=UTC)))
    (session,) = read(text.encode(), "a.gpx")
    assert len(session.stream) == 30
    assert "part left out" in names(session)
    assert "part left out" in names(read(gpx(points(30), points(1, first=5000)).encode(), "a.gpx")[0])


def test_more_activities_than_a_file_may_hold_are_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loadmon.readers.MAX_ACTIVITIES", 1)
    with pytest.raises(TooLarge, match="2 activities"):
        read(gpx(points(30), points(30, first=5000)).encode(), "a.gpx")


def test_times_that_carry_their_zone_tell_the_local_clock() -> None:
    text = gpx(points(10)).replace("Z</time>", "+08:00</time>")
    (session,) = read(text.encode(), "a.gpx")
    assert (session.utc_offset_s, session.offset_origin) == (8 * 3600, OffsetOrigin.FILE)
    assert session.start.hour == 9


@pytest.mark.parametrize(
    ("time", "words"),
    [
        ("<time>1700000000</time>", "times that cannot be read"),
        ("", "no times"),
        ("<time>1970-01-01T00:00:01Z</time>", "1970"),
    ],
)
def test_times_that_cannot_be_used_are_told_from_none(time: str, words: str) -> None:
    point = f'<trkpt lat="46" lon="6">{time}</trkpt>'
    with pytest.raises(NoTimes, match=words):
        read(f"<gpx><trk><trkseg>{point * 3}</trkseg></trk></gpx>".encode(), "a.gpx")


def test_times_without_a_zone_are_told() -> None:
    (session,) = read(gpx(points(10)).replace("Z</time>", "</time>").encode(), "a.gpx")
    assert "times without zone" in names(session)
    assert session.start.hour == 17


def test_speed_in_another_unit_is_left_out() -> None:
    (session,) = read(gpx(points(60, extension="<speed>10.8</speed>")).encode(), "kmh.gpx")
    assert "speed disagrees with positions" in names(session)
    assert session.stream["speed_mps"].median() == pytest.approx(3.0, rel=0.02)


def test_a_jump_of_the_receiver_adds_no_distance() -> None:
    text = gpx(points(30) + f'<trkpt lat="49.0" lon="9.0"><time>{stamp(30)}</time></trkpt>' + points(30, first=31))
    (session,) = read(text.encode(), "a.gpx")
    assert "position jumps" in names(session)
    assert session.stream["distance_m"].iloc[-1] < 200


BOMB = (
    '<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    '<gpx version="1.1"><trk><name>&b;</name></trk></gpx>'
)
OUTSIDE = (
    '<?xml version="1.0"?><!DOCTYPE gpx [<!ENTITY secret SYSTEM "file:///etc/hostname">]>'
    '<gpx version="1.1"><trk><name>&secret;</name></trk></gpx>'
)


@pytest.mark.parametrize("text", [BOMB, OUTSIDE])
def test_entities_are_refused_before_anything_is_parsed(text: str) -> None:
    with pytest.raises(UnsafeContent, match="entities"):
        read(text.encode(), "a.gpx")


def test_deep_nesting_and_huge_attributes_are_refused() -> None:
    with pytest.raises(UnsafeContent, match="nested"):
        read(("<gpx>" + "<a>" * 200_000 + "</a>" * 200_000 + "</gpx>").encode(), "a.gpx")
    with pytest.raises(UnsafeContent, match="attribute"):
        read(f'<gpx version="1.1" creator="{"x" * 2_000_000}"/>'.encode(), "a.gpx")


def test_a_gpx_that_breaks_off_keeps_what_comes_before_and_says_where() -> None:
    text = gpx(points(30))
    (session,) = read(text[: len(text) // 2].encode(), "a.gpx")
    assert 10 <= len(session.stream) < 16
    assert [o.detail for o in session.oddities if o.name == "truncated"] == [
        "The file breaks off in line 2; what comes before was kept."
    ]
    with pytest.raises(DamagedFile, match="breaks off in line 2, before anything"):
        read(text[: text.index("<trkpt") + 20].encode(), "a.gpx")


WHOLE = gpx(points(8, extension=GARMIN)).encode()


@settings(max_examples=150, deadline=None)
@given(st.integers(1, len(WHOLE) - 1), st.integers(0, 255))
def test_a_byte_changed_or_a_cut_never_leaks_an_exception(at: int, byte: int) -> None:
    try:
        sessions = read(WHOLE[:at], "cut.gpx")
    except Refusal:
        assert WHOLE[:at].count(b"</trkpt>") < 2
    else:
        assert [len(session.stream) for session in sessions] == [WHOLE[:at].count(b"</trkpt>")]
        assert all("truncated" in names(session) for session in sessions)
    changed = WHOLE[:at] + bytes([byte]) + WHOLE[at + 1 :]
    try:
        sessions = read(changed, "changed.gpx")
    except Refusal:
        return
    assert all(len(session.stream) >= 2 for session in sessions)
