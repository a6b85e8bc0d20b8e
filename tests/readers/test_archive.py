"""Folders, archives and single files; hostile ones refused by name, nothing written anywhere."""

from __future__ import annotations

import io
import os
import zipfile
from pathlib import Path

import pytest

from loadmon.readers import limits, read
from loadmon.readers.archive import members, members_of
from loadmon.readers.member import Member
from loadmon.readers.zip_access import Budget
from loadmon.refusal import (
    DamagedFile,
    EmptyArchive,
    EmptyFile,
    NoActivity,
    NotFound,
    SeveralActivities,
    TooLarge,
    UnknownFormat,
    UnsafeContent,
)
from tests.readers import made_fit as made
from tests.readers.made_xml import gpx, points

RUN = made.run(20)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """An empty folder that no other fixture writes to."""
    (tmp_path / "given").mkdir()
    return tmp_path / "given"


def zipped(*entries: tuple[str, bytes], method: int = zipfile.ZIP_DEFLATED) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", method) as archive:
        for name, data in entries:
            archive.writestr(name, data)
    return target.getvalue()


def listed(data: bytes) -> list[tuple[str, bool]]:
    return [(member.path, member.foreign) for member in members_of(data, "a.zip")]


def only(data: bytes) -> Member:
    (member,) = members_of(data, "a.zip")
    return member


def test_a_folder_is_walked_in_order_and_hidden_files_are_left_out(folder: Path) -> None:
    for name, data in {
        "Ben/2.fit": RUN,
        "Anna/1.fit": RUN,
        "Anna/photo.jpg": b"\xff\xd8\xff",
        "Anna/.hidden.fit": RUN,
        "Anna/._1.fit": b"x",
        ".git/3.fit": RUN,
        "__MACOSX/4.fit": RUN,
        "Anna/.DS_Store": b"x",
        "paper.fit": b"%PDF-1.7",
        "run.dat": RUN,
        "notes.txt": b"hello",
        "season.zip": zipped(("Cleo/5.fit", RUN)),
        "README": b"hello",
    }.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    found = list(members(folder))
    assert {(m.path, m.foreign) for m in found} == {
        ("README", True),
        ("notes.txt", True),
        ("paper.fit", False),
        ("run.dat", False),
        ("season.zip/Cleo/5.fit", False),
        ("Anna/1.fit", False),
        ("Anna/photo.jpg", True),
        ("Ben/2.fit", False),
    }
    assert [m.path for m in found] == [m.path for m in members(folder)]
    by_path = {m.path: m for m in found}
    assert by_path["season.zip/Cleo/5.fit"].read() == RUN
    assert (by_path["Anna/1.fit"].name, by_path["Anna/1.fit"].size) == ("1.fit", len(RUN))
    with pytest.raises(UnknownFormat, match="PDF"):
        read(by_path["paper.fit"].read(), "paper.fit")


def test_a_single_file_and_nothing_at_all(folder: Path) -> None:
    (folder / "a.fit").write_bytes(RUN)
    (member,) = members(folder / "a.fit")
    assert (member.path, member.foreign, member.read()) == ("a.fit", False, RUN)
    with pytest.raises(NotFound):
        members(folder / "nothing.fit")


def test_members_can_be_read_long_after_the_walk(folder: Path) -> None:
    (folder / "a.zip").write_bytes(zipped(("1.fit", RUN), ("2.fit", RUN)))
    found = list(members(folder / "a.zip"))
    assert [m.read() for m in reversed(found)] == [RUN, RUN]


def test_empty_archives_and_folders_are_named(folder: Path) -> None:
    with pytest.raises(EmptyArchive):
        members_of(zipped(), "empty.zip")
    with pytest.raises(EmptyArchive):
        members_of(zipped(("__MACOSX/._a.fit", b"x"), ("folder/", b"")), "mac.zip")
    with pytest.raises(EmptyArchive):
        members(folder)


def test_foreign_files_in_an_archive_are_only_counted() -> None:
    data = zipped(
        ("activities.csv", b"a,b\n1,2\n"),
        ("media/x.jpg", b"\xff\xd8\xff"),
        ("activities/1.fit.gz", b"\x1f\x8b"),
        ("plan.xlsx", zipped(("x", b"y"))),
        ("odd.json", RUN),
    )
    assert listed(data) == [
        ("activities.csv", True),
        ("media/x.jpg", True),
        ("activities/1.fit.gz", False),
        ("plan.xlsx", True),
        ("odd.json", False),
    ]


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("../../evil.fit", "evil.fit"),
        ("/etc/evil.fit", "etc/evil.fit"),
        ("C:\\Users\\evil.fit", "Users/evil.fit"),
        ("a/./b/../evil.fit", "a/b/evil.fit"),
        ("a\nb/x.fit", "ab/x.fit"),
    ],
)
def test_names_never_climb(name: str, shown: str) -> None:
    assert only(zipped((name, RUN))).path == shown


def test_a_member_without_a_name_is_read_by_what_it_is() -> None:
    data = zipped(("QQ", RUN), ("..", RUN), ("notes/", b""), ("ZZ", b"hello"))
    nameless = data.replace(b"QQ", b"\0Q").replace(b"ZZ", b"\0Z")  # a name ends at its first NUL
    assert listed(nameless) == [("unnamed 1", False), ("unnamed 2", False), ("unnamed 3", True)]
    assert next(members_of(nameless, "a.zip")).read() == RUN


def test_a_member_whose_name_is_damaged_is_not_passed_over() -> None:
    data = zipped(("1.fit", RUN), ("2.fit", RUN))
    at = data.rindex(b"2.fit")  # in the table of contents, which then contradicts the member's own header
    found = list(members_of(data[:at] + b"2.fat" + data[at + 5 :], "a.zip"))
    assert [(m.path, m.foreign) for m in found] == [("1.fit", False), ("2.fat", False)]
    with pytest.raises(DamagedFile):
        found[1].read()


def test_members_that_a_damaged_table_of_contents_steps_over_are_told() -> None:
    data = zipped(("1.fit", RUN), ("2.fit", RUN), ("3.fit", RUN))
    at = data.index(b"PK\x01\x02") + 32  # the length of the first member's comment, behind which the next begins
    *found, lost = members_of(data[:at] + bytes([46 + len("2.fit"), 0]) + data[at + 2 :], "a.zip")
    assert [m.path for m in found] == ["1.fit", "3.fit"]
    assert isinstance(lost.trouble, DamagedFile)
    assert "says that it holds 3 files and lists 2" in lost.trouble.what


@pytest.mark.parametrize(("damage", "shown"), [(b"\xff.fit", ".fit"), (b"a/\x00it", "a"), (b"fold/", "fold")])
def test_a_name_that_damage_makes_a_hidden_one_or_a_folder_is_not_passed_over(damage: bytes, shown: str) -> None:
    data = zipped(("1.fit", RUN), ("2.fit", RUN))
    at = data.rindex(b"2.fit")
    found = list(members_of(data[:at] + damage + data[at + 5 :], "a.zip"))
    assert [(m.path, m.foreign) for m in found] == [("1.fit", False), (shown, False)]
    with pytest.raises(DamagedFile):
        found[1].read()


def test_a_zip_in_a_zip_is_opened_once_and_no_deeper() -> None:
    inner = zipped(("1.fit", RUN))
    assert listed(zipped(("inner.zip", inner))) == [("inner.zip/1.fit", False)]
    third = only(zipped(("middle.zip", zipped(("inner.zip", inner)))))
    assert third.path == "middle.zip/inner.zip"
    with pytest.raises(UnsafeContent, match="ZIP"):
        third.read()


def test_one_bad_archive_in_another_does_not_stop_the_rest() -> None:
    found = list(
        members_of(zipped(("bad.zip", b"PK\x03\x04 nonsense"), ("empty.zip", zipped()), ("1.fit", RUN)), "a.zip")
    )
    assert [m.path for m in found] == ["bad.zip", "empty.zip", "1.fit"]
    with pytest.raises(DamagedFile):
        found[0].read()
    with pytest.raises(EmptyArchive):
        found[1].read()
    assert found[2].read() == RUN


def test_a_bomb_is_refused_by_its_ratio() -> None:
    member = only(zipped(("bomb.fit", bytes(20 * 2**20))))
    with pytest.raises(TooLarge, match="times its size"):
        member.read()


def test_a_member_over_the_limit_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(limits, "MAX_MEMBER_BYTES", 1000)
    with pytest.raises(TooLarge):
        only(zipped(("a.fit", os.urandom(2000)), method=zipfile.ZIP_STORED)).read()


def test_too_many_members_and_too_many_bytes(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("loadmon.readers.archive.Budget.__init__.__defaults__", (3, 10_000, 10**9))
    with pytest.raises(TooLarge, match="files"):
        list(members_of(zipped(*((f"{i}.fit", b"x") for i in range(4))), "a.zip"))
    with pytest.raises(TooLarge, match="unpacks"):
        list(members_of(zipped(("1.fit", bytes(6000)), ("2.fit", bytes(6000))), "a.zip"))
    assert len(list(members_of(zipped(("1.fit", RUN[:100]), ("film.mp4", bytes(60_000))), "a.zip"))) == 2


def declaring(*sizes: int) -> bytes:
    """An archive whose members say that they unpack to so many bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for number, size in enumerate(sizes):
            archive.writestr(f"{number}.fit", b"x")
            archive.filelist[-1].file_size = size
    return out.getvalue()


def test_two_gigabytes_and_25000_members_are_taken_and_no_more(tmp_path: Path) -> None:
    half = limits.MAX_ARCHIVE_BYTES // 2
    assert len(list(members_of(declaring(half, half), "a.zip"))) == 2
    with pytest.raises(TooLarge, match=r"over 2 GB\. Unpack it and take the folder in with loadmon import FOLDER"):
        list(members_of(declaring(half, half, 1), "a.zip"))
    with zipfile.ZipFile(tmp_path / "many.zip", "w") as archive:
        for number in range(25_001):
            archive.writestr(f"{number}.fit", b"")
    with pytest.raises(
        TooLarge, match=r"more than 25,000 files\. Unpack it and take the folder in with loadmon import"
    ):
        members(tmp_path / "many.zip")
    budget = Budget()
    budget.spend(25_000, 0)
    assert budget.n_members == 0


def test_a_size_that_lies_is_caught_at_reading() -> None:
    data = bytearray(zipped(("a.fit", bytes(1000) + os.urandom(50))))
    at = data.index(b"PK\x01\x02") + 24
    data[at : at + 4] = (10).to_bytes(4, "little")
    with pytest.raises(DamagedFile):
        only(bytes(data)).read()


def test_a_locked_member_says_so() -> None:
    data = bytearray(zipped(("a.fit", RUN)))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.index(mark) + offset] |= 1
    with pytest.raises(UnsafeContent, match="password"):
        only(bytes(data)).read()


def test_a_cut_archive_is_damaged() -> None:
    with pytest.raises(DamagedFile):
        members_of(zipped(("1.fit", RUN), ("2.fit", RUN))[:-40], "cut.zip")


def test_a_zip_around_one_activity_is_read_as_that_activity(folder: Path) -> None:
    data = zipped(("123_ACTIVITY.fit", RUN))
    (session,) = read(data, "export.fit")
    assert len(session.stream) == 20
    assert session.source.format == "fit"
    (folder / "export.fit").write_bytes(data)
    (member,) = members(folder)
    assert (member.path, member.foreign) == ("export.fit", False)
    (single,) = members(folder / "export.fit")
    assert single.path == "export.fit"
    assert len(read(zipped(("a.gpx", gpx(points(10)).encode())), "x.zip")[0].stream) == 10


def test_what_a_zip_given_as_one_file_may_not_hold() -> None:
    with pytest.raises(SeveralActivities, match="2 files"):
        read(zipped(("1.fit", RUN), ("2.fit", RUN)), "a.zip")
    with pytest.raises(EmptyArchive):
        read(zipped(), "a.zip")
    with pytest.raises(NoActivity):
        read(zipped(("a.jpg", b"x")), "a.zip")
    with pytest.raises(EmptyFile):
        read(zipped(("a.fit", b"")), "a.zip")
