"""Whether a running server is well, part by part, each in one word."""

from __future__ import annotations

from pathlib import Path

from loadmon.refusal import Refusal
from loadmon.server.lifespan import Running
from loadmon.store import Store
from loadmon.store.migrate import revision_of
from loadmon.store.schema import REVISION


def checks(held: Running) -> dict[str, str]:
    """``ok`` or what is wrong, for the database, its migrations and the import worker.

    Parameters
    ----------
    held : Running
        What the server holds.
    """
    parts = {"database": "ok", "migrations": "ok"}
    try:
        with held.store.read() as conn:
            standing = revision_of(conn)
        if _file_is_gone(held.store):
            raise FileNotFoundError
        if standing != REVISION:
            parts["migrations"] = "another version"
    except (Refusal, OSError):
        parts = {"database": "unreachable", "migrations": "not known"}
    if held.worker is not None:
        parts["worker"] = "ok" if held.worker.alive else "stopped"
    return parts


def _file_is_gone(store: Store) -> bool:
    """A connection that is open goes on answering from a file that somebody has removed: look for the file itself."""
    if not store.is_sqlite:
        return False
    with store.read() as conn:
        path = next(row[2] for row in conn.exec_driver_sql("PRAGMA database_list") if row[1] == "main")
    return not Path(path).is_file()
