"""Alembic's way in: it always works on the connection that ``loadmon.store.migrate`` hands over, under its lock."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context

from loadmon.store.schema import Base, UTCDateTime

connection = context.config.attributes.get("connection")
if connection is None:
    raise SystemExit("loadmon runs its migrations; to write one: python -m loadmon.store.migrations 'what changes'")


def in_plain_words(kind: str, thing: Any, _: Any) -> str | Literal[False]:
    """Migrations must still run when our own classes have changed: they name the database's types only."""
    return "sa.DateTime(timezone=True)" if kind == "type" and isinstance(thing, UTCDateTime) else False


context.configure(
    connection=connection,
    target_metadata=Base.metadata,
    # SQLite cannot alter a table in place: it is rebuilt, with foreign keys off (see loadmon.store.migrate).
    render_as_batch=True,
    # SQLite can undo table changes, although Alembic assumes otherwise: a migration happens whole or not at all.
    transactional_ddl=True,
    compare_server_default=True,
    render_item=in_plain_words,
)
with context.begin_transaction():
    context.run_migrations()
