"""Corrections in the store: what persons and rules changed about sessions, each of which can be taken back and put back."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, delete, insert, select, update

from loadmon.correction import Correction, CorrectionKind, MadeBy
from loadmon.repair import BY_READING
from loadmon.store.access import Viewer, no_such
from loadmon.store.packed import plain
from loadmon.store.schema import CorrectionRow, SessionRow, now
from loadmon.store.squad import NotAValue

ROW = CorrectionRow
_AT_ONCE = 500
_ONE_ONLY = frozenset({CorrectionKind.DISTANCE, CorrectionKind.CROP, CorrectionKind.CLOCK, CorrectionKind.LOAD})
"""Of what a session has one only: a new correction takes the place of the one before. A clock is the watch's or the
runner's own, a load is told in one measure or the other."""


def add(conn: Connection, session_id: int, correction: Correction) -> int:
    """Write a correction down; gives back its number. Facts follow with ``intake.correct``, which pages and commands use.

    A session has one distance, one crop, one clock and one told load: where there is one in force, it is taken back.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    session_id : int
        The session it corrects.
    correction : Correction
        Its ``id``, ``created`` and ``removed`` are passed over.

    Raises
    ------
    NotAValue
        If its params are no plain values.
    """
    row = _row(session_id, correction)
    for before in of_sessions(conn, [session_id]).get(session_id, []):
        if before.id is not None and _same_slot(before, correction):
            _set_removed(conn, before.id, gone=True)
    return int(conn.execute(insert(ROW).returning(ROW.id), row).scalar_one())


def decline(conn: Connection, session_id: int, suggestion: Correction) -> int:
    """Write down that a suggestion was looked at and not wanted: it is kept as one that was taken back."""
    row = _row(session_id, suggestion) | {"made_by": MadeBy.RULE.value, "removed": now()}
    return int(conn.execute(insert(ROW).returning(ROW.id), row).scalar_one())


def take_back(conn: Connection, viewer: Viewer, correction_id: int) -> None:
    """Take a correction back: it is not in force any more; ``put_back`` puts it in force again.

    Raises
    ------
    NotFound
        If there is none with this number, or this viewer may not see its session.
    """
    find(conn, viewer, correction_id)
    _set_removed(conn, correction_id, gone=True)


def put_back(conn: Connection, viewer: Viewer, correction_id: int) -> None:
    """Put a correction in force again that was taken back; what took its place meanwhile is taken back.

    Raises
    ------
    NotFound
        As ``take_back``.
    """
    session_id, correction = find(conn, viewer, correction_id)
    for other in of_sessions(conn, [session_id]).get(session_id, []):
        if other.id is not None and other.id != correction_id and _same_slot(other, correction):
            _set_removed(conn, other.id, gone=True)
    _set_removed(conn, correction_id, gone=False)


def find(conn: Connection, viewer: Viewer, correction_id: int) -> tuple[int, Correction]:
    """A correction by its number, with the number of its session.

    Raises
    ------
    NotFound
        If there is none, or this viewer may not see its session.
    """
    asked = select(ROW).join(SessionRow, SessionRow.id == ROW.session_id)
    row = conn.execute(asked.where(ROW.id == correction_id, viewer.rule(SessionRow.athlete_id))).one_or_none()
    if row is None:
        raise no_such("correction")
    return row.session_id, _correction(row)


def of_session(conn: Connection, viewer: Viewer, session_id: int, *, removed: bool = False) -> list[Correction]:
    """A session's corrections in force, oldest first; with ``removed`` also those that were taken back."""
    asked = (
        select(ROW)
        .join(SessionRow, SessionRow.id == ROW.session_id)
        .where(ROW.session_id == session_id, viewer.rule(SessionRow.athlete_id))
        .order_by(ROW.created, ROW.id)
    )
    if not removed:
        asked = asked.where(ROW.removed.is_(None))
    return [_correction(row) for row in conn.execute(asked)]


def of_sessions(conn: Connection, ids: Iterable[int]) -> dict[int, list[Correction]]:
    """The corrections in force of many sessions, oldest first (asks nobody's leave); sessions without any are not in it."""
    found: dict[int, list[Correction]] = defaultdict(list)
    wanted = sorted(set(ids))
    for first in range(0, len(wanted), _AT_ONCE):
        among = ROW.session_id.in_(wanted[first : first + _AT_ONCE])
        asked = select(ROW).where(among, ROW.removed.is_(None)).order_by(ROW.created, ROW.id)
        for row in conn.execute(asked):
            found[row.session_id].append(_correction(row))
    return dict(found)


def borrowers(conn: Connection, ids: Iterable[int]) -> list[int]:
    """The sessions into which channels of these are borrowed: their facts follow when these change or go."""
    wanted, found = sorted(set(ids)), set[int]()
    for first in range(0, len(wanted), _AT_ONCE):
        among = ROW.other_id.in_(wanted[first : first + _AT_ONCE])
        found.update(conn.execute(select(ROW.session_id).where(among, ROW.removed.is_(None))).scalars())
    return sorted(found)


def among(conn: Connection, ids: Iterable[int]) -> list[int]:
    """Which of these sessions have corrections, in force or taken back."""
    wanted, found = sorted(set(ids)), set[int]()
    for first in range(0, len(wanted), _AT_ONCE):
        found.update(
            conn.execute(select(ROW.session_id).where(ROW.session_id.in_(wanted[first : first + _AT_ONCE]))).scalars()
        )
    return sorted(found)


def loads_told(conn: Connection, viewer: Viewer, athlete_ids: Iterable[int] | None = None) -> pd.DataFrame:
    """What persons said that sessions were worth.

    Returns
    -------
    DataFrame
        ``session_id`` (int64), ``measure`` (``points``, ``trimp``), ``value`` (float64), ``reason`` (str); one row a session
        and measure, by session.
    """
    asked = (
        select(ROW)
        .join(SessionRow, SessionRow.id == ROW.session_id)
        .where(ROW.kind == CorrectionKind.LOAD.value, ROW.removed.is_(None))
        .where(viewer.rule(SessionRow.athlete_id, athlete_ids))
        .order_by(ROW.session_id, ROW.created, ROW.id)
    )
    rows = [(row.session_id, json.loads(row.params), row.reason) for row in conn.execute(asked)]
    told = pd.DataFrame(
        {
            "session_id": np.array([session_id for session_id, _, _ in rows], np.int64),
            "measure": pd.array([str(params.get("measure", "")) for _, params, _ in rows], dtype="str"),
            "value": np.array([params.get("value", np.nan) for _, params, _ in rows], np.float64),
            "reason": pd.array([reason for _, _, reason in rows], dtype="str"),
        }
    )
    return told.drop_duplicates(["session_id", "measure"], keep="last", ignore_index=True)


def put_rules(conn: Connection, session_id: int, found: Sequence[Correction]) -> None:
    """Put what rules found when a session was read in the place of what they found before.

    What a person took back stays taken back, although the rule finds it again.
    """
    of_reading = ROW.kind.in_([kind.value for kind in BY_READING])  # other rules look at several recordings
    asked = select(ROW).where(ROW.session_id == session_id, ROW.made_by == MadeBy.RULE.value, of_reading)
    before = [_correction(row) for row in conn.execute(asked)]
    gone = {one.id for one in before if one.removed is None and not any(alike(one, new) for new in found)}
    if gone:
        conn.execute(delete(ROW).where(ROW.id.in_(gone)))
    fresh = [_row(session_id, new) for new in found if not any(alike(one, new) for one in before)]
    if fresh:
        conn.execute(insert(ROW), fresh)


def alike(one: Correction, other: Correction) -> bool:
    """Whether two corrections say the same of a session: the same kind, the same channel, and moments that overlap."""
    if one.kind is not other.kind or one.params.get("channel") != other.params.get("channel"):
        return False
    if one.kind is CorrectionKind.CLOCK:
        return _same_slot(one, other)
    ends = [(c.params.get("from_s"), c.params.get("to_s")) for c in (one, other)]
    if any(isinstance(end, int | float) for pair in ends for end in pair):
        (a, b), (c, d) = (((x or 0.0), (np.inf if y is None else y)) for x, y in ends)
        return bool(a <= d and c <= b)
    return True


def _same_slot(one: Correction, other: Correction) -> bool:
    """Whether a session has room for only one of the two."""
    if one.kind is not other.kind or one.kind not in _ONE_ONLY:
        return False
    if one.kind is CorrectionKind.LOAD:
        return bool(one.params.get("measure") == other.params.get("measure"))
    if one.kind is CorrectionKind.CLOCK:
        return bool(one.params.get("shift_s")) == bool(other.params.get("shift_s"))
    return True


def _set_removed(conn: Connection, correction_id: int, *, gone: bool) -> None:
    conn.execute(update(ROW).where(ROW.id == correction_id).values(removed=now() if gone else None))


def _row(session_id: int, correction: Correction) -> dict[str, Any]:
    try:
        params = json.dumps(correction.params, sort_keys=True, allow_nan=False)
    except (TypeError, ValueError) as why:
        raise NotAValue("A correction holds something that is no plain value.", "Give numbers and words only.") from why
    return {
        "session_id": session_id,
        "kind": correction.kind.value,
        "params": plain(params),
        "other_id": correction.other_id,
        "reason": plain(correction.reason),
        "made_by": correction.made_by.value,
        "created": now(),
        "removed": None,
    }


def _correction(row: Any) -> Correction:
    return Correction(
        kind=CorrectionKind(row.kind),
        params=json.loads(row.params),
        reason=row.reason,
        made_by=MadeBy(row.made_by),
        other_id=row.other_id,
        id=row.id,
        created=row.created,
        removed=row.removed,
    )
