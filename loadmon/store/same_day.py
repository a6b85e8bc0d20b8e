"""A table that tells a session's time only in part beside the files of the same sessions: each session counts once."""

from __future__ import annotations

from sqlalchemy import Connection, select, update

from loadmon.readers.table_row import NO_LENGTH, NO_TIME, TABLE
from loadmon.store import schema
from loadmon.store.packed import Packed

HEAD, FACTS, ODDITY = schema.SessionRow, schema.FactsRow, schema.OddityRow
ALIKE = 0.05
"""Distances that differ by so small a share are the same session's (loadmon convention)."""
ALIKE_TIME = 0.15
"""Times may differ by more: a table may hold the moving or the whole time."""
REASON = "a file of the same day holds the same session, and the table tells no time of day"
REASON_LENGTH = "a file of the same day holds the same session, and the table tells no time it took"
_TIMELESS = (NO_TIME, NO_LENGTH)


def count_once(conn: Connection, athlete_id: int, session_id: int, packed: Packed) -> None:
    """Take a table's session out of the sums where a file of the same day holds it; nothing is deleted.

    Sessions with a time of day and a length need none of this: recordings of the same minutes are found by their time.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    athlete_id, session_id : int
        Whose session was just stored, and its number.
    packed : Packed
        The session.
    """
    is_timeless = any(name in _TIMELESS for name, _, _ in packed.oddities)
    from_table = packed.head["format"] == TABLE
    if from_table and not is_timeless:
        return
    other = HEAD.format != TABLE if from_table else HEAD.format == TABLE
    asked = (
        select(HEAD.id, FACTS.distance_m, HEAD.elapsed_s, FACTS.moving_s)
        .join(FACTS, FACTS.session_id == HEAD.id)
        .where(HEAD.athlete_id == athlete_id, FACTS.local_day == packed.facts["local_day"], other)
        .where(HEAD.excluded.is_(False), HEAD.id != session_id)
        .order_by(HEAD.id)
    )
    if not from_table:
        asked = asked.where(HEAD.id.in_(select(ODDITY.session_id).where(ODDITY.name.in_(_TIMELESS))))
    ours = (packed.facts["distance_m"], packed.head["elapsed_s"], packed.facts["moving_s"])
    for number, *theirs in conn.execute(asked).all():
        if _alike(ours, tuple(theirs)):
            less = session_id if from_table else number
            odd = select(ODDITY.name).where(ODDITY.session_id == less, ODDITY.name == NO_TIME)
            why = REASON if conn.execute(odd).first() else REASON_LENGTH
            conn.execute(update(HEAD).where(HEAD.id == less).values(excluded=True, excluded_reason=why))
            return


def _alike(ours: tuple[float | None, ...], theirs: tuple[float | None, ...]) -> bool:
    """The same distance, and one of the times the same; where one of the two is not told, the other alone."""
    both_far = bool(ours[0] and theirs[0])
    if ours[0] and theirs[0] and abs(ours[0] - theirs[0]) > ALIKE * max(ours[0], theirs[0]):
        return False
    if not any(ours[1:]) or not any(theirs[1:]):
        return both_far
    return any(a and b and abs(a - b) <= ALIKE_TIME * max(a, b) for a in ours[1:] for b in theirs[1:])
