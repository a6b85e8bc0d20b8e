"""XML made to harm: refused by name and without taking the memory; how soon is told by ``tests.bench.budgets``."""

from __future__ import annotations

import tracemalloc
from collections.abc import Callable

import pytest

from loadmon.readers import read
from loadmon.readers.gpx import read_gpx
from loadmon.readers.limits import CROWDED_FROM_BYTES
from loadmon.readers.tcx import read_tcx
from loadmon.refusal import DamagedFile, NoActivity, NoTimes, Refusal, TooLarge, UnsafeContent
from loadmon.session import Session
from tests.readers import made_hostile_xml as made
from tests.readers.made_hostile_xml import in_points

Reader = Callable[[bytes], object]


def by_content(data: bytes) -> list[Session]:
    """As everything comes in."""
    return read(data, "a")


def refused(
    data: bytes,
    kind: type[Refusal] | tuple[type[Refusal], ...] = Refusal,
    memory: float = 8.0,
    reader: Reader = by_content,
) -> Refusal:
    """Read and hold the memory to its bounds."""
    tracemalloc.start()
    try:
        with pytest.raises(kind) as told:
            reader(data)
        most = tracemalloc.get_traced_memory()[1]
    finally:
        tracemalloc.stop()
    assert most < 25_000_000 + memory * len(data)
    return told.value


@pytest.mark.parametrize("root", ["gpx", "TrainingCenterDatabase"])
@pytest.mark.parametrize("what", made.DECLARED)
def test_declarations_are_refused_whatever_the_library_s_version(root: str, what: str) -> None:
    # the format is told by the first 4 kB, which here may be declaration: go to its reader straight away
    reader = {"gpx": read_gpx}.get(root, read_tcx)
    assert "declares entities" in str(refused(made.entities(what, root), UnsafeContent, reader=reader))


def test_an_external_document_type_is_not_fetched() -> None:
    refused(made.EXTERNAL_TYPE, (NoActivity, DamagedFile))


@pytest.mark.parametrize("kind", made.OPEN)
@pytest.mark.parametrize("in_point", [False, True], ids=["outside", "in a point"])
def test_nesting(kind: str, in_point: bool) -> None:
    assert "nested" in str(refused(made.nested(kind, in_point), UnsafeContent))


@pytest.mark.parametrize("kind", made.OPEN)
@pytest.mark.parametrize("piece", made.HUGE)
def test_one_huge_piece(kind: str, piece: str) -> None:
    assert "larger than any watch" in str(refused(made.huge(kind, piece), UnsafeContent))


@pytest.mark.parametrize("kind", made.OPEN)
@pytest.mark.parametrize("what", made.MANY)
def test_many_of_anything(kind: str, what: str) -> None:
    refused(made.many(kind, what))


@pytest.mark.parametrize("what", made.MANY_INSIDE)
def test_many_names_inside_a_point(what: str) -> None:
    data = in_points(f"<trkpt>{made.MANY[what]}</trkpt>")
    assert "than any watch writes" in str(refused(data, UnsafeContent))


@pytest.mark.parametrize("point", made.TIMELESS)
def test_millions_of_points_without_times(point: str) -> None:
    refused(made.timeless(point))


@pytest.mark.parametrize("inside", made.CROWDS)
def test_a_large_file_of_little_but_tags_is_given_up_early(inside: str) -> None:
    """Nobody looks at what stands behind the first megabyte: walked to its end, the file would be told as broken."""
    with pytest.raises(UnsafeContent, match="more tags for its size"):
        read(made.crowd(inside, behind="</broken>"), "a")


def test_large_files_of_the_shortest_points_are_read() -> None:
    point = '<trkpt lat="48.1" lon="9.1"><time>2024-11-09T{:02d}:{:02d}:{:02d}Z</time><hr>150</hr><a/></trkpt>'
    text = "".join(point.format(i // 3600, i // 60 % 60, i % 60) for i in range(15_000))
    data = in_points(text)
    assert len(data) > CROWDED_FROM_BYTES
    (session,) = by_content(data)
    assert len(session.stream) == 15_000


def test_a_large_file_of_tags_that_breaks_off_soon_is_told_as_broken() -> None:
    point = '<trkpt lat="48.1" lon="9.1"><time>2024-11-09T17:00:0{}Z</time></trkpt>'
    text = "".join(map(point.format, range(3))) + "</broken>" + "<a/>" * 500_000
    (session,) = by_content(in_points(text))
    assert len(session.stream) == 3
    assert "damaged" in {oddity.name for oddity in session.oddities}


def test_more_points_than_a_watch_records(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loadmon.readers.xml_walk.MAX_XML_POINTS", 500)
    points = '<trkpt lat="9" lon="9"><time>2024-11-09T17:00:00Z</time></trkpt>'
    for n in (400, 600):
        refused(in_points(points * n), TooLarge if n > 500 else NoTimes)


@pytest.mark.parametrize("number", range(len(made.NULS)))
def test_nuls(number: int) -> None:
    refused(made.NULS[number])


def test_a_different_odd_point_every_time_costs_no_more() -> None:
    refused(made.odd_points())
