"""Name, shoes and effort of a session, as accounts' own tables and session tables tell them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Three columns more. There is no way back but a backup: taking columns away again would lose what they hold."""
    with op.batch_alter_table("session", schema=None) as batch_op:
        batch_op.add_column(sa.Column("title", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("shoes", sa.String(), nullable=True))
        batch_op.add_column(sa.Column("effort", sa.Double(), nullable=True))
