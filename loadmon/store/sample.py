"""Taking the sample squad out again: its runners, their sessions, and the originals nobody else needs."""

from __future__ import annotations

from sqlalchemy import delete, select

from loadmon.store.engine import Store
from loadmon.store.schema import AthleteRow, ImportBatchRow, OriginalRow, PreferenceRow, SessionRow
from loadmon.store.waiting import needed

_MADE_FOR = "sample_squad_made_for"


def remove(store: Store) -> int:
    """Remove every sample runner with all that hangs on them; the number of runners removed.

    Only what loadmon itself has made goes, so nothing can be lost: it can be made again at any time.
    """
    with store.write() as conn:
        samples = list(conn.execute(select(AthleteRow.id).where(AthleteRow.is_sample)).scalars())
        conn.execute(delete(PreferenceRow).where(PreferenceRow.key == _MADE_FOR))
        if not samples:
            return 0
        theirs = select(SessionRow.sha256).where(SessionRow.athlete_id.in_(samples))
        fingerprints = set(conn.execute(theirs).scalars())
        conn.execute(delete(AthleteRow).where(AthleteRow.id.in_(samples)))
        conn.execute(delete(ImportBatchRow).where(ImportBatchRow.is_sample))
        still = set(conn.execute(select(SessionRow.sha256)).scalars()) | needed(conn, fingerprints)
        gone = sorted(fingerprints - still)
        for first in range(0, len(gone), 500):
            conn.execute(delete(OriginalRow).where(OriginalRow.sha256.in_(gone[first : first + 500])))
    # Files go after the rows: a crash in between leaves a file nobody names, never a row without its file.
    for sha256 in gone:
        store.originals.remove(sha256)
    return len(samples)
