"""Fingerprints of the files that are in the store or wait in it, kept at hand while an import runs."""

from __future__ import annotations

from sqlalchemy import Connection, select

from loadmon.store.schema import SessionRow, WaitingFileRow


class Fingerprints:
    """Which files may be there already, so that a new one is not asked about one by one.

    What another import stores at this very moment may be missing: whoever stores a session meets it then. What is in
    here may have gone: whoever finds a file here asks the store.
    """

    def __init__(self) -> None:
        self._met: set[str] = set()
        self._last = 0

    def __contains__(self, sha256: str) -> bool:
        return sha256 in self._met

    def learn(self, conn: Connection) -> None:
        """Take in what has come since this was asked last."""
        fresh = select(SessionRow.id, SessionRow.sha256).where(SessionRow.id > self._last).order_by(SessionRow.id)
        for self._last, sha256 in conn.execute(fresh):
            self._met.add(sha256)
        self._met.update(conn.execute(select(WaitingFileRow.sha256)).scalars())
