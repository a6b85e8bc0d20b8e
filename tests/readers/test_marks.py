"""A glance at a file's bytes: the watch's fingerprint is the one that reading it gives, and a name is a person's."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from loadmon.readers import read
from loadmon.readers.makers import MADE_UP, is_maker
from loadmon.readers.marks import LOOK_BYTES, Marks, marks_of
from loadmon.readers.recording import hashed_serial
from loadmon.refusal import Refusal
from tests.paths import corpus
from tests.readers import made_fit, made_xml
from tests.readers.made_account import zipped
from tests.readers.made_fit import ENUM, STRING, UINT8, UINT16, UINT32Z

SERIAL = 3_912_345_678


def run(made: made_fit.MadeFit, n: int = 120) -> bytes:
    made_fit.session(made_fit.records(made, n), n - 1, 3.0 * (n - 1))
    return made.bytes()


def profiled(name: str = "Anna Berg") -> made_fit.MadeFit:
    made = made_fit.file_id(made_fit.MadeFit(), serial=SERIAL)
    return made.message(3, [(0, STRING, name.encode() + b"\0\0"), (4, UINT16, 620)], local=6)


def late_device(big_endian: bool = False) -> bytes:
    """A watch that tells its number only behind all samples, as some makers' do."""
    made = made_fit.MadeFit(big_endian=big_endian).message(0, [(0, ENUM, 4), (1, UINT16, 294)])
    made_fit.session(made_fit.records(made, 4_000), 3_999, 12_000.0)
    made.message(23, [(0, UINT8, 3), (3, UINT32Z, 77)], local=7)  # a strap's number is not the watch's
    made.message(23, [(0, UINT8, 0), (3, UINT32Z, SERIAL)], local=7)
    return made.bytes()


@pytest.mark.parametrize("big_endian", [False, True])
def test_the_watch_is_the_one_that_reading_gives(big_endian: bool) -> None:
    for data in (made_fit.run(big_endian=big_endian), late_device(big_endian), run(profiled())):
        (session,) = read(data, "x.fit")
        assert session.device.serial_hash is not None
        for packed in (data, gzip.compress(data), zipped({"x.fit": data})):
            assert marks_of(packed).serial == session.device.serial_hash
    assert len(late_device()) > LOOK_BYTES


def test_a_number_that_is_no_number_is_none() -> None:
    data = run(made_fit.file_id(made_fit.MadeFit(), serial=0))
    assert (marks_of(data).serial, read(data, "x")[0].device.serial_hash) == (None, None)


def test_the_name_in_the_watch_s_profile() -> None:
    data = run(profiled(" Anna \n Berg "))
    assert marks_of(data) == marks_of(gzip.compress(data)) == Marks(hashed_serial(SERIAL), "Anna Berg")
    assert marks_of(run(profiled("Garmin"))).profile is None
    assert marks_of(run(profiled("42"))).profile is None


def test_a_chained_file_is_told_by_its_first_part_that_tells() -> None:
    settings_file = made_fit.MadeFit().message(0, [(0, ENUM, 2)]).bytes()
    assert marks_of(settings_file + run(profiled())) == Marks(hashed_serial(SERIAL), "Anna Berg")


def test_a_file_that_breaks_off_tells_what_came_before() -> None:
    data = run(profiled())
    assert marks_of(data[:200]).serial == hashed_serial(SERIAL)
    assert marks_of(data[:14]) == Marks()


def with_head(head: str, creator: str = "Watch") -> bytes:
    text = made_xml.gpx(made_xml.points(5))
    at = text.index(">", text.index("<gpx"))
    opened = text[:at].split(" creator=")[0] + f' creator="{creator}"'
    return (opened + text[at : at + 1] + head + text[at + 1 :]).encode()


AUTHOR = "<metadata><name>Hills</name><author><name>{}</name><link href='x'><text>y</text></link></author></metadata>"


def test_the_author_of_a_track() -> None:
    data = with_head(AUTHOR.format("Zoé &amp; Kern"))
    for packed in (data, gzip.compress(data), data.decode().encode("utf-16")):
        assert marks_of(packed) == Marks(None, "Zoé & Kern")
    assert marks_of(with_head("<author><![CDATA[Ben]]></author>")).profile == "Ben"
    assert marks_of(with_head("<metadata><name>Hills</name></metadata>")) == Marks()
    assert marks_of(with_head("<!--" + AUTHOR.format("Ben") + "-->")) == Marks()


@pytest.mark.parametrize(
    "name", ["Garmin Connect", "StravaGPX", "Runkeeper - http://x", "OpenTracks", "Komoot", "App 7"]
)
def test_an_app_is_no_author(name: str) -> None:
    assert is_maker(name)
    assert marks_of(with_head(AUTHOR.format(name))).profile is None


def test_nor_is_whatever_wrote_the_file() -> None:
    assert marks_of(with_head(AUTHOR.format("Lauftagebuch"), creator="Lauftagebuch 3.1")).profile is None
    assert marks_of(with_head(AUTHOR.format("Lauftagebuch"))).profile == "Lauftagebuch"


@pytest.mark.parametrize("name", ["Anna", "Marc Fitz", "Jo", "Garmin Anna" + "x"])
def test_a_person_is_no_app(name: str) -> None:
    assert is_maker(name) is name.startswith("Garmin")


def test_behind_the_first_point_nobody_looks() -> None:
    text = made_xml.gpx(made_xml.points(5)).replace("</gpx>", AUTHOR.format("Ben") + "</gpx>")
    assert marks_of(text.encode()) == Marks()


def test_the_device_of_a_tcx_file() -> None:
    data = made_xml.tcx(made_xml.activity(n=5)).replace("123456789", str(SERIAL)).encode()
    for packed in (data, gzip.compress(data)):
        assert marks_of(packed).serial == read(data, "x.tcx")[0].device.serial_hash == hashed_serial(SERIAL)
    assert marks_of(data.replace(str(SERIAL).encode(), b"0")).serial is None


def test_numbers_that_programs_make_up_are_known() -> None:
    assert {hashed_serial(number) for number in (1, 12345, 123456789, 1234567890, 1111111111, 4294967295)} <= MADE_UP
    assert hashed_serial(SERIAL) not in MADE_UP


@given(
    st.binary(max_size=300),
    st.sampled_from([b"", b"<gpx>", b"\x0e\x10\x00\x00\xff\x00\x00\x00.FIT", b"\x1f\x8b\x08\x00"]),
)
@settings(max_examples=200, deadline=None)
def test_no_bytes_at_all_raise_anything(noise: bytes, start: bytes) -> None:
    assert isinstance(marks_of(start + noise), Marks)


@given(st.integers(0, 400), st.integers(0, 255))
@settings(max_examples=100, deadline=None)
def test_nor_does_a_damaged_file(at: int, byte: int) -> None:
    data = bytearray(run(profiled(), 30))
    data[at] = byte
    assert isinstance(marks_of(bytes(data)), Marks)


def test_real_files_have_the_fingerprint_that_reading_gives() -> None:
    paths = sorted(p for p in corpus().rglob("*") if p.suffix.lower() in (".fit", ".gpx", ".tcx"))[::17]
    compared = 0
    for path in paths:
        data = path.read_bytes()
        try:
            told = {session.device.serial_hash for session in read(data, path.name)}
        except Refusal:
            continue
        assert marks_of(data).serial in told
        compared += 1
    assert compared > 10
