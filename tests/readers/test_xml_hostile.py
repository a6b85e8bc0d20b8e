"""XML made to harm: refused by name, soon, and without taking the memory."""

from __future__ import annotations

import time
import tracemalloc
from collections.abc import Callable

import pytest

from loadmon.readers import read
from loadmon.readers.gpx import read_gpx
from loadmon.readers.limits import CROWDED_FROM_BYTES
from loadmon.readers.tcx import read_tcx
from loadmon.refusal import DamagedFile, NoActivity, Refusal, TooLarge, UnsafeContent
from loadmon.session import Session

Reader = Callable[[bytes], object]
SECONDS_A_BYTE = 1.0 / 10e6
LEAST_S = 0.5
SIZE = 1_500_000
OPEN = {"gpx": '<gpx version="1.1">', "tcx": "<TrainingCenterDatabase>"}
POINT = {"gpx": "<trk><trkseg>{}</trkseg></trk></gpx>", "tcx": "<Activity><Lap><Track>{}</Track></Lap></Activity>"}


def by_content(data: bytes) -> list[Session]:
    """As everything comes in."""
    return read(data, "a")


def refused(
    data: bytes,
    kind: type[Refusal] | tuple[type[Refusal], ...] = Refusal,
    memory: float = 8.0,
    reader: Reader = by_content,
) -> Refusal:
    """Read and hold the time and the memory to their bounds; CPU time, so that a busy machine is no failure."""
    began = time.process_time()
    with pytest.raises(kind) as told:
        reader(data)
    assert time.process_time() - began < LEAST_S + SECONDS_A_BYTE * len(data)
    tracemalloc.start()
    with pytest.raises(kind):
        reader(data)
    most = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert most < 25_000_000 + memory * len(data)
    return told.value


def entities(declared: str, used: str, root: str = "gpx") -> bytes:
    return f'<?xml version="1.0"?><!DOCTYPE {root} [{declared}]><{root} version="1.1"><a>{used}</a></{root}>'.encode()


LAUGHS = '<!ENTITY a0 "ha">' + "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10}">' for i in range(1, 12))


@pytest.mark.parametrize("root", ["gpx", "TrainingCenterDatabase"])
@pytest.mark.parametrize(
    ("declared", "used"),
    [
        (LAUGHS, "&a11;"),
        (f'<!ENTITY a "{"x" * 100_000}">', "&a;" * 20_000),
        ('<!ENTITY a SYSTEM "file:///etc/passwd">', "&a;"),
        ('<!ENTITY % a SYSTEM "http://127.0.0.1:9/x"> %a;', ""),
        ('<!ENTITY a "never used">', ""),
        ("<!ATTLIST a b CDATA 'x' c CDATA 'y'>", ""),
    ],
    ids=["laughs", "quadratic", "external", "parameter", "harmless", "attributes"],
)
def test_declarations_are_refused_whatever_the_library_s_version(root: str, declared: str, used: str) -> None:
    # the format is told by the first 4 kB, which here may be declaration: go to its reader straight away
    reader = {"gpx": read_gpx}.get(root, read_tcx)
    assert "declares entities" in str(refused(entities(declared, used, root), UnsafeContent, reader=reader))


def test_an_external_document_type_is_not_fetched() -> None:
    data = b'<!DOCTYPE gpx SYSTEM "http://127.0.0.1:9/x.dtd"><gpx>&unknown;</gpx>'
    refused(data, (NoActivity, DamagedFile))


@pytest.mark.parametrize("kind", OPEN)
@pytest.mark.parametrize("where", ["{}", "point"])
def test_nesting(kind: str, where: str) -> None:
    inside = "<trkpt>{}" if kind == "gpx" else "<Trackpoint>{}"
    shape = POINT[kind].format(inside) if where == "point" else "{}"
    deep = "<a>" * 200_000 + "</a>" * 200_000
    assert "nested" in str(refused((OPEN[kind] + shape.format(deep)).encode(), UnsafeContent))


@pytest.mark.parametrize("kind", OPEN)
def test_one_huge_piece(kind: str) -> None:
    huge = "x" * 20_000_000
    for inside in (f'<a b="{huge}"/>', f"<{huge}/>", f"<a>{huge}</a>", f"<!--{huge}-->"):
        assert "larger than any watch" in str(refused((OPEN[kind] + inside).encode(), UnsafeContent))


MANY = {
    "attributes": "<a " + " ".join(f'b{i}=""' for i in range(100_000)) + "/>",
    "names": "".join(f"<a{i}/>" for i in range(300_000)),
    "empty elements": "<a/>" * (SIZE // 4),
    "opened and closed": "<a></a>" * (SIZE // 7),
    "references": "<a>" + "&#65;" * (SIZE // 5) + "</a>",
    "comments": "<!---->" * (SIZE // 7),
    "instructions": "<?a?>" * (SIZE // 5),
    "our own instruction": "<?loadmon 0?>" * (SIZE // 13),
    "CDATA": "<a>" + "<![CDATA[]]>" * (SIZE // 12) + "</a>",
    "closing brackets": ">" * 900_000 + "<a/>",
    "quotes": '"' * 900_000 + "<a/>",
    "nodes": "<trk/><Activity/><Lap/>" * (SIZE // 23),
    "waypoints": "<wpt/>" * (SIZE // 6),
    "open points": "<trkpt>" * 60 + "<Trackpoint>" * 2,
}


@pytest.mark.parametrize("kind", OPEN)
@pytest.mark.parametrize("what", MANY)
def test_many_of_anything(kind: str, what: str) -> None:
    close = OPEN[kind].split()[0].strip("<>")
    refused(f"{OPEN[kind]}{MANY[what]}</{close}>".encode())


@pytest.mark.parametrize("what", ["names", "attributes"])
def test_many_names_inside_a_point(what: str) -> None:
    data = OPEN["gpx"] + POINT["gpx"].format(f"<trkpt>{MANY[what]}</trkpt>")
    assert "than any watch writes" in str(refused(data.encode(), UnsafeContent))


@pytest.mark.parametrize(
    "point",
    [
        "<trkpt/>",
        "<trkpt></trkpt>",
        "<trkpt><time>x</time></trkpt>",
        "<trkpt lat='' lon=''/>",
        '<trkpt lat="9" lon="9"/>',
        '<trkpt lat="9" lon="9"></trkpt>',
    ],
)
def test_millions_of_points_without_times(point: str) -> None:
    refused((OPEN["gpx"] + POINT["gpx"].format(point * (SIZE // len(point)))).encode())


@pytest.mark.parametrize(
    "inside",
    [
        "<trkpt/>",
        "<trkpt/>x<trkpt></trkpt>",
        "<trkpt><hr/></trkpt>",
        "<trkpt><ele>1</ele></trkpt>",
        "<wpt/>",
        "<a></a>",
    ],
)
def test_a_large_file_of_little_but_tags_is_given_up_early(inside: str) -> None:
    data = (OPEN["gpx"] + POINT["gpx"].format(inside * (10_000_000 // len(inside)))).encode()
    began = time.process_time()
    with pytest.raises(UnsafeContent, match="more tags for its size"):
        read(data, "a")
    assert time.process_time() - began < LEAST_S


def test_large_files_of_the_shortest_points_are_read() -> None:
    point = '<trkpt lat="48.1" lon="9.1"><time>2024-11-09T{:02d}:{:02d}:{:02d}Z</time><hr>150</hr><a/></trkpt>'
    text = "".join(point.format(i // 3600, i // 60 % 60, i % 60) for i in range(15_000))
    data = (OPEN["gpx"] + POINT["gpx"].format(text)).encode()
    assert len(data) > CROWDED_FROM_BYTES
    (session,) = by_content(data)
    assert len(session.stream) == 15_000


def test_a_large_file_of_tags_that_breaks_off_soon_is_told_as_broken() -> None:
    point = '<trkpt lat="48.1" lon="9.1"><time>2024-11-09T17:00:0{}Z</time></trkpt>'
    text = "".join(map(point.format, range(3))) + "</broken>" + "<a/>" * 500_000
    (session,) = by_content((OPEN["gpx"] + POINT["gpx"].format(text)).encode())
    assert len(session.stream) == 3
    assert "damaged" in {oddity.name for oddity in session.oddities}


def test_more_points_than_a_watch_records(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loadmon.readers.xml_walk.MAX_XML_POINTS", 500)
    points = '<trkpt lat="9" lon="9"><time>2024-11-09T17:00:00Z</time></trkpt>'
    for n in (400, 600):
        data = (OPEN["gpx"] + POINT["gpx"].format(points * n)).encode()
        refused(data, TooLarge if n > 500 else NoActivity)


def test_nuls() -> None:
    for data in (b"<gpx>" + b"\x00" * SIZE, b"<gpx>" + b"\x00<a/>" * 100_000 + b"</gpx>", b"\x00" * 4096 + b"<gpx>"):
        refused(data)


def test_a_different_odd_point_every_time_costs_no_more() -> None:
    odd = "".join(f'<trkpt lat="9" lon="9"><a{i % 900}>1</a{i % 900}></trkpt>' for i in range(SIZE // 45))
    refused((OPEN["gpx"] + POINT["gpx"].format(odd)).encode())
