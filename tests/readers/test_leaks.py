"""Whatever a file declares, reading it gives sessions or a named refusal and never another exception."""

from __future__ import annotations

import re

import pytest

from loadmon.facts import facts_of
from loadmon.readers import read
from loadmon.refusal import Refusal
from loadmon.store.packed import pack
from tests.readers import made_fit as made
from tests.readers.made_xml import activity, gpx, points, tcx

TRACK = gpx(points(10))
TRAINING = tcx(activity(n=10))
STRING, FLOAT64, BYTE = 7, 0x89, 13


def taken(data: bytes, name: str) -> int:
    """How many sessions a file gives, taken as far as an import takes them; 0 for a refusal."""
    try:
        sessions = read(data, name, home_zone="Europe/Berlin")
    except Refusal:
        return 0
    for session in sessions:
        pack(session, facts_of(session))
    return len(sessions)


@pytest.mark.parametrize(
    "encoding",
    ["undefined", "idna", "punycode", "unicode_escape", "rot13", "hex", "zlib", "base64", "utf-7", "mbcs", "no such", "ü",
     "utf-8\x00", "utf-16", "utf-32", "", "shift_jis", "iso-8859-1"],
)  # fmt: skip
@pytest.mark.parametrize("text", [TRACK, TRAINING], ids=["gpx", "tcx"])
@pytest.mark.parametrize("beyond_ascii", [b"", b"<!-- M\xfcller -->"], ids=["ascii", "latin"])
def test_any_declared_encoding(encoding: str, text: str, beyond_ascii: bytes) -> None:
    body = text[text.index("?>") + 2 :].encode() if text.startswith("<?xml") else text.encode()
    taken(f'<?xml version="1.0" encoding="{encoding}"?>'.encode() + beyond_ascii + body, "a.xml")


@pytest.mark.parametrize("text", [TRACK, TRAINING], ids=["gpx", "tcx"])
@pytest.mark.parametrize(
    "zone", ["Z", "+14:00", "-12:00", "-25:00", "+25:00", "-24:00", "+99:99", "+00:60", "", "-1e5"]
)
@pytest.mark.parametrize(
    "day", ["9999-12-31T23:59", "0001-01-01T00:00", "0000-01-01T00:00", "2024-02-30T25:61", "2024-11-09T17:00"]
)
def test_any_time_and_any_zone(text: str, zone: str, day: str) -> None:
    taken(re.sub(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(?:\.\d+)?)Z", rf"{day}\g<1>{zone}", text).encode(), "a.xml")


def test_the_times_above_are_really_put_in() -> None:
    changed, count = re.subn(r"\d{4}-\d\d-\d\dT\d\d:\d\d(:\d\d(?:\.\d+)?)Z", r"2024-11-09T17:00\g<1>Z", TRACK)
    assert count >= 10
    assert taken(changed.encode(), "a.gpx") == 1


VALUES = {
    "text": (STRING, b"abc\x00"), "no text": (STRING, b"\x00"), "one letter": (STRING, b"1\x00"),
    "a float": (FLOAT64, b"\x00\x00\x00\x00\x00\x00\xf0\x7f"), "not a number": (FLOAT64, b"\x00" * 6 + b"\xf8\x7f"),
    "bytes": (BYTE, b"\x01\x02\x03"), "three numbers": (made.UINT32, b"\x00\x00\x00\x40" * 3),
}  # fmt: skip
KINDS = {"file id": 0, "session": 18, "lap": 19, "record": 20, "event": 21, "device": 23, "activity": 34, "hrv": 78,
         "description": 206, "app": 207, "monitoring": 55, "heart rate": 132}  # fmt: skip


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("value", VALUES)
def test_a_fit_field_of_a_type_it_should_not_have(kind: str, value: str) -> None:
    base, payload = VALUES[value]
    numbers = [253, *range(12), 29, 39, 57, 136]
    for number in numbers:
        built = made.records(made.file_id(made.MadeFit()), 20)
        built.message(KINDS[kind], [(number, base, payload)], local=5)
        taken(built.bytes(), "a.fit")
    whole = made.records(made.file_id(made.MadeFit()), 20)
    whole.message(KINDS[kind], [(number, base, payload) for number in numbers], local=5)
    taken(whole.bytes(), "a.fit")


def test_a_timer_event_at_a_time_in_words_is_left_out() -> None:
    built = made.records(made.file_id(made.MadeFit()), 20)
    built.message(21, [(253, STRING, b"abc\x00"), (0, made.ENUM, 0), (1, made.ENUM, 4)], local=5)
    assert taken(built.bytes(), "a.fit") == 1
