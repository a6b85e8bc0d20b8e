"""What was once confirmed to mean a runner: folders' and files' names, watches, profiles; and the watches of sessions."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, delete, func, select

from loadmon.refusal import NotFound
from loadmon.store.access import Viewer, no_such
from loadmon.store.insert_new import insert_new
from loadmon.store.schema import AthleteRow, FactsRow, ImportBatchRow, OwnerClueRow, SessionRow, now

_SERIAL = "serial"
_CLUES = (
    select(OwnerClueRow.id, OwnerClueRow.kind, OwnerClueRow.value, OwnerClueRow.athlete_id, AthleteRow.name)
    .add_columns(OwnerClueRow.batch_id, OwnerClueRow.created)
    .join(AthleteRow, AthleteRow.id == OwnerClueRow.athlete_id)
)


@dataclass(frozen=True, slots=True)
class OwnerClue:
    """One thing that was learnt: its kind (``folder``, ``pattern``, ``serial``, ``profile``), value, runner and when."""

    id: int
    kind: str
    value: str
    athlete_id: int
    runner: str
    batch_id: int | None
    created: datetime


@dataclass(frozen=True, slots=True)
class WornWatch:
    """A watch by the sessions that a runner recorded with it: its fingerprint, what it is, and how many there are."""

    serial: str
    athlete_id: int
    runner: str
    device: str
    sessions: int


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
    asked = _CLUES.where(viewer.rule(OwnerClueRow.athlete_id))
    ordered = asked.order_by(AthleteRow.name_key, OwnerClueRow.kind, OwnerClueRow.value)
    return [OwnerClue(*row) for row in conn.execute(ordered)]


def worn(conn: Connection, viewer: Viewer) -> list[WornWatch]:
    """The watches with which the stored sessions of runners were recorded, by runner and fingerprint; each tells as if learnt."""
    head = SessionRow
    asked = (
        select(head.serial_hash, head.athlete_id, AthleteRow.name, func.max(FactsRow.device), func.count())
        .join(AthleteRow, AthleteRow.id == head.athlete_id)
        .join(FactsRow, FactsRow.session_id == head.id)
        .where(head.serial_hash.is_not(None), viewer.rule(head.athlete_id))
        .group_by(head.serial_hash, head.athlete_id, AthleteRow.name, AthleteRow.name_key)
        .order_by(AthleteRow.name_key, head.serial_hash)
    )
    return [WornWatch(str(row[0]), *row[1:]) for row in conn.execute(asked)]


def forget(conn: Connection, viewer: Viewer, clue_id: int) -> OwnerClue:
    """Forget something that was learnt wrongly; what it told so far stays. Gives back what it was, for ``teach_again``.

    Raises
    ------
    NotFound
        If there is no such clue, or it is of a runner whom this viewer may not see.
    """
    asked = _CLUES.where(OwnerClueRow.id == clue_id, viewer.rule(OwnerClueRow.athlete_id))
    row = conn.execute(asked).one_or_none()
    if row is None:
        raise no_such("clue")
    conn.execute(delete(OwnerClueRow).where(OwnerClueRow.id == clue_id))
    return OwnerClue(*row)


def teach_again(conn: Connection, viewer: Viewer, clue: OwnerClue) -> None:
    """Bring back what was forgotten, as old as it was and of the same import.

    Raises
    ------
    NotFound
        If the runner is not there (any more), or hidden from this viewer; or the import that taught it was undone since.
    """
    viewer.must_see(clue.athlete_id)
    if conn.execute(select(AthleteRow.id).where(AthleteRow.id == clue.athlete_id)).first() is None:
        raise no_such("runner")
    if clue.batch_id is not None:
        asked = select(ImportBatchRow.state).where(ImportBatchRow.id == clue.batch_id)
        if conn.execute(asked).scalar_one_or_none() == "undone":
            raise NotFound(
                "The import that taught it was undone meanwhile.", "Say whose the files are when you import them again."
            )
    row = {"kind": clue.kind, "value": clue.value, "athlete_id": clue.athlete_id}
    insert_new(conn, OwnerClueRow, row | {"batch_id": clue.batch_id, "created": clue.created})


def forget_watches(conn: Connection, athlete_id: int, serials: Iterable[str]) -> None:
    """Forget that these watches are a runner's, as far as none of the runner's sessions was recorded with them."""
    for serial in sorted(set(serials)):
        worn = select(func.count()).where(SessionRow.athlete_id == athlete_id, SessionRow.serial_hash == serial)
        if not conn.execute(worn).scalar_one():
            of = and_(OwnerClueRow.athlete_id == athlete_id, OwnerClueRow.kind == _SERIAL, OwnerClueRow.value == serial)
            conn.execute(delete(OwnerClueRow).where(of))
