"""Sessions on their way into the store: each gets its number at once, and what hangs on it goes in with that of the others."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from typing import Any

from sqlalchemy import Connection, insert

from loadmon.store import corrections, schema
from loadmon.store.insert_new import insert_new
from loadmon.store.originals import Original
from loadmon.store.packed import Packed

HEAD = schema.SessionRow


class Saving:
    """Stores sessions within one transaction; a statement for each table instead of one for each session.

    Nothing of a session but its head is in the store before ``finish``.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    batch_id : int
        The import they come by.
    """

    def __init__(self, conn: Connection, batch_id: int) -> None:
        self.conn, self.batch_id = conn, batch_id
        self._rows: dict[type[schema.Base], list[dict[str, Any]]] = defaultdict(list)

    def add(
        self, athlete_id: int, packed: Packed, original: Original, *, excluded_reason: str | None = None
    ) -> int | None:
        """Store a session's head; the session's number, or None if this very session of this very file is there already.

        Parameters
        ----------
        athlete_id : int
            Whose it is.
        packed : Packed
            The session, made ready by ``pack``.
        original : Original
            The file it came from.
        excluded_reason : str | None
            Why it does not count; None where it counts.
        """
        insert_new(self.conn, schema.OriginalRow, dataclasses.asdict(original))
        head = packed.head | {
            "athlete_id": athlete_id,
            "batch_id": self.batch_id,
            "sha256": packed.sha256,
            "excluded": excluded_reason is not None,
            "excluded_reason": excluded_reason,
        }
        session_id = insert_new(self.conn, HEAD, head, returning=HEAD.id)
        if session_id is None:
            return None
        if packed.corrections:
            corrections.put_rules(self.conn, session_id, packed.corrections)
        self._keep(int(session_id), packed)
        return int(session_id)

    def finish(self) -> None:
        """Store everything that hangs on the sessions added."""
        for table, rows in self._rows.items():
            self.conn.execute(insert(table), rows)
        self._rows.clear()

    def _keep(self, session_id: int, packed: Packed) -> None:
        of, rows = {"session_id": session_id}, self._rows
        stream = {"codec": packed.codec, "samples": packed.samples, "data": packed.stream}
        rows[schema.StreamRow].append(of | stream)
        rows[schema.PartsRow].append(of | {"laps": packed.laps, "events": packed.events})
        rows[schema.FactsRow].append(of | packed.facts)
        rows[schema.WindowsRow].append(of | {"data": packed.windows})
        rows[schema.HeartRateRow].append(of | {"data": packed.heart_rate})
        rows[schema.ExposureRow].append(of | {"data": packed.exposure})
        for name, detail, count in packed.oddities:
            rows[schema.OddityRow].append(of | {"name": name, "detail": detail, "count": count})
