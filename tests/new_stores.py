"""New stores of the tests are copies of one that the migrations made: making each costs a third of a second."""

from __future__ import annotations

import sqlite3
import threading
from typing import Any

import pytest
from sqlalchemy import Engine

from loadmon.store import engine as opening
from loadmon.store.migrate import bring_up_to_date, revision_of


def copy_instead_of_migrating(patch: pytest.MonkeyPatch) -> None:
    """Let a SQLite store without tables take them from a finished one; every other store is migrated as ever.

    Only this process is touched. Tests of the migrations ask for the fixture ``true_migrations``.
    """
    finished = sqlite3.connect(
        ":memory:", check_same_thread=False
    )  # a test may run as somebody who reads no file of ours
    turn = threading.Lock()

    def bring(engine: Engine) -> None:
        if engine.dialect.name != "sqlite" or not _is_empty(engine):
            bring_up_to_date(engine)
            return
        with turn, engine.connect() as conn:
            new: Any = conn.connection.dbapi_connection
            if not finished.execute("SELECT 1 FROM sqlite_master").fetchone():
                bring_up_to_date(engine)
                new.backup(finished)
            else:
                finished.backup(new)

    patch.setattr(opening, "bring_up_to_date", bring)


def migrate_truly(patch: pytest.MonkeyPatch) -> None:
    """Undo the above for one test."""
    patch.setattr(opening, "bring_up_to_date", bring_up_to_date)


def _is_empty(engine: Engine) -> bool:
    with engine.connect() as conn:
        return revision_of(conn) is None
