"""Decisions about recordings of the same run: kept, taken back to the instant, and nobody's business but their runner's."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, delete, select

from loadmon.overlap import Choice, Default
from loadmon.refusal import NotFound
from loadmon.store import Store, Viewer, imports, schema, sessions, squad, twins
from loadmon.store.squad import NotAValue
from tests.store import made

ALL = Viewer.everyone()


@pytest.fixture
def recorded_twice(store: Store) -> tuple[Store, int, int, int]:
    """One runner with two recordings of a run, and another runner with one; the numbers of the three sessions."""
    with store.write() as conn:
        ana, bo = (squad.add_athlete(conn, name).id for name in ("Ana", "Bo"))
        batch = imports.start_batch(conn, "made up")
        later = made.START + timedelta(seconds=20)
        numbers = [
            made.save(conn, who, batch, made.session(seed, start=start, samples=600))
            for who, seed, start in ((ana, 1, made.START), (ana, 2, later), (bo, 3, made.START))
        ]
    first, second, other = (int(number or 0) for number in numbers)
    return store, first, second, other


def rows(conn: Connection) -> list[Any]:
    return [*conn.execute(select(schema.TwinChoiceRow)).all(), *conn.execute(select(schema.AthleteRow)).all()]


def test_a_choice_is_kept_in_any_order_and_taken_back(recorded_twice: tuple[Store, int, int, int]) -> None:
    store, first, second, _ = recorded_twice
    with store.read() as conn:
        before = rows(conn)
    with store.write() as conn:
        assert twins.choose(conn, ALL, second, first, "both") is None
        assert twins.choices(conn, ALL) == {(first, second): Choice.BOTH}
        undo = twins.choose(conn, ALL, first, second, Choice.SECOND)
        assert undo is not None
        changed = twins.choices(conn, ALL)
        assert changed == {(first, second): Choice.SECOND}
        twins.put_back(conn, ALL, first, second, undo)
        assert twins.made(conn, ALL, second, first) == undo
        assert twins.decided(conn, ALL).choices == {(first, second): "both"}
        assert twins.take_back(conn, ALL, first, second) == undo
        assert rows(conn) == before
        twins.put_back(conn, ALL, first, second, None)
        assert rows(conn) == before


def test_what_is_no_pair_or_no_choice_is_refused(recorded_twice: tuple[Store, int, int, int]) -> None:
    store, first, second, other = recorded_twice
    with store.write() as conn:
        for one, two, choice, refusal in (
            (first, first, "both", NotAValue),
            (first, other, "both", NotAValue),
            (first, second, "skip", NotAValue),
            (first, 987_654, "both", NotFound),
        ):
            with pytest.raises(refusal):
                twins.choose(conn, ALL, one, two, choice)
        with pytest.raises(NotAValue):
            twins.set_default(conn, ALL, 1, "first")
        with pytest.raises(NotFound):
            twins.set_default(conn, ALL, 987_654, "both")
        assert twins.choices(conn, ALL) == {}


def test_nobody_decides_of_a_runner_they_may_not_see(recorded_twice: tuple[Store, int, int, int]) -> None:
    store, first, second, other = recorded_twice
    with store.write() as conn:
        bo = sessions.one(conn, ALL, other).athlete.id
        twins.choose(conn, ALL, first, second, "both")
        for write in (
            lambda: twins.choose(conn, Viewer.runner(bo), first, second, "first"),
            lambda: twins.take_back(conn, Viewer.runner(bo), first, second),
            lambda: twins.put_back(conn, Viewer.runner(bo), first, second, None),
            lambda: twins.set_default(conn, Viewer.runner(bo), bo + 1 if bo == 1 else 1, "both"),
        ):
            with pytest.raises(NotFound):
                write()
        assert twins.choices(conn, Viewer.runner(bo)) == {}
        assert twins.made(conn, Viewer.runner(bo), first, second) is None
        assert twins.choices(conn, ALL) == {(first, second): Choice.BOTH}


def test_what_holds_for_a_runner(recorded_twice: tuple[Store, int, int, int]) -> None:
    store, first, _, _ = recorded_twice
    with store.write() as conn:
        ana = sessions.one(conn, ALL, first).athlete.id
        assert squad.athlete(conn, ALL, ana).twins is None
        assert twins.set_default(conn, ALL, ana, "merge") is None
        assert squad.athlete(conn, ALL, ana).twins == "merge"
        assert twins.set_default(conn, ALL, ana, Default.SKIP) is Default.MERGE
        assert twins.decided(conn, ALL, [ana]).default(ana) is Default.SKIP
        assert twins.decided(conn, ALL, [ana + 1]).defaults == {}
        twins.set_default(conn, ALL, ana, None)
        assert twins.decided(conn, ALL).default(ana) is Default.RICHER


def test_a_choice_goes_with_either_session(recorded_twice: tuple[Store, int, int, int]) -> None:
    store, first, second, _ = recorded_twice
    with store.write() as conn:
        twins.choose(conn, ALL, first, second, "both")
        conn.execute(delete(schema.SessionRow).where(schema.SessionRow.id == second))
        assert twins.choices(conn, ALL) == {}


def test_a_sessions_mark_is_its_files_and_the_same_in_every_store(recorded_twice: tuple[Store, int, int, int]) -> None:
    store, first, _, _ = recorded_twice
    with store.read() as conn:
        table = sessions.runs_table(conn, ALL).set_index("session_id")
        assert table["mark"].is_unique
        assert table.loc[first, "mark"] == f"{sessions.one(conn, ALL, first).original.sha256[:12]}:0"
        assert table["timeless"].tolist() == [False, False, False]
