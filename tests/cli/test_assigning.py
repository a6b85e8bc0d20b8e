"""Whose? on the command line: what is open, one answer, a moved session, a mapping file; words, JSON and exit codes."""

from __future__ import annotations

import csv
import json
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from loadmon.store import Store
from loadmon.store.schema import SessionRow
from tests.cli.conftest import Command
from tests.intake import made

A, B, C, D = made.WATCHES


def plain(out: str) -> Any:
    return json.loads(out, parse_constant=lambda word: pytest.fail(f"{word} is no JSON"))


@pytest.fixture
def offered(loadmon: Command, tmp_path: Path) -> Path:
    """Three loose files, two of one watch, and one of Anna's."""
    files = {"zoe_1.fit": made.fit(1, serial=B), "zoe_2.fit": made.fit(2, serial=B), "x.fit": made.fit(3, serial=C)}
    folder = made.lay(tmp_path / "given", files | {"Anna/1.fit": made.fit(4, serial=A)})
    said = loadmon("import", folder)
    assert said.code == 3
    assert said.out.count("loadmon assign") == 2  # once for each question, not for each file
    assert " and 1 more: Nothing says whose file this is" in said.out
    return folder


def keys(loadmon: Command) -> dict[str, str]:
    """Each open question by its first file."""
    return {one["files"][0]["path"]: one["key"] for one in plain(loadmon("assign", "--json").out)["questions"]}


def test_what_is_open(loadmon: Command, offered: Path) -> None:
    said = loadmon("assign")
    assert (said.code, said.err) == (0, "")
    assert "2 files of 2024-11-09 to 2024-11-10 recorded with one watch (" in said.out
    assert "    zoe_1.fit\n    zoe_2.fit\n" in said.out
    found = plain(loadmon("assign", "--json").out)["questions"]
    assert [len(one["files"]) for one in found] in ([1, 2], [2, 1])
    assert set(found[0]) == {"key", "import", "why", "together", "days", "candidates", "files"}
    assert loadmon("assign", "--import", "9").out == "No question is open: everybody's files are told.\n"


def test_an_answer(loadmon: Command, offered: Path) -> None:
    said = loadmon("assign", keys(loadmon)["zoe_1.fit"], "Zoé Kern")
    assert (said.code, said.err) == (0, "")
    assert said.out.splitlines()[0] == "2 sessions taken in for Zoé Kern, who is new."
    assert "From now on these tell: pattern zoe_*, serial " in said.out
    told = plain(loadmon("assign", keys(loadmon)["x.fit"], "Anna", "--json").out)
    assert (told["runner"], told["new"], told["sessions"], told["outcomes"]) == ("Anna", False, 1, {"imported": 1})
    assert told["left"] == told["certain"] == []
    assert keys(loadmon) == {}
    assert {row["runner"] for row in plain(loadmon("squad", "--json").out)} == {"Anna", "Zoé Kern"}


def test_what_was_learnt_is_listed_and_forgotten(loadmon: Command, offered: Path) -> None:
    listed = loadmon("assign", "--learnt").out
    assert "Anna: " in listed
    assert "Nothing has been learnt so far." not in listed, "something stands right above"
    assert listed.endswith("nothing has been learnt besides that could be forgotten.\n")
    loadmon("assign", keys(loadmon)["zoe_1.fit"], "Zoé Kern")
    found = plain(loadmon("assign", "--learnt", "--json").out)["learnt"]
    assert [(one["runner"], one["kind"], one["sessions"], one["number"] is None) for one in found] == [
        ("Anna", "serial", 1, True), ("Zoé Kern", "pattern", 0, False), ("Zoé Kern", "serial", 2, False),
    ]  # fmt: skip
    pattern, watch = found[1]["number"], found[2]
    said = loadmon("assign", "--learnt")
    assert f"{pattern:>5}  Zoé Kern: files called “zoe_*”, learnt 20" in said.out
    assert f"serial:{watch['value']}, learnt 20" in said.out
    assert "2 sessions of theirs were recorded with it." in said.out
    assert loadmon("assign", "--forget", str(pattern)).out == "Forgotten: files called “zoe_*” of Zoé Kern.\n"
    told = plain(loadmon("assign", "--forget", str(watch["number"]), "--json").out)
    assert told == {"forgotten": watch}
    left = plain(loadmon("assign", "--learnt", "--json").out)["learnt"]
    assert [(one["runner"], one["kind"], one["number"]) for one in left] == [
        ("Anna", "serial", None), ("Zoé Kern", "serial", None),
    ]  # fmt: skip
    again = loadmon("assign", "--forget", str(pattern))
    assert (again.code, again.out, "no such clue" in again.err) == (1, "", True)
    assert "Go back" not in again.err, "a command line has no page to go back to"


def test_part_of_a_question(loadmon: Command, offered: Path) -> None:
    assert loadmon("assign", "--file", "zoe_2.fit", "Zoe").code == 0
    assert set(keys(loadmon)) == {"x.fit", "zoe_1.fit"}
    again = loadmon("assign", "--file", "zoe_2.fit", "Zoe")
    assert (again.code, again.out) == (1, "")
    assert "zoe_2.fit does not wait for a runner." in again.err


def test_a_name_that_may_be_a_slip_is_asked_back(loadmon: Command, offered: Path) -> None:
    key = keys(loadmon)["x.fit"]
    slip = loadmon("assign", key, "Ana")
    assert (slip.code, slip.out, "Perhaps Anna is meant; if not, add --new." in slip.err) == (1, "", True)
    assert loadmon("assign", key, "Ana", "--new").code == 0


@pytest.mark.parametrize(
    "words",
    [
        ("1-ffffffff",), ("a", "b", "c"), ("--session", "1"), ("--session", "1", "a", "b"), ("--learnt", "a", "b"),
        ("--forget", "1", "--file", "x"),
    ],
)  # fmt: skip
def test_words_that_make_no_sense(loadmon: Command, words: tuple[str, ...]) -> None:
    said = loadmon("assign", *words)
    assert (said.code, said.out) == (2, "")


def test_what_cannot_be_done_is_a_sentence(loadmon: Command, offered: Path) -> None:
    for words in (
        ("1-ffffffff", "Anna"),
        ("--session", "99", "Anna"),
        ("--session", "1", "-"),
        (keys(loadmon)["x.fit"], "-"),
        ("--session", "1", "Anna"),
    ):
        said = loadmon("assign", *words)
        assert (said.code, said.out, said.err.count("\n")) == (1, "", 1)


def test_a_session_moves_and_comes_back(loadmon: Command, store: Store, offered: Path) -> None:
    with store.read() as conn:
        (number,) = conn.execute(select(SessionRow.id)).scalars()
    assert loadmon("assign", "--session", str(number), "Ben").out == "1 session moved to Ben.\n"
    told = plain(loadmon("assign", "--session", str(number), "anna", "--json").out)
    assert told == {"runner": "Anna", "sessions": [number], "taken_back": 1}


def test_a_mapping_file(loadmon: Command, tmp_path: Path) -> None:
    files = {"fr245/1.fit": made.fit(1, serial=A), "zoe_1.gpx": made.gpx(1), "x/3.fit": made.fit(3, serial=B)}
    folder = made.lay(tmp_path / "given", files)
    owners, report = tmp_path / "owners.csv", tmp_path / "report.csv"
    owners.write_text("what,runner\nfr245,Anna\nzoe_*,Zoe\nnowhere,Ben\n")
    said = loadmon("import", folder, "--owners", owners, "--report", report)
    assert (said.code, said.err) == (0, "")
    assert "  owners.csv, line 4: No file here fits this line." in said.out
    with report.open(encoding="utf-8-sig", newline="") as file:
        lines = [line for line in csv.DictReader(file) if line["outcome"] == "imported"]
    told = {line["path"]: (line["athlete"], line["told_by"]) for line in lines}
    assert told == {
        "fr245/1.fit": ("Anna", "mapping file"), "zoe_1.gpx": ("Zoe", "mapping file"), "x/3.fit": ("x", "folder"),
    }  # fmt: skip
    lines = plain(loadmon("import", folder, "--owners", owners, "--json").out)["files"]
    assert {line["told_by"] for line in lines if line["outcome"] == "duplicate"} == {"mapping file", "folder"}


def test_a_mapping_file_that_cannot_be_meant_stops_before_anything_is_taken_in(
    loadmon: Command, store: Store, tmp_path: Path
) -> None:
    folder = made.lay(tmp_path / "given", {"Anna/1.fit": made.fit(1)})
    owners = tmp_path / "owners.csv"
    for text, words in (("a,Anna\nb\n", "Line 2 of owners.csv"), ("a,Anna\n", "Both --athlete and --owners")):
        owners.write_text(text)
        more = ("--athlete", "Ben") if "Both" in words else ()
        said = loadmon("import", folder, "--owners", owners, *more)
        assert (said.code, said.out, words in said.err) == (1, "", True)
    assert made.rows(store)["session"] == []
