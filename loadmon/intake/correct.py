"""Correcting a session, and taking that back: the facts follow in the same transaction."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from loadmon.correction import Correction, CorrectionKind
from loadmon.facts import facts_of
from loadmon.intake.checked import checked
from loadmon.intake.home_clock import tell_time
from loadmon.store import Viewer, corrections, ownership, sessions

_NOT_OF_THE_RECORDING = frozenset({CorrectionKind.LOAD, CorrectionKind.OWNER})
"""Facts are the same with and without them."""


def correct(conn: Connection, viewer: Viewer, session_id: int, correction: Correction) -> int:
    """Correct a session: the correction is kept and the facts are computed anew with it, both or neither.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    viewer : Viewer
        Whose eyes.
    session_id : int
    correction : Correction

    Returns
    -------
    int
        The correction's number, with which it can be taken back.

    Raises
    ------
    NotFound
        If there is no such session, or this viewer may not see it.
    Refusal
        If it cannot be meant, as ``checked`` tells it.
    """
    read = sessions.as_read(conn, viewer, session_id)
    if correction.other_id is not None:
        sessions.must_see(conn, viewer, correction.other_id)
    number = corrections.add(conn, session_id, checked(correction, read))
    _follow(conn, session_id, correction)
    return number


def take_back(conn: Connection, viewer: Viewer, correction_id: int) -> None:
    """Take a correction back; the facts are those without it again.

    Raises
    ------
    NotFound
        If there is none with this number, or this viewer may not see its session.
    """
    session_id, correction = corrections.find(conn, viewer, correction_id)
    corrections.take_back(conn, viewer, correction_id)
    _follow(conn, session_id, correction)


def put_back(conn: Connection, viewer: Viewer, correction_id: int) -> None:
    """Put a correction in force again that was taken back.

    Raises
    ------
    NotFound
        As ``take_back``.
    """
    session_id, correction = corrections.find(conn, viewer, correction_id)
    corrections.put_back(conn, viewer, correction_id)
    _follow(conn, session_id, correction)


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


def _follow(conn: Connection, session_id: int, correction: Correction) -> None:
    if correction.kind is CorrectionKind.OWNER and ownership.settle(conn, session_id):
        renew(conn, tell_time(conn, [session_id]))
    if correction.kind not in _NOT_OF_THE_RECORDING:
        renew(conn, [session_id])
