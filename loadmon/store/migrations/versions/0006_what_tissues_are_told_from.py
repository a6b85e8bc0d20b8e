"""What tissues are told from: the exposure of each run, and what was found in how a runner runs."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Two tables, and a column that is empty until facts are computed anew."""
    op.create_table(
        "tissue_exposure",
        sa.Column("session_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_tissue_exposure_session_id_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_tissue_exposure")),
    )
    op.create_table(
        "finding",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("athlete_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=True),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("observed", sa.Date(), nullable=False),
        sa.Column("until", sa.Date(), nullable=True),
        sa.Column("noted_by", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("until IS NULL OR until > observed", name=op.f("ck_finding_until_after_observed")),
        sa.CheckConstraint("side IN ('left', 'right', 'both')", name=op.f("ck_finding_side")),
        sa.ForeignKeyConstraint(
            ["athlete_id"], ["athlete.id"], name=op.f("fk_finding_athlete_id_athlete"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_finding")),
    )
    op.create_index(op.f("ix_finding_athlete_id"), "finding", ["athlete_id"])
    op.add_column("run_facts", sa.Column("exposure_reason", sa.String(), nullable=True))
