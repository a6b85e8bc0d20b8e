"""What the injury-risk model was fitted to, and which fit is in use."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy.orm import Mapped, mapped_column

from loadmon.store.schema.base import Base


class RiskFitRow(Base):
    """One fit as it was made; none is ever changed, only taken into use or out of it."""

    __tablename__ = "risk_fit"

    id: Mapped[int] = mapped_column(primary_key=True)
    fit: Mapped[str]
    """As ``loadmon.risk.kept`` writes it."""
    report: Mapped[str]
    """Its record, as ``loadmon.risk.report`` writes it."""
    adopted: Mapped[bool]
    """True for the one in use: at most one."""
    created: Mapped[datetime]

    __table_args__ = ({"sqlite_autoincrement": True},)
