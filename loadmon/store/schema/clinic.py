"""What clinicians measured: assessments, finished and begun, and limits that they set otherwise than loadmon brings them."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index
from sqlalchemy.orm import Mapped, mapped_column

from loadmon.store.schema.base import Base


class AssessmentRow(Base):
    """One finished assessment; ``removed`` says when it was taken back, so that it can be put back."""

    __tablename__ = "assessment"

    id: Mapped[int] = mapped_column(primary_key=True)
    athlete_id: Mapped[int] = mapped_column(ForeignKey("athlete.id", ondelete="CASCADE"))
    day: Mapped[date]
    """The local day on which it was measured."""
    assessor: Mapped[str]
    data: Mapped[str]
    """The whole of it, as ``loadmon.clinic.written`` makes it plain, as JSON."""
    thresholds: Mapped[str]
    """The limits that a clinician had set when it was finished, as JSON: it goes on being told by these."""
    cadence_pct: Mapped[float | None]
    """By how many percent cadence is to rise, where a clinician chose otherwise than the rule."""
    created: Mapped[datetime]
    removed: Mapped[datetime | None]

    __table_args__ = (Index(None, "athlete_id", "day"),)


class AssessmentDraftRow(Base):
    """What has been filled in of an assessment that is not finished: one a runner."""

    __tablename__ = "assessment_draft"

    athlete_id: Mapped[int] = mapped_column(
        ForeignKey("athlete.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    answers: Mapped[str]
    """What stands in the form, by its fields, as JSON."""
    changed: Mapped[datetime]


class PlanDraftRow(Base):
    """What has been filled in of a plan of a return to running that is not made: one a runner."""

    __tablename__ = "plan_draft"

    athlete_id: Mapped[int] = mapped_column(
        ForeignKey("athlete.id", ondelete="CASCADE"), primary_key=True, autoincrement=False
    )
    answers: Mapped[str]
    """What stands in the form, by its fields, as JSON."""
    changed: Mapped[datetime]


class ClinicThresholdRow(Base):
    """Limits of one measure as somebody set them; the latest that was not taken back holds."""

    __tablename__ = "clinic_threshold"

    id: Mapped[int] = mapped_column(primary_key=True)
    measure: Mapped[str]
    usual: Mapped[float]
    flag: Mapped[float]
    severe: Mapped[float]
    set_by: Mapped[str]
    since: Mapped[date]
    reason: Mapped[str]
    created: Mapped[datetime]
    removed: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("(usual < flag AND flag < severe) OR (usual > flag AND flag > severe)", name="in_order"),
        Index(None, "measure"),
    )
