"""Moving stored sessions to the runner whose they are: recorded as a correction, and taken back as easily."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, func, select, update

from loadmon.athlete import Athlete
from loadmon.correction import Correction, CorrectionKind
from loadmon.refusal import Refusal
from loadmon.store import corrections, owner_clues, squad, waiting
from loadmon.store.access import Viewer, no_such
from loadmon.store.schema import AthleteRow, SessionRow

HEAD = SessionRow


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
    runner : str
        The name.
    taken_back : int
        How many of them went back to where an earlier move had taken them from.
    """

    session_ids: tuple[int, ...]
    athlete_id: int
    runner: str
    taken_back: int


def reassign(conn: Connection, viewer: Viewer, session_ids: Iterable[int], runner: str, *, reason: str = "") -> Moved:
    """Say that sessions are another runner's; moving one back takes the earlier move back.

    ``intake.assign.reassign``, which pages and commands use, tells the time by the new runner's home besides.

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
        select(HEAD.id, HEAD.athlete_id, AthleteRow.name, AthleteRow.is_sample)
        .join(AthleteRow, AthleteRow.id == HEAD.athlete_id)
        .where(HEAD.id.in_(wanted), viewer.rule(HEAD.athlete_id))
        .order_by(HEAD.id)
    )
    rows = conn.execute(asked).all()
    if not rows or len(rows) < len(wanted):
        raise no_such("session")
    target = _target(conn, viewer, runner, is_sample=bool(rows[0].is_sample))
    if any(bool(row.is_sample) is not target.is_sample for row in rows):
        raise squad.NameTaken("Sample runners and real ones never share sessions.", "Name another runner.")
    moving = [row for row in rows if row.athlete_id != target.id]
    if not moving:
        raise NothingToMove(f"That is {target.name}'s already.", "Nothing to do.")
    taken_back = 0
    for row in moving:
        words = reason or f"It is {target.name}'s and not {row.name}'s, as somebody said."
        taken_back += _record(conn, row.id, row.athlete_id, target.id, words)
    ids = [row.id for row in moving]
    _move(conn, ids, target.id)
    return Moved(tuple(ids), target.id, target.name, taken_back)


def settle(conn: Connection, session_id: int) -> bool:
    """Put a session with the runner whose it is by the moves in force; True where it was another's.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    session_id : int
        One of whose moves was taken back, or put back.
    """
    moves = _moves(conn, session_id, removed=True)
    if not moves:
        return False
    in_force = [move for move in moves if move.removed is None]
    whose = in_force[-1].params["to_athlete"] if in_force else moves[0].params["from_athlete"]
    now_with = conn.execute(select(HEAD.athlete_id).where(HEAD.id == session_id)).scalar_one()
    if conn.execute(select(AthleteRow.id).where(AthleteRow.id == whose)).first() is None:
        raise no_such("runner")
    if now_with == whose:
        return False
    _move(conn, [session_id], int(whose))
    return True


def _move(conn: Connection, ids: Sequence[int], target: int) -> None:
    """Let sessions be another runner's, with the lines of report of their files and what their watches told."""
    asked = select(HEAD.id, HEAD.athlete_id, HEAD.sha256, HEAD.serial_hash).where(HEAD.id.in_(ids)).order_by(HEAD.id)
    rows: list[Any] = list(conn.execute(asked).all())
    conn.execute(update(HEAD).where(HEAD.id.in_(ids)).values(athlete_id=target))
    for sha256, origin in sorted({(row.sha256, row.athlete_id) for row in rows}):
        left = select(func.count()).where(HEAD.sha256 == sha256, HEAD.athlete_id == origin)
        if not conn.execute(left).scalar_one():
            waiting.move_lines(conn, sha256, origin, target)
    for origin in sorted({row.athlete_id for row in rows}):
        worn = {row.serial_hash for row in rows if row.athlete_id == origin and row.serial_hash}
        owner_clues.forget_watches(conn, origin, worn)


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
    last = next(reversed(_moves(conn, session_id)), None)
    if last is not None and last.id is not None and last.params["from_athlete"] == target:
        corrections.take_back(conn, Viewer.everyone(), last.id)
        return 1
    params = {"from_athlete": origin, "to_athlete": target}
    corrections.add(conn, session_id, Correction(CorrectionKind.OWNER, params, reason))
    return 0


def _moves(conn: Connection, session_id: int, *, removed: bool = False) -> list[Correction]:
    found = corrections.of_session(conn, Viewer.everyone(), session_id, removed=removed)
    return [one for one in found if one.kind is CorrectionKind.OWNER]
