"""New stores of the tests are copies of one that the migrations made: making each costs a third of a second."""

from __future__ import annotations

import contextlib
import sqlite3
from pathlib import Path

import pytest
from sqlalchemy import Engine

from loadmon.store import engine as opening
from loadmon.store import open_store
from loadmon.store.migrate import bring_up_to_date, revision_of


def copy_instead_of_migrating(patch: pytest.MonkeyPatch, folder: Path) -> None:
    """Let a SQLite store without tables take them from a finished one; every other store is migrated as ever.

    Only this process is touched. Tests of the migrations ask for the fixture ``true_migrations``.
    """
    finished = folder / opening.DATABASE

    def bring(engine: Engine) -> None:
        if engine.dialect.name != "sqlite" or not _is_empty(engine):
            bring_up_to_date(engine)
            return
        if not finished.exists():
            with pytest.MonkeyPatch.context() as while_made:
                migrate_truly(while_made)
                open_store(None, folder).close()
        with contextlib.closing(sqlite3.connect(finished)) as source, engine.connect() as conn:
            source.backup(conn.connection.dbapi_connection)  # type: ignore[arg-type]

    patch.setattr(opening, "bring_up_to_date", bring)


def migrate_truly(patch: pytest.MonkeyPatch) -> None:
    """Undo the above for one test."""
    patch.setattr(opening, "bring_up_to_date", bring_up_to_date)


def _is_empty(engine: Engine) -> bool:
    with engine.connect() as conn:
        return revision_of(conn) is None
