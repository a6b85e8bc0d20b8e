"""Files that wait, clues that were learnt and sessions that move: on both databases."""

from __future__ import annotations

import dataclasses
from datetime import date

import pytest
from sqlalchemy import func, select

from loadmon.readers.account import Told
from loadmon.refusal import NotFound
from loadmon.store import Role, Store, Viewer, imports, owner_clues, ownership, sample, squad, undo, waiting
from loadmon.store.imports import FileReport, Outcome
from loadmon.store.insert_new import insert_new
from loadmon.store.schema import OriginalRow, SessionRow, WaitingFileRow
from loadmon.store.waiting import WaitingFile
from tests.store import made

ALL = Viewer.everyone()
CLUES = {"clues": {"serial": "abcd"}, "asked_by": ["serial", "abcd"], "candidates": [], "why": "x"}


def hold(store: Store, *paths: str, batch_id: int | None = None) -> int:
    """Files that wait, each with bytes of its own by its place."""
    with store.write() as conn:
        number = batch_id or imports.start_batch(conn, "x")
        lines = [
            FileReport(
                path, Outcome.NO_OWNER, made.fingerprint(n), 10, sport="run", local_day=date(2025, 1, 2), distance_m=5e3
            )
            for n, path in enumerate(paths)
        ]
        imports.add_reports(conn, number, lines)
        for line in lines:
            insert_new(conn, OriginalRow, {"sha256": line.sha256, "size": 10, "format": "fit", "kept": True})
        told = {0: Told("Hills", None, "Ghost", 6.0)}
        waiting.hold(conn, number, [WaitingFile(line.path, line.sha256 or "", "n.fit", CLUES, told) for line in lines])
    return number


def test_what_waits_comes_back_whole(store: Store) -> None:
    number = hold(store, "b\udcff.fit", "a.fit")
    with store.read() as conn:
        first, second = waiting.waiting(conn, ALL)
        assert waiting.asked_in(conn, made.fingerprint(0)) == number
        assert waiting.asked_in(conn, made.fingerprint(7)) is None
        assert waiting.needed(conn, {made.fingerprint(0), made.fingerprint(7)}) == {made.fingerprint(0)}
        assert waiting.waiting(conn, Viewer.runner(1)) == []
        assert waiting.waiting(conn, ALL, number + 1) == []
    assert (first.path, second.path) == ("a.fit", "b\\udcff.fit")
    assert (first.sha256, first.file_name, first.clues, first.told) == (
        made.fingerprint(1), "n.fit", CLUES, {0: Told("Hills", None, "Ghost", 6.0)},
    )  # fmt: skip
    assert (first.sport, first.local_day, first.distance_m, first.size, first.holder) == (
        "run",
        date(2025, 1, 2),
        5e3,
        10,
        None,
    )


def test_a_decided_file_s_line_takes_the_place_of_the_one_that_waited(store: Store) -> None:
    number = hold(store, "a.fit", "b.fit")
    with store.write() as conn:
        ana = squad.add_athlete(conn, "Ana")
        file = waiting.waiting(conn, ALL)[0]
        line = FileReport(
            "a.fit", Outcome.IMPORTED, file.sha256, 10, ana.id, sessions=1, told_by="decision", about={"x": 1}
        )
        waiting.settle(conn, file.report_id, line)
        assert not waiting.still(conn, file.report_id)
    with store.read() as conn:
        lines = imports.reports(conn, ALL, number)
        assert [file.path for file in waiting.waiting(conn, ALL)] == ["b.fit"]
    assert lines[["path", "outcome", "athlete", "told_by", "sessions"]].to_numpy().tolist()[0] == [
        "a.fit", "imported", "Ana", "decision", 1,
    ]  # fmt: skip
    assert lines["about"].tolist()[0] == {"x": 1}
    assert lines["reason"].isna().tolist()[0]


def test_nothing_is_asked_of_imports_that_are_over(store: Store) -> None:
    number = hold(store, "a.fit")
    with store.write() as conn:
        imports.finish_batch(conn, number, "undone")
        assert waiting.waiting(conn, ALL) == []
        assert waiting.asked_in(conn, made.fingerprint(0)) is None


def test_who_holds_the_same_bytes_by_now(store: Store) -> None:
    hold(store, "a.fit")
    with store.write() as conn:
        ana = squad.add_athlete(conn, "Ana")
        made.save(conn, ana.id, imports.start_batch(conn, "y"), made.session(0, samples=60))
        assert [file.holder for file in waiting.waiting(conn, ALL)] == ["Ana"]


def test_the_sample_squad_leaves_what_waits(store: Store) -> None:
    """A file of the sample squad that somebody imported without saying whose it is keeps its bytes."""
    hold(store, "a.fit")
    with store.write() as conn:
        noor = squad.add_athlete(conn, "Noor", is_sample=True)
        made.save(conn, noor.id, imports.start_batch(conn, "y", is_sample=True), made.session(0, samples=60))
    assert sample.remove(store) == 1
    with store.read() as conn:
        assert len(waiting.waiting(conn, ALL)) == 1
        assert conn.execute(select(func.count()).select_from(OriginalRow)).scalar_one() == 1


def test_a_forgotten_import_lets_nothing_wait(store: Store) -> None:
    number = hold(store, "a.fit")
    with store.write() as conn:
        conn.execute(imports.ImportBatchRow.__table__.delete().where(imports.ImportBatchRow.id == number))
        assert conn.execute(select(func.count()).select_from(WaitingFileRow)).scalar_one() == 0


def test_what_was_learnt_is_kept_once_and_forgotten(store: Store) -> None:
    with store.write() as conn:
        ana, bo = (squad.add_athlete(conn, name) for name in ("Ana", "Bo"))
        batch = imports.start_batch(conn, "x")
        assert owner_clues.teach(conn, ana.id, [("pattern", "ana_*"), ("serial", "s1")], batch) == 2
        assert owner_clues.teach(conn, ana.id, [("pattern", "ana_*"), ("folder", "a")], None) == 1
        assert owner_clues.teach(conn, bo.id, [("pattern", "ana_*")], None) == 1
    with store.write() as conn:
        told = owner_clues.learnt(conn, ALL)
        assert [(one.kind, one.value, one.runner, one.batch_id) for one in told] == [
            ("folder", "a", "Ana", None), ("pattern", "ana_*", "Ana", batch), ("serial", "s1", "Ana", batch),
            ("pattern", "ana_*", "Bo", None),
        ]  # fmt: skip
        assert owner_clues.known(conn) == sorted((one.kind, one.value, one.runner) for one in told)
        bos = Viewer(Role.COACH, frozenset({bo.id}))
        assert [one.runner for one in owner_clues.learnt(conn, bos)] == ["Bo"]
        for number in (told[0].id, 999):
            with pytest.raises(NotFound):
                owner_clues.forget(conn, bos, number)
        assert owner_clues.forget(conn, ALL, told[0].id) == told[0]
        assert len(owner_clues.learnt(conn, ALL)) == 3


def test_what_was_forgotten_comes_back_as_it_was(store: Store) -> None:
    with store.write() as conn:
        ana, bo = (squad.add_athlete(conn, name) for name in ("Ana", "Bo"))
        batch = imports.start_batch(conn, "x")
        owner_clues.teach(conn, ana.id, [("pattern", "ana_*")], batch)
        imports.finish_batch(conn, batch)
        (before,) = owner_clues.learnt(conn, ALL)
    with store.write() as conn:
        gone = owner_clues.forget(conn, ALL, before.id)
        with pytest.raises(NotFound):
            owner_clues.teach_again(conn, Viewer.runner(bo.id), gone)
        for _ in range(2):  # given twice it is there once
            owner_clues.teach_again(conn, Viewer.runner(ana.id), gone)
        (again,) = owner_clues.learnt(conn, ALL)
        assert dataclasses.replace(again, id=before.id) == before, "the same import, and as old"
        owner_clues.forget(conn, ALL, again.id)
        with pytest.raises(NotFound):
            owner_clues.teach_again(conn, ALL, dataclasses.replace(gone, athlete_id=99))
        undo.take_out(conn, batch)
        with pytest.raises(NotFound, match="undone meanwhile"):
            owner_clues.teach_again(conn, ALL, gone)


def test_watches_of_stored_sessions_count_as_learnt(store: Store) -> None:
    with store.write() as conn:
        ana, noor = squad.add_athlete(conn, "Ana"), squad.add_athlete(conn, "Noor", is_sample=True)
        batch = imports.start_batch(conn, "x")
        made.save(conn, ana.id, batch, made.session(1, samples=60))  # recorded with the watch "abcd"
        made.save(conn, noor.id, batch, made.session(3, samples=60))
        owner_clues.teach(conn, ana.id, [("folder", "a")], batch)
    with store.read() as conn:
        assert owner_clues.known(conn) == [("folder", "a", "Ana"), ("serial", "abcd", "Ana")]
        assert owner_clues.known(conn, is_sample=True) == [("serial", "abcd", "Noor")]
        assert owner_clues.runners(conn) == ["Ana"]


def test_what_an_import_knew_is_kept_until_it_is_done(store: Store) -> None:
    knew, asked = {"runners": ["Ana"], "learnt": [], "names": ["Ana"]}, {"watched": "/in", "host": "h"}
    with store.write() as conn:
        numbers = [imports.start_batch(conn, "x", request=asked | {"knew": knew}) for _ in range(2)]
        bare = imports.start_batch(conn, "x")
        imports.finish_batch(conn, numbers[0])
        imports.finish_batch(conn, bare)
        assert [imports.known_at_begin(conn, number) for number in (*numbers, bare)] == [None, knew, None]
        assert imports.close_broken(conn, asked | {"host": "another"}) == 0
        assert imports.close_broken(conn, asked) == 1, "what it knew is no part of what was asked"
        assert [imports.state_of(conn, number) for number in numbers] == ["done", "failed"]
        assert imports.known_at_begin(conn, numbers[1]) == knew, "it can be gone on with"


def test_a_move_takes_the_lines_of_report_along(store: Store) -> None:
    with store.write() as conn:
        ana, bo = (squad.add_athlete(conn, name) for name in ("Ana", "Bo"))
        batch = imports.start_batch(conn, "x")
        sha256 = made.fingerprint(1)
        numbers = [
            made.save(conn, ana.id, batch, made.session(1, samples=60, index=n, sha256=sha256)) for n in range(2)
        ]
        imports.add_reports(conn, batch, [FileReport("1.fit", Outcome.IMPORTED, sha256, 9, ana.id, sessions=2)])
        owner_clues.teach(conn, ana.id, [("serial", "abcd"), ("folder", "a")], batch)

    def owner_told() -> str:
        with store.read() as conn:
            return str(imports.reports(conn, ALL, batch)["athlete"][0])

    for number, told in zip(numbers, ("Ana", "Bo"), strict=True):
        assert number is not None
        with store.write() as conn:
            ownership.reassign(conn, ALL, [number], "bo")
        assert owner_told() == told  # the file's line moves with the last of its sessions
    with store.read() as conn:
        assert [(one.kind, one.runner) for one in owner_clues.learnt(conn, ALL)] == [("folder", "Ana")]
        assert set(conn.execute(select(SessionRow.athlete_id)).scalars()) == {bo.id}
