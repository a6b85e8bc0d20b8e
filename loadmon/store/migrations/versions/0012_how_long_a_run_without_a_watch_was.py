"""How long a run without a watch was, and from when on it hurts now, as a clinician decided it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Two columns, empty for what was told and decided before."""
    op.add_column("pain", sa.Column("out_s", sa.Double(), nullable=True))
    op.add_column("plan_decision", sa.Column("onset_s", sa.Double(), nullable=True))
