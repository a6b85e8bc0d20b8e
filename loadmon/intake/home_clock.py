"""The local time of sessions that became another runner's: by that runner's home, where nothing better tells it."""

from __future__ import annotations

import contextlib
from collections.abc import Iterable

from sqlalchemy import Connection, select, update

from loadmon.days import offset_in_zone
from loadmon.intake.decode import decode
from loadmon.readers.table_row import TABLE
from loadmon.refusal import Refusal
from loadmon.session import OffsetOrigin
from loadmon.store import Viewer, squad
from loadmon.store.originals import Originals
from loadmon.store.schema import SessionRow

HEAD = SessionRow
_FROM_HOME = (OffsetOrigin.USER.value, OffsetOrigin.UNKNOWN.value)


def tell_time(conn: Connection, session_ids: Iterable[int], originals: Originals | None = None) -> list[int]:
    """Tell sessions' local time by their runner's home, where neither the file nor a position tells it.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    session_ids : iterable of int
    originals : Originals | None
        Rows of tables are read again from here, as their very start may be told on the runner's clock; without it they
        keep the start they had.

    Returns
    -------
    list of int
        Sessions whose time is another now: their facts have to be computed anew.
    """
    columns = (HEAD.id, HEAD.athlete_id, HEAD.start_utc, HEAD.utc_offset_s, HEAD.sha256, HEAD.file_name, HEAD.format)
    asked = select(*columns, HEAD.index_in_file).where(HEAD.id.in_(sorted(set(session_ids))))
    rows = conn.execute(asked.where(HEAD.offset_origin.in_(_FROM_HOME)).order_by(HEAD.id)).all()
    zones = {one.id: one.time_zone for one in squad.athletes(conn, Viewer.everyone())} if rows else {}
    changed = []
    for row in rows:
        zone = zones.get(row.athlete_id)
        values = {"start_utc": row.start_utc, "utc_offset_s": offset_in_zone(row.start_utc, zone) if zone else None}
        if row.format == TABLE and originals is not None:
            with contextlib.suppress(Refusal):  # an original that is gone: the session stays where it stood
                for packed in decode(originals.read(row.sha256), row.file_name, zone).sessions:
                    if packed.head["index_in_file"] == row.index_in_file:
                        values = {name: packed.head[name] for name in values}
        if values != {"start_utc": row.start_utc, "utc_offset_s": row.utc_offset_s}:
            origin = OffsetOrigin.UNKNOWN if values["utc_offset_s"] is None else OffsetOrigin.USER
            conn.execute(update(HEAD).where(HEAD.id == row.id).values(values | {"offset_origin": origin.value}))
            changed.append(row.id)
    return changed
