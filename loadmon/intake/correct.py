"""Correcting a session, and taking that back: the facts follow in the same transaction."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection

from loadmon.correction import Correction, CorrectionKind, MadeBy
from loadmon.intake.checked import checked
from loadmon.intake.facts_anew import renew
from loadmon.intake.home_clock import tell_time
from loadmon.intake.twins import settle_runner
from loadmon.repair import suggestions
from loadmon.store import Viewer, corrections, ownership, sessions, twins
from loadmon.store.packed import plain
from loadmon.store.squad import NotAValue

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
    _follow(conn, viewer, session_id, correction)
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
    _follow(conn, viewer, session_id, correction)


def put_back(conn: Connection, viewer: Viewer, correction_id: int) -> None:
    """Put a correction in force again that was taken back.

    Raises
    ------
    NotFound
        As ``take_back``.
    """
    session_id, correction = corrections.find(conn, viewer, correction_id)
    corrections.put_back(conn, viewer, correction_id)
    _follow(conn, viewer, session_id, correction)


def suggested(conn: Connection, viewer: Viewer, session_id: int) -> list[Correction]:
    """What rules would put right in a session, without what is put right already and what somebody did not want.

    Raises
    ------
    NotFound
        If there is no such session, or this viewer may not see it.
    """
    read = sessions.as_read(conn, viewer, session_id)
    met = corrections.of_session(conn, viewer, session_id, removed=True)
    return [one for one in suggestions(read.session) if not any(corrections.alike(one, before) for before in met)]


def accept(conn: Connection, viewer: Viewer, session_id: int, suggestion: Correction) -> int:
    """Make a correction of a suggestion: from now on it is a person's. Gives back its number, as ``correct``."""
    return correct(conn, viewer, session_id, replace(suggestion, made_by=MadeBy.PERSON))


def decline(conn: Connection, viewer: Viewer, session_id: int, suggestion: Correction) -> None:
    """Say that a suggestion is not wanted: it is not made again for this session.

    Raises
    ------
    NotFound
        If there is no such session, or this viewer may not see it.
    """
    sessions.must_see(conn, viewer, session_id)
    corrections.decline(conn, session_id, suggestion)


def exclude(conn: Connection, viewer: Viewer, session_id: int, reason: str | None) -> None:
    """Take a session out of every sum, with the reason; or, with None, let it count again. It stays visible.

    Raises
    ------
    NotFound
        If there is no such session, or this viewer may not see it.
    NotAValue
        If the reason is empty: whoever finds the session left out wants to know why.
    """
    if reason is not None and not reason.strip():
        raise NotAValue("A session is left out for a reason.", "Say in a few words why.")
    sessions.exclude(conn, viewer, session_id, None if reason is None else plain(reason.strip()))
    settle_runner(conn, twins.runner_of(conn, viewer, session_id))


def _follow(conn: Connection, viewer: Viewer, session_id: int, correction: Correction) -> None:
    if correction.kind is CorrectionKind.OWNER and ownership.settle(conn, session_id):
        renew(conn, tell_time(conn, [session_id]))
        for athlete_id in sorted({int(correction.params["from_athlete"]), int(correction.params["to_athlete"])}):
            settle_runner(conn, athlete_id)
    if correction.kind not in _NOT_OF_THE_RECORDING:
        renew(conn, [session_id])
        # it may be the other recording that counts now, or no second recording of the run at all
        settle_runner(conn, twins.runner_of(conn, viewer, session_id))
