"""A mapping file: every line checked, the nearest line counts, and lines that contradict each other leave it open."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from loadmon.intake.owner import ToldBy
from loadmon.intake.owners_file import OwnersFile, OwnersUnclear, read_owners
from loadmon.refusal import NotFound, Refusal

MARK = "1421a1c60c4a5f2b"


def said(tmp_path: Path, text: str | bytes) -> OwnersFile:
    path = tmp_path / "owners.csv"
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return read_owners(path)


def whose(found: OwnersFile, *paths: str) -> list[str | None]:
    return [owner.name if (owner := found.owner(path)) else "-" for path in paths]


def test_folders_paths_names_and_watches(tmp_path: Path) -> None:
    found = said(
        tmp_path,
        f"what,runner\nfr245,Anna Berg\nteam/B,Ben\n*/2025/*,Cleo\nzoe_*,Zoé\nx/odd.fit,Dora\nserial:{MARK},Ben\n",
    )
    assert whose(found, "FR245/1.fit", "a/fr245.zip/2/1.fit", "team/b/1.fit", "b/1.fit", "other/team/b/1.fit") == [
        "Anna Berg", "Anna Berg", "Ben", "-", "-",
    ]  # fmt: skip
    assert whose(found, "q/2025/1.fit", "q/2026/1.fit", "ZOE_1.gpx", "q/Zoe-2.fit.gz", "x/odd.fit", "y/odd.fit") == [
        "Cleo", "-", "Zoé", "Zoé", "Dora", "-",
    ]  # fmt: skip
    assert found.watches == {MARK: "Ben"}
    assert found.owner("fr245/1.fit").told_by == ToldBy.MAPPING  # type: ignore[union-attr]


@pytest.mark.parametrize(
    "text", ["fr245;Anna\n", "Ordner\tLäufer\n\nfr245\tAnna", "# ours\nfr245 , Anna , \n", '\ufefffr245,"Anna"\r\n']
)
def test_however_it_was_saved(tmp_path: Path, text: str) -> None:
    found = said(tmp_path, text)
    assert whose(found, "fr245/1.fit") == ["Anna"]
    assert OwnersFile.from_plain(found.plain()) == found
    assert OwnersFile.from_plain(None) is None


def test_the_nearest_line_counts_whatever_the_order(tmp_path: Path) -> None:
    lines = ["team,Anna", "team/b,Ben", "run_*,Cleo", "team/b/run_1.fit,Dora"]
    for seed in range(4):
        random.Random(seed).shuffle(lines)
        found = said(tmp_path, "\n".join(lines))
        assert whose(found, "team/1.fit", "team/b/1.fit", "team/b/run_2.fit", "team/b/run_1.fit") == [
            "Anna", "Ben", "Cleo", "Dora",
        ]  # fmt: skip


def test_lines_that_come_equally_near_leave_it_open(tmp_path: Path) -> None:
    owner = said(tmp_path, "run_*,Anna\n*_race.fit,Ben\n").owner("x/run_race.fit")
    assert owner is not None
    assert (owner.name, owner.in_doubt) == (None, True)
    assert owner.told_by == "The mapping file says Anna (line 1) and Ben (line 2)."


def test_lines_that_speak_of_no_file_are_known(tmp_path: Path) -> None:
    found = said(tmp_path, f"a,Anna\nb,Ben\nc_*,Cleo\nserial:{MARK},Ben\n")
    assert found.idle(["a/1.fit"]) == (2, 3)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("a,Anna\nb\n", "Line 2 of owners.csv has 1 filled columns"),
        ("a,Anna\nb,Ben,Cleo\n", "Line 2 of owners.csv has 3 filled columns"),
        ("what,runner\na,Anna\n\na,Ben\n", "Line 4 of owners.csv says Ben for “a”, and line 2 says Anna"),
        ("a,Anna\nA/,Ben\n", "Line 2 of owners.csv says Ben"),
        ("a,Anna\nb,--\n", "Line 2 of owners.csv names no runner"),
        ("a,Anna\nserial:12,Ben\n", "Line 2 of owners.csv names no watch"),
        ("*,Anna\nb,Ben\n", "Line 1 of owners.csv speaks of every file"),
        ("/,Anna\nb,Ben\n", "Line 1 of owners.csv speaks of every file"),
        ("what,runner\n# nothing\n", "holds no line"),
        ("", "holds no line"),
        (b"a,b\0\1\2\3\4\5\6\7\x08 and more of the same", "no table"),
    ],
)
def test_a_line_that_cannot_be_meant_is_named(tmp_path: Path, text: str | bytes, words: str) -> None:
    with pytest.raises(Refusal) as refused:
        said(tmp_path, text)
    assert words in refused.value.what
    assert refused.value.advice


def test_every_unclear_line_is_named_at_once(tmp_path: Path) -> None:
    lines = ["a,Anna", "a,Ben", "b", "serial:xyz,Cleo"] + [f"z{n}," + "?" for n in range(12)]
    with pytest.raises(OwnersUnclear) as raised:
        said(tmp_path, "\n".join(lines))
    told = raised.value.what
    assert all(f"Line {number} of " in told for number in (2, 4, 5, 11))
    assert "Line 3 " in told, "one cell instead of two"
    assert told.endswith("5 more lines are unclear.")
    assert "Leave one of the two out." in raised.value.advice


def test_a_file_that_is_not_there_or_no_list(tmp_path: Path) -> None:
    with pytest.raises(NotFound):
        read_owners(tmp_path / "nowhere.csv")
    with pytest.raises(NotFound):
        read_owners(tmp_path)
    with pytest.raises(OwnersUnclear, match="larger"):
        said(tmp_path, "a,Anna\n" * 200_000)
