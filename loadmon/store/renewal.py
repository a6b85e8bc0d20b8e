"""Putting a session that was read again in the place of the one that was stored."""

from __future__ import annotations

from dataclasses import dataclass

from sqlalchemy import Connection, delete, insert, select, update

from loadmon.readers.account import SPORT_TOLD, Told
from loadmon.store import corrections, schema
from loadmon.store.insert_new import put
from loadmon.store.packed import Packed

HEAD = schema.SessionRow


@dataclass(frozen=True, slots=True)
class StoredFile:
    """One original and what was stored of it.

    Parameters
    ----------
    sha256, file_name, athlete_id
    sessions : dict of int to int
        The numbers of its sessions by their place in the file.
    told : dict of int to Told
        By the same places, what an account's own list told of them: no reading of the file brings it back.
    """

    sha256: str
    file_name: str
    athlete_id: int
    sessions: dict[int, int]
    told: dict[int, Told]


def files(conn: Connection) -> list[StoredFile]:
    """Every file of which sessions are stored and the bytes are kept, oldest first."""
    columns = (HEAD.sha256, HEAD.file_name, HEAD.athlete_id, HEAD.index_in_file, HEAD.id)
    told = (HEAD.title, HEAD.shoes, HEAD.effort, HEAD.sport)
    odd = schema.OddityRow
    by_account = set(conn.execute(select(odd.session_id).where(odd.name == SPORT_TOLD)).scalars())
    kept = schema.OriginalRow.kept.is_(True)
    asked = select(*columns, *told).join(schema.OriginalRow, schema.OriginalRow.sha256 == HEAD.sha256).where(kept)
    found: dict[str, StoredFile] = {}
    for sha256, name, athlete_id, index, number, title, shoes, effort, sport in conn.execute(asked.order_by(HEAD.id)):
        file = found.setdefault(sha256, StoredFile(sha256, name, athlete_id, {}, {}))
        file.sessions[index] = number
        if title or shoes or effort is not None or number in by_account:
            file.told[index] = Told(title, sport if number in by_account else None, shoes, effort)
    return list(found.values())


def replace_session(conn: Connection, session_id: int, packed: Packed) -> None:
    """Put everything read anew in the place of what was stored; number, owner, import, exclusion and what people told stay.

    So do persons' corrections, and what they took back of the rules'; the facts are to follow them (``intake.correct``).

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``: the old one is there until all of the new one is.
    session_id : int
        The stored session.
    packed : Packed
        The same session of the same file, read again.
    """
    of = {"session_id": session_id}
    head = {name: value for name, value in packed.head.items() if name != "index_in_file"}
    conn.execute(update(HEAD).where(HEAD.id == session_id).values(head))
    stream = {"codec": packed.codec, "samples": packed.samples, "data": packed.stream}
    for table, row in (
        (schema.StreamRow, stream),
        (schema.PartsRow, {"laps": packed.laps, "events": packed.events}),
        (schema.FactsRow, packed.facts),
        (schema.WindowsRow, {"data": packed.windows}),
    ):
        conn.execute(update(table).where(table.session_id == session_id).values(row))
    # a session stored by an earlier version may have no such rows yet
    put(conn, schema.HeartRateRow, of | {"data": packed.heart_rate}, same=("session_id",))
    put(conn, schema.ExposureRow, of | {"data": packed.exposure}, same=("session_id",))
    for told in (schema.OddityRow, schema.BoutsRow):
        conn.execute(delete(told).where(told.session_id == session_id))
    if packed.oddities:
        rows = [of | {"name": name, "detail": detail, "count": count} for name, detail, count in packed.oddities]
        conn.execute(insert(schema.OddityRow), rows)
    corrections.put_rules(conn, session_id, packed.corrections)
