"""Files that nobody is told for: kept, read, asked about together, and the same whatever the order and interruptions."""

from __future__ import annotations

import dataclasses
import json
import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select

from loadmon.intake import batch
from loadmon.intake.commit import Imported, import_plan
from loadmon.intake.knowledge import names_before
from loadmon.intake.onlooker import Onlooker
from loadmon.intake.owners_file import OwnersFile, OwnersLine
from loadmon.intake.plan import Plan, plan
from loadmon.intake.question import questions
from loadmon.intake.tables import confirmed
from loadmon.readers import read
from loadmon.store import Store, imports, open_store, owner_clues
from loadmon.store.imports import Outcome
from loadmon.store.schema import AthleteRow
from tests.intake import made
from tests.readers import made_account, made_tables

A, B, C, D = made.WATCHES


def open_questions(store: Store) -> list[dict[str, Any]]:
    with store.read() as conn:
        return [question.plain() for question in questions(conn, made.ALL)]


def learnt(store: Store) -> set[tuple[str, str, str]]:
    with store.read() as conn:
        return {(clue.kind, clue.value, clue.runner) for clue in owner_clues.learnt(conn, made.ALL)}


def annas(store: Store, tmp_path: Path) -> Imported:
    """An import that its person named a runner for: Anna and her watch are known."""
    files = {"anna_1.fit": made.fit(100, serial=A), "anna_2.fit": made.fit(101, serial=A)}
    return made.take_in(store, made.lay(tmp_path / "annas", files), athlete="Anna")


def test_what_waits_is_read_and_kept(store: Store, tmp_path: Path) -> None:
    data = made.fit(1, 120, serial=B)
    done = made.take_in(store, made.lay(tmp_path / "x", {"b_1.fit": data, "bad.fit": made.PDF, "x.txt": b"x"}))
    lines = made.report(store, done)
    line = lines["b_1.fit"]
    assert (line.outcome, line.reason, line.sessions, line.sport) == ("no owner", "whose file", 0, "run")
    assert line.distance_m == pytest.approx(357, abs=1)
    assert str(line.local_day.date()) == "2024-11-09"
    assert "Nothing says whose" in line.detail
    assert f"loadmon assign {line.about['question']} NAME" in line.advice
    assert lines["bad.fit"].outcome == "refused"  # nobody has to say whose a file is that nobody can read
    assert store.originals.read(line.sha256) == data
    assert made.rows(store)["athlete"] == made.rows(store)["session"] == []
    (question,) = open_questions(store)
    assert (question["key"], [file["path"] for file in question["files"]]) == (line.about["question"], ["b_1.fit"])
    with store.read() as conn:
        row = imports.batches(conn, made.ALL).iloc[0]
    assert (row["sessions"], row["no owner"]) == (0, 1)
    assert not row["distance_m"] > 0  # what waits was not run by anybody yet


def test_one_decision_for_files_that_belong_together(store: Store, tmp_path: Path) -> None:
    files = {
        "a_1.fit": made.fit(1, serial=B), "2026/other_2.fit": made.fit(2, serial=B), "c_3.fit": made.fit(3, serial=C),
        "zoe_1.gpx": made.gpx(1), "2026/zoe_2.gpx": made.gpx(2), "5.gpx": made.gpx(3), "6.gpx": made.gpx(4),
        "2026/7.gpx": made.gpx(5), "p.fit": made.fit(8, person="Zoe"), "q.fit": made.fit(9, person="ZOE"),
    }  # fmt: skip
    made.take_in(store, made.lay(tmp_path / "x", files))
    together = sorted([file["path"] for file in question["files"]] for question in open_questions(store))
    assert together == [
        ["2026/7.gpx"], ["2026/other_2.fit", "a_1.fit"], ["2026/zoe_2.gpx", "zoe_1.gpx"], ["5.gpx", "6.gpx"], ["c_3.fit"],
        ["p.fit", "q.fit"],
    ]  # fmt: skip
    assert len({question["key"] for question in open_questions(store)}) == 6


def test_what_a_person_said_is_learnt_and_tells_the_next_time(store: Store, tmp_path: Path) -> None:
    annas(store, tmp_path)
    assert {(kind, runner) for kind, _, runner in learnt(store)} == {("pattern", "Anna"), ("serial", "Anna")}
    files = {"anna_9.gpx": made.gpx(3), "x.fit": made.fit(9, serial=A), "y.fit": made.fit(10, serial=B)}
    lines = made.report(store, made.take_in(store, made.lay(tmp_path / "x", files)))
    assert {path: (line.athlete, line.told_by) for path, line in lines.items() if line.outcome == "imported"} == {
        "anna_9.gpx": ("Anna", "file name"), "x.fit": ("Anna", "watch"),
    }  # fmt: skip
    assert lines["y.fit"].outcome == "no owner"
    assert learnt(store) == learnt(store)  # what was told by what was learnt teaches nothing more
    assert len(learnt(store)) == 2


def test_a_folder_and_a_watch_that_contradict_each_other(store: Store, tmp_path: Path) -> None:
    annas(store, tmp_path)
    files = {
        "Ben/1.fit": made.fit(1, serial=A),
        "Ben/2.fit": made.fit(2, serial=B),
        "Anna/3.fit": made.fit(3, serial=A),
    }
    lines = made.report(store, made.take_in(store, made.lay(tmp_path / "x", files)))
    assert {path: line.outcome for path, line in lines.items()} == {
        "Ben/1.fit": "no owner", "Ben/2.fit": "imported", "Anna/3.fit": "imported",
    }  # fmt: skip
    assert lines["Ben/1.fit"].detail == "The folder says Ben, the watch says Anna."
    assert lines["Ben/1.fit"].about["candidates"] == [
        {"runner": "Ben", "why": "the folder"}, {"runner": "Anna", "why": "the watch"},
    ]  # fmt: skip


def test_what_an_import_brings_tells_nothing_within_it(store: Store, tmp_path: Path) -> None:
    files = {
        "Anna/1.fit": made.fit(1, serial=A),
        "Ben/2.fit": made.fit(2, serial=A),
        "loose.fit": made.fit(3, serial=A),
    }
    lines = made.report(store, made.take_in(store, made.lay(tmp_path / "x", files)))
    assert {path: line.outcome for path, line in lines.items()} == {
        "Anna/1.fit": "imported", "Ben/2.fit": "imported", "loose.fit": "no owner",
    }  # fmt: skip


def test_who_came_with_an_import_is_known(store: Store, tmp_path: Path) -> None:
    first = annas(store, tmp_path)
    second = made.take_in(store, made.lay(tmp_path / "x", {"Anna/1.fit": made.fit(1), "Ben/2.fit": made.fit(2)}))
    with store.read() as conn:
        came = dict(conn.execute(select(AthleteRow.name, AthleteRow.introduced_by)).all())  # type: ignore[arg-type]
    assert came == {"Anna": first.batch_id, "Ben": second.batch_id}


def test_the_same_bytes_told_and_untold_are_one_file_in_any_order(store: Store, tmp_path: Path) -> None:
    data = made.fit(1, serial=B)
    files = {"2026/a.fit": data, "Ben/b.fit": data, "zz.fit": data, "Anna/1.fit": made.fit(2)}
    lines = made.report(store, made.take_in(store, made.lay(tmp_path / "x", files)))
    assert {path: line.outcome for path, line in lines.items()} == {
        "2026/a.fit": "duplicate", "Ben/b.fit": "imported", "zz.fit": "duplicate", "Anna/1.fit": "imported",
    }  # fmt: skip
    assert open_questions(store) == []


def test_untold_twins_are_asked_about_each(store: Store, tmp_path: Path) -> None:
    data = made.gpx(1)
    done = made.take_in(store, made.lay(tmp_path / "x", {"zoe_1.gpx": data, "ben_1.gpx": data}))
    assert done.count(Outcome.NO_OWNER) == 2
    assert [[file["path"] for file in one["files"]] for one in open_questions(store)] in (
        [["zoe_1.gpx"], ["ben_1.gpx"]], [["ben_1.gpx"], ["zoe_1.gpx"]],
    )  # fmt: skip


def test_again_and_otherwise(store: Store, tmp_path: Path) -> None:
    """A file that waits waits once; told by a folder later, it comes in and the question is none any more."""
    data = made.fit(1, serial=B)
    first = made.take_in(store, made.lay(tmp_path / "x", {"a.fit": data}))
    before = made.rows(store)
    again = made.report(store, made.take_in(store, tmp_path / "x"))
    assert (again["a.fit"].outcome, again["a.fit"].detail) == (
        "no owner", f"The same file waits already: import {first.batch_id} asks whose it is.",
    )  # fmt: skip
    assert made.rows(store) == before
    done = made.take_in(store, made.lay(tmp_path / "y", {"Ben/b.fit": data, "Cleo/c.fit": made.fit(2)}))
    assert done.sessions == 2
    assert open_questions(store) == []


def test_a_look_ahead_asks_the_same_and_lets_nothing_wait(store: Store, tmp_path: Path) -> None:
    annas(store, tmp_path)
    files = {"Ben/1.fit": made.fit(1, serial=A), "a.fit": made.fit(2, serial=C), "x.fit": made.fit(3, serial=A)}
    offered = plan([made.lay(tmp_path / "x", files)])
    before = made.rows(store), made.originals(store)
    ahead = made.report(store, import_plan(store, offered, what="made", dry_run=True))
    assert (made.rows(store), made.originals(store)) == before
    lines = made.report(store, import_plan(store, offered, what="made"))
    for path, line in lines.items():
        assert (ahead[path].outcome, ahead[path].told_by, ahead[path].detail) == (
            line.outcome,
            line.told_by,
            line.detail,
        )
    assert lines["x.fit"].told_by == "watch"


def test_what_an_account_tells_survives_the_waiting(store: Store, tmp_path: Path) -> None:
    archive = tmp_path / "export.zip"
    profile = b"Athlete ID,Email,First Name,Last Name\n1,x@y.z,Anna,Berg\n"
    archive.write_bytes(made_account.zipped(made_account.STRAVA_FILES | {"profile.csv": profile}))
    made.take_in(store, archive)
    (question,) = open_questions(store)
    assert {one["runner"] for one in question["candidates"]} == {"Anna Berg"}
    assert question["together"] == "of the profile “anna berg”"
    told = [json.loads(row[-1]) for row in made.rows(store)["waiting_file"]]
    assert sorted(one["0"]["title"] for one in told) == ["Hill reps", "Morning, with Anna"]


def test_garmin_s_list_names_nothing_while_its_files_wait(store: Store, tmp_path: Path) -> None:
    archive = tmp_path / "export.zip"
    archive.write_bytes(made_account.zipped(made_account.garmin_files()))
    lines = made.report(store, made.take_in(store, archive))
    assert sorted(line.outcome for path, line in lines.items() if "gpx" in path) == ["no owner", "no owner"]
    assert not [path for path in lines if "summarizedActivities.json, " in path]


def test_rows_of_a_table_wait_like_files(store: Store, tmp_path: Path) -> None:
    table = tmp_path / "log.csv"
    table.write_bytes(
        made_tables.csv("Datum;Dauer;km;Sportart", "05.01.2026;1:05:09;12,5;Laufen", "06.01.2026;0:30:00;5;Laufen")
    )
    columns = confirmed([table], None, accept=True)
    done = import_plan(store, plan([table], columns=columns), what="made")
    assert done.count(Outcome.NO_OWNER) == 2
    (question,) = open_questions(store)
    assert (question["together"], question["days"]) == ("in “log.csv”", ["2026-01-05", "2026-01-06"])


def test_a_mapping_file_stands_before_folders_and_teaches(store: Store, tmp_path: Path) -> None:
    files = {
        "fr245/1.fit": made.fit(1, serial=A),
        "x/2.fit": made.fit(2, serial=B),
        "Cleo/3.fit": made.fit(3, serial=C),
    }
    serial = next(one.serial_hash for one in _devices(files["x/2.fit"]))
    mapping = OwnersFile(
        (OwnersLine(1, "fr245", "Anna"), OwnersLine(2, f"serial:{serial}", "Ben"), OwnersLine(3, "q", "Q"))
    )
    offered = plan([made.lay(tmp_path / "x", files)], mapping=mapping)
    lines = made.report(store, import_plan(store, offered, what="made"))
    assert lines.pop("mapping file, line 3").outcome == "foreign", "a line that speaks of no file here is named"
    assert {path: (line.athlete, line.told_by) for path, line in lines.items()} == {
        "fr245/1.fit": ("Anna", "mapping file"), "x/2.fit": ("Ben", "mapping file"), "Cleo/3.fit": ("Cleo", "folder"),
    }  # fmt: skip
    assert offered.idle_lines == (3,)
    assert {clue for clue in learnt(store) if clue[0] == "folder"} == {
        ("folder", "fr245", "Anna"),
        ("folder", "x", "Ben"),
    }
    assert ("serial", serial, "Ben") in learnt(store)


def _devices(data: bytes) -> list[Any]:
    return [session.device for session in read(data, "x")]


class StopsAfter(Onlooker):
    """Calls an import off after some files."""

    def __init__(self, files: int) -> None:
        self.left = files

    def should_stop(self) -> bool:
        self.left -= 1
        return self.left < 0


@pytest.fixture(scope="module")
def given(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Told, untold, contradictory, doubled and damaged files of known and unknown watches."""
    files = {f"Ben/{n}.fit": made.fit(n, serial=B) for n in range(3)}
    files |= {f"zoe_{n}.gpx": made.gpx(n + 1) for n in range(3)} | {
        f"2026/{n}.fit": made.fit(20 + n, serial=C) for n in range(3)
    }
    files |= {
        "Cleo/1.fit": made.fit(30, serial=A),
        "Cleo/2.fit": files["Ben/1.fit"],
        "anna_7.fit": made.fit(31, serial=D),
    }
    files |= {
        "loose.fit": made.fit(32, serial=A),
        "twin.fit": files["Ben/2.fit"],
        "bad.fit": made.PDF,
        "empty.fit": b"",
    }
    files |= {
        "zoe_1 copy.gpx": files["zoe_1.gpx"],
        "p.fit": made.fit(33, person="Anna"),
        "exports.zip": made.zipped({"g.gpx": made.gpx(9)}),
    }
    return made.lay(tmp_path_factory.mktemp("given") / "mixed", files)


def told(store: Store, number: int) -> tuple[Any, Any, Any]:
    with store.read() as conn:
        lines = imports.reports(conn, made.ALL, number)
    kept = lines[["path", "outcome", "told_by", "athlete", "reason"]].astype(object)
    found = kept.where(kept.notna(), None).itertuples(index=False, name=None)
    return made.content(store), open_questions(store), sorted(found, key=repr)


@pytest.fixture(scope="module")
def at_once(given: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Any]:
    """What an import that nothing disturbs gives."""
    store = open_store(None, tmp_path_factory.mktemp("plain") / "home")
    annas(store, tmp_path_factory.mktemp("known"))
    done = import_plan(store, _offered(store, given), what="made")
    found = told(store, done.batch_id)
    assert {line[2] for line in found[2]} >= {None, "folder", "watch", "file name", "profile"}
    assert len(found[1]) == 5
    yield found
    store.close()


def _offered(store: Store, given: Path, seed: int | None = None, batch_id: int | None = None) -> Plan:
    """The plan, its files in another order; of the same bytes the first is the same, as it says which is kept."""
    with store.read() as conn:
        offered = plan([given], known=names_before(conn, batch_id))
    if seed is None:
        return offered
    last = ("Cleo/2.fit", "zoe_1 copy.gpx")
    offers = [offer for offer in offered.offers if offer.member.path not in last]
    random.Random(seed).shuffle(offers)
    return dataclasses.replace(offered, offers=offers + [o for o in offered.offers if o.member.path in last])


@pytest.mark.parametrize(("seed", "workers"), [(1, "serial://"), (2, "serial://"), (3, "process://2")])
def test_owners_and_questions_do_not_depend_on_order_and_workers(
    store: Store, tmp_path: Path, given: Path, at_once: Any, seed: int, workers: str
) -> None:
    annas(store, tmp_path)
    done = import_plan(store, _offered(store, given, seed), what="made", workers=workers)
    assert told(store, done.batch_id) == at_once


@pytest.mark.parametrize(("seed", "a_transaction"), [(1, 1), (2, 3), (3, 25)])
def test_nor_on_being_stopped_and_taken_up_again(
    store: Store,
    tmp_path: Path,
    given: Path,
    at_once: Any,
    seed: int,
    a_transaction: int,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(batch, "FILES_A_TRANSACTION", a_transaction)
    annas(store, tmp_path)
    dice, number, stops = random.Random(seed), None, 0
    while True:
        offered = _offered(store, given, dice.randrange(99), number)
        done = import_plan(store, offered, what="made", batch_id=number, onlooker=StopsAfter(dice.randint(3, 9)))
        number = done.batch_id
        if not done.stopped:
            break
        stops += 1
    assert stops >= 2
    assert told(store, number) == at_once
