"""Runs recorded twice, on the command line: listed, decided, and the other way round again."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from loadmon.cli.twins import Keep, Rule
from loadmon.overlap import Choice, Default
from loadmon.store import Store
from tests.cli.conftest import Command
from tests.intake import made
from tests.intake.made import content


@pytest.fixture
def twice(loadmon: Command, store: Store, tmp_path: Path) -> Store:
    """Anna's run on a watch and again, shorter and from another watch; and one of Ben's."""
    files = {
        "Anna/watch.fit": made.fit(0, 120),
        "Anna/other.fit": made.fit(0, 110, heart=140),
        "Ben/1.fit": made.fit(0),
    }
    assert loadmon("import", made.lay(tmp_path / "team", files)).code == 0
    return store


def pair(loadmon: Command) -> tuple[int, int]:
    (row,) = json.loads(loadmon("twins", "--json").out)
    return row["first_id"], row["second_id"]


def test_the_choices_are_those_of_the_product() -> None:
    assert {*Keep} == {*Choice, "default"}
    assert {*Rule} == {*Default}


def test_what_was_recorded_twice_is_listed_with_what_counts_and_why(loadmon: Command, twice: Store) -> None:
    said = loadmon("twins")
    assert said.code == 0
    head, first, second = said.out.splitlines()
    assert head.startswith("Anna: session ")
    assert "counts" in head
    assert "120 samples; heart rate, cadence, running dynamics, distance" in first + second
    assert loadmon("twins", "--athlete", "Ben").out == "No run was recorded twice.\n"
    assert json.loads(loadmon("twins", "--athlete", "ben", "--json").out) == []


def test_deciding_and_taking_it_back(loadmon: Command, twice: Store) -> None:
    first, second = pair(loadmon)
    before = content(twice)
    for one, other in ((first, second), (second, first)):
        said = loadmon("twins", one, other, "--keep", "second")
        assert said.out.startswith(f"Anna: session {other} counts, {one} does not: you chose it.")
    assert "both count" in loadmon("twins", first, second, "--keep", "both").out
    (row,) = json.loads(loadmon("twins", first, second, "--json").out)
    assert (row["choice"], row["counts"], row["runner"]) == ("both", "both", "Anna")
    assert loadmon("twins", first, second, "--keep", "default").code == 0
    assert content(twice) == before


def test_what_holds_for_a_runner(loadmon: Command, twice: Store) -> None:
    assert "of this runner both are kept" in loadmon("twins", "--default", "both", "--athlete", "Anna").out
    (row,) = json.loads(loadmon("twins", "--json").out)
    assert (row["choice"], row["rule"]) == (None, "both")


def test_what_cannot_be_meant_is_said(loadmon: Command, twice: Store) -> None:
    first, second = pair(loadmon)
    lone = next(number for number in (1, 2, 3) if number not in (first, second))
    for words, code, told in (
        ((first,), 2, "name two sessions"),
        (("--keep", "both"), 2, "--keep needs"),
        (("--default", "both"), 2, "--default needs a runner"),
        ((first, second, "--keep", "skip"), 2, "skip"),
        ((first, lone, "--keep", "both"), 1, "not two sessions of one runner"),
        ((first, 99, "--keep", "both"), 1, "There is no such session here."),
        (("--default", "both", "--athlete", "Zoe"), 1, "no runner called Zoe"),
    ):
        said = loadmon("twins", *words)
        assert said.code == code, words
        assert told in " ".join((said.err + said.out).split()), words
