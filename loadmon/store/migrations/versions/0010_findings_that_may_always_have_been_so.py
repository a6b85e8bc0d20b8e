"""A finding that may always have been so, and was only looked at on its day."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """One column; what was noted before was told as holding from its day, and still does."""
    op.add_column("finding", sa.Column("always", sa.Boolean(), server_default=sa.false(), nullable=False))
