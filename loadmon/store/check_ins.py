"""Answered questionnaires: kept, taken back and put back."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date

from sqlalchemy import Connection, insert, select

from loadmon.planning.check_in import CheckIn, checked_check_in
from loadmon.store.access import Viewer
from loadmon.store.packed import plain
from loadmon.store.schema import CheckInRow, now
from loadmon.store.taken_back import set_removed

ROW = CheckInRow


def add_check_in(conn: Connection, viewer: Viewer, check_in: CheckIn, *, today: date) -> int:
    """Keep an answered questionnaire; gives back its number. A second one of a day stands beside the first.

    Raises
    ------
    NotFound
        If this viewer may not see the runner.
    ImpossibleCheckIn
        As ``loadmon.planning.check_in.checked_check_in`` tells it.
    """
    viewer.must_see(check_in.athlete_id)
    kept = checked_check_in(check_in, today)
    row = {
        "athlete_id": kept.athlete_id,
        "day": kept.day,
        "kind": kept.kind,
        "answers": json.dumps({**kept.answers, "area": plain(kept.area)}),
        "told_by": viewer.role.value,
        "created": now(),
        "removed": None,
    }
    return int(conn.execute(insert(ROW).returning(ROW.id), row).scalar_one())


def check_ins(
    conn: Connection,
    viewer: Viewer,
    athlete_ids: Iterable[int] | None = None,
    *,
    kind: str | None = None,
    since: date | None = None,
) -> dict[int, CheckIn]:
    """Answered questionnaires by number, by runner and day; what was taken back is left out."""
    asked = select(ROW).where(viewer.rule(ROW.athlete_id, athlete_ids), ROW.removed.is_(None))
    if kind is not None:
        asked = asked.where(ROW.kind == kind)
    if since is not None:
        asked = asked.where(ROW.day >= since)
    found = {}
    for row in conn.execute(asked.order_by(ROW.athlete_id, ROW.day, ROW.id)):
        answers = json.loads(row.answers)
        area = answers.pop("area", "")
        found[row.id] = CheckIn(row.athlete_id, row.day, row.kind, answers, area)
    return found


def remove_check_in(conn: Connection, viewer: Viewer, check_in_id: int) -> None:
    """Take answers back; ``restore_check_in`` puts them back."""
    set_removed(conn, viewer, ROW, check_in_id, "check-in", gone=True)


def restore_check_in(conn: Connection, viewer: Viewer, check_in_id: int) -> None:
    """Put back answers that were taken back."""
    set_removed(conn, viewer, ROW, check_in_id, "check-in", gone=False)
