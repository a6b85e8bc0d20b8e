"""What an import would take in, before it begins: folders, archives and loose files together."""

from __future__ import annotations

import contextlib
import zipfile
from pathlib import Path

import pytest

from loadmon.intake.plan import Plan, plan
from loadmon.store.squad import NotAValue
from tests.intake import made


def told(offered: Plan) -> dict[str, str | None]:
    return {offer.member.path: offer.owner.name for offer in offered.offers}


def test_several_folders_each_tell_their_runner(tmp_path: Path) -> None:
    made.lay(tmp_path, {"Anna/2026/1.fit": b"x", "Ben/2.fit": b"x", "Cleo.zip": made.zipped({"deep/3.fit": b"x"})})
    given = [tmp_path / name for name in ("Cleo.zip", "Ben", "Anna")]
    expected = {"Anna/2026/1.fit": "Anna", "Ben/2.fit": "Ben", "Cleo/deep/3.fit": "Cleo"}
    assert told(plan(given)) == told(plan(given[::-1])) == expected
    assert list(told(plan(given))) == sorted(expected)
    assert plan(given).runners() == {"Anna": 1, "Ben": 1, "Cleo": 1}


def test_one_archive_of_a_team_and_archives_inside_a_folder(tmp_path: Path) -> None:
    inner = made.zipped({"1.fit": b"x"})
    made.lay(tmp_path, {"group.zip": made.zipped({"Tuesday/Anna/1.fit": b"x", "Tuesday/Ben/2.fit": b"x"})})
    made.lay(tmp_path / "team", {"Anna Berg.zip": inner, "Ben.zip": inner + b""})
    assert set(told(plan([tmp_path / "group.zip"])).values()) == {"Anna", "Ben"}
    assert told(plan([tmp_path / "team"])) == {"Anna Berg.zip/1.fit": "Anna Berg", "Ben.zip/1.fit": "Ben"}


def test_loose_files_belong_to_whom_the_person_says(tmp_path: Path) -> None:
    made.lay(tmp_path, {"1.fit": b"x", "2.gpx": b"x", "x/1.fit": b"x", "photo.jpg": b"x"})
    given = [tmp_path / name for name in ("1.fit", "2.gpx", "x/1.fit", "photo.jpg")]
    nobody = plan(given)
    assert (set(told(nobody).values()), nobody.foreign, len(nobody.without_owner)) == ({None}, ["photo.jpg"], 3)
    assert told(plan(given, " Anna  Berg ")) == dict.fromkeys(["1.fit", "1.fit (2)", "2.gpx"], "Anna Berg")
    with pytest.raises(NotAValue, match="needs a name"):
        plan(given, "  ")


def test_a_name_that_is_taken_by_a_counted_one_is_counted_on(tmp_path: Path) -> None:
    archive = zipfile.ZipFile(tmp_path / "x.zip", "w")
    for name, known in (("a.fit", False), ("a.fit", True), ("a.fit (2)", False)):
        with pytest.warns(UserWarning, match="Duplicate name") if known else contextlib.nullcontext():
            archive.writestr(name, made.fit())
    archive.close()
    assert len(told(plan([tmp_path / "x.zip"], "Anna"))) == 3


def test_the_folder_one_stands_in_has_a_name_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made.lay(tmp_path, {"Anna/1.fit": b"x", "Ben/2.fit": b"x"})
    monkeypatch.chdir(tmp_path / "Anna")
    assert told(plan([Path(), Path("../Ben")])) == {"Anna/1.fit": "Anna", "Ben/2.fit": "Ben"}


def test_a_known_runner_s_name_counts_for_what_is_given_too(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made.lay(tmp_path / "Zoë Weiß", {"deep/1.fit": b"x", "2.fit": b"x"})
    made.lay(tmp_path, {"zoë_weiß.zip": made.zipped({"1.fit": b"x"}), "Ben/3.fit": b"x"})
    known, folder = ("Zoë Weiß", "Ben"), tmp_path / "Zoë Weiß"
    hers = {"deep/1.fit": "Zoë Weiß", "2.fit": "Zoë Weiß"}
    assert told(plan([folder], known=known)) == hers
    assert told(plan([tmp_path / "zoë_weiß.zip"], known=known)) == {"1.fit": "Zoë Weiß"}
    both = told(plan([folder, tmp_path / "Ben"], known=known))
    assert both == {f"Zoë Weiß/{path}": name for path, name in hers.items()} | {"Ben/3.fit": "Ben"}
    monkeypatch.chdir(folder)
    assert told(plan([Path()], known=known)) == told(plan([Path("deep/..")], known=known)) == hers
    monkeypatch.chdir("deep")
    assert told(plan([Path("..")], known=known)) == hers


def test_the_name_of_one_folder_that_is_given_makes_nobody_a_runner(tmp_path: Path) -> None:
    folder = made.lay(tmp_path / "Zoë Weiß", {"deep/1.fit": b"x", "2.fit": b"x"})
    assert told(plan([folder], known=("Ben",))) == {"deep/1.fit": "deep", "2.fit": None}
    assert told(plan([folder / "2.fit"], known=("Zoë Weiß", "2.fit"))) == {"2.fit": None}


def test_sizes_are_told_before_anything_is_read(tmp_path: Path) -> None:
    made.lay(tmp_path, {"Anna/1.fit": b"x" * 10, "Ben/2.fit": b"x" * 32, "notes.txt": b"x" * 99})
    assert plan([tmp_path]).bytes_total == 42
