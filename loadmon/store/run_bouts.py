"""What was found in the streams of runs beside a plan: kept, so that each is looked through once.

It goes with the facts of its session: whatever is put right about a recording drops it (``sessions.replace_facts``).
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection, select

from loadmon.planning.done import BOUTS_VERSION, Done
from loadmon.store.access import Viewer
from loadmon.store.insert_new import put
from loadmon.store.schema import BoutsRow, ChangeCounterRow, FactsRow, SessionRow

ROW, HEAD, FACTS = BoutsRow, SessionRow, FactsRow
_AT_ONCE = 500


def bouts_found(conn: Connection, viewer: Viewer, session_ids: Iterable[int]) -> dict[int, Done]:
    """What was found before in these sessions, by their number; of others nothing was looked for yet, or by other rules.

    Parameters
    ----------
    conn : Connection
        From ``Store.read()``.
    viewer : Viewer
        Whose eyes.
    session_ids : iterable of int
    """
    wanted, found = sorted(set(session_ids)), dict[int, Done]()
    asked = (
        select(ROW.session_id, FACTS.local_day, ROW.run_s, ROW.walk_s, ROW.runs, ROW.middle_run_s, ROW.run_m)
        .join(HEAD, HEAD.id == ROW.session_id)
        .join(FACTS, FACTS.session_id == ROW.session_id)
        .where(ROW.version == BOUTS_VERSION, viewer.rule(HEAD.athlete_id))
    )
    for first in range(0, len(wanted), _AT_ONCE):
        for row in conn.execute(asked.where(ROW.session_id.in_(wanted[first : first + _AT_ONCE]))):
            found[row.session_id] = Done(row.local_day, row.run_s, row.walk_s, row.runs, row.middle_run_s, row.run_m)
    return found


def keep_bouts(conn: Connection, viewer: Viewer, found: Mapping[int, Done], *, as_of: int) -> int:
    """Keep what was found; gives back of how many sessions.

    Nothing is kept where the store has changed since the streams were read: a recording may have been put right meanwhile.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    viewer : Viewer
        Whose eyes; of sessions that they may not see nothing is kept.
    found : mapping of int to Done
        By the session's number.
    as_of : int
        ``Store.revision()`` from before the streams were read.
    """
    if conn.execute(select(ChangeCounterRow.value)).scalar_one() != as_of:
        return 0
    theirs = select(HEAD.id).where(HEAD.id.in_(sorted(found)), viewer.rule(HEAD.athlete_id))
    seen = list(conn.execute(theirs).scalars())
    for number in seen:
        one = found[number]
        row = {
            "session_id": number,
            "version": BOUTS_VERSION,
            "run_s": float(one.run_s),
            "walk_s": float(one.walk_s),
            "runs": int(one.runs),
            "middle_run_s": float(one.middle_run_s),
            "run_m": None if one.run_m is None else float(one.run_m),
        }
        put(conn, ROW, row, same=("session_id",))
    return len(seen)
