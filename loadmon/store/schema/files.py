"""What was given to loadmon: batches of files, each file's fate, and the originals that are kept."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from loadmon.store.schema.base import Base

SHA256 = String(64)


class ImportBatchRow(Base):
    """One import: what was given, when it began and ended, and how it went."""

    __tablename__ = "import_batch"

    id: Mapped[int] = mapped_column(primary_key=True)
    started: Mapped[datetime]
    finished: Mapped[datetime | None]
    what: Mapped[str]
    """What was given, in words: a folder's or a file's name."""
    state: Mapped[str]
    is_sample: Mapped[bool]

    __table_args__ = (
        CheckConstraint("state IN ('running', 'done', 'failed', 'cancelled')", name="state"),
        {"sqlite_autoincrement": True},
    )


class OriginalRow(Base):
    """One file's bytes, known by their fingerprint; ``kept`` says whether the bytes themselves are in the store."""

    __tablename__ = "original"

    sha256: Mapped[str] = mapped_column(SHA256, primary_key=True)
    size: Mapped[int] = mapped_column(BigInteger)
    format: Mapped[str]
    kept: Mapped[bool]


class FileReportRow(Base):
    """What became of one file of a batch, for the report that the user can read and download."""

    __tablename__ = "file_report"

    id: Mapped[int] = mapped_column(primary_key=True)
    batch_id: Mapped[int] = mapped_column(ForeignKey("import_batch.id", ondelete="CASCADE"), index=True)
    path: Mapped[str]
    sha256: Mapped[str | None] = mapped_column(SHA256)
    size: Mapped[int | None] = mapped_column(BigInteger)
    athlete_id: Mapped[int | None] = mapped_column(ForeignKey("athlete.id", ondelete="SET NULL"), index=True)
    outcome: Mapped[str]
    reason: Mapped[str | None]
    detail: Mapped[str | None]
    advice: Mapped[str | None]
    sessions: Mapped[int]
    sport: Mapped[str | None]
    local_day: Mapped[date | None]
    distance_m: Mapped[float | None]
    moving_s: Mapped[float | None]
    oddities: Mapped[str | None]
    read_s: Mapped[float | None]

    __table_args__ = (
        CheckConstraint(
            "outcome IN ('imported', 'duplicate', 'refused', 'not an activity', 'no owner', 'foreign')", name="outcome"
        ),
    )
