"""What a file's name and place say of its owner, and what a decision about several files teaches."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadmon.intake.clues import ClueKind, Clues, lessons, pattern_of, place_of
from loadmon.readers.makers import MADE_UP
from loadmon.readers.marks import Marks


@pytest.mark.parametrize(
    ("name", "pattern"),
    [
        ("anna_2026-05-03.fit", "anna_*"),
        ("Anna-Berg_2026-05-03_Run.fit", "anna_berg_*"),
        ("2026-05-03 anna.gpx", "*_anna"),
        ("anna2026.fit.gz", "anna_*"),
        ("anna (2).tcx", "anna_*"),
        ("1_Anna_Morning_Run_2.fit", "*_anna_*"),
        ("anna.berg@mail.com_123456.fit", "anna_berg_mail_com_*"),
        ("ZOÉ_7.fit", "zoé_*"),
        ("zoe\u0301_8.FIT", "zoé_*"),
        ("岳_1.fit", "岳_*"),
    ],
)
def test_the_letters_that_stay(name: str, pattern: str) -> None:
    assert pattern_of(name) == pattern


@pytest.mark.parametrize(
    "name",
    [
        "12345678901_ACTIVITY.fit", "activity_123.gpx", "2026-05-03-10-11-12.fit", "C5N91123.FIT", "Morning_Run.gpx",
        "0f8fad5b-d9cb-469f-a165-70867728950e.fit", "abe5f00dcafe1234.fit", "Suunto-Ambit3-2026.fit", "Laufen_01.gpx",
        "garmin_fenix_7_2026.fit", "Mar 3 2026.fit", "Dienstag_12.tcx", "anna.fit", "a_1.fit", "x.fit", "log.csv, row 3",
        "Polar_2026-01-01T10-00-00Z.TCX", "", "...",
    ],
)  # fmt: skip
def test_numbers_days_sports_and_makers_are_nobody_s(name: str) -> None:
    assert pattern_of(name) is None


@given(st.text(max_size=40), st.text(max_size=10))
def test_whatever_a_file_is_called_a_pattern_holds_no_number_and_varies(stem: str, ending: str) -> None:
    pattern = pattern_of(f"{stem}.{ending}")
    if pattern is not None:
        pattern.encode()
        assert "*" in pattern
        assert pattern.strip("*_")
        assert not any(c.isdigit() for c in pattern)
        assert "*_*" not in pattern


@given(st.lists(st.integers(0, 10**9), min_size=2, max_size=4))
def test_files_that_differ_in_their_numbers_only_are_alike(numbers: list[int]) -> None:
    assert {pattern_of(f"Ben_{number}.fit") for number in numbers} == {"ben_*"}


def test_where_a_file_lies() -> None:
    assert [place_of(path) for path in ("1.fit", "a/b.zip/1.fit", "log.csv, row 3", "x/log.csv, row 12")] == [
        "", "a/b.zip", "log.csv", "x/log.csv",
    ]  # fmt: skip


def test_the_account_s_name_stands_before_the_watch_s_and_made_up_numbers_are_none() -> None:
    marks = Marks(next(iter(sorted(filter(None, MADE_UP)))), "Ben")
    assert Clues(profile="Anna").with_marks(marks) == Clues(profile="Anna")
    assert Clues().with_marks(marks).profile == "Ben"


def test_clues_come_back_from_plain_values() -> None:
    whole = Clues("team", "ben_*", "ab" * 8, "Ben", "x/y")
    assert Clues.from_plain(whole.plain()) == whole
    assert Clues.from_plain(Clues().plain()) == Clues()


FOLDER, PATTERN, SERIAL, PROFILE = ClueKind


def test_a_decision_teaches_every_watch_and_what_all_files_share() -> None:
    files = [Clues("races", "ben_*", "s1", "Benny"), Clues("races", "ben_*", "s2"), Clues("races", None, None, "BENNY")]
    assert lessons(files, "Ben", ["Anna"]) == [
        (FOLDER, "races"), (PATTERN, "ben_*"), (SERIAL, "s1"), (SERIAL, "s2"), (PROFILE, "benny"),
    ]  # fmt: skip


def test_it_teaches_no_folder_that_holds_a_part_and_no_names_that_differ() -> None:
    files = [Clues("races", "boston_*"), Clues("hills", "ben_*"), Clues(None, None, "s1")]
    assert lessons(files, "Ben", []) == [(SERIAL, "s1")]
    assert lessons([Clues("races"), Clues()], "Ben", []) == []


def test_nor_that_another_runner_s_folder_is_somebody_s() -> None:
    assert lessons([Clues("anna", profile="Ben")], "Ben", ["Anna", "Ben"]) == []
