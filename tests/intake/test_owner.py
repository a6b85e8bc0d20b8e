"""Whose file: told by folders, never guessed."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

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
    [
        "2026", "2026-05", "05", "May 2026", "september", "Januar 26", "Dez_2025", "activities", "FIT_OUT", "Garmin", "DI_CONNECT", "Week 12", "exports",
        "export_84512", "UploadedFiles_0-_Part1.zip", "activities.zip", "Team 2026", "squad", "DI-Connect-Uploaded-Files",
        "Garmin 2025", "Strava export 2024", "old runners", "Läufer alt", "Backup", "0f8fad5b-d9cb-469f-a165-70867728950e", "0f8fad5b-d9cb-469f-a165-70867728950e_1.zip",
    ],
)  # fmt: skip
def test_years_months_and_export_folders_are_no_names(folder: str) -> None:
    assert names([f"Anna/{folder}/1.fit", f"Ben/{folder}/2.fit"]) == ["Anna", "Ben"]
    assert names([f"{folder}/Anna/1.fit", "other/Ben/2.fit"])[0] == "Anna"


def test_underscores_become_blanks() -> None:
    assert names(["Anna_Berg/1.fit", "Ben/2.fit"])[0] == "Anna Berg"


def test_loose_files_have_no_owner_and_say_why() -> None:
    found = owners(["1.fit", "2.fit"])
    assert {owner.name for owner in found.values()} == {None}
    assert all("no folder" in owner.told_by for owner in found.values())


def test_one_folder_that_holds_everything_names_the_runner() -> None:
    assert names(["Anna/1.fit", "Anna/2.fit"]) == ["Anna", "Anna"]
    assert names(["Tuesday group/Anna/2026/1.fit"]) == ["Anna"]
    assert names(["Garmin/2026/1.fit", "Garmin/2026/2.fit"]) == [None, None]


def test_the_archive_s_folder_is_nobody_while_runners_lie_inside() -> None:
    assert names(["Tuesday group/Anna/1.fit", "Tuesday group/Ben/1.fit", "Tuesday group/loose.fit"])[2] is None


def test_a_runner_who_is_known_is_told_at_any_depth() -> None:
    assert names(["Anna/2026/1.fit", "Anna/2.fit"], known=("anna",)) == ["anna", "anna"]


def test_the_importing_person_s_word_stands_above_folders() -> None:
    assert names(["Ben/1.fit", "2.fit"], chosen=" Anna ") == ["Anna", "Anna"]


def test_a_mixed_folder_names_those_it_can() -> None:
    assert names(["team/Anna/1.fit", "team/loose.fit"]) == ["Anna", None]


@pytest.mark.parametrize(
    "name",
    [
        "Maria",
        "Julia",
        "Jana",
        "Marc",
        "Mayer",
        "Augustin",
        "Fitz",
        "Weekes",
        "Strava Anna",
        "Runa",
        "Decker",
        "Jan Novak",
        "Runner 7",
        "Anna Neu",
        "May Lin",
    ],
)
def test_names_that_begin_like_a_month_or_a_maker_are_names(name: str) -> None:
    assert names([f"{name}/1.fit", "Ben/2.fit"]) == [name, "Ben"]


def test_an_archive_for_each_runner_is_the_runner_s_folder() -> None:
    assert names(["Anna_Berg.zip/1.fit", "Ben.ZIP/a/2.fit"]) == ["Anna Berg", "Ben"]


def test_a_known_runner_s_name_counts_however_it_is_spelt_and_packed() -> None:
    known = ("Zoé Kern", "Ben")
    assert names(["zoe\u0301_KERN/1.fit"], known=known) == ["Zoé Kern"]
    assert names(["all/zoé kern.zip/2026/1.fit", "all/BEN/2.fit"], known=known) == ["Zoé Kern", "Ben"]


def test_one_runner_is_spelt_in_one_way_whatever_comes_first() -> None:
    paths = ["anna berg/1.fit", "Anna_Berg/2.fit", "ANNA BERG/3.fit"]
    found = [owners(some) for some in (paths, paths[::-1])]
    assert found[0] == found[1]
    assert len({owner.name for owner in found[0].values()}) == 1


def test_names_that_are_no_text_stay_apart() -> None:
    assert names(["Ren\udce9/1.fit", "Ren\udce8/2.fit"]) == ["Ren\\udce9", "Ren\\udce8"]


@given(st.lists(st.lists(st.text(min_size=1).filter(lambda t: "/" not in t), min_size=1, max_size=4), max_size=8))
@settings(max_examples=150, deadline=None)
def test_whatever_folders_are_called_a_name_is_storable_and_does_not_depend_on_order(parts: list[list[str]]) -> None:
    paths = list(dict.fromkeys("/".join(one) for one in parts))
    found = owners(paths)
    assert found == owners(paths[::-1])
    assert set(found) == set(paths)
    for owner in found.values():
        assert owner.name is None or (owner.name == owner.name.strip() != "")
        (owner.name or "").encode("utf-8")
