"""Whose file: told by folders, never guessed."""

from __future__ import annotations

import pytest

from loadmon.intake.owner import owners


def names(paths: list[str], **more: object) -> list[str | None]:
    found = owners(paths, **more)  # type: ignore[arg-type]
    return [found[path].name for path in paths]


def test_a_folder_for_each_runner_tells_them_apart() -> None:
    assert names(["Anna Berg/1.fit", "Ben/2.fit"]) == ["Anna Berg", "Ben"]


def test_the_archive_s_own_folder_is_not_a_runner() -> None:
    assert names(["Tuesday group/Anna/1.fit", "Tuesday group/Ben/1.fit"]) == ["Anna", "Ben"]


@pytest.mark.parametrize(
    "folder",
    ["2026", "2026-05", "05", "May 2026", "activities", "FIT_OUT", "Garmin", "DI_CONNECT", "Week 12", "exports"],
)
def test_years_months_and_export_folders_are_no_names(folder: str) -> None:
    assert names([f"Anna/{folder}/1.fit", f"Ben/{folder}/2.fit"]) == ["Anna", "Ben"]
    assert names([f"{folder}/Anna/1.fit", "other/Ben/2.fit"])[0] == "Anna"


def test_underscores_become_blanks() -> None:
    assert names(["Anna_Berg/1.fit", "Ben/2.fit"])[0] == "Anna Berg"


def test_loose_files_have_no_owner_and_say_why() -> None:
    found = owners(["1.fit", "2.fit"])
    assert {owner.name for owner in found.values()} == {None}
    assert all("no folder" in owner.told_by for owner in found.values())


def test_a_folder_that_holds_everything_is_not_taken_for_a_runner() -> None:
    assert names(["Anna/1.fit", "Anna/2.fit"]) == [None, None]


def test_a_runner_who_is_known_is_told_at_any_depth() -> None:
    assert names(["Anna/2026/1.fit", "Anna/2.fit"], known=("anna",)) == ["anna", "anna"]


def test_the_importing_person_s_word_stands_above_folders() -> None:
    assert names(["Ben/1.fit", "2.fit"], chosen=" Anna ") == ["Anna", "Anna"]


def test_a_mixed_folder_names_those_it_can() -> None:
    assert names(["team/Anna/1.fit", "team/loose.fit"]) == ["Anna", None]
