"""Sessions as they were recorded (head, stream, laps, oddities) and the facts computed from them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from loadmon.store.schema.base import Base


def of_session() -> Mapped[int]:
    """The primary key of a table that holds one row a session and goes when the session goes."""
    return mapped_column(ForeignKey("session.id", ondelete="CASCADE"), primary_key=True, autoincrement=False)


class SessionRow(Base):
    """One recorded activity without its stream: what is needed to build the session again."""

    __tablename__ = "session"

    id: Mapped[int] = mapped_column(primary_key=True)
    athlete_id: Mapped[int] = mapped_column(ForeignKey("athlete.id", ondelete="CASCADE"))
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id"), index=True)
    sha256: Mapped[str] = mapped_column(String(64), ForeignKey("original.sha256"))
    index_in_file: Mapped[int]
    file_name: Mapped[str]
    format: Mapped[str]
    reader: Mapped[str]
    sport: Mapped[str]
    sub_sport: Mapped[str | None]
    start_utc: Mapped[datetime]
    utc_offset_s: Mapped[int | None]
    offset_origin: Mapped[str]
    elapsed_s: Mapped[float | None]
    timer_s: Mapped[float | None]
    moving_s: Mapped[float | None]
    manufacturer: Mapped[str | None]
    product: Mapped[str | None]
    serial_hash: Mapped[str | None]
    software: Mapped[str | None]
    totals: Mapped[str]
    """What the device declared for the whole session, as JSON by the names of ``DeviceTotals``."""
    title: Mapped[str | None]
    """What the runner called it, where an account's own table or a session table tells."""
    shoes: Mapped[str | None]
    effort: Mapped[float | None]
    """How hard it felt, 0 to 10, as a file or table told."""
    effort_told: Mapped[float | None]
    """How hard it felt, 0 to 10, as somebody told on a page: it stands before what the file told."""
    excluded: Mapped[bool]
    """True where it does not count: a second watch on the same run, or somebody took it out."""
    excluded_reason: Mapped[str | None]
    timeless: Mapped[bool | None]
    """True for a row of a table that tells no time of day or no length of time: its hours say nothing."""

    __table_args__ = (
        UniqueConstraint("sha256", "index_in_file"),
        Index(None, "athlete_id", "start_utc"),
        {"sqlite_autoincrement": True},
    )


class StreamRow(Base):
    """A session's samples as one Parquet blob (never a row per second)."""

    __tablename__ = "session_stream"

    session_id: Mapped[int] = of_session()
    codec: Mapped[int]
    samples: Mapped[int]
    data: Mapped[bytes]


class PartsRow(Base):
    """A session's laps and timer events, each as one JSON table."""

    __tablename__ = "session_parts"

    session_id: Mapped[int] = of_session()
    laps: Mapped[str]
    events: Mapped[str]


class OddityRow(Base):
    """Something unusual that was met while reading a session, in the order in which it was met."""

    __tablename__ = "session_oddity"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)
    name: Mapped[str]
    detail: Mapped[str]
    count: Mapped[int]


class FactsRow(Base):
    """The flat part of ``RunFacts``, column by column; a test holds the two equal."""

    __tablename__ = "run_facts"

    session_id: Mapped[int] = of_session()
    version: Mapped[int] = mapped_column(index=True)
    sport: Mapped[str]
    sub_sport: Mapped[str | None]
    is_running: Mapped[bool]
    sport_reason: Mapped[str | None]
    indoor: Mapped[bool]
    start_utc: Mapped[datetime]
    local_day: Mapped[date] = mapped_column(index=True)
    utc_offset_s: Mapped[int | None]
    offset_origin: Mapped[str]
    elapsed_s: Mapped[float | None]
    timer_s: Mapped[float | None]
    moving_s: Mapped[float | None]
    distance_m: Mapped[float | None]
    distance_source: Mapped[str | None]
    distance_reason: Mapped[str | None]
    mean_speed_mps: Mapped[float | None]
    ascent_m: Mapped[float | None]
    steps: Mapped[float | None]
    walk_steps: Mapped[float | None]
    steps_reason: Mapped[str | None]
    mean_heart_rate_bpm: Mapped[float | None]
    max_heart_rate_bpm: Mapped[float | None]
    heart_rate_coverage: Mapped[float]
    median_cadence_spm: Mapped[float | None]
    median_stance_time_s: Mapped[float | None]
    median_vertical_oscillation_m: Mapped[float | None]
    median_step_length_m: Mapped[float | None]
    median_stance_balance_left_pct: Mapped[float | None]
    median_vertical_ratio_pct: Mapped[float | None]
    weighted_power_w: Mapped[float | None]
    normalised_graded_mps: Mapped[float | None]
    graded_reason: Mapped[str | None]
    grade_known: Mapped[bool | None]
    """Empty only in facts of an earlier version, until they are computed anew."""
    grade_reason: Mapped[str | None]
    grade_clamped: Mapped[int | None]
    decoupling_pct: Mapped[float | None]
    decoupling_reason: Mapped[str | None]
    exposure_reason: Mapped[str | None]
    device: Mapped[str]
    device_serial_hash: Mapped[str | None]
    samples: Mapped[int]
    measured: Mapped[str]
    """Names of the channels that hold values, as a JSON list."""


class WindowsRow(Base):
    """A session's cadence windows; apart from the facts so that a season's facts stay on few pages."""

    __tablename__ = "cadence_windows"

    session_id: Mapped[int] = of_session()
    data: Mapped[bytes]


class HeartRateRow(Base):
    """How long a session's heart beat at each rate: from it every measure of heart-rate load follows, at any limits."""

    __tablename__ = "heart_rate_seconds"

    session_id: Mapped[int] = of_session()
    data: Mapped[bytes]


class BoutsRow(Base):
    """What was found of running and walking in turn in a session's stream; only of runs that a plan was put beside."""

    __tablename__ = "run_bouts"

    session_id: Mapped[int] = of_session()
    version: Mapped[int]
    run_s: Mapped[float]
    walk_s: Mapped[float]
    runs: Mapped[int]
    middle_run_s: Mapped[float]
    run_m: Mapped[float | None]


class ExposureRow(Base):
    """How many steps a run took at each speed, slope and cadence: from it every tissue number follows, by any coefficients."""

    __tablename__ = "tissue_exposure"

    session_id: Mapped[int] = of_session()
    data: Mapped[bytes]
    """As ``loadmon.tissue.exposure_bytes`` makes it; empty where there is none, with the reason in the facts."""
