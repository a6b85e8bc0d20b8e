"""Whose a file is: what stands before what, and that nobody is guessed where two things contradict each other."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadmon.intake.clues import Clues
from loadmon.intake.owner import Owner, ToldBy
from loadmon.intake.whose import Knowledge, resolve

NOBODY = Owner(None, "no folder on its way names a runner")
PLACE = "x/y"


def known(*learnt: tuple[str, str, str], runners: tuple[str, ...] = ("Anna", "Ben")) -> Knowledge:
    found: dict[tuple[str, str], frozenset[str]] = {}
    for kind, value, runner in learnt:
        found[kind, value] = found.get((kind, value), frozenset()) | {runner}
    return Knowledge({name.casefold(): name for name in runners}, found)


def folder(name: str) -> Owner:
    return Owner(name, ToldBy.FOLDER)


def told(owner: Owner) -> tuple[str | None, str]:
    return owner.name, str(owner.told_by)


ANNAS_WATCH = ("serial", "s1", "Anna")


@pytest.mark.parametrize("by", [ToldBy.CHOSEN, ToldBy.MAPPING, ToldBy.TABLE])
def test_what_a_person_said_stands_first(by: ToldBy) -> None:
    said = Owner("Cleo", by)
    everything = known(ANNAS_WATCH, ("folder", "f", "Ben"), ("profile", "x", "Anna"))
    assert resolve(said, Clues("f", None, "s1", "X"), everything) == said


@pytest.mark.parametrize(
    ("clues", "learnt", "name", "by"),
    [
        (Clues("fr245"), ("folder", "fr245", "Anna"), "Anna", ToldBy.ALIAS),
        (Clues(pattern="a_*"), ("pattern", "a_*", "Anna"), "Anna", ToldBy.PATTERN),
        (Clues(serial="s1"), ANNAS_WATCH, "Anna", ToldBy.SERIAL),
        (Clues(profile="Änni "), ("profile", "änni", "Anna"), "Anna", ToldBy.PROFILE),
    ],
)
def test_what_was_learnt_tells(clues: Clues, learnt: tuple[str, str, str], name: str, by: ToldBy) -> None:
    assert told(resolve(NOBODY, clues, known(learnt))) == (name, by)
    assert resolve(NOBODY, clues, known()).name is None


def test_a_profile_with_a_runner_s_name_tells_unlearnt() -> None:
    assert told(resolve(NOBODY, Clues(profile="ben"), known())) == ("Ben", ToldBy.PROFILE)


def test_a_folder_called_like_a_runner_stands_before_what_was_learnt_of_names() -> None:
    learnt = known(("folder", "ben", "Anna"), ("pattern", "a_*", "Anna"))
    assert told(resolve(folder("Ben"), Clues("ben", "a_*"), learnt)) == ("Ben", ToldBy.FOLDER)


def test_what_was_learnt_stands_before_a_folder_that_may_be_a_new_runner_s() -> None:
    learnt = known(("folder", "boston", "Anna"), ("pattern", "ben_*", "Ben"))
    assert told(resolve(folder("Boston"), Clues("boston"), learnt)) == ("Anna", ToldBy.ALIAS)
    assert told(resolve(folder("Race"), Clues("race", "ben_*"), learnt)) == ("Ben", ToldBy.PATTERN)
    assert told(resolve(folder("Cleo"), Clues("cleo"), learnt)) == ("Cleo", ToldBy.FOLDER)


@pytest.mark.parametrize(
    ("first", "clues", "learnt", "sentence"),
    [
        (folder("Ben"), Clues("ben", serial="s1"), (), "The folder says Ben, the watch says Anna."),
        (folder("Cleo"), Clues("cleo", serial="s1"), (), "The folder says Cleo, the watch says Anna."),
        (NOBODY, Clues(serial="s1", profile="Ben"), (), "The watch says Anna, the profile says Ben."),
        (folder("Anna"), Clues("anna", profile="Ben"), (), "The folder says Anna, the profile says Ben."),
        (NOBODY, Clues("f", serial="s1"), (("folder", "f", "Ben"),), "The folder says Ben, the watch says Anna."),
        (NOBODY, Clues(pattern="b_*", serial="s1"), (("pattern", "b_*", "Ben"),), "The file's name says Ben, the watch says Anna."),
    ],
)  # fmt: skip
def test_a_contradiction_is_told_with_both_sides(first: Owner, clues: Clues, learnt: Any, sentence: str) -> None:
    owner = resolve(first, clues, known(ANNAS_WATCH, *learnt))
    assert (owner.name, owner.in_doubt, owner.told_by) == (None, True, sentence)
    assert [one.runner for one in owner.candidates] == [w.split(" says ")[1].rstrip(".") for w in sentence.split(", ")]


def test_a_watch_that_several_have_used_tells_nothing_and_contradicts_nothing() -> None:
    shared = known(ANNAS_WATCH, ("serial", "s1", "Ben"))
    assert told(resolve(folder("Cleo"), Clues("cleo", serial="s1"), shared)) == ("Cleo", ToldBy.FOLDER)
    assert told(resolve(folder("Ben"), Clues("ben", serial="s1"), shared)) == ("Ben", ToldBy.FOLDER)
    lost = resolve(NOBODY, Clues(serial="s1", place=PLACE), shared)
    assert (lost.name, lost.in_doubt, lost.asked_by) == (None, False, ("place", PLACE))
    assert [one.runner for one in lost.candidates] == ["Anna", "Ben"]


def test_a_folder_s_name_that_was_found_with_several_is_no_new_runner() -> None:
    several = known(("folder", "club", "Anna"), ("folder", "club", "Ben"))
    owner = resolve(folder("Club"), Clues("club"), several)
    assert (owner.name, [one.runner for one in owner.candidates]) == (None, ["Anna", "Ben"])


def test_watches_of_a_mapping_file() -> None:
    clues = Clues(serial="s1")
    assert told(resolve(NOBODY, clues, known(), {"s1": "Cleo"})) == ("Cleo", ToldBy.MAPPING)
    assert told(resolve(folder("Ben"), clues, known(ANNAS_WATCH), {"s1": "Cleo"})) == ("Cleo", ToldBy.MAPPING)
    both = resolve(Owner("Ben", ToldBy.MAPPING), clues, known(), {"s1": "Cleo"})
    assert (both.name, both.in_doubt) == (None, True)
    assert told(resolve(Owner("Ben", ToldBy.CHOSEN), clues, known(), {"s1": "Cleo"})) == ("Ben", ToldBy.CHOSEN)


def test_who_may_be_meant_is_said_and_not_taken() -> None:
    owner = resolve(NOBODY, Clues(pattern="berg_*", profile="Zoe"), known(runners=("Anna Berg", "Ben")))
    assert owner.name is None
    assert [(one.runner, one.why) for one in owner.candidates] == [
        ("Anna Berg", "the letters of the name"), ("Zoe", "the profile"),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("clues", "asked_by"),
    [
        (Clues("f", "a_*", "s9", "Zoe", PLACE), ("serial", "s9")),
        (Clues(None, "a_*", None, "Zoe", PLACE), ("profile", "zoe")),
        (Clues(None, "a_*", None, None, PLACE), ("pattern", "a_*")),
        (Clues(place=PLACE), ("place", PLACE)),
    ],
)
def test_by_what_files_are_asked_about_together(clues: Clues, asked_by: tuple[str, str]) -> None:
    assert resolve(NOBODY, clues, known()).asked_by == asked_by


names = st.sampled_from(["Anna", "Ben", "Cleo"])
values = st.sampled_from([None, "v", "w"])
facts = st.lists(st.tuples(st.sampled_from(["folder", "pattern", "serial", "profile"]), st.sampled_from("vw"), names))


@given(
    st.builds(Clues, values, values, values, values), facts, st.one_of(st.just(NOBODY), names.map(folder)), st.randoms()
)
def test_no_guess_against_the_watch_and_no_matter_of_order(
    clues: Clues, learnt: list[Any], first: Owner, dice: Any
) -> None:
    owner = resolve(first, clues, known(*learnt))
    again = learnt.copy()
    dice.shuffle(again)
    assert resolve(first, clues, known(*again)) == owner
    worn_by = {runner for kind, value, runner in learnt if (kind, value) == ("serial", clues.serial)}
    if len(worn_by) == 1:
        assert owner.name in (None, *worn_by)
    assert (owner.name is None) == bool(owner.asked_by[0])
    assert not owner.in_doubt or len({one.runner for one in owner.candidates}) > 1
