"""Saying whose waiting files are, and moving sessions to whose they are."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from loadmon.intake import assign as room
from loadmon.intake import batch as batches
from loadmon.intake import correct
from loadmon.intake.assign import assign, questions, reassign
from loadmon.intake.commit import Imported, import_plan
from loadmon.intake.plan import plan
from loadmon.intake.question import Question
from loadmon.intake.tables import confirmed
from loadmon.intake.undo import undo_import
from loadmon.refusal import NotFound
from loadmon.store import Role, Store, Viewer, imports, open_store, owner_clues, squad
from loadmon.store.imports import Outcome
from loadmon.store.ownership import NothingToMove
from loadmon.store.saving import Saving
from loadmon.store.schema import FactsRow, FileReportRow, SessionRow
from loadmon.store.squad import NameTaken, NotAValue
from tests.intake import made
from tests.readers import made_account, made_tables

A, B, C, D = made.WATCHES


def asked(store: Store, batch_id: int | None = None) -> list[Question]:
    with store.read() as conn:
        return questions(conn, made.ALL, batch_id)


def about(store: Store, path: str) -> str:
    """The key of the question about a file."""
    return next(one.key for one in asked(store) if path in [file.path for file in one.files])


def whose(store: Store) -> dict[str, str]:
    """Each stored file's name and its runner."""
    with store.read() as conn:
        names = {one.id: one.name for one in squad.athletes(conn, made.ALL)}
        rows = conn.execute(select(SessionRow.file_name, SessionRow.athlete_id)).all()
    return {name: names[number] for name, number in rows}


def learnt(store: Store) -> set[tuple[str, str]]:
    with store.read() as conn:
        return {(clue.kind, clue.runner) for clue in owner_clues.learnt(conn, made.ALL)}


@pytest.fixture
def offered(store: Store, tmp_path: Path) -> Imported:
    """Two loose files of one watch, one of another, and a sound folder of Ben's."""
    files = {"a_zoe_1.fit": made.fit(1, serial=A), "zoe_2.fit": made.fit(2, serial=A), "c.fit": made.fit(3, serial=C)}
    return made.take_in(store, made.lay(tmp_path / "x", files | {"Ben/1.fit": made.fit(4, serial=B)}))


@pytest.mark.parametrize("workers", ["serial://", "process://1"])
def test_one_decision_takes_all_of_them_in(store: Store, offered: Imported, workers: str) -> None:
    done = assign(store, about(store, "zoe_2.fit"), " Zoé ", workers=workers)
    assert (done.runner, done.is_new, done.sessions, done.left) == ("Zoé", True, 2, ())
    assert whose(store) == {"1.fit": "Ben", "a_zoe_1.fit": "Zoé", "zoe_2.fit": "Zoé"}
    lines = made.report(store, offered)
    for path in ("a_zoe_1.fit", "zoe_2.fit"):
        line = lines[path]
        assert (line.outcome, line.athlete, line.told_by, line.sessions) == ("imported", "Zoé", "decision", 1)
        assert line.reason != "whose file"
    assert [file.path for one in asked(store) for file in one.files] == ["c.fit"]
    with store.read() as conn:
        row = imports.batches(conn, made.ALL).loc[offered.batch_id]
        assert set(conn.execute(select(SessionRow.batch_id)).scalars()) == {offered.batch_id}
    assert (row["imported"], row["no owner"], row["sessions"], row["files"]) == (3, 1, 3, 4)


def test_it_is_as_if_they_had_been_told_at_once(store: Store, offered: Imported, tmp_path: Path) -> None:
    for key, runner in ((about(store, "zoe_2.fit"), "Zoé"), (about(store, "c.fit"), "Cleo")):
        assign(store, key, runner)
    other = open_store(None, tmp_path / "other")
    files = {
        "Zoé/a_zoe_1.fit": made.fit(1, serial=A),
        "Zoé/zoe_2.fit": made.fit(2, serial=A),
        "Cleo/c.fit": made.fit(3, serial=C),
    }
    made.take_in(other, made.lay(tmp_path / "y", files | {"Ben/1.fit": made.fit(4, serial=B)}))
    ours, theirs = made.content(store), made.content(other)
    other.close()
    assert {name: rows for name, rows in ours.items() if name != "owner_clue"} == {
        name: rows for name, rows in theirs.items() if name != "owner_clue"
    }


def test_what_it_teaches_tells_the_next_time_and_goes_with_the_import(
    store: Store, offered: Imported, tmp_path: Path
) -> None:
    done = assign(store, about(store, "c.fit"), "Cleo")
    assert [kind for kind, _ in done.taught] == ["serial"]
    again = made.take_in(
        store, made.lay(tmp_path / "n", {"new.fit": made.fit(9, serial=C), "Ben/2.fit": made.fit(10, serial=B)})
    )
    assert made.report(store, again)["new.fit"].athlete == "Cleo"
    assert learnt(store) == {("serial", "Cleo")}
    undo_import(store, offered.batch_id)
    assert learnt(store) == set()
    assert asked(store) == []
    assert set(whose(store)) == {"new.fit", "2.fit"}


def test_single_files_of_a_question(store: Store, offered: Imported) -> None:
    assert assign(store, ["zoe_2.fit"], "Zoé").sessions == 1
    assert "zoe_2.fit" in whose(store)
    assert about(store, "a_zoe_1.fit")
    with pytest.raises(NotFound, match=r"zoe_2.fit does not wait"):
        assign(store, ["zoe_2.fit", "c.fit"], "Zoé")
    assert "c.fit" not in whose(store)


def test_what_is_certain_by_now_is_said_and_not_done(store: Store, offered: Imported, tmp_path: Path) -> None:
    later = made.take_in(
        store, made.lay(tmp_path / "n", {"q.fit": made.fit(9, serial=C), "Ben/3.fit": made.fit(11, serial=B)})
    )
    (key,) = (one.key for one in asked(store, later.batch_id))
    done = assign(store, about(store, "c.fit"), "Cleo")
    assert [(one.key, one.runner, one.told_by) for one in done.certain] == [(key, "Cleo", "watch")]
    assert "q.fit" not in whose(store)
    assert assign(store, key, "Cleo").certain == ()
    assert whose(store)["q.fit"] == "Cleo"


def test_a_contradiction_once_decided_is_none_any_more(store: Store, offered: Imported, tmp_path: Path) -> None:
    files = {"Cleo/1.fit": made.fit(20, serial=B), "Cleo/2.fit": made.fit(21, serial=B)}
    made.take_in(store, made.lay(tmp_path / "n", files | {"Dora/3.fit": made.fit(22)}))
    assign(store, about(store, "Cleo/1.fit"), "Cleo")
    assert (whose(store)["1.fit"], whose(store)["2.fit"]) == ("Cleo", "Cleo")
    again = made.take_in(
        store, made.lay(tmp_path / "m", {"Cleo/4.fit": made.fit(23, serial=B), "Ben/5.fit": made.fit(24, serial=B)})
    )
    assert again.count(Outcome.IMPORTED) == 2  # both wear it


def claimed(store: Store, tmp_path: Path) -> str:
    data = made.fit(1, serial=A)
    made.take_in(
        store, made.lay(tmp_path / "t", {"Anna/1.fit": data, "Ben/1.fit": data, "Ben/2.fit": made.fit(2, serial=B)})
    )
    return about(store, "Ben/1.fit")


def test_bytes_offered_for_two_stay_with_the_first(store: Store, tmp_path: Path) -> None:
    done = assign(store, claimed(store, tmp_path), "Anna")
    assert (done.sessions, done.moved, done.outcomes) == (0, 0, {Outcome.DUPLICATE: 1})
    assert whose(store) == {"1.fit": "Anna", "2.fit": "Ben"}
    assert asked(store) == []


def test_or_go_to_the_second(store: Store, tmp_path: Path) -> None:
    done = assign(store, claimed(store, tmp_path), "Ben")
    assert (done.sessions, done.moved) == (0, 1)
    assert whose(store) == {"1.fit": "Ben", "2.fit": "Ben"}
    with store.read() as conn:
        (batch_id,) = imports.batches(conn, made.ALL).index
        lines = {line.path: line for line in imports.reports(conn, made.ALL, int(batch_id)).itertuples()}
    assert {path: (line.outcome, line.athlete) for path, line in lines.items()} == {
        "Anna/1.fit": ("imported", "Ben"), "Ben/1.fit": ("duplicate", "Ben"), "Ben/2.fit": ("imported", "Ben"),
    }  # fmt: skip
    assert asked(store) == []


def test_one_stray_file_teaches_nothing_of_what_the_other_s_files_carry(store: Store, tmp_path: Path) -> None:
    """Its watch and its profile are Jörg's: what is new of them is asked about, and never Zoë's."""
    theirs = {f"Jörg/{n}.fit": made.fit(n, serial=A, person="kebafa") for n in range(3)}
    given = theirs | {"Zoë/irrtum.fit": theirs["Jörg/1.fit"], "Zoë/z.fit": made.fit(9, serial=B)}
    made.take_in(store, made.lay(tmp_path / "t", given))
    done = assign(store, about(store, "Zoë/irrtum.fit"), "Zoë")
    assert (done.moved, done.taught) == (1, ())
    made.take_in(store, made.lay(tmp_path / "n", {"new.fit": made.fit(20, serial=A, person="kebafa")}))
    assert about(store, "new.fit")
    assert "new.fit" not in whose(store)


@pytest.mark.parametrize(
    ("serial", "is_told_in_reports"), [(A, False), (A, True), (123_456_789, True)], ids=["watch", "both", "report"]
)
def test_what_another_s_files_carry_is_not_taught(
    store: Store, tmp_path: Path, serial: int, is_told_in_reports: bool
) -> None:
    """By the watch they share, also where reports are older than that; else by what their lines of report tell."""
    made.take_in(
        store,
        made.lay(
            tmp_path / "t",
            {"Jörg/jm_1.fit": made.fit(1, serial=serial, person="kebafa"), "Zoë/z.fit": made.fit(9, serial=B)},
        ),
    )
    if not is_told_in_reports:
        with store.write() as conn:
            conn.execute(update(FileReportRow).values(about=None))
    made.take_in(store, made.lay(tmp_path / "n", {"jm_2.fit": made.fit(2, serial=serial, person="kebafa")}))
    if asked(store):
        key = about(store, "jm_2.fit")
    else:  # the watch is Jörg's: a folder of Zoë's says otherwise
        folder = made.lay(tmp_path / "m", {"Zoë/jm_3.fit": made.fit(3, serial=serial, person="kebafa")})
        import_plan(store, plan([folder], known=("Jörg", "Zoë")), what="made", workers="serial://")
        key = about(store, "Zoë/jm_3.fit")
    # of the watch it is said that several wear it: that tells nobody's files
    assert {kind for kind, _ in assign(store, key, "Zoë").taught} <= {"serial"}
    made.take_in(store, made.lay(tmp_path / "o", {"jm_4.fit": made.fit(4, serial=serial, person="kebafa")}))
    assert "jm_4.fit" not in whose(store)


def test_a_claim_is_settled_by_moving_the_session_too(store: Store, tmp_path: Path) -> None:
    claimed(store, tmp_path)
    with store.write() as conn:
        (number,) = conn.execute(select(SessionRow.id).where(SessionRow.file_name == "1.fit")).scalars()
        reassign(conn, made.ALL, [number], "Ben")
    assert asked(store) == []


def test_untold_twins_come_in_once(store: Store, tmp_path: Path) -> None:
    made.take_in(
        store, made.lay(tmp_path / "x", {"zoe_1.gpx": made.gpx(1), "zoe_2.gpx": made.gpx(1), "3.gpx": made.gpx(1)})
    )
    done = assign(store, about(store, "zoe_1.gpx"), "Zoé")
    assert done.outcomes == {Outcome.IMPORTED: 1, Outcome.DUPLICATE: 2}
    assert asked(store) == []  # the third is the same file, and that is in


def test_what_an_account_told_is_put_to_it(store: Store, tmp_path: Path) -> None:
    for make, name in ((made_account.garmin_files(), "garmin.zip"), (made_account.STRAVA_FILES, "strava.zip")):
        (tmp_path / name).write_bytes(made_account.zipped(make))
        done = made.take_in(store, tmp_path / name)
        for question in asked(store, done.batch_id):
            assign(store, question.key, "Anna")
        break
    with store.read() as conn:
        told = set(conn.execute(select(SessionRow.title, SessionRow.shoes, SessionRow.sport, SessionRow.effort)))
    assert told == {("Morning run", "Brooks Ghost", "run", 7.0), ("Second", None, "trail run", None)}


def test_a_runner_s_home_tells_the_day(store: Store, tmp_path: Path) -> None:
    with store.write() as conn:
        squad.add_athlete(conn, "Kiri", time_zone="Pacific/Auckland")
        squad.add_athlete(conn, "Lou", time_zone="Europe/Berlin")
    rows = made_tables.csv("Datum;Zeit;Dauer;km;Sportart", "05.01.2026;07:30;1:05:09;12,5;Laufen")
    (tmp_path / "log.csv").write_bytes(rows)
    columns = confirmed([tmp_path / "log.csv"], None, accept=True)
    import_plan(store, plan([tmp_path / "log.csv"], columns=columns), what="log")
    assign(store, asked(store)[0].key, "Kiri")

    def told() -> Any:
        with store.read() as conn:
            row = select(SessionRow.start_utc, SessionRow.utc_offset_s, FactsRow.start_utc, FactsRow.local_day)
            return conn.execute(row.join(FactsRow, FactsRow.session_id == SessionRow.id)).one()

    at_home = told()
    assert (at_home[0].hour, at_home[1], at_home[3]) == (18, 13 * 3600, date(2026, 1, 5))
    with store.write() as conn:
        moved = reassign(conn, made.ALL, [1], "Lou", originals=store.originals)
    there = told()
    assert (there[0].hour, there[0].day, there[1], there[3]) == (6, 5, 3600, date(2026, 1, 5))
    assert there[2] == there[0]
    with store.write() as conn:
        assert reassign(conn, made.ALL, moved.session_ids, "Kiri", originals=store.originals).taken_back == 1
    assert told() == at_home


@pytest.fixture
def two(store: Store, tmp_path: Path) -> dict[str, int]:
    """Anna's and Ben's sessions by file name."""
    made.take_in(
        store, made.lay(tmp_path / "t", {"Anna/1.fit": made.fit(1, serial=A), "Ben/2.fit": made.fit(2, serial=B)})
    )
    with store.read() as conn:
        return dict(conn.execute(select(SessionRow.file_name, SessionRow.id)).all())


def test_a_move_is_a_correction_that_can_be_taken_back_and_put_back(store: Store, two: dict[str, int]) -> None:
    before = made.content(store)
    number = two["1.fit"]
    with store.write() as conn:
        moved = reassign(conn, made.ALL, [number], "Ben", reason="Ben wore it.")
    assert (moved.session_ids, moved.runner, moved.taken_back) == ((number,), "Ben", 0)
    assert whose(store)["1.fit"] == "Ben"
    (row,) = made.rows(store)["correction"]
    assert json.loads(next(v for v in row if isinstance(v, str) and v.startswith("{"))) == {
        "from_athlete": 1,
        "to_athlete": 2,
    }
    assert {"owner", "Ben wore it.", "person"} <= {v for v in row if isinstance(v, str)}
    with store.write() as conn:
        correct.take_back(conn, made.ALL, 1)
    assert whose(store)["1.fit"] == "Anna"
    assert {k: v for k, v in made.content(store).items() if k != "correction"} == {
        k: v for k, v in before.items() if k != "correction"
    }
    with store.write() as conn:
        correct.put_back(conn, made.ALL, 1)
    assert whose(store)["1.fit"] == "Ben"
    with store.write() as conn:
        assert reassign(conn, made.ALL, [number], "Cleo").taken_back == 0
        assert reassign(conn, made.ALL, [number], "Ben").taken_back == 1
    assert whose(store)["1.fit"] == "Ben"


def test_all_of_them_move_or_none(store: Store, two: dict[str, int]) -> None:
    with pytest.raises(NotFound), store.write() as conn:
        reassign(conn, made.ALL, [two["1.fit"], 999], "Ben")
    with pytest.raises(NothingToMove), store.write() as conn:
        reassign(conn, made.ALL, [two["2.fit"]], "ben")
    with pytest.raises(NotAValue), store.write() as conn:
        reassign(conn, made.ALL, [two["1.fit"]], "  ")
    assert whose(store) == {"1.fit": "Anna", "2.fit": "Ben"}


def test_nobody_moves_what_they_may_not_see(store: Store, two: dict[str, int]) -> None:
    with store.read() as conn:
        anna = Viewer(Role.COACH, frozenset({squad.athletes(conn, made.ALL)[0].id}))
        assert questions(conn, anna) == []
    for wanted, runner in ((two["2.fit"], "Anna"), (two["1.fit"], "Ben"), (two["1.fit"], "New")):
        with pytest.raises(NotFound), store.write() as conn:
            reassign(conn, anna, [wanted], runner)
    with pytest.raises(NotFound):
        assign(store, ["1.fit"], "Anna", viewer=anna)


def test_a_watch_moves_with_all_its_sessions(store: Store, two: dict[str, int], tmp_path: Path) -> None:
    with store.write() as conn:
        reassign(conn, made.ALL, [two["1.fit"]], "Ben")
    done = made.take_in(store, made.lay(tmp_path / "n", {"x.fit": made.fit(9, serial=A), "y.txt": b""}))
    assert made.report(store, done)["x.fit"].athlete == "Ben"


def test_sample_runners_and_real_ones_stay_apart(store: Store, offered: Imported) -> None:
    with store.write() as conn:
        squad.add_athlete(conn, "Noor", is_sample=True)
    with pytest.raises(NameTaken):
        assign(store, about(store, "c.fit"), "Noor")
    with pytest.raises(NameTaken), store.write() as conn:
        reassign(conn, made.ALL, [1], "Noor")
    assert about(store, "c.fit")


@pytest.mark.parametrize("what", ["9-00000000", [], ["nowhere.fit"]])
def test_what_does_not_wait_is_not_found(store: Store, offered: Imported, what: Any) -> None:
    with pytest.raises(NotFound):
        assign(store, what, "Anna")
    with pytest.raises(NotAValue):
        assign(store, about(store, "c.fit"), " - ")


def test_broken_off_and_given_again(store: Store, offered: Imported, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(batches, "FILES_A_TRANSACTION", 1)
    key, whole, calls = about(store, "zoe_2.fit"), Saving.add, [0]

    def failing(*args: Any, **more: Any) -> Any:
        calls[0] += 1
        if calls[0] == 2:
            raise MemoryError
        return whole(*args, **more)

    with monkeypatch.context() as patched:
        patched.setattr(Saving, "add", failing)
        with pytest.raises(MemoryError):
            assign(store, key, "Zoé")
    assert len(whose(store)) == 2
    done = assign(store, key, "Zoé")
    assert (done.sessions, done.is_new, len(whose(store))) == (1, False, 3)


def test_two_persons_at_once_decide_once(store: Store, offered: Imported, monkeypatch: pytest.MonkeyPatch) -> None:
    key, first = about(store, "c.fit"), list[str]()
    opened = room._Assignment.take_in

    def late(self: Any, *args: Any) -> None:
        if not first:
            first.append(key)
            assert assign(store, key, "Cleo").sessions == 1
        opened(self, *args)

    monkeypatch.setattr(room._Assignment, "take_in", late)
    done = assign(store, key, "Ben")
    assert (done.sessions, done.taught, whose(store)["c.fit"]) == (0, (), "Cleo")
    assert made.report(store, offered)["c.fit"].athlete == "Cleo"


def test_an_original_that_is_gone_goes_on_waiting(store: Store, offered: Imported) -> None:
    sha256 = made.report(store, offered)["c.fit"].sha256
    store.originals.remove(sha256)
    done = assign(store, about(store, "c.fit"), "Cleo")
    assert (done.left, done.sessions, done.is_new) == (("c.fit",), 0, False)
    assert about(store, "c.fit")
    assert made.report(store, offered)["c.fit"].outcome == "no owner"
