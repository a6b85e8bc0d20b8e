"""What load and gait are told from: heart rate by beat, power, graded speed; sex, effort, limits taken back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """New columns, all of them empty until facts are computed anew, and a table for the seconds at each heart rate.

    There is no way back but a backup: taking columns away again would lose what they hold.
    """
    op.create_table(
        "heart_rate_seconds",
        sa.Column("session_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"],
            ["session.id"],
            name=op.f("fk_heart_rate_seconds_session_id_session"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_heart_rate_seconds")),
    )
    with op.batch_alter_table("athlete", schema=None) as batch_op:
        batch_op.add_column(sa.Column("sex", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("load_order", sa.String(), nullable=True))
    with op.batch_alter_table("threshold", schema=None) as batch_op:
        batch_op.add_column(sa.Column("removed", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("effort_told", sa.Double(), nullable=True))
    with op.batch_alter_table("run_facts", schema=None) as batch_op:
        batch_op.add_column(sa.Column("median_vertical_ratio_pct", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("weighted_power_w", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("normalised_graded_mps", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("graded_reason", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("grade_known", sa.Boolean(), nullable=True))
        batch_op.add_column(sa.Column("grade_reason", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("grade_clamped", sa.Integer(), nullable=True))
        batch_op.add_column(sa.Column("decoupling_pct", sa.Double(), nullable=True))
        batch_op.add_column(sa.Column("decoupling_reason", sa.String(), nullable=True))
