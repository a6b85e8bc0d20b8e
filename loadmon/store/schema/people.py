"""Who ran, and the limits that hold for them from a day on."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, false
from sqlalchemy.orm import Mapped, mapped_column

from loadmon.store.schema.base import Base


class AthleteRow(Base):
    """One runner. Numbers are never given twice, so an old link cannot lead to somebody else."""

    __tablename__ = "athlete"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    name_key: Mapped[str]
    """The name without case, accents' spelling or spare blanks: what makes two names the same."""
    time_zone: Mapped[str | None]
    squad: Mapped[str | None]
    sex: Mapped[str | None]
    """``female`` or ``male``, where the runner told; some formulas differ between the two."""
    load_order: Mapped[str | None]
    """The order in which this runner's load is told, best first, as a JSON list; None for loadmon's own order."""
    is_sample: Mapped[bool]
    created: Mapped[datetime]
    twins: Mapped[str | None]
    """What is done with two recordings of one run where nobody decided: ``richer`` (as None), ``merge``, ``both``, ``skip``."""
    introduced_by: Mapped[int | None]
    """The import with whose first file this runner appeared; None for one who was there otherwise."""

    __table_args__ = (UniqueConstraint("name_key"), {"sqlite_autoincrement": True})


class ThresholdRow(Base):
    """One limit of a runner, from a local day on; ``removed`` says when it was taken back, so that it can be put back."""

    __tablename__ = "threshold"

    id: Mapped[int] = mapped_column(primary_key=True)
    athlete_id: Mapped[int] = mapped_column(ForeignKey("athlete.id", ondelete="CASCADE"))
    kind: Mapped[str]
    value: Mapped[float]
    valid_from: Mapped[date]
    removed: Mapped[datetime | None]

    __table_args__ = (UniqueConstraint("athlete_id", "kind", "valid_from"),)


class InjuryRow(Base):
    """One injury as it was reported; ``removed`` says when it was taken back, so that it can be put back."""

    __tablename__ = "injury"

    id: Mapped[int] = mapped_column(primary_key=True)
    athlete_id: Mapped[int] = mapped_column(ForeignKey("athlete.id", ondelete="CASCADE"), index=True)
    onset: Mapped[date]
    returned: Mapped[date | None]
    area: Mapped[str]
    side: Mapped[str | None]
    note: Mapped[str]
    mode: Mapped[str | None]
    mechanism: Mapped[str | None]
    contact: Mapped[str | None]
    episode: Mapped[str | None]
    setting: Mapped[str | None]
    tissue: Mapped[str | None]
    """These six as ``loadmon.injury.CHOICES`` has them."""
    code: Mapped[str | None]
    """OSIICS 15."""
    reporter: Mapped[str | None]
    created: Mapped[datetime]
    removed: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("returned IS NULL OR returned >= onset", name="returned_after_onset"),
        CheckConstraint("side IN ('left', 'right', 'both')", name="side"),
    )


class UnknownDaysRow(Base):
    """Days of which a runner or coach said that runs are missing; both ends belong to it."""

    __tablename__ = "unknown_days"

    id: Mapped[int] = mapped_column(primary_key=True)
    athlete_id: Mapped[int] = mapped_column(ForeignKey("athlete.id", ondelete="CASCADE"))
    first_day: Mapped[date]
    last_day: Mapped[date]
    reason: Mapped[str]
    created: Mapped[datetime]
    removed: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("last_day >= first_day", name="in_order"),
        Index(None, "athlete_id", "first_day"),
    )


class FindingRow(Base):
    """Something that was found in how a runner runs; ``removed`` says when it was taken back, so that it can be put back."""

    __tablename__ = "finding"

    id: Mapped[int] = mapped_column(primary_key=True)
    athlete_id: Mapped[int] = mapped_column(ForeignKey("athlete.id", ondelete="CASCADE"), index=True)
    kind: Mapped[str]
    side: Mapped[str | None]
    value: Mapped[float | None]
    """In degrees, where the kind has any."""
    observed: Mapped[date]
    """The local day on which it was found: it holds from then on."""
    until: Mapped[date | None]
    """The local day from which it holds no longer; None while it holds."""
    always: Mapped[bool] = mapped_column(server_default=false())
    """It may have been so before that day, for as long as anybody knows."""
    noted_by: Mapped[str]
    created: Mapped[datetime]
    removed: Mapped[datetime | None]

    __table_args__ = (
        CheckConstraint("until IS NULL OR until > observed", name="until_after_observed"),
        CheckConstraint("side IN ('left', 'right', 'both')", name="side"),
    )
