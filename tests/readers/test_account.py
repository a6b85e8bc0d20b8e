"""Strava's and Garmin's account archives: what their tables tell reaches the session it belongs to."""

from __future__ import annotations

import json
from datetime import timedelta

import pytest

from loadmon.readers.account import Account, account_of
from loadmon.readers.archive import members_of
from loadmon.readers.given import read
from loadmon.readers.member import Member
from loadmon.refusal import TooLarge
from loadmon.session import Sport
from tests.readers import made_account as made
from tests.readers.made_tables import STRAVA_NAMES


def account(files: dict[str, bytes]) -> Account:
    return account_of(members_of(made.zipped(files), "export.zip"))


def test_strava_by_file_name() -> None:
    found = account(made.STRAVA_FILES)
    told = found.by_path["activities/1.gpx.gz"]
    assert (told.title, told.sport, told.shoes, told.effort) == ("Morning, with Anna", "run", "Pegasus", 6.0)
    assert [one.path for one in found.without] == ["activities.csv, row 4", "activities.csv, row 5"]
    by_hand, gone = (one.refusal for one in found.without)
    assert "2026-01-07 was entered by hand" in by_hand.what
    assert "without=Filename" in by_hand.advice
    assert "9.fit.gz, which is not in the archive" in gone.what


def test_strava_settles_a_sport_that_the_file_does_not_name() -> None:
    first, second = read(made.zipped(made.STRAVA_FILES), name="export.zip")
    assert (first.title, first.sport, first.effort) == ("Morning, with Anna", Sport.RUN, 6.0)
    assert (second.title, second.sport, second.shoes) == ("Hill reps", Sport.TRAIL_RUN, "Speedgoat")
    names = {oddity.name for oddity in second.oddities}
    assert "sport told by the account" in names
    assert "sport not told" not in names
    note = next(oddity for oddity in second.oddities if oddity.name == "activities without a file")
    assert note.count == 2


def test_strava_below_a_folder_and_in_another_language() -> None:
    czech = "ID aktivity,Datum aktivity,Název aktivity,Typ aktivity,Název souboru\n"
    files = {
        "export_1/activities.csv": (
            czech + "1,6. 9. 2026 11:18:40,Ranní běh,Běh,activities/1.gpx\n2,,Cosi,Blafasel,activities/2.gpx\n"
        ).encode(),
        "export_1/activities/1.gpx": made.run(0),
        "export_1/activities/2.gpx": made.run(1),
        "export_2/activities.csv": b"Title,Author\nActivities,Somebody\n",
    }
    found = account(files)
    assert set(found.by_path) == {"export_1/activities/1.gpx", "export_1/activities/2.gpx"}
    told = found.by_path["export_1/activities/1.gpx"]
    assert told.title == "Ranní běh"
    assert told.sport == "run"
    unheard = found.by_path["export_1/activities/2.gpx"]
    assert unheard.sport is None, "a word nobody knows is not “something else than running”"
    assert not found.without


def test_garmin_by_start() -> None:
    first, second = read(made.zipped(made.garmin_files()), name="garmin.zip")
    assert (first.title, first.shoes, first.effort) == ("Morning run", "Brooks Ghost", 7.0)
    assert (second.title, second.shoes, second.sport) == ("Second", None, Sport.TRAIL_RUN)
    found = account(made.garmin_files())
    assert found.told("DI_CONNECT/x.fit", made.START + timedelta(minutes=2)) is None
    assert found.told("DI_CONNECT/x.fit", made.START + timedelta(seconds=30)) is not None


def test_two_accounts_in_one_archive_are_kept_apart() -> None:
    other = json.dumps(
        [{"summarizedActivitiesExport": [{"name": "Ben's", "beginTimestamp": made.START.timestamp() * 1000}]}]
    )
    files = {f"Anna/{path}": data for path, data in made.garmin_files().items()}
    files["Ben/DI_CONNECT/DI-Connect-Fitness/b_0_summarizedActivities.json"] = other.encode()
    found = account(files)
    assert found.told("Ben/DI_CONNECT/x/1.fit", made.START).title == "Ben's"  # type: ignore[union-attr]
    assert found.told("Anna/DI_CONNECT/x/1.fit", made.START).title == "Morning run"  # type: ignore[union-attr]
    assert found.told("Cleo/1.fit", made.START) is None


@pytest.mark.parametrize(
    "data", [b"", b"{", b"[[[", b'{"summarizedActivitiesExport": 3}', b"[" * 100_000, b"null", b'"x"']
)
def test_a_damaged_list_stops_nothing(data: bytes) -> None:
    files = made.garmin_files()
    files["DI_CONNECT/DI-Connect-Fitness/a@b.c_0_summarizedActivities.json"] = data
    files["DI_CONNECT/DI-Connect-Fitness/a@b.c_gear.json"] = data
    sessions = read(made.zipped(files))
    assert len(sessions) == 2
    assert all(session.title is None for session in sessions)


@pytest.mark.parametrize("data", [b"[" + b"{}," * 1_000_001 + b"0]", b"[" * 2_000_000, b"1" * (32 * 2**20 + 1)])
def test_a_list_larger_than_any_is_not_looked_at(data: bytes) -> None:
    name = "DI_CONNECT/DI-Connect-Fitness/a@b.c_0_summarizedActivities.json"
    member = Member(name, name.rpartition("/")[2], len(data), lambda: data, foreign=True)
    (lost,) = account_of([member]).without
    assert isinstance(lost.refusal, TooLarge)


def test_a_damaged_strava_table_is_named() -> None:
    files = made.STRAVA_FILES | {"activities.csv": (STRAVA_NAMES + 'x"' * 90_000).encode() + b"\0\1"}
    sessions = read(made.zipped(files))
    assert len(sessions) == 2


def test_no_account_at_all() -> None:
    assert not account({"Anna/1.gpx": made.run(0)})


def test_strava_names_the_person_of_its_activities_and_of_nothing_else() -> None:
    files = made.STRAVA_FILES | {"profile.csv": "Athlete ID,E-Mail,Vorname,Nachname\n1,x@y.z,Zoé,Kern\n".encode()}
    found = account({f"export_7/{name}": data for name, data in files.items()})
    assert found.person("export_7/activities/1.gpx.gz") == "Zoé Kern"
    assert found.person("export_7/other/1.gpx") is None
    assert account(files).person("activities/2.gpx") == "Zoé Kern"
    assert account({"profile.csv": files["profile.csv"], "a/1.gpx": made.run(0)}).persons == {}  # nobody's account


def test_garmin_names_the_person_of_its_archive() -> None:
    profile = json.dumps({"userName": "ab12", "firstName": "Anna", "lastName": "Berg"}).encode()
    files = made.garmin_files() | {"DI_CONNECT/DI-Connect-User/user_profile.json": profile}
    found = account({f"x/{name}": data for name, data in files.items()} | {"y/1.gpx": made.run(4)})
    assert found.person("x/DI_CONNECT/DI-Connect-Uploaded-Files/UploadedFiles_0-_Part1.zip/a@b.c_1.gpx") == "Anna Berg"
    assert found.person("y/1.gpx") is None


@pytest.mark.parametrize("profile", [b"{}", b"[1]", b"{", b'{"firstName": 7, "lastName": null}', b'{"firstName": "-"}'])
def test_a_profile_that_tells_nobody_costs_nothing(profile: bytes) -> None:
    found = account(made.garmin_files() | {"DI_CONNECT/DI-Connect-User/user_profile.json": profile})
    assert (found.persons, found.without) == ({}, [])
    assert found.by_start
