"""Moving stored sessions to the runner whose they are: recorded as a correction, and taken back as easily."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, func, insert, select, update

from loadmon.athlete import Athlete
from loadmon.correction import CorrectionKind, MadeBy
from loadmon.days import offset_in_zone
from loadmon.readers.table_row import TABLE
from loadmon.refusal import Refusal
from loadmon.session import OffsetOrigin
from loadmon.store import owner_clues, squad, waiting
from loadmon.store.access import Viewer, no_such
from loadmon.store.schema import AthleteRow, CorrectionRow, FactsRow, SessionRow, now

HEAD, FACTS, CORRECTION = SessionRow, FactsRow, CorrectionRow
_FROM_HOME = (OffsetOrigin.USER.value, OffsetOrigin.UNKNOWN.value)
"""Where a session's local time comes from if neither its file nor its positions tell it: the runner's home, if known."""


class NothingToMove(Refusal):
    """The sessions are the runner's already."""

    name = "nothing to move"


@dataclass(frozen=True, slots=True)
class Moved:
    """What was moved.

    Parameters
    ----------
    session_ids : tuple of int
        Sessions that are another runner's now.
    athlete_id : int
        Whose.
    from_athletes : tuple of int
        Whose they were.
    taken_back : int
        How many of them went back to where an earlier move had taken them from.
    to_read_again : tuple of int
        Rows of tables whose time was told on the old runner's clock: they have to be read again on the new one's.
    """

    session_ids: tuple[int, ...]
    athlete_id: int
    from_athletes: tuple[int, ...]
    taken_back: int
    to_read_again: tuple[int, ...]


def reassign(conn: Connection, viewer: Viewer, session_ids: Iterable[int], runner: str, *, reason: str = "") -> Moved:
    """Say that sessions are another runner's; moving one back takes the earlier move back.

    Everything that is counted by runner follows by itself. Where a session's local time came from the old runner's home,
    it comes from the new one's now.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``: all of them move, or none.
    viewer : Viewer
        Who moves them: has to see whose they are and whose they become.
    session_ids : iterable of int
    runner : str
        Whose they are; a new name makes a new runner, for those who see all.
    reason : str
        One sentence for the screen; made up from the names if empty.

    Raises
    ------
    NotFound
        If a session or runner is not there, or hidden from this viewer.
    NameTaken
        If a real session would become a sample runner's, or the other way round.
    NothingToMove
        If all of them are this runner's already.
    """
    wanted = sorted(set(session_ids))
    asked = (
        select(HEAD, AthleteRow.name, AthleteRow.is_sample)
        .join(AthleteRow, AthleteRow.id == HEAD.athlete_id)
        .where(HEAD.id.in_(wanted), viewer.rule(HEAD.athlete_id))
        .order_by(HEAD.id)
    )
    rows = conn.execute(asked).all()
    if not rows or len(rows) < len(wanted):
        raise no_such("session")
    target = _target(conn, viewer, runner, is_sample=bool(rows[0].is_sample))
    if any(bool(row.is_sample) is not target.is_sample for row in rows):
        raise squad.NameTaken("Sample runners and real ones never share sessions.", "Move them one after the other.")
    moving = [row for row in rows if row.athlete_id != target.id]
    if not moving:
        raise NothingToMove(f"That is {target.name}'s already.", "Nothing to do.")
    taken_back = 0
    for row in moving:
        words = reason or f"{target.name}'s, and not {row.name}'s, as somebody said."
        taken_back += _record(conn, row.id, row.athlete_id, target.id, words)
        conn.execute(update(HEAD).where(HEAD.id == row.id).values(athlete_id=target.id))
        _tell_time_anew(conn, row.id, row.start_utc, target.time_zone, from_home=row.offset_origin in _FROM_HOME)
    for sha256, origin in sorted({(row.sha256, row.athlete_id) for row in moving}):
        if not conn.execute(select(func.count()).where(HEAD.sha256 == sha256, HEAD.athlete_id == origin)).scalar_one():
            waiting.move_lines(conn, sha256, origin, target.id)
    origins = sorted({row.athlete_id for row in moving})
    for origin in origins:
        worn = {row.serial_hash for row in moving if row.athlete_id == origin and row.serial_hash}
        owner_clues.forget_watches(conn, origin, worn)
    again = tuple(row.id for row in moving if row.format == TABLE and row.offset_origin in _FROM_HOME)
    return Moved(tuple(row.id for row in moving), target.id, tuple(origins), taken_back, again)


def take_back(conn: Connection, viewer: Viewer, correction_id: int) -> Moved:
    """Take a move back: the session is whose it was before.

    Raises
    ------
    NotFound
        If there is no such move, it was taken back already, or the session is hidden from this viewer.
    """
    asked = select(CORRECTION.session_id, CORRECTION.params).where(
        CORRECTION.id == correction_id,
        CORRECTION.kind == CorrectionKind.OWNER.value,
        CORRECTION.removed.is_(None),
    )
    found = conn.execute(asked).one_or_none()
    if found is None:
        raise no_such("correction")
    before = squad.athlete(conn, Viewer.everyone(), int(json.loads(found.params)["from_athlete"]))
    viewer.must_see(before.id)
    return reassign(conn, viewer, [found.session_id], before.name)


def _target(conn: Connection, viewer: Viewer, runner: str, *, is_sample: bool) -> Athlete:
    key = squad.name_key(runner)
    known = conn.execute(select(AthleteRow.id).where(AthleteRow.name_key == key)).scalar_one_or_none()
    if known is not None:
        return squad.athlete(conn, viewer, known)
    if not viewer.sees_all:
        raise no_such("runner")
    return squad.add_athlete(conn, runner, is_sample=is_sample)


def _record(conn: Connection, session_id: int, origin: int, target: int, reason: str) -> int:
    """Write the move down; 1 where it takes the last one back instead, else 0."""
    open_ = and_(
        CORRECTION.session_id == session_id,
        CORRECTION.kind == CorrectionKind.OWNER.value,
        CORRECTION.removed.is_(None),
    )
    last = conn.execute(select(CORRECTION.id, CORRECTION.params).where(open_).order_by(CORRECTION.id.desc())).first()
    if last is not None and json.loads(last.params) == {"from_athlete": target, "to_athlete": origin}:
        conn.execute(update(CORRECTION).where(CORRECTION.id == last.id).values(removed=now()))
        return 1
    row = {
        "session_id": session_id,
        "kind": CorrectionKind.OWNER.value,
        "params": json.dumps({"from_athlete": origin, "to_athlete": target}),
        "reason": reason,
        "made_by": MadeBy.PERSON.value,
        "created": now(),
    }
    conn.execute(insert(CORRECTION), row)
    return 0


def _tell_time_anew(conn: Connection, session_id: int, start: datetime, zone: str | None, *, from_home: bool) -> None:
    """Local time by the new runner's home, where nothing better tells it and nobody has set it right."""
    of_session = and_(CORRECTION.session_id == session_id, CORRECTION.removed.is_(None))
    by_hand = select(CORRECTION.id).where(of_session, CORRECTION.kind == CorrectionKind.CLOCK.value)
    if not from_home or conn.execute(by_hand).first():
        return
    offset = offset_in_zone(start, zone) if zone else None
    origin = OffsetOrigin.UNKNOWN if offset is None else OffsetOrigin.USER
    values = {"utc_offset_s": offset, "offset_origin": origin.value}
    conn.execute(update(HEAD).where(HEAD.id == session_id).values(values))
    day = (start + timedelta(seconds=offset or 0)).date()
    conn.execute(update(FACTS).where(FACTS.session_id == session_id).values(values | {"local_day": day}))
