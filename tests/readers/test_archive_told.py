"""Archives are told by what they hold and never by their names; large and many ones cost neither memory nor handles."""

from __future__ import annotations

import gzip
import os
import sys
import zlib
from pathlib import Path
from typing import Any

import pytest

from loadmon.readers import archive, limits, read
from loadmon.readers.archive import members, members_of
from loadmon.readers.limits import gunzip
from loadmon.refusal import NotFound, TooLarge, UnsafeContent
from tests.readers import made_fit as made
from tests.readers.test_archive import zipped

RUN = made.run(20)
TWO = (("1.fit", RUN), ("2.fit", made.run(21)))


def _paths(given: Path) -> list[tuple[str, bool]]:
    return [(member.path, member.foreign) for member in members(given)]


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder that no other fixture writes to."""
    (tmp_path / "given").mkdir()
    return tmp_path / "given"


def test_a_watch_file_called_zip_is_a_watch_file(folder: Path) -> None:
    (folder / "run.zip").write_bytes(RUN)
    (member,) = members(folder)
    assert (member.path, member.foreign, member.trouble) == ("run.zip", False, None)
    assert member.read() == RUN
    (inside,) = members_of(zipped(("Anna/run.zip", RUN)), "a.zip")
    assert (inside.path, inside.trouble) == ("Anna/run.zip", None)
    assert inside.read() == RUN


@pytest.mark.parametrize("name", ["season", "season.dat", "season.zip.part", "season.2025"])
def test_an_archive_is_one_whatever_it_is_called(folder: Path, name: str) -> None:
    (folder / name).write_bytes(zipped(*TWO))
    assert _paths(folder) == [(f"{name}/1.fit", False), (f"{name}/2.fit", False)]
    outer = zipped((f"Anna/{name}", zipped(*TWO)))
    assert [m.path for m in members_of(outer, "a.zip")] == [f"Anna/{name}/1.fit", f"Anna/{name}/2.fit"]


@pytest.mark.parametrize("ending", [".fit", ".gpx", ".tcx", ".gz", ".FIT"])
@pytest.mark.parametrize("names", [("1.fit", "2.fit"), ("1.fit", "b/2"), ("1", "2"), ("1.zip", "2.zip")])
def test_several_activities_called_one(folder: Path, ending: str, names: tuple[str, str]) -> None:
    packed = [
        zipped((f"{name}.fit", run)) if name.endswith(".zip") else run
        for name, (_, run) in zip(names, TWO, strict=True)
    ]
    several = zipped(*zip(names, packed, strict=True), ("about.txt", b"hello"))
    within = [f"{name}/{name}.fit" if name.endswith(".zip") else name for name in names]
    (folder / f"export{ending}").write_bytes(several)
    assert {path for path, foreign in _paths(folder) if not foreign} == {f"export{ending}/{name}" for name in within}
    assert {path for path, foreign in _paths(folder / f"export{ending}") if not foreign} == set(within)
    found = [m for m in members_of(zipped((f"Anna/export{ending}", several)), "a.zip") if not m.foreign]
    assert len(found) == 2
    if ".zip" in names[0]:
        # one ZIP too deep
        assert {type(m.trouble) for m in found} == {UnsafeContent}
    else:
        assert {m.read() for m in found} == {run for _, run in TWO}


def test_one_activity_in_a_zip_called_one_stays_one(folder: Path) -> None:
    for number, wrapped in enumerate(
        [(TWO[0],), (TWO[0], ("about.txt", b"hello")), (("1", RUN),), (("a.txt", b"hello"),)]
    ):
        (folder / f"{number}.fit").write_bytes(zipped(*wrapped))
    assert _paths(folder) == [(f"{number}.fit", False) for number in range(4)]
    assert [len(read(member.read(), "a.fit")) for member in list(members(folder))[:3]] == [1, 1, 1]


def test_several_activities_called_one_are_bounded(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (folder / "bomb.fit").write_bytes(zipped(("1.fit", bytes(20 * 2**20)), ("2.fit", RUN)))
    first, second = members(folder)
    with pytest.raises(TooLarge, match="times its size"):
        first.read()
    assert second.read() == RUN
    monkeypatch.setattr(archive.Budget.__init__, "__defaults__", (1, 10**9, 10**9))
    (member,) = members(folder)
    assert isinstance(member.trouble, TooLarge)


def test_documents_that_are_zips_inside_stay_documents(folder: Path) -> None:
    (folder / "plan.docx").write_bytes(zipped(("word/document.xml", b"<w/>"), ("[Content_Types].xml", b"<x/>")))
    (folder / "broken.docx").write_bytes(zipped(*TWO)[:-30])
    assert _paths(folder) == [("broken.docx", True), ("plan.docx", True)]


@pytest.mark.parametrize("in_memory", [2**20, 10], ids=["in memory", "in a temporary file"])
def test_a_zip_in_a_zip_may_be_larger_than_a_watch_file(monkeypatch: pytest.MonkeyPatch, in_memory: int) -> None:
    monkeypatch.setattr(limits, "MAX_MEMBER_BYTES", 5000)
    monkeypatch.setattr(limits, "IN_MEMORY_BYTES", in_memory)
    part = zipped(*((f"{n}.fit", RUN + os.urandom(2000)) for n in range(6)))
    assert len(part) > 10_000
    found = list(members_of(zipped(("DI_CONNECT/Part1.zip", part)), "account.zip"))
    assert [member.trouble for member in found] == [None] * 6
    assert all(member.read().startswith(RUN) for member in found)


def test_zips_in_a_zip_are_bounded_together(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive.Budget.__init__, "__defaults__", (100, 10**6, 500))
    one, two = members_of(zipped(("a.zip", zipped(("1.fit", b"x" * 200))), ("b.zip", zipped(*TWO))), "x.zip")
    assert one.trouble is None
    assert isinstance(two.trouble, TooLarge)


@pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="only Linux lists a process's handles")
def test_a_folder_of_many_archives_keeps_few_of_them_open(folder: Path) -> None:
    for number in range(60):
        (folder / f"{number}.zip").write_bytes(zipped((f"{number}.fit", RUN)))
    before = len(list(Path("/proc/self/fd").iterdir()))
    found = list(members(folder))
    assert len(list(Path("/proc/self/fd").iterdir())) - before < 5
    assert {member.read() for member in found} == {RUN}
    assert len(found) == 60


def test_a_folder_is_looked_through_only_so_far(folder: Path) -> None:
    for number in range(12):
        (folder / f"{number}.fit").write_bytes(RUN)
    assert len(list(members(folder, most=12))) == 12
    with pytest.raises(TooLarge, match="more than 11 files and folders"):
        list(members(folder, most=11))


@pytest.mark.skipif(not sys.platform.startswith("linux"), reason="only Linux has these folders")
@pytest.mark.parametrize("place", ["/proc", "/sys", "/dev"])
def test_the_systems_own_folders_are_not_walked(place: str) -> None:
    with pytest.raises(NotFound, match="holds no files"):
        list(members(Path(place)))


def test_of_many_packed_pieces_none_is_handed_the_whole_rest(monkeypatch: pytest.MonkeyPatch) -> None:
    handed: list[int] = []

    class Counting:
        def __init__(self, bits: int) -> None:
            self.inner = zlib_decompressobj(bits)

        def __getattr__(self, name: str) -> Any:
            return getattr(self.inner, name)

        def decompress(self, data: bytes, most: int) -> bytes:
            handed.append(len(data))
            return self.inner.decompress(data, most)

    zlib_decompressobj = zlib.decompressobj
    monkeypatch.setattr(zlib, "decompressobj", Counting)
    out, trouble = gunzip(gzip.compress(os.urandom(2000)) * 3000)
    assert (len(out), trouble) == (6_000_000, None)
    assert len(handed) < 3 * 3000
    assert max(handed) <= 2**18


def test_a_file_of_countless_packed_pieces_is_refused() -> None:
    with pytest.raises(TooLarge, match="pieces"):
        gunzip(gzip.compress(b"") * (limits.MAX_GZIP_MEMBERS + 1))


def test_a_hundred_entries_that_lead_to_one_member_are_counted_each(monkeypatch: pytest.MonkeyPatch) -> None:
    data = zipped(("1.fit", RUN + bytes(5000)))
    at, end = data.index(b"PK\x01\x02"), data.index(b"PK\x05\x06")
    listed = data[at:end] * 100
    tail = bytearray(data[end:])
    tail[8:12] = (100).to_bytes(2, "little") * 2
    tail[12:16] = len(listed).to_bytes(4, "little")
    many = data[:at] + listed + bytes(tail)
    assert len(list(members_of(many, "a.zip"))) == 100
    monkeypatch.setattr(archive.Budget.__init__, "__defaults__", (1000, 50 * len(RUN + bytes(5000)), 10**9))
    with pytest.raises(TooLarge, match="unpacks to"):
        list(members_of(many, "a.zip"))


def test_more_members_than_any_archive_holds_whatever_they_are_called() -> None:
    many = zipped(*((f"{n}.txt", b"") for n in range(limits.MAX_ARCHIVE_MEMBERS + 1)), method=0)
    with pytest.raises(TooLarge, match="25,000 files"):
        list(members_of(many, "a.zip"))


def test_packed_in_turns_by_gzip_and_zip() -> None:
    one = gzip.compress(zipped(("1.fit", RUN)))
    assert len(read(one, "a.fit.gz")) == 1
    for deep in (gzip.compress(gzip.compress(one)), gzip.compress(zipped(("1.fit.gz", gzip.compress(RUN))))):
        with pytest.raises(UnsafeContent, match="more than twice"):
            read(deep, "a.fit.gz")
    bomb = gzip.compress(zipped(("1.fit", bytes(60 * 2**20))))
    with pytest.raises(TooLarge):
        read(bomb, "a.fit.gz")
