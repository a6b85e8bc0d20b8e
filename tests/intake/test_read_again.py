"""Kept originals read again: as if imported today, with every number, owner and exclusion as it was."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select, update

from loadmon.intake.read_again import read_again
from loadmon.store import Store, sessions
from loadmon.store.schema import FactsRow, OddityRow, SessionRow, StreamRow
from tests.intake import made


def content(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """What is in the store; an oddity's own number says nothing."""
    rows = made.rows(store)
    return rows | {"session_oddity": sorted(row[1:] for row in rows["session_oddity"])}


@pytest.fixture
def known(store: Store, tmp_path: Path) -> dict[str, list[tuple[object, ...]]]:
    """A store with sessions, one of them taken out by hand; what is in it."""
    made.take_in(store, made.lay(tmp_path / "team", made.team(2, 3)))
    with store.write() as conn:
        number = conn.execute(select(SessionRow.id).limit(1)).scalar_one()
        sessions.exclude(conn, made.ALL, number, "the watch lay in the car")
    return content(store)


def test_what_an_older_reader_got_wrong_is_as_if_imported_today(store: Store, known: object) -> None:
    with store.write() as conn:
        conn.execute(update(SessionRow).values(reader="older 0.1", elapsed_s=1.0, sport="other"))
        conn.execute(update(StreamRow).values(data=b"", samples=0))
        conn.execute(update(FactsRow).values(distance_m=1.0, version=-1))
        conn.execute(OddityRow.__table__.insert().values(session_id=1, name="wrong", detail="wrong", count=1))
    assert content(store) != known
    done = read_again(store)
    assert (done.files, done.sessions, done.left) == (6, 6, 0)
    assert content(store) == known


def test_a_lost_original_leaves_its_sessions_as_they_are(store: Store, known: object) -> None:
    with store.read() as conn:
        sha256 = conn.execute(select(SessionRow.sha256).limit(1)).scalar_one()
    store.originals.remove(sha256)
    done = read_again(store)
    assert (done.sessions, done.left) == (5, 1)
    assert content(store) == known
