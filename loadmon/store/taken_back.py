"""Taking one row back, or putting it back: it is marked, never deleted, and only for who may see whose it is."""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, and_, update

from loadmon.store.access import Viewer, no_such
from loadmon.store.schema import now


def set_removed(conn: Connection, viewer: Viewer, table: Any, entry_id: int, what: str, *, gone: bool) -> None:
    """Mark a row of a table that has ``athlete_id`` and ``removed`` as taken back, or as put back.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    viewer : Viewer
        Whose eyes.
    table : type
        The row's class in ``schema``.
    entry_id : int
    what : str
        What the row is called where there is none, such as ``injury``.
    gone : bool
        True takes it back, False puts it back.

    Raises
    ------
    NotFound
        If there is none, or this viewer may not see whose it is.
    """
    theirs = and_(table.id == entry_id, viewer.rule(table.athlete_id))
    changed = update(table).where(theirs).values(removed=now() if gone else None)
    if conn.execute(changed).rowcount == 0:
        raise no_such(what)
