"""Facts computed anew for sessions that were corrected, or that borrow from one that was."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from loadmon.facts import facts_of
from loadmon.store import Viewer, corrections, sessions


def renew(conn: Connection, session_ids: Iterable[int]) -> None:
    """Compute the facts of these sessions anew, with the corrections that are in force now.

    Sessions that borrow channels from one of them are computed anew as well.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    session_ids : iterable of int
        Numbers that are not there (any more) are passed over.
    """
    ids = set(session_ids)
    ids |= set(corrections.borrowers(conn, ids))
    everyone = Viewer.everyone()
    there = sessions.among(conn, sorted(ids))
    fresh = [(number, facts_of(sessions.one(conn, everyone, number).session)) for number in there]
    sessions.replace_facts(conn, fresh)
