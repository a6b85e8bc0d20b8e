"""What clinicians measured, what they have begun to fill in, and the limits that they set themselves."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Three tables; nothing that was there changes."""
    op.create_table(
        "assessment",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("athlete_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("assessor", sa.String(), nullable=False),
        sa.Column("data", sa.String(), nullable=False),
        sa.Column("thresholds", sa.String(), nullable=False),
        sa.Column("cadence_pct", sa.Double(), nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["athlete_id"], ["athlete.id"], name=op.f("fk_assessment_athlete_id_athlete"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_assessment")),
    )
    op.create_index(op.f("ix_assessment_athlete_id_day"), "assessment", ["athlete_id", "day"])
    op.create_table(
        "assessment_draft",
        sa.Column("athlete_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("answers", sa.String(), nullable=False),
        sa.Column("changed", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["athlete_id"], ["athlete.id"], name=op.f("fk_assessment_draft_athlete_id_athlete"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("athlete_id", name=op.f("pk_assessment_draft")),
    )
    op.create_table(
        "clinic_threshold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("measure", sa.String(), nullable=False),
        sa.Column("usual", sa.Double(), nullable=False),
        sa.Column("flag", sa.Double(), nullable=False),
        sa.Column("severe", sa.Double(), nullable=False),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("since", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "(usual < flag AND flag < severe) OR (usual > flag AND flag > severe)",
            name=op.f("ck_clinic_threshold_in_order"),
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_clinic_threshold")),
    )
    op.create_index(op.f("ix_clinic_threshold_measure"), "clinic_threshold", ["measure"])
