"""GPX and TCX as every maker writes them, each oddity in a small file of its own."""

from __future__ import annotations

import re

import numpy as np
import pytest

from loadmon.readers import read
from loadmon.readers.gpx import WORDS, read_gpx
from loadmon.readers.xml_document import read_document
from loadmon.refusal import NoTimes, Refusal
from tests.readers.made_xml import GPXTPX, activity, gpx, points, stamp, tcx

EXTENSIONS = {
    "garmin": "<g:TrackPointExtension><g:atemp>21.0</g:atemp><g:hr>150</g:hr><g:cad>84</g:cad></g:TrackPointExtension>",
    "garmin, other prefix": (
        f'<ns3:TrackPointExtension xmlns:ns3="{GPXTPX}"><ns3:atemp>21.0</ns3:atemp><ns3:hr>150</ns3:hr>'
        "<ns3:cad>84</ns3:cad></ns3:TrackPointExtension>"
    ),
    "garmin, prefix never declared": "<x:TrackPointExtension><x:atemp>21</x:atemp><x:hr>150</x:hr><x:cad>84</x:cad></x:TrackPointExtension>",
    "strava": "<power>240</power><g:TrackPointExtension><g:atemp>21</g:atemp><g:hr>150</g:hr><g:cad>84</g:cad></g:TrackPointExtension>",
    "polar": "<g:TrackPointExtension><g:hr>150</g:hr><g:cad>84</g:cad><g:atemp>21</g:atemp></g:TrackPointExtension>",
    "suunto": (
        '<d:hr xmlns:d="http://www.cluetrust.com/XML/GPXDATA/1/0">150</d:hr><d:cadence>84</d:cadence><d:temp>21</d:temp>'
        "<d:verticalSpeed>0.1</d:verticalSpeed><d:seaLevelPressure>1013</d:seaLevelPressure>"
    ),
    "coros": "<heartrate>150</heartrate><cadence>84</cadence><temp>21</temp>",
    "amazfit": (
        "<heartrate>89</heartrate><ns3:TrackPointExtension><ns3:hr>150</ns3:hr><ns3:cad>84.0</ns3:cad>"
        "<ns3:atemp>21</ns3:atemp></ns3:TrackPointExtension>"
    ),
    "value inside": "<heartratebpm><value>150</value></heartratebpm><cadence>84</cadence><temp>21</temp>",
    "blanks round every value": "<hr>\n 150\r\n</hr><cad> 84 </cad><temp>\t21</temp>",
    "CDATA and references": "<hr><![CDATA[150]]></hr><cad>&#56;4</cad><temp>21<!-- degrees --></temp>",
}


@pytest.mark.parametrize("maker", EXTENSIONS)
@pytest.mark.parametrize("n", [12, 200])
def test_every_maker_s_extension(maker: str, n: int) -> None:
    (recording,) = read_gpx(gpx(points(n, extension=EXTENSIONS[maker])).encode())
    assert recording.columns["heart_rate_bpm"].tolist() == [150.0] * n
    assert recording.columns["strides_per_min"].tolist() == [84.0] * n
    assert recording.columns["temperature_c"].tolist() == [21.0] * n
    assert ("power_w" in recording.columns) == (maker == "strava")


@pytest.mark.parametrize("n", [12, 200])
def test_a_default_namespace_of_the_extension_hides_no_track(n: int) -> None:
    text = gpx(points(n, extension="<TrackPointExtension><hr>150</hr></TrackPointExtension>"))
    text = text.replace("http://www.topografix.com/GPX/1/1", GPXTPX)
    (recording,) = read_gpx(text.encode())
    assert recording.columns["heart_rate_bpm"].tolist() == [150.0] * n


@pytest.mark.parametrize("n", [12, 200])
def test_a_prefix_on_every_element(n: int) -> None:
    text = gpx(points(n)).replace("</", "</p:")
    for name in ("gpx", "trk", "trkseg", "trkpt", "ele", "time", "type"):
        text = text.replace(f"<{name} ", f"<p:{name} ").replace(f"<{name}>", f"<p:{name}>")
    (recording,) = read_gpx(text.encode())
    assert len(recording.unix_s) == n
    assert recording.sub_sport == "running"
    assert recording.device.product == "Made Watch"


@pytest.mark.parametrize("n", [12, 200])
def test_an_extension_s_own_time_and_height_are_not_the_point_s(n: int) -> None:
    text = gpx(points(n, extension="<x><time>1999-01-01T00:00:00Z</time><ele>-5</ele></x>"))
    (recording,) = read_gpx(text.encode())
    plain = read_gpx(gpx(points(n)).encode())[0]
    np.testing.assert_array_equal(recording.unix_s, plain.unix_s)
    np.testing.assert_array_equal(recording.columns["altitude_m"], plain.columns["altitude_m"])


@pytest.mark.parametrize("n", [12, 200])
def test_points_of_a_treadmill_without_position(n: int) -> None:
    text = "".join(
        f"<trkpt><time>{stamp(i)}</time><extensions><hr>150</hr><speed>3.0</speed></extensions></trkpt>"
        for i in range(n)
    )
    (session,) = read(gpx(text, kind="treadmill_running").encode(), "treadmill.gpx")
    assert len(session.stream) == n
    assert session.stream["lat_deg"].isna().all()
    assert session.stream["speed_mps"].tolist() == [3.0] * n


@pytest.mark.parametrize(
    "hole", ["", "<hr/>", "<hr></hr>", "<hr> </hr>", "<hr>--</hr>", "<hr>1_5</hr>", "<hr>nan</hr>"]
)
def test_a_value_that_is_none_is_missing_and_the_others_stay(hole: str) -> None:
    good = points(100, extension="<hr>150</hr><cad>84</cad>")
    bad = points(3, first=100, extension=f"{hole}<cad>84</cad>")
    rest = points(100, first=103, extension="<hr>150</hr><cad>84</cad>")
    (recording,) = read_gpx(gpx(good + bad + rest).encode())
    assert np.flatnonzero(np.isnan(recording.columns["heart_rate_bpm"])).tolist() == [100, 101, 102]
    assert recording.columns["strides_per_min"].tolist() == [84.0] * 203


@pytest.mark.parametrize("by_shape", [True, False])
def test_numbers_that_are_none_are_counted_by_what_they_should_tell(by_shape: bool) -> None:
    good = points(100, extension="<hr>150</hr>")
    bad = points(20, first=100, extension="<hr>15O</hr>")
    blank = points(5, first=120, extension="<hr> </hr>") + points(5, first=125, extension="<hr>NaN</hr>")
    commas = re.sub(r'lon="(\d+)\.', r'lon="\1,', good + bad)
    document = read_document(gpx(commas + blank).encode(), WORDS, by_shape=by_shape)
    told = {odd.name: (odd.count, odd.detail) for odd in document.oddities}
    assert told == {
        "positions unreadable": (120, "120 positions could not be read: they are no numbers."),
        "values of heart rate unreadable": (20, "20 values of heart rate could not be read: they are no numbers."),
    }
    (recording,) = read_gpx(gpx(commas + blank).encode())
    assert told.keys() <= {odd.name for odd in recording.oddities}
    (recording,) = read_gpx(gpx(good + blank).encode())
    assert recording.oddities == []


def test_a_later_blank_does_not_wipe_a_doubled_value_out() -> None:
    (recording,) = read_gpx(gpx(points(100, extension="<heartrate>150</heartrate><x:hr> </x:hr>")).encode())
    assert recording.columns["heart_rate_bpm"].tolist() == [150.0] * 100


@pytest.mark.parametrize(("seconds", "n_missing"), [("", 0), (".5", 0), (".123456789", 0), ("+00:00", 0), ("??", 200)])
def test_ways_to_write_an_instant(seconds: str, n_missing: int) -> None:
    text = gpx(points(200)).replace("Z</time>", f"{seconds}Z</time>".replace("+00:00Z", "+00:00"))
    if n_missing:
        with pytest.raises(NoTimes):
            read_gpx(text.encode())
        return
    (recording,) = read_gpx(text.encode())
    part = float(f"0{seconds[:7]}") if seconds.startswith(".") else 0.0
    plain = read_gpx(gpx(points(200)).encode())[0]
    np.testing.assert_allclose(recording.unix_s - plain.unix_s, part, atol=1e-6)


def test_a_segment_begun_where_the_last_one_ended_was_a_pause() -> None:
    still = points(60) + "</trkseg><trkseg>" + points(60, first=60, speed=3.0).replace("T17:0", "T17:3")
    (recording,) = read_gpx(gpx(still).encode())
    assert [event.kind for event in recording.events] == ["stop_all", "start"]
    (session,) = read(gpx(still).encode(), "pause.gpx")
    assert session.timer_s == pytest.approx(session.elapsed_s - 1801.0)
    lost = points(60) + "</trkseg><trkseg>" + points(60, first=160)
    assert not read_gpx(gpx(lost).encode())[0].events


def test_comments_hide_points_and_only_those() -> None:
    text = gpx(points(100) + "<!-- " + points(50, first=100) + " -->" + points(100, first=150))
    (recording,) = read_gpx(text.encode())
    assert len(recording.unix_s) == 200
    assert np.flatnonzero(np.diff(recording.unix_s) != 1).tolist() == [99]


@pytest.mark.parametrize("encoding", ["utf-16", "utf-16-le", "utf-16-be", "utf-8-sig"])
def test_tcx_in_every_encoding(encoding: str) -> None:
    text = tcx(activity(n=120)).replace("Made Watch", "Läufer")
    (session,) = read(text.encode(encoding), "a.tcx")
    assert len(session.stream) == 120
    assert session.device.product == "Läufer"


def test_an_encoding_that_is_slow_or_no_encoding_is_not_used() -> None:
    for name in ("punycode", "idna", "unicode_escape", "undefined", "rot13", "none-such"):
        text = gpx(points(10), body="<desc>é</desc>").replace('encoding="UTF-8"', f'encoding="{name}"')
        assert len(read(text.encode(), "a.gpx")[0].stream) == 10


def test_doubled_tcx_values_and_a_heart_rate_without_child() -> None:
    text = tcx(activity(n=60)).replace(
        "<HeartRateBpm><Value>150</Value></HeartRateBpm>",
        "<HeartRateBpm>99</HeartRateBpm><HeartRateBpm>\n150</HeartRateBpm>",
    )
    (session,) = read(text.encode(), "a.tcx")
    assert session.stream["heart_rate_bpm"].tolist() == [150.0] * 60


def test_laps_survive_a_cut_in_the_second() -> None:
    text = tcx(activity(n=200))
    cut = text.index("<Trackpoint", text.rindex("<Track>") + 2000)
    (session,) = read(text[:cut].encode(), "a.tcx")
    assert session.laps["distance_m"].tolist() == [300.0, 300.0]
    assert "truncated" in {o.name for o in session.oddities}


def test_nothing_but_refusals_for_bytes_that_only_begin_well() -> None:
    for text in ("<gpx", "<gpx>", "<gpx/>", "<gpx><trk><trkseg><trkpt", "<TrainingCenterDatabase>\x00"):
        with pytest.raises(Refusal):
            read(text.encode(), "a")


def test_a_track_without_times_beside_one_with_is_told() -> None:
    (session,) = read(gpx(points(50), points(20, time=False)).encode(), "a.gpx")
    assert len(session.stream) == 50
    assert [o.count for o in session.oddities if o.name == "tracks without time"] == [20]
