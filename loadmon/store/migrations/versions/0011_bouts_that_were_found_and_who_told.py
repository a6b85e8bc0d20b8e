"""Running and walking in turn, as found in the streams of runs beside a plan; in which part somebody told of their body."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"


def upgrade() -> None:
    """One table, empty until a plan is looked at, and a column of what people told, empty for what they told before."""
    for table in ("pain", "check_in"):
        op.add_column(table, sa.Column("told_by", sa.String(), nullable=True))
    op.create_table(
        "run_bouts",
        sa.Column("session_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("run_s", sa.Double(), nullable=False),
        sa.Column("walk_s", sa.Double(), nullable=False),
        sa.Column("runs", sa.Integer(), nullable=False),
        sa.Column("middle_run_s", sa.Double(), nullable=False),
        sa.Column("run_m", sa.Double(), nullable=True),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_run_bouts_session_id_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_run_bouts")),
    )
