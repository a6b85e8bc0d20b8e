"""Session tables and account archives through an import: each row its line, nothing twice, nothing guessed."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
from sqlalchemy import select

from loadmon.intake.commit import Imported, import_plan
from loadmon.intake.jobs import IMPORT, ask_for_import, run_import, work_on
from loadmon.intake.plan import plan
from loadmon.intake.read_again import read_again
from loadmon.intake.tables import confirmed, key, proposals
from loadmon.readers.table_columns import TableColumns, TableProposal
from loadmon.refusal import ColumnUnclear, NoSessionTable
from loadmon.show.figures import counted
from loadmon.store import Store, Viewer, imports, sessions, twins
from loadmon.store.imports import Outcome
from loadmon.store.schema import SessionRow
from loadmon.timeline import timeline
from tests.intake import made
from tests.readers import made_account, made_tables

LIST = "DI_CONNECT/DI-Connect-Fitness/a@b.c_0_summarizedActivities.json"
TEAM = made_tables.csv(
    "Läufer;Datum;Dauer;km;Sportart",
    "Anna;05.01.2026;1:05:09;12,5;Laufen",
    "Ben;05.01.2026;0:45:00;8;Laufen",
    "Anna;06.01.2026;0:30:00;5;Laufen",
    ";07.01.2026;0:30:00;5;Laufen",
)


def take(
    store: Store, path: Path, athlete: str | None = None, *, said: str | None = None, accept: bool = True
) -> Imported:
    columns = confirmed([path], said, accept=accept)
    return import_plan(store, plan([path], athlete, columns=columns), what=path.name)


def heads(store: Store) -> list[Any]:
    with store.read() as conn:
        return list(conn.execute(select(SessionRow).order_by(SessionRow.start_utc)))


def stored(store: Store, place: int = 0) -> sessions.StoredSession:
    with store.read() as conn:
        return sessions.one(conn, made.ALL, heads(store)[place].id)


def counted_of(store: Store) -> pd.DataFrame:
    with store.read() as conn:
        return counted(sessions.runs_table(conn, made.ALL), twins.decided(conn, made.ALL))


def file(tmp_path: Path, name: str, data: bytes | str) -> Path:
    path = tmp_path / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return path


def test_a_runners_table(store: Store, tmp_path: Path) -> None:
    path = file(tmp_path, "log.csv", made_tables.GERMAN_SEMICOLONS)
    done = take(store, path, "Anna")
    lines = made.report(store, done)
    assert {name: line.outcome for name, line in lines.items()} == {
        "log.csv, row 2": Outcome.IMPORTED,
        "log.csv, row 4": Outcome.IMPORTED,
        "log.csv, row 5": Outcome.IMPORTED,
        "log.csv, row 6": Outcome.NOT_AN_ACTIVITY,
    }
    assert "it holds sums" in lines["log.csv, row 6"].detail
    run = stored(store)
    assert (run.session.title, run.session.shoes, run.session.effort) == ("locker, mit Anna", "Pegasus", 4.0)
    assert (run.facts.distance_m, run.facts.distance_source) == (12_500.0, "table")
    assert run.session.source.format == "table"
    assert store.originals.read(run.session.source.sha256).startswith(b'{"loadmon row')


def test_a_table_that_grew_brings_only_what_is_new(store: Store, tmp_path: Path) -> None:
    path = file(tmp_path, "log.csv", made_tables.GERMAN_SEMICOLONS)
    take(store, path, "Anna")
    grown = made_tables.GERMAN_SEMICOLONS.replace(
        "Summe", "04.01.2026;;Laufen;0:30:00;5;;;;;;\r\n08.01.2026;;Laufen;0:31:00;5;;;;;;\r\nSumme"
    )
    path.write_bytes(grown.encode())
    done = take(store, path, "Anna")
    assert (done.count(Outcome.IMPORTED), done.count(Outcome.DUPLICATE)) == (2, 3)
    assert len(heads(store)) == 5


def test_a_table_is_confirmed_or_nothing_is_made_of_it(store: Store, tmp_path: Path) -> None:
    path = file(tmp_path, "Activities.csv", made_tables.GARMIN)
    done = take(store, path, "Anna", accept=False)
    (line,) = made.report(store, done).values()
    assert (line.outcome, line.reason) == (Outcome.REFUSED, "columns to confirm")
    assert "Nothing tells whether distances" in line.detail
    assert "--accept-columns" in line.advice
    unclear = made.report(store, take(store, path, "Anna"))
    assert next(iter(unclear.values())).reason == "column unclear"
    assert not heads(store)
    take(store, path, "Anna", said="distance=km,ascent=m")
    assert len(heads(store)) == 2


def test_columns_said_in_full(store: Store, tmp_path: Path) -> None:
    path = file(tmp_path, "t.csv", TEAM)
    take(store, path, "Anna", said="date=Datum,duration=Dauer,sport=all:walk", accept=False)
    assert {head.sport for head in heads(store)} == {"walk"}
    assert stored(store).facts.distance_m is None
    with pytest.raises(ColumnUnclear):
        confirmed([path], "date=Nothing", accept=False)


def test_a_column_names_the_runners(store: Store, tmp_path: Path) -> None:
    done = take(store, file(tmp_path, "team.csv", TEAM))
    lines = made.report(store, done)
    named = {name: line.athlete for name, line in lines.items() if line.outcome == Outcome.IMPORTED}
    assert named == {"team.csv, row 2": "Anna", "team.csv, row 3": "Ben", "team.csv, row 4": "Anna"}
    assert lines["team.csv, row 5"].outcome == Outcome.NO_OWNER


def test_a_table_among_files_and_a_table_of_something_else(tmp_path: Path) -> None:
    folder = made.lay(
        tmp_path / "given",
        {"run.fit": made.fit(), "books.csv": b"Title,Author\nA,B\n", "log.csv": made_tables.GERMAN_SEMICOLONS.encode()},
    )
    given = sorted(folder.iterdir())
    found = proposals(given)
    assert isinstance(found.pop(folder / "log.csv"), TableProposal)
    (why,) = found.values()
    assert isinstance(why, NoSessionTable), "a table of something else says so, by its own name"
    offered = plan(given, "Anna")
    assert [offer.member.path for offer in offered.offers] == ["run.fit"]
    assert offered.foreign == ["books.csv"]
    assert [problem.refusal.name for problem in offered.problems] == ["columns to confirm"]


def test_a_page_asks_a_worker(store: Store, tmp_path: Path) -> None:
    import threading

    path = file(
        tmp_path,
        "log.xlsx",
        made_tables.xlsx({"x": [["Date", "Duration (min)", "km", "Sport"], ["2026-01-05", 65.5, 12.5, "run"]]}),
    )
    proposal = proposals([path])[path]
    assert isinstance(proposal, TableProposal)
    ask_for_import(store, [path], athlete="Anna", columns={key(path): proposal.columns})
    work_on(store, {IMPORT: run_import}, "serial://", threading.Event(), once=True)
    assert stored(store).session.elapsed_s == 3930.0
    assert TableColumns.from_plain(proposal.columns.plain()) == proposal.columns


@pytest.mark.parametrize("table_first", [True, False])
def test_a_table_without_times_and_the_files_of_the_same_runs_count_once(
    store: Store, tmp_path: Path, table_first: bool
) -> None:
    run = file(tmp_path, "run.gpx", made_account.run(0))
    table = file(
        tmp_path,
        "log.csv",
        made_tables.csv(
            "date;duration;km;sport", "2026-01-05;1:01;0,2;run", "2026-01-05;0:30:00;6;run", "2026-01-06;1:01;0,2;run"
        ),
    )
    for path in (table, run) if table_first else (run, table):
        take(store, path, "Anna", said="duration=ms")
    table_and_run = counted_of(store)
    out = table_and_run[table_and_run["excluded"]]
    assert out["file_name"].tolist() == ["log.csv, row 2"]
    assert "a file of the same day" in out["excluded_reason"].iloc[0]
    assert len(table_and_run) == 4
    assert not any(head.excluded for head in heads(store)), "told at each look, never written down"


def test_a_distance_without_a_time_is_stored_told_and_counted_once(store: Store, tmp_path: Path) -> None:
    run = file(tmp_path, "run.gpx", made_account.run(0))
    table = file(
        tmp_path,
        "log.csv",
        made_tables.csv(
            "date;start;duration;km;sport",
            "2026-01-05;05:31;;0,2;run",
            "2026-01-06;05:31;;6;run",
            "2026-01-07;05:31;40:00;8;run",
        ),
    )
    for path in (table, run):
        take(store, path, "Anna", said="duration=ms")
    runs = counted_of(store)
    line = timeline(runs, today=date(2026, 1, 7)).set_index("local_day")
    assert runs.loc[runs["excluded"], "excluded_reason"].str.contains("tells no time it took").tolist() == [True]
    assert line["distance_m"].round(-2).tolist() == [200.0, 6000.0, 8000.0]
    assert line["moving_s"].isna().tolist() == [False, True, False], "a time nobody told is not nothing"
    assert line["moving_complete"].tolist() == [True, False, True]
    untimed = stored(store, 2)
    assert untimed.facts.moving_s is None
    assert np.isnan(untimed.session.elapsed_s)
    with store.read() as conn:
        lines = imports.reports(conn, made.ALL, 1).set_index("path")
    assert np.isnan(lines.loc["log.csv, row 3", "moving_s"])
    assert "length of time not told" in lines.loc["log.csv, row 3", "oddities"]


def test_stravas_archive(store: Store, tmp_path: Path) -> None:
    path = file(tmp_path, "export_1.zip", made_account.zipped(made_account.STRAVA_FILES))
    done = import_plan(store, plan([path], "Anna"), what="export")
    lines = made.report(store, done)
    assert lines["activities.csv, row 4"].outcome == Outcome.NOT_AN_ACTIVITY
    assert "entered by hand" in lines["activities.csv, row 4"].detail
    assert lines["activities/2.gpx"].sport == "trail run"
    assert "sport told by the account" in lines["activities/2.gpx"].oddities
    first, second = stored(store), stored(store, 1)
    assert (first.session.title, first.session.shoes, first.session.effort) == ("Morning, with Anna", "Pegasus", 6.0)
    assert second.facts.is_running
    assert second.facts.sport == "trail run"
    assert second.facts.sport_reason is None
    again = import_plan(store, plan([path], "Anna"), what="export")
    assert again.count(Outcome.DUPLICATE) == 2
    assert len(heads(store)) == 2


def test_what_an_account_told_outlives_another_reading(store: Store, tmp_path: Path) -> None:
    archive = file(tmp_path, "export_1.zip", made_account.zipped(made_account.STRAVA_FILES))
    import_plan(store, plan([archive], "Anna"), what="export")
    take(store, file(tmp_path, "log.csv", made_tables.GERMAN_SEMICOLONS), "Ben")
    before = [(head.title, head.shoes, head.effort, head.sport) for head in heads(store)]
    done = read_again(store)
    assert (done.files, done.sessions, done.left) == (5, 5, 0)
    assert [(head.title, head.shoes, head.effort, head.sport) for head in heads(store)] == before
    assert any(oddity.name == "sport told by the account" for oddity in stored(store, 2).session.oddities)


def test_entries_by_hand_come_from_the_table_alone(store: Store, tmp_path: Path) -> None:
    path = file(tmp_path, "activities.csv", made_account.STRAVA_FILES["activities.csv"])
    take(store, path, "Anna", said="without=Filename")
    (head,) = heads(store)
    assert head.title == "By hand"


def test_garmins_archive_in_a_runners_folder(store: Store, tmp_path: Path) -> None:
    made.lay(
        tmp_path / "team",
        {"Anna/garmin.zip": made_account.zipped(made_account.garmin_files()), "Ben/1.fit": made.fit()},
    )
    import_plan(store, plan([tmp_path / "team"]), what="team", workers="serial://")
    named = {head.title: (head.shoes, head.effort, head.sport) for head in heads(store)}
    assert named == {
        None: (None, None, "run"),
        "Morning run": ("Brooks Ghost", 7.0, "run"),
        "Second": (None, None, "trail run"),
    }


def test_what_garmins_list_names_and_no_file_is_stands_in_the_report(store: Store, tmp_path: Path) -> None:
    (begin,) = (row["beginTimestamp"] for row in made_account.GARMIN_LIST[0]["summarizedActivitiesExport"][1:2])
    files = made_account.garmin_files()
    listed = json.loads(files[LIST])
    by_hand = {"activityType": "running", "beginTimestamp": begin + 86_400_000}
    swim = {"activityType": "lap_swimming", "beginTimestamp": begin + 2 * 86_400_000}
    listed[0]["summarizedActivitiesExport"] += [swim, by_hand]
    path = file(tmp_path, "garmin.zip", made_account.zipped(files | {LIST: json.dumps(listed).encode()}))
    for _ in range(2):  # the second time every file is there already: the same two are missing, and no other
        done = import_plan(store, plan([path], "Anna"), what="garmin", workers="serial://")
        with store.read() as conn:
            lines = imports.reports(conn, Viewer.everyone(), done.batch_id)
        told = lines[lines["path"].str.contains("summarizedactivities.json, ")]
        assert told["path"].str[-19:].tolist() == ["2026-01-07 05:30:00", "2026-01-08 05:30:00"]
        assert told["detail"].tolist() == [
            "Garmin's own list names an activity (run) of 2026-01-07, 05:30 UTC, and no file that could be read is it.",
            "Garmin's own list names an activity (swim) of 2026-01-08, 05:30 UTC, and no file that could be read is it.",
        ]
        assert told["advice"].str.contains("table of your own").all()


def test_a_whole_list_has_nothing_to_report(store: Store, tmp_path: Path) -> None:
    path = file(tmp_path, "garmin.zip", made_account.zipped(made_account.garmin_files()))
    done = import_plan(store, plan([path], "Anna"), what="garmin", workers="serial://")
    assert done.count(Outcome.IMPORTED) == 2
    assert done.count(Outcome.NOT_AN_ACTIVITY) == 0
