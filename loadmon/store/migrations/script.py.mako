"""${message}."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}


def upgrade() -> None:
    """${message}. There is no way back but a backup: taking columns away again would lose what they hold."""
    ${upgrades if upgrades else "pass"}
