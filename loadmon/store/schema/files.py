"""What was given to loadmon: batches of files, each file's fate, and the originals that are kept."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, String, UniqueConstraint
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
    request: Mapped[str | None]
    """What was asked, as JSON, so that an import that was broken off goes on exactly as it began."""

    __table_args__ = (
        CheckConstraint("state IN ('planned', 'running', 'done', 'failed', 'cancelled', 'undone')", name="state"),
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
    told_by: Mapped[str | None]
    """What told whose file it is: a folder, the watch, a mapping file, the importing person."""
    about: Mapped[str | None]
    """What else is told of it, as JSON: a second recording of the same run, repairs, clues to its owner."""

    __table_args__ = (
        CheckConstraint(
            "outcome IN ('imported', 'duplicate', 'skipped', 'refused', 'not an activity', 'no owner', 'foreign')",
            name="outcome",
        ),
    )


class WaitingFileRow(Base):
    """A file whose bytes are kept and whose owner nobody knows yet: one line of report that waits for a decision."""

    __tablename__ = "waiting_file"

    report_id: Mapped[int] = mapped_column(
        ForeignKey("file_report.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    sha256: Mapped[str] = mapped_column(SHA256, ForeignKey("original.sha256"), index=True)
    file_name: Mapped[str]
    clues: Mapped[str]
    """What the file and its place say of its owner, as JSON: folder, pattern, serial (a fingerprint), profile."""
    told: Mapped[str | None]
    """What an account's own list tells of its sessions, as JSON by their place in the file."""


class OwnerClueRow(Base):
    """Something that was once confirmed to mean a runner: a folder's name, a pattern of file names, a watch, a profile."""

    __tablename__ = "owner_clue"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    value: Mapped[str]
    athlete_id: Mapped[int] = mapped_column(ForeignKey("athlete.id", ondelete="CASCADE"), index=True)
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id", ondelete="SET NULL"), index=True)
    """The import that taught it; what an import taught goes when it is undone."""
    created: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("kind IN ('folder', 'pattern', 'serial', 'profile')", name="kind"),
        UniqueConstraint("kind", "value", "athlete_id"),
    )
