"""The first tables."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None


def upgrade() -> None:
    """The first tables."""
    op.create_table(
        "athlete",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("name_key", sa.String(), nullable=False),
        sa.Column("time_zone", sa.String(), nullable=True),
        sa.Column("squad", sa.String(), nullable=True),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_athlete")),
        sa.UniqueConstraint("name_key", name=op.f("uq_athlete_name_key")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "change_counter",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("value", sa.BigInteger(), nullable=False),
        sa.CheckConstraint("id = 1", name=op.f("ck_change_counter_single_row")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_change_counter")),
    )
    op.create_table(
        "import_batch",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=False),
        sa.Column("finished", sa.DateTime(timezone=True), nullable=True),
        sa.Column("what", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("is_sample", sa.Boolean(), nullable=False),
        sa.CheckConstraint("state IN ('running', 'done', 'failed', 'cancelled')", name=op.f("ck_import_batch_state")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_import_batch")),
        sqlite_autoincrement=True,
    )
    op.create_table(
        "original",
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("size", sa.BigInteger(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("kept", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("sha256", name=op.f("pk_original")),
    )
    op.create_table(
        "preference",
        sa.Column("key", sa.String(), nullable=False),
        sa.Column("value", sa.String(), nullable=False),
        sa.PrimaryKeyConstraint("key", name=op.f("pk_preference")),
    )
    op.create_table(
        "file_report",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("path", sa.String(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=True),
        sa.Column("size", sa.BigInteger(), nullable=True),
        sa.Column("athlete_id", sa.Integer(), nullable=True),
        sa.Column("outcome", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("detail", sa.String(), nullable=True),
        sa.Column("advice", sa.String(), nullable=True),
        sa.Column("sessions", sa.Integer(), nullable=False),
        sa.Column("sport", sa.String(), nullable=True),
        sa.Column("local_day", sa.Date(), nullable=True),
        sa.Column("distance_m", sa.Double(), nullable=True),
        sa.Column("moving_s", sa.Double(), nullable=True),
        sa.Column("oddities", sa.String(), nullable=True),
        sa.Column("read_s", sa.Double(), nullable=True),
        sa.CheckConstraint(
            "outcome IN ('imported', 'duplicate', 'refused', 'not an activity', 'no owner', 'foreign')",
            name=op.f("ck_file_report_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["athlete_id"], ["athlete.id"], name=op.f("fk_file_report_athlete_id_athlete"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_file_report_batch_id_import_batch"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_file_report")),
    )
    op.create_index(op.f("ix_file_report_athlete_id"), "file_report", ["athlete_id"])
    op.create_index(op.f("ix_file_report_batch_id"), "file_report", ["batch_id"])

    op.create_table(
        "injury",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("athlete_id", sa.Integer(), nullable=False),
        sa.Column("onset", sa.Date(), nullable=False),
        sa.Column("returned", sa.Date(), nullable=True),
        sa.Column("area", sa.String(), nullable=False),
        sa.Column("side", sa.String(), nullable=True),
        sa.Column("note", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("side IN ('left', 'right', 'both')", name=op.f("ck_injury_side")),
        sa.CheckConstraint("returned IS NULL OR returned >= onset", name=op.f("ck_injury_returned_after_onset")),
        sa.ForeignKeyConstraint(
            ["athlete_id"], ["athlete.id"], name=op.f("fk_injury_athlete_id_athlete"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_injury")),
    )
    op.create_index(op.f("ix_injury_athlete_id"), "injury", ["athlete_id"])

    op.create_table(
        "job",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("request", sa.String(), nullable=False),
        sa.Column("state", sa.String(), nullable=False),
        sa.Column("athlete_id", sa.Integer(), nullable=True),
        sa.Column("batch_id", sa.Integer(), nullable=True),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("started", sa.DateTime(timezone=True), nullable=True),
        sa.Column("finished", sa.DateTime(timezone=True), nullable=True),
        sa.Column("heartbeat", sa.DateTime(timezone=True), nullable=True),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("items_done", sa.Integer(), nullable=False),
        sa.Column("items_total", sa.Integer(), nullable=True),
        sa.Column("bytes_done", sa.BigInteger(), nullable=False),
        sa.Column("bytes_total", sa.BigInteger(), nullable=True),
        sa.Column("message", sa.String(), nullable=True),
        sa.CheckConstraint("state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name=op.f("ck_job_state")),
        sa.ForeignKeyConstraint(
            ["athlete_id"], ["athlete.id"], name=op.f("fk_job_athlete_id_athlete"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["batch_id"], ["import_batch.id"], name=op.f("fk_job_batch_id_import_batch"), ondelete="SET NULL"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_job")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_job_athlete_id"), "job", ["athlete_id"])
    op.create_index(op.f("ix_job_batch_id"), "job", ["batch_id"])
    op.create_index(op.f("ix_job_state_id"), "job", ["state", "id"])

    op.create_table(
        "session",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("athlete_id", sa.Integer(), nullable=False),
        sa.Column("batch_id", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("index_in_file", sa.Integer(), nullable=False),
        sa.Column("file_name", sa.String(), nullable=False),
        sa.Column("format", sa.String(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("sport", sa.String(), nullable=False),
        sa.Column("sub_sport", sa.String(), nullable=True),
        sa.Column("start_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("utc_offset_s", sa.Integer(), nullable=True),
        sa.Column("offset_origin", sa.String(), nullable=False),
        sa.Column("elapsed_s", sa.Double(), nullable=False),
        sa.Column("timer_s", sa.Double(), nullable=False),
        sa.Column("moving_s", sa.Double(), nullable=False),
        sa.Column("manufacturer", sa.String(), nullable=True),
        sa.Column("product", sa.String(), nullable=True),
        sa.Column("serial_hash", sa.String(), nullable=True),
        sa.Column("software", sa.String(), nullable=True),
        sa.Column("totals", sa.String(), nullable=False),
        sa.Column("excluded", sa.Boolean(), nullable=False),
        sa.Column("excluded_reason", sa.String(), nullable=True),
        sa.ForeignKeyConstraint(
            ["athlete_id"], ["athlete.id"], name=op.f("fk_session_athlete_id_athlete"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(["batch_id"], ["import_batch.id"], name=op.f("fk_session_batch_id_import_batch")),
        sa.ForeignKeyConstraint(["sha256"], ["original.sha256"], name=op.f("fk_session_sha256_original")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session")),
        sa.UniqueConstraint("sha256", "index_in_file", name=op.f("uq_session_sha256_index_in_file")),
        sqlite_autoincrement=True,
    )
    op.create_index(op.f("ix_session_athlete_id_start_utc"), "session", ["athlete_id", "start_utc"])
    op.create_index(op.f("ix_session_batch_id"), "session", ["batch_id"])

    op.create_table(
        "threshold",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("athlete_id", sa.Integer(), nullable=False),
        sa.Column("kind", sa.String(), nullable=False),
        sa.Column("value", sa.Double(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.ForeignKeyConstraint(
            ["athlete_id"], ["athlete.id"], name=op.f("fk_threshold_athlete_id_athlete"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_threshold")),
        sa.UniqueConstraint("athlete_id", "kind", "valid_from", name=op.f("uq_threshold_athlete_id_kind_valid_from")),
    )
    op.create_table(
        "unknown_days",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("athlete_id", sa.Integer(), nullable=False),
        sa.Column("first_day", sa.Date(), nullable=False),
        sa.Column("last_day", sa.Date(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("created", sa.DateTime(timezone=True), nullable=False),
        sa.Column("removed", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("last_day >= first_day", name=op.f("ck_unknown_days_in_order")),
        sa.ForeignKeyConstraint(
            ["athlete_id"], ["athlete.id"], name=op.f("fk_unknown_days_athlete_id_athlete"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_unknown_days")),
    )
    op.create_index(op.f("ix_unknown_days_athlete_id_first_day"), "unknown_days", ["athlete_id", "first_day"])

    op.create_table(
        "cadence_windows",
        sa.Column("session_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_cadence_windows_session_id_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_cadence_windows")),
    )
    op.create_table(
        "run_facts",
        sa.Column("session_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("sport", sa.String(), nullable=False),
        sa.Column("sub_sport", sa.String(), nullable=True),
        sa.Column("is_running", sa.Boolean(), nullable=False),
        sa.Column("sport_reason", sa.String(), nullable=True),
        sa.Column("indoor", sa.Boolean(), nullable=False),
        sa.Column("start_utc", sa.DateTime(timezone=True), nullable=False),
        sa.Column("local_day", sa.Date(), nullable=False),
        sa.Column("utc_offset_s", sa.Integer(), nullable=True),
        sa.Column("offset_origin", sa.String(), nullable=False),
        sa.Column("elapsed_s", sa.Double(), nullable=False),
        sa.Column("timer_s", sa.Double(), nullable=False),
        sa.Column("moving_s", sa.Double(), nullable=False),
        sa.Column("distance_m", sa.Double(), nullable=True),
        sa.Column("distance_source", sa.String(), nullable=True),
        sa.Column("distance_reason", sa.String(), nullable=True),
        sa.Column("mean_speed_mps", sa.Double(), nullable=True),
        sa.Column("ascent_m", sa.Double(), nullable=True),
        sa.Column("steps", sa.Double(), nullable=True),
        sa.Column("walk_steps", sa.Double(), nullable=True),
        sa.Column("steps_reason", sa.String(), nullable=True),
        sa.Column("mean_heart_rate_bpm", sa.Double(), nullable=True),
        sa.Column("max_heart_rate_bpm", sa.Double(), nullable=True),
        sa.Column("heart_rate_coverage", sa.Double(), nullable=False),
        sa.Column("median_cadence_spm", sa.Double(), nullable=True),
        sa.Column("median_stance_time_s", sa.Double(), nullable=True),
        sa.Column("median_vertical_oscillation_m", sa.Double(), nullable=True),
        sa.Column("median_step_length_m", sa.Double(), nullable=True),
        sa.Column("median_stance_balance_left_pct", sa.Double(), nullable=True),
        sa.Column("device", sa.String(), nullable=False),
        sa.Column("device_serial_hash", sa.String(), nullable=True),
        sa.Column("samples", sa.Integer(), nullable=False),
        sa.Column("measured", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_run_facts_session_id_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_run_facts")),
    )
    op.create_index(op.f("ix_run_facts_local_day"), "run_facts", ["local_day"])
    op.create_index(op.f("ix_run_facts_version"), "run_facts", ["version"])

    op.create_table(
        "session_oddity",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("session_id", sa.Integer(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("detail", sa.String(), nullable=False),
        sa.Column("count", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_session_oddity_session_id_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_session_oddity")),
    )
    op.create_index(op.f("ix_session_oddity_session_id"), "session_oddity", ["session_id"])

    op.create_table(
        "session_parts",
        sa.Column("session_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("laps", sa.String(), nullable=False),
        sa.Column("events", sa.String(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_session_parts_session_id_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_session_parts")),
    )
    op.create_table(
        "session_stream",
        sa.Column("session_id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("codec", sa.Integer(), nullable=False),
        sa.Column("samples", sa.Integer(), nullable=False),
        sa.Column("data", sa.LargeBinary(), nullable=False),
        sa.ForeignKeyConstraint(
            ["session_id"], ["session.id"], name=op.f("fk_session_stream_session_id_session"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("session_id", name=op.f("pk_session_stream")),
    )

    op.execute("INSERT INTO change_counter (id, value) VALUES (1, 0)")
    if op.get_bind().dialect.name == "postgresql":
        # The blobs are compressed already; PostgreSQL need not try again.
        for table in ("session_stream", "cadence_windows"):
            op.execute(f"ALTER TABLE {table} ALTER COLUMN data SET STORAGE EXTERNAL")
