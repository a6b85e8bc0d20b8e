"""What people tell of their bodies, and the plans of a way back: pain, check-ins, plans and what was decided about them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from loadmon.store.schema.base import Base


class PainRow(Base):
    """One entry of the pain log; ``removed`` says when it was taken back, so that it can be put back."""

    __tablename__ = "pain"

    id: Mapped[int] = mapped_column(primary_key=True)
    athlete_id: Mapped[int] = mapped_column(ForeignKey("athlete.id", ondelete="CASCADE"))
    day: Mapped[date]
    moment: Mapped[str]
    value: Mapped[float | None]
    session_id: Mapped[int | None] = mapped_column(ForeignKey("session.id", ondelete="SET NULL"), index=True)
    settle_min: Mapped[float | None]
    flags: Mapped[str]
    """Red flags as a JSON list of their keys."""
    area: Mapped[str]
    side: Mapped[str | None]
    note: Mapped[str]
    without_recording: Mapped[bool]
    out_s: Mapped[float | None]
    """How long a run without a watch took with its walks; None where nobody said."""
    told_by: Mapped[str | None]
    """In which part somebody told it, a ``Role``; None for what was told before that was kept."""
    created: Mapped[datetime]
    removed: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("value IS NULL OR (value >= 0 AND value <= 10)", name="value"),
        CheckConstraint("side IN ('left', 'right', 'both')", name="side"),
        Index(None, "athlete_id", "day"),
    )


class CheckInRow(Base):
    """One answered questionnaire; ``removed`` says when it was taken back."""

    __tablename__ = "check_in"

    id: Mapped[int] = mapped_column(primary_key=True)
    athlete_id: Mapped[int] = mapped_column(ForeignKey("athlete.id", ondelete="CASCADE"))
    day: Mapped[date]
    kind: Mapped[str]
    answers: Mapped[str]
    """JSON: the answers by their names."""
    told_by: Mapped[str | None]
    """In which part somebody told it, a ``Role``; None for what was told before that was kept."""
    created: Mapped[datetime]
    removed: Mapped[datetime | None]

    __table_args__ = (Index(None, "athlete_id", "day"),)


class PlanRow(Base):
    """One plan of a return to running: what it was ordered with. The runs themselves are told anew from it at each look."""

    __tablename__ = "return_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    athlete_id: Mapped[int] = mapped_column(ForeignKey("athlete.id", ondelete="CASCADE"), index=True)
    injury_id: Mapped[int | None] = mapped_column(ForeignKey("injury.id", ondelete="SET NULL"), index=True)
    request: Mapped[str]
    """JSON of ``loadmon.planning.way_back.ReturnOrder``."""
    created: Mapped[datetime]
    removed: Mapped[datetime | None]

    __table_args__ = ({"sqlite_autoincrement": True},)


class PlanDecisionRow(Base):
    """What a named person decided about a plan; ``removed`` says when it was taken back."""

    __tablename__ = "plan_decision"

    id: Mapped[int] = mapped_column(primary_key=True)
    plan_id: Mapped[int] = mapped_column(ForeignKey("return_plan.id", ondelete="CASCADE"), index=True)
    day: Mapped[date]
    at: Mapped[datetime]
    decided_by: Mapped[str]
    role: Mapped[str]
    choice: Mapped[str]
    stage: Mapped[int]
    note: Mapped[str]
    onset_s: Mapped[float | None]
    """From how much running on it hurts now, of a decision that says so."""
    removed: Mapped[datetime | None]


class InjuryCodeRow(Base):
    """One code of the whole list of injuries, where somebody brought it."""

    __tablename__ = "injury_code"

    code: Mapped[str] = mapped_column(primary_key=True)
    name: Mapped[str]
