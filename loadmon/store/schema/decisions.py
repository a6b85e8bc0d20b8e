"""What was decided about sessions after they were read: corrections, and which of two recordings of one run counts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from loadmon.store.schema.base import Base


class CorrectionRow(Base):
    """One correction of a session as it was read; the kept stream stays as it came, and what is shown has it applied."""

    __tablename__ = "correction"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_id: Mapped[int] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    params: Mapped[str]
    """By the names of the kind (``loadmon.correction``), as JSON."""
    other_id: Mapped[int | None] = mapped_column(ForeignKey("session.id", ondelete="CASCADE"), index=True)
    """The other recording of the same run, where channels are borrowed from it."""
    reason: Mapped[str]
    made_by: Mapped[str]
    created: Mapped[datetime]
    removed: Mapped[datetime | None]

    __table_args__ = (CheckConstraint("made_by IN ('rule', 'person')", name="made_by"),)


class TwinChoiceRow(Base):
    """What somebody decided of two recordings of one run; the lower number stands first."""

    __tablename__ = "twin_choice"

    first_id: Mapped[int] = mapped_column(
        ForeignKey("session.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    second_id: Mapped[int] = mapped_column(
        ForeignKey("session.id", ondelete="CASCADE"), primary_key=True, autoincrement=False, index=True
    )
    choice: Mapped[str]
    """``richer``, ``merge``, ``both``, ``first`` or ``second`` (the one that counts)."""
    decided: Mapped[datetime]

    __table_args__ = (
        CheckConstraint("first_id < second_id", name="in_order"),
        CheckConstraint("choice IN ('richer', 'merge', 'both', 'first', 'second')", name="choice"),
    )
