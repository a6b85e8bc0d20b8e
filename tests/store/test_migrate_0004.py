"""From a store in which every session has its times to one in which a table may leave them out: nothing is lost."""

from __future__ import annotations

import dataclasses
import math

import pytest
from sqlalchemy import inspect, text

from loadmon.store import Store, Viewer, runs, sessions
from loadmon.store.migrate import bring_up_to_date, revision_of
from tests.store import made
from tests.store.earlier import back_to

ALL = Viewer.everyone()
TIMES = {"elapsed_s", "timer_s", "moving_s"}


@pytest.fixture
def old(store: Store) -> Store:
    """A store of revision 0003 with two runners and six sessions, whose times may not be missing."""
    made.two_runners(store)
    back_to(store._writer, "0003")
    return store


def may_be_missing(store: Store, table: str) -> set[str]:
    with store.read() as conn:
        return {one["name"] for one in inspect(conn).get_columns(table) if one["nullable"]}


def rows(store: Store, columns: dict[str, list[str]]) -> dict[str, list[tuple[object, ...]]]:
    """Everything in these columns of these tables."""
    with store.read() as conn:
        return {
            table: [tuple(row) for row in conn.execute(text(f"SELECT {', '.join(names)} FROM {table} ORDER BY 1"))]
            for table, names in columns.items()
        }


def test_times_may_be_missing_and_nothing_else_changes(old: Store) -> None:
    with old.read() as conn:
        assert revision_of(conn) == "0003"
        earlier_columns = {
            table: [one["name"] for one in inspect(conn).get_columns(table)] for table in ("session", "run_facts")
        }
    before = rows(old, earlier_columns)
    assert all(before.values())
    earlier = {table: may_be_missing(old, table) for table in ("session", "run_facts")}
    assert not TIMES & (earlier["session"] | earlier["run_facts"])
    bring_up_to_date(old._writer)
    for table, columns in earlier.items():
        assert may_be_missing(old, table) - {"timeless", "exposure_reason"} == columns | TIMES
    assert rows(old, earlier_columns) == before
    with old.read() as conn:
        assert len(sessions.one(conn, ALL, 1).session.stream) > 0, "a table made anew takes no stream with it"


def test_numbers_of_sessions_are_still_never_given_twice(old: Store) -> None:
    with old._writer.begin() as conn:
        last = conn.execute(text("SELECT max(id) FROM session")).scalar_one()
        athlete = conn.execute(text("SELECT athlete_id FROM session WHERE id = :id"), {"id": last}).scalar_one()
        batch = conn.execute(text("SELECT batch_id FROM session WHERE id = :id"), {"id": last}).scalar_one()
        conn.execute(text("DELETE FROM session WHERE id = :id"), {"id": last})
    bring_up_to_date(old._writer)
    untimed = dataclasses.replace(made.session(40), elapsed_s=math.nan, timer_s=math.nan, moving_s=math.nan)
    with old.write() as conn:
        number = made.save(conn, athlete, batch, untimed)
    assert number is not None
    assert number > last
    with old.read() as conn:
        found = sessions.one(conn, ALL, number)
        table = runs.runs_table(conn, ALL).set_index("session_id")
    assert math.isnan(found.session.elapsed_s)
    assert found.facts.moving_s is None
    assert table["moving_s"].isna()[number]
