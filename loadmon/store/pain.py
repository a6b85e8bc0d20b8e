"""The pain log: told, taken back and put back. Several a day; notes are between runner and clinician."""

from __future__ import annotations

import json
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, insert, select

from loadmon.planning.pain import HIDDEN_SIGN
from loadmon.planning.pain_log import PainEntry, checked_entry
from loadmon.planning.return_rules import default_return_rules
from loadmon.refusal import Refusal
from loadmon.store.access import Viewer, no_such
from loadmon.store.packed import plain
from loadmon.store.schema import FactsRow, PainRow, SessionRow, now
from loadmon.store.taken_back import set_removed

ROW = PainRow


class StopsRunning(Refusal):
    """An entry that puts a plan on hold is taken back by those who decide."""

    name = "stops running"


def add_pain(conn: Connection, viewer: Viewer, entry: PainEntry, *, today: date) -> int:
    """Write an entry into the pain log; gives back its number.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    viewer : Viewer
        Whose eyes.
    entry : PainEntry
    today : date
        The runner's own day.

    Raises
    ------
    NotFound
        If this viewer may not see the runner, or its session is none of theirs.
    ImpossiblePainEntry, NoRunThatDay
        As ``loadmon.planning.pain_log.checked_entry`` tells them.
    """
    viewer.must_see(entry.athlete_id)
    theirs = and_(
        SessionRow.athlete_id == entry.athlete_id, SessionRow.excluded.is_(False), FactsRow.is_running.is_(True)
    )
    runs = select(SessionRow.id).join(FactsRow, FactsRow.session_id == SessionRow.id).where(theirs)
    if entry.session_id is not None and conn.execute(runs.where(SessionRow.id == entry.session_id)).first() is None:
        raise no_such("session")
    has_run = conn.execute(runs.where(FactsRow.local_day == entry.day).limit(1)).first() is not None
    told = and_(ROW.athlete_id == entry.athlete_id, ROW.day == entry.day, ROW.without_recording.is_(True))
    is_told = conn.execute(select(ROW.id).where(told, ROW.removed.is_(None)).limit(1)).first() is not None
    kept = checked_entry(entry, today, has_run=has_run or is_told)
    row = {
        "athlete_id": kept.athlete_id,
        "day": kept.day,
        "moment": kept.moment,
        "value": None if kept.value is None else float(kept.value),
        "session_id": kept.session_id,
        "settle_min": kept.settle_min,
        "flags": json.dumps(sorted(kept.flags)),
        "area": plain(kept.area),
        "side": kept.side,
        "note": plain(kept.note),
        "without_recording": kept.without_recording and not has_run,
        "out_s": None if has_run else kept.out_s,
        "told_by": viewer.role.value,
        "created": now(),
        "removed": None,
    }
    return int(conn.execute(insert(ROW).returning(ROW.id), row).scalar_one())


def pain_entries(
    conn: Connection, viewer: Viewer, athlete_ids: Iterable[int] | None = None, since: date | None = None
) -> dict[int, PainEntry]:
    """The pain log by number, by runner and day; what was taken back is left out, notes for those who do not read them."""
    asked = select(ROW).where(viewer.rule(ROW.athlete_id, athlete_ids), ROW.removed.is_(None))
    if since is not None:
        asked = asked.where(ROW.day >= since)
    rows = conn.execute(asked.order_by(ROW.athlete_id, ROW.day, ROW.id))
    return {row.id: _entry(row, reads_notes=viewer.reads_notes) for row in rows}


def remove_pain(conn: Connection, viewer: Viewer, entry_id: int) -> None:
    """Take an entry back; ``restore_pain`` puts it back.

    Raises
    ------
    NotFound
    StopsRunning
        If the entry stops a plan, for those who do not decide: a freeze is lifted by a named decision, not by deleting why.
    """
    row = conn.execute(
        select(ROW.flags, ROW.value).where(ROW.id == entry_id, viewer.rule(ROW.athlete_id))
    ).one_or_none()
    limit = default_return_rules().value("stop_pain")
    if (
        row is not None
        and not viewer.decides
        and (json.loads(row.flags) or (row.value is not None and row.value >= limit))
    ):
        raise StopsRunning(
            "This entry puts running on hold, and is taken back by a clinician only.",
            "If it was a slip, tell the clinician who looks after you.",
        )
    set_removed(conn, viewer, ROW, entry_id, "entry", gone=True)


def restore_pain(conn: Connection, viewer: Viewer, entry_id: int) -> None:
    """Put back an entry that was taken back."""
    set_removed(conn, viewer, ROW, entry_id, "entry", gone=False)


def _entry(row: Any, *, reads_notes: bool) -> PainEntry:
    flags = frozenset(json.loads(row.flags))
    if flags and not reads_notes:
        flags = frozenset({HIDDEN_SIGN})  # that running stops is for everyone; why (missed periods, eating) is not
    return PainEntry(
        row.athlete_id, row.day, row.moment, row.value, row.session_id, row.settle_min, flags,
        row.area, row.side, row.note if reads_notes else "", row.without_recording, row.out_s,
    )  # fmt: skip
