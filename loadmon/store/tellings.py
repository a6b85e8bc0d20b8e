"""Who told something of a runner's body, and when: beside each pain entry and each answered questionnaire."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from loadmon.store.access import Role, Viewer
from loadmon.store.schema import CheckInRow, PainRow


@dataclass(frozen=True, slots=True)
class Telling:
    """When something was told (UTC), and in which part; None for what was told before that was kept."""

    at: datetime
    role: Role | None


def check_ins_told(conn: Connection, viewer: Viewer, athlete_ids: Iterable[int] | None = None) -> dict[int, Telling]:
    """Of every answered questionnaire, by its number, who told it and when; what was taken back is left out."""
    return _told(conn, viewer, CheckInRow, athlete_ids)


def pain_told(conn: Connection, viewer: Viewer, athlete_ids: Iterable[int] | None = None) -> dict[int, Telling]:
    """Of every pain entry, by its number, who told it and when; what was taken back is left out."""
    return _told(conn, viewer, PainRow, athlete_ids)


def _told(
    conn: Connection, viewer: Viewer, table: type[CheckInRow | PainRow], athlete_ids: Iterable[int] | None
) -> dict[int, Telling]:
    asked = select(table.id, table.created, table.told_by).where(
        viewer.rule(table.athlete_id, athlete_ids), table.removed.is_(None)
    )
    return {number: Telling(at, None if role is None else Role(role)) for number, at, role in conn.execute(asked)}
