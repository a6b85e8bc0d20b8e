"""Work that is under way, what users prefer, and the counter that tells pages when to look again."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import BigInteger, CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from loadmon.store.schema.base import Base


class JobRow(Base):
    """One piece of long work: who does it, how far it is, and when it was last heard of."""

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str]
    request: Mapped[str]
    """What is to be done, as JSON."""
    state: Mapped[str]
    athlete_id: Mapped[int | None] = mapped_column(ForeignKey("athlete.id", ondelete="CASCADE"), index=True)
    """Set where the work is one runner's own; such a job is seen by those who may see the runner."""
    batch_id: Mapped[int | None] = mapped_column(ForeignKey("import_batch.id", ondelete="SET NULL"), index=True)
    created: Mapped[datetime]
    started: Mapped[datetime | None]
    finished: Mapped[datetime | None]
    heartbeat: Mapped[datetime | None]
    owner: Mapped[str | None]
    """The worker that has it in hand."""
    attempts: Mapped[int]
    items_done: Mapped[int]
    items_total: Mapped[int | None]
    bytes_done: Mapped[int] = mapped_column(BigInteger)
    bytes_total: Mapped[int | None] = mapped_column(BigInteger)
    message: Mapped[str | None]

    __table_args__ = (
        CheckConstraint("state IN ('queued', 'running', 'done', 'failed', 'cancelled')", name="state"),
        Index(None, "state", "id"),
        {"sqlite_autoincrement": True},
    )


class PreferenceRow(Base):
    """One setting made on a page, such as kilometres or miles; the value is JSON."""

    __tablename__ = "preference"

    key: Mapped[str] = mapped_column(primary_key=True)
    value: Mapped[str]


class ChangeCounterRow(Base):
    """One row: how many committed writes have changed what pages show."""

    __tablename__ = "change_counter"

    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    value: Mapped[int] = mapped_column(BigInteger)

    __table_args__ = (CheckConstraint("id = 1", name="single_row"),)


UNSEEN = frozenset({"job", "change_counter", "assessment_draft", "plan_draft", "run_bouts"})
"""Tables whose changes no page caches: progress and drafts are asked for directly, bouts are told by the stream alone."""
