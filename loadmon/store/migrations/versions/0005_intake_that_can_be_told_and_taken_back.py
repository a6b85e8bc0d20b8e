"""Intake that can be told and taken back: clues to owners, files that wait, corrections, choices between recordings."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

_STATES = "state IN ('planned', 'running', 'done', 'failed', 'cancelled', 'undone')"
_OUTCOMES = "outcome IN ('imported', 'duplicate', 'skipped', 'refused', 'not an activity', 'no owner', 'foreign')"
_NO_TIME_OF_DAY = ("time of day not told", "length of time not told")
_SAME_DAY = (
    "a file of the same day holds the same session, and the table tells no time of day",
    "a file of the same day holds the same session, and the table tells no time it took",
)


def upgrade() -> None:
    """New tables, new columns that may be empty, and two lists of allowed words that are longer now.

    Sessions of tables that gave way to a file of the same day were marked when they came in; which of them counts is
    told anew at each look from now on, so the old marks go.
    """
    op.create_table(
        "correction",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("params", sa.String(), nullable=False),
        sa.Column("other_id", sa.Integer(), nullable=True),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("made_by IN ('rule', 'person')", name=op.f("ck_correction_made_by")),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_correction_session_id_session"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["other_id"], ["session.id"], name=op.f("fk_correction_other_id_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_correction")),
    )
    op.create_index(op.f("ix_correction_session_id"), "correction", ["session_id"])
    op.create_index(op.f("ix_correction_other_id"), "correction", ["other_id"])
    op.create_table(
        "twin_choice",
        sa.Column("first_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("second_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("choice", sa.String(), nullable=False),
        sa.Column("decided", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("first_id < second_id", name=op.f("ck_twin_choice_in_order")),
        sa.CheckConstraint(
            "choice IN ('richer', 'merge', 'both', 'first', 'second')", name=op.f("ck_twin_choice_choice")
        ),
        sa.ForeignKeyConstraint(
            ["first_id"], ["session.id"], name=op.f("fk_twin_choice_first_id_session"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["second_id"], ["session.id"], name=op.f("fk_twin_choice_second_id_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("first_id", "second_id", name=op.f("pk_twin_choice")),
    )
    op.create_index(op.f("ix_twin_choice_second_id"), "twin_choice", ["second_id"])
    op.create_table(
        "owner_clue",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.Column("athlete_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint("kind IN ('folder', 'pattern', 'serial', 'profile')", name=op.f("ck_owner_clue_kind")),
        sa.ForeignKeyConstraint(
            ["athlete_id"], ["athlete.id"], name=op.f("fk_owner_clue_athlete_id_athlete"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_owner_clue_batch_id_import_batch"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_owner_clue")),
        sa.UniqueConstraint("kind", "value", "athlete_id", name=op.f("uq_owner_clue_kind_value_athlete_id")),
    )
    op.create_index(op.f("ix_owner_clue_athlete_id"), "owner_clue", ["athlete_id"])
    op.create_index(op.f("ix_owner_clue_batch_id"), "owner_clue", ["batch_id"])
    with op.batch_alter_table("import_batch", table_kwargs={"sqlite_autoincrement": True}) as batch_op:
        batch_op.drop_constraint(op.f("ck_import_batch_state"), type_="check")
        batch_op.create_check_constraint(op.f("ck_import_batch_state"), _STATES)
        batch_op.add_column(sa.Column("request", sa.String(), nullable=True))
    with op.batch_alter_table("file_report") as batch_op:
        batch_op.drop_constraint(op.f("ck_file_report_outcome"), type_="check")
        batch_op.create_check_constraint(op.f("ck_file_report_outcome"), _OUTCOMES)
        batch_op.add_column(sa.Column("told_by", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("about", sa.String(), nullable=True))
    op.create_table(
        "waiting_file",
        sa.Column("report_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("clues", sa.String(), nullable=False),
        sa.Column("told", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["report_id"], ["file_report.id"], name=op.f("fk_waiting_file_report_id_file_report"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["sha256"], ["original.sha256"], name=op.f("fk_waiting_file_sha256_original")),
        sa.PrimaryKeyConstraint("report_id", name=op.f("pk_waiting_file")),
    )
    op.create_index(op.f("ix_waiting_file_sha256"), "waiting_file", ["sha256"])
    op.add_column("athlete", sa.Column("twins", sa.String(), nullable=True))
    op.add_column("athlete", sa.Column("introduced_by", sa.Integer(), nullable=True))
    op.add_column("session", sa.Column("timeless", sa.Boolean(), nullable=True))
    _tell_same_day_anew()


def _tell_same_day_anew() -> None:
    session, odd = (
        sa.table(
            "session", sa.column("id"), sa.column("timeless"), sa.column("excluded"), sa.column("excluded_reason")
        ),
        sa.table("session_oddity", sa.column("session_id"), sa.column("name")),
    )
    timeless = sa.select(odd.c.session_id).where(odd.c.name.in_(_NO_TIME_OF_DAY))
    op.execute(sa.update(session).where(session.c.id.in_(timeless)).values(timeless=sa.true()))
    marked = session.c.excluded_reason.in_(_SAME_DAY)
    op.execute(sa.update(session).where(marked).values(excluded=sa.false(), excluded_reason=sa.null()))
