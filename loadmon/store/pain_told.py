"""When each entry of the pain log was written down."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection, select

from loadmon.store.access import Viewer
from loadmon.store.schema import PainRow


def told_at(conn: Connection, viewer: Viewer, athlete_ids: Iterable[int] | None = None) -> dict[int, datetime]:
    """The instant of each entry by its number; what was taken back is left out."""
    asked = select(PainRow.id, PainRow.created).where(
        viewer.rule(PainRow.athlete_id, athlete_ids), PainRow.removed.is_(None)
    )
    return {row.id: row.created for row in conn.execute(asked)}
