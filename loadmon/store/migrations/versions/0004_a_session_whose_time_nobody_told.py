"""A session whose time nobody told: rows of a table with a distance and no time are kept, and their times are missing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

TIMES = ("elapsed_s", "timer_s", "moving_s")


def upgrade() -> None:
    """Times may be missing; until now each session had to have them.

    SQLite makes both tables anew for it: the numbers of sessions must still never be given twice.
    """
    given = _highest_number()
    with op.batch_alter_table("session", schema=None, table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        for name in TIMES:
            batch_op.alter_column(name, existing_type=sa.Double(), nullable=True)
    _keep_highest_number(given)
    with op.batch_alter_table("run_facts", schema=None) as batch_op:
        for name in TIMES:
            batch_op.alter_column(name, existing_type=sa.Double(), nullable=True)


def _highest_number() -> int | None:
    """The highest number that a session of a SQLite store ever had, those that were deleted included."""
    conn = op.get_bind()
    if conn.dialect.name != "sqlite":
        return None
    return conn.execute(sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'session'")).scalar_one_or_none()


def _keep_highest_number(number: int | None) -> None:
    """The table made anew knows only the numbers that are in it."""
    if number is not None:
        conn = op.get_bind()
        conn.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = 'session'"))
        conn.execute(sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES ('session', :number)"), {"number": number})
