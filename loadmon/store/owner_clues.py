"""What was once confirmed to mean a runner: folders' and files' names, watches, profiles; and the watches of sessions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, func, select

from loadmon.store.access import Viewer, no_such
from loadmon.store.insert_new import insert_new
from loadmon.store.schema import AthleteRow, OwnerClueRow, SessionRow, now

_SERIAL = "serial"


@dataclass(frozen=True, slots=True)
class OwnerClue:
    """One thing that was learnt: its kind (``folder``, ``pattern``, ``serial``, ``profile``), value, runner and when."""

    id: int
    kind: str
    value: str
    runner: str
    batch_id: int | None
    created: datetime


def runners(conn: Connection, *, is_sample: bool = False) -> list[str]:
    """Names of the runners who are there (for the importer)."""
    asked = select(AthleteRow.name).where(AthleteRow.is_sample.is_(is_sample)).order_by(AthleteRow.name_key)
    return list(conn.execute(asked).scalars())


def known(conn: Connection, *, is_sample: bool = False) -> list[tuple[str, str, str]]:
    """Kind, value and runner of everything that tells owners apart (for the importer); watches of stored sessions as well.

    Parameters
    ----------
    conn : Connection
    is_sample : bool
        Whether it is about the sample squad, whose watches say nothing of anybody else's.
    """
    clue, head = OwnerClueRow, SessionRow
    theirs: Any = AthleteRow.is_sample.is_(is_sample)
    clues = (
        select(clue.kind, clue.value, AthleteRow.name).join(AthleteRow, AthleteRow.id == clue.athlete_id).where(theirs)
    )
    worn = (
        select(head.serial_hash, AthleteRow.name)
        .join(AthleteRow, AthleteRow.id == head.athlete_id)
        .where(theirs, head.serial_hash.is_not(None))
        .distinct()
    )
    found = {(kind, value, name) for kind, value, name in conn.execute(clues)}
    found |= {(_SERIAL, serial, name) for serial, name in conn.execute(worn) if serial is not None}
    return sorted(found)


def teach(conn: Connection, athlete_id: int, clues: Iterable[tuple[str, str]], batch_id: int | None) -> int:
    """Keep that these kinds and values mean a runner; how many of them are new.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    athlete_id : int
        Whose they are.
    clues : iterable of (kind, value)
    batch_id : int | None
        The import whose files taught it: it is forgotten when that is undone.
    """
    row = {"athlete_id": athlete_id, "batch_id": batch_id, "created": now()}
    made = [
        insert_new(conn, OwnerClueRow, row | {"kind": str(kind), "value": value}, returning=OwnerClueRow.id)
        for kind, value in clues
    ]
    return sum(number is not None for number in made)


def learnt(conn: Connection, viewer: Viewer) -> list[OwnerClue]:
    """Everything that was learnt of the runners this viewer may see, by runner, kind and value."""
    asked = (
        select(OwnerClueRow.id, OwnerClueRow.kind, OwnerClueRow.value, AthleteRow.name)
        .add_columns(OwnerClueRow.batch_id, OwnerClueRow.created)
        .join(AthleteRow, AthleteRow.id == OwnerClueRow.athlete_id)
        .where(viewer.rule(OwnerClueRow.athlete_id))
        .order_by(AthleteRow.name_key, OwnerClueRow.kind, OwnerClueRow.value)
    )
    return [OwnerClue(*row) for row in conn.execute(asked)]


def forget(conn: Connection, viewer: Viewer, clue_id: int) -> None:
    """Forget something that was learnt wrongly; what it told so far stays.

    Raises
    ------
    NotFound
        If there is no such clue, or it is of a runner whom this viewer may not see.
    """
    theirs = and_(OwnerClueRow.id == clue_id, viewer.rule(OwnerClueRow.athlete_id))
    if conn.execute(delete(OwnerClueRow).where(theirs)).rowcount == 0:
        raise no_such("clue")


def forget_watches(conn: Connection, athlete_id: int, serials: Iterable[str]) -> None:
    """Forget that these watches are a runner's, as far as none of the runner's sessions was recorded with them."""
    for serial in sorted(set(serials)):
        worn = select(func.count()).where(SessionRow.athlete_id == athlete_id, SessionRow.serial_hash == serial)
        if not conn.execute(worn).scalar_one():
            of = and_(OwnerClueRow.athlete_id == athlete_id, OwnerClueRow.kind == _SERIAL, OwnerClueRow.value == serial)
            conn.execute(delete(OwnerClueRow).where(of))
