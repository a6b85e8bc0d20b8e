"""What people tell of their bodies and the plans of a way back; an injury's fields of the IOC consensus."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"

INJURY = ("mode", "mechanism", "contact", "episode", "setting", "tissue", "code", "reporter")


def upgrade() -> None:
    """Five tables, and eight columns of injuries that are empty until somebody fills them in."""
    for name in INJURY:
        op.add_column("injury", sa.Column(name, sa.String(), nullable=True))
    op.create_table(
        "pain",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("athlete_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("moment", sa.String(), nullable=False),
        sa.Column("value", sa.Double(), nullable=True),
        sa.Column("session_id", sa.Integer(), nullable=True),
        sa.Column("settle_min", sa.Double(), nullable=True),
        sa.Column("flags", sa.String(), nullable=False),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("without_recording", sa.Boolean(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("value IS NULL OR (value >= 0 AND value <= 10)", name=op.f("ck_pain_value")),
        sa.CheckConstraint("side IN ('left', 'right', 'both')", name=op.f("ck_pain_side")),
        sa.ForeignKeyConstraint(
            ["athlete_id"], ["athlete.id"], name=op.f("fk_pain_athlete_id_athlete"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_pain_session_id_session"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_pain")),
    )
    op.create_index(op.f("ix_pain_athlete_id_day"), "pain", ["athlete_id", "day"])
    op.create_index(op.f("ix_pain_session_id"), "pain", ["session_id"])
    op.create_table(
        "check_in",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("athlete_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("answers", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["athlete_id"], ["athlete.id"], name=op.f("fk_check_in_athlete_id_athlete"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_check_in")),
    )
    op.create_index(op.f("ix_check_in_athlete_id_day"), "check_in", ["athlete_id", "day"])
    op.create_table(
        "return_plan",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("athlete_id", sa.Integer(), nullable=False),
        sa.Column("injury_id", sa.Integer(), nullable=True),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["athlete_id"], ["athlete.id"], name=op.f("fk_return_plan_athlete_id_athlete"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["injury_id"], ["injury.id"], name=op.f("fk_return_plan_injury_id_injury"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_return_plan")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_return_plan_athlete_id"), "return_plan", ["athlete_id"])
    op.create_index(op.f("ix_return_plan_injury_id"), "return_plan", ["injury_id"])
    op.create_table(
        "plan_decision",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("plan_id", sa.Integer(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("decided_by", sa.String(), nullable=False),
        sa.Column("role", sa.String(), nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("stage", sa.Integer(), nullable=False),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("removed", sa.DateTime(timezone=True), nullable=True),
        sa.ForeignKeyConstraint(
            ["plan_id"], ["return_plan.id"], name=op.f("fk_plan_decision_plan_id_return_plan"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plan_decision")),
    )
    op.create_index(op.f("ix_plan_decision_plan_id"), "plan_decision", ["plan_id"])
    op.create_table(
        "injury_code",
        sa.Column("code", sa.String(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("code", name=op.f("pk_injury_code")),
    )
