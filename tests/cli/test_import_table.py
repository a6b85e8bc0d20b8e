"""A table of sessions on the command line: refused with the question, taken in with the answer."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest

from tests.cli.conftest import Command
from tests.intake import made
from tests.readers import made_account, made_tables


def test_a_table_is_taken_in_once_its_columns_are_confirmed(loadmon: Command, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text(made_tables.GERMAN_SEMICOLONS, encoding="utf-8")
    asked = loadmon("import", path, "--athlete", "Anna")
    assert asked.code == 1
    assert "distance=km:Distanz (km)" in asked.out
    assert "--accept-columns" in asked.out
    taken = loadmon("import", path, "--athlete", "Anna", "--accept-columns")
    assert taken.code == 0
    assert "3 sessions stored" in taken.out
    again = json.loads(loadmon("import", path, "--athlete", "Anna", "--accept-columns", "--json").out)
    assert again["outcomes"] == {"duplicate": 3, "not an activity": 1}


def test_what_is_unclear_is_asked_for_and_answered(loadmon: Command, tmp_path: Path) -> None:
    path = tmp_path / "Activities.csv"
    path.write_text(made_tables.GARMIN, encoding="utf-8")
    asked = loadmon("import", path, "--athlete", "Anna", "--accept-columns")
    assert asked.code == 1
    assert "“Distance”" in asked.out
    assert "distance=km:Distance or distance=mi:Distance" in asked.out
    wrong = loadmon("import", path, "--athlete", "Anna", "--columns", "distance=km:Nothing")
    assert (wrong.code, wrong.out) == (1, "")
    assert "no column “Nothing”" in wrong.err
    done = loadmon("import", path, "--athlete", "Anna", "--accept-columns", "--columns", "distance=km,ascent=m")
    assert done.code == 0


def test_the_guides_words_are_the_commands(loadmon: Command, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("Datum;Dauer;Strecke\n03/04/2026;65,5;12,5\n", encoding="utf-8")
    words = "date=dmy:Datum,duration=min:Dauer,distance=km:Strecke,sport=all:run"
    assert words in (Path(__file__).parents[2] / "docs" / "commands.md").read_text(encoding="utf-8")
    told = json.loads(loadmon("import", path, "--athlete", "Anna", "--columns", words, "--json").out)
    (line,) = told["files"]
    assert (line["local_day"][:10], line["distance_m"], line["moving_s"]) == ("2026-04-03", 12_500.0, 3930.0)


GERMAN_HEADS = {
    "Activity ID": "Aktivitäts-ID", "Activity Date": "Aktivitätsdatum", "Activity Name": "Name der Aktivität",
    "Activity Type": "Aktivitätsart", "Elapsed Time": "Verstrichene Zeit", "Distance": "Distanz", "Filename": "Dateiname",
    "Moving Time": "Bewegungszeit",
}  # fmt: skip


@pytest.mark.parametrize(("heads", "file"), [({}, "Filename"), (GERMAN_HEADS, "Dateiname")])
def test_an_archive_and_its_entries_by_hand(loadmon: Command, tmp_path: Path, heads: dict[str, str], file: str) -> None:
    names, _, rows = made_account.STRAVA_FILES["activities.csv"].decode().partition("\n")
    listed = ",".join(heads.get(name, name) for name in names.split(",")) + "\n" + rows
    archive = tmp_path / "export.zip"
    archive.write_bytes(made_account.zipped(made_account.STRAVA_FILES | {"activities.csv": listed.encode()}))
    told = json.loads(loadmon("import", archive, "--athlete", "Anna", "--json").out)
    assert told["sessions"] == 2
    by_hand = next(line for line in told["files"] if line["path"] == "activities.csv, row 4")
    assert by_hand["advice"].endswith(f'--accept-columns --columns "without={file}".')
    table = tmp_path / "activities.csv"
    table.write_text(listed, encoding="utf-8")
    said = shlex.split(by_hand["advice"].removesuffix(".").partition("with ")[2])
    done = loadmon("import", table, "--athlete", "Anna", *said)
    assert "1 sessions stored" in done.out


def test_a_table_inside_a_folder_is_named_with_what_to_do(loadmon: Command, tmp_path: Path) -> None:
    folder = made.lay(
        tmp_path / "given",
        {
            "run.fit": made.fit(),
            "books.csv": b"Title,Author\nA,B\n",
            "log.csv": made_tables.GERMAN_SEMICOLONS.encode(),
            "log.xlsx": made_tables.xlsx({"x": [["Date", "Duration (min)"], ["2026-01-05", 65.5]]}),
        },
    )
    done = loadmon("import", folder, "--athlete", "Anna")
    assert done.code == 0
    assert "log.csv: It is a table of sessions" in done.out
    assert "Give it by itself" in done.out
    assert "books.csv" not in done.out
    lines = json.loads(loadmon("import", folder, "--athlete", "Anna", "--json").out)["files"]
    reasons = {line["path"]: (line["outcome"], line["reason"]) for line in lines}
    assert reasons["log.csv"] == reasons["log.xlsx"] == ("foreign", "columns to confirm")
    assert reasons["books.csv"] == ("foreign", None)


def test_the_list_of_an_account_is_no_table_to_be_given_by_itself(loadmon: Command, tmp_path: Path) -> None:
    archive = tmp_path / "export.zip"
    archive.write_bytes(made_account.zipped(made_account.STRAVA_FILES))
    lines = json.loads(loadmon("import", archive, "--athlete", "Anna", "--json").out)["files"]
    reasons = {line["path"]: line["reason"] for line in lines}
    assert reasons["activities.csv"] is None


def test_a_table_without_a_sport_tells_the_words_that_take_it_in(loadmon: Command, tmp_path: Path) -> None:
    path = tmp_path / "log.csv"
    path.write_text("date,duration,km\n2026-01-05,1:00:00,10\n", encoding="utf-8")
    assert '--accept-columns and --columns "sport=all:run"' in loadmon("import", path, "--athlete", "Anna").out
    assert '--columns "sport=all:run"' in loadmon("import", path, "--athlete", "Anna", "--accept-columns").out
    shown = loadmon("inspect", path).out
    words = next(line for line in shown.splitlines() if "As columns" in line).partition('"')[2].rstrip('"')
    assert words.endswith(",sport=all:run")
    assert "1 sessions stored" in loadmon("import", path, "--athlete", "Anna", "--columns", words).out
