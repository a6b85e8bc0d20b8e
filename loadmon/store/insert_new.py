"""Inserting a row unless it is there already, in the words of either database."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Executable
from sqlalchemy.dialects import postgresql, sqlite

from loadmon.store.schema import Base


def insert_new(conn: Connection, table: type[Base], row: dict[str, Any], *, returning: Any = None) -> Any:
    """Insert a row; where one like it is there already, leave that one as it is.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    table : class of a table
    row : dict
        Column names and values.
    returning : column | None
        A column of the new row to give back.

    Returns
    -------
    The column's value, or None if the row was there already (or nothing was asked for).
    """
    statement = _unless_there(table, conn.dialect.name, returning)
    if returning is None:
        conn.execute(statement, row)
        return None
    return conn.execute(statement, row).scalar_one_or_none()


@lru_cache(maxsize=64)
def _unless_there(table: type[Base], dialect: str, returning: Any) -> Executable:
    """The statement, built once: an import runs it for every file."""
    made = sqlite.insert(table) if dialect == "sqlite" else postgresql.insert(table)
    statement = made.on_conflict_do_nothing()
    return statement if returning is None else statement.returning(returning)


def put(conn: Connection, table: type[Base], row: dict[str, Any], *, same: tuple[str, ...]) -> None:
    """Insert a row, or change the one that agrees with it in the columns ``same`` (a unique constraint)."""
    made = sqlite.insert(table) if conn.dialect.name == "sqlite" else postgresql.insert(table)
    changed = {name: made.excluded[name] for name in row if name not in same}
    conn.execute(made.on_conflict_do_update(index_elements=list(same), set_=changed), row)
