"""What people tell us of their running: how hard a session was, days of which runs are missing. What is taken back can be put back."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date

import numpy as np
import pandas as pd
from sqlalchemy import Connection, and_, insert, select, update

from loadmon import evidence
from loadmon.store.access import Viewer, no_such
from loadmon.store.schema import SessionRow, UnknownDaysRow, now
from loadmon.store.squad import NotAValue
from loadmon.store.taken_back import set_removed
from loadmon.store.told_days import in_order, must_have_come


def add_unknown_days(
    conn: Connection,
    viewer: Viewer,
    athlete_id: int,
    first_day: date,
    last_day: date,
    reason: str,
    *,
    today: date | None = None,
) -> int:
    """Say that runs of these days are missing (both ends included); gives back the entry's number.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    viewer : Viewer
        Whose eyes.
    athlete_id : int
    first_day, last_day : date
    reason : str
    today : date, optional
        The runner's own day, where somebody writes it down by hand: none of the days may lie ahead.

    Raises
    ------
    NotFound
        If this viewer may not see the runner.
    NotAValue
        If the last day lies before the first, or ahead.
    """
    viewer.must_see(athlete_id)
    must_have_come(today, first_day, last_day)
    in_order(first_day, last_day, "The last day lies before the first.")
    row = {"athlete_id": athlete_id, "first_day": first_day, "last_day": last_day, "reason": reason}
    new = insert(UnknownDaysRow).returning(UnknownDaysRow.id)
    return int(conn.execute(new, row | {"created": now(), "removed": None}).scalar_one())


def unknown_days(conn: Connection, viewer: Viewer, athlete_ids: Iterable[int] | None = None) -> pd.DataFrame:
    """Days that are declared missing.

    Returns
    -------
    DataFrame
        ``athlete_id``, ``first_day``, ``last_day`` (datetime64[us], midnight, both included), ``reason``; the index,
        called ``id``, is the entry's number in the diary.
    """
    asked = (
        select(UnknownDaysRow)
        .where(viewer.rule(UnknownDaysRow.athlete_id, athlete_ids), UnknownDaysRow.removed.is_(None))
        .order_by(UnknownDaysRow.athlete_id, UnknownDaysRow.first_day, UnknownDaysRow.id)
    )
    rows = conn.execute(asked).all()
    return pd.DataFrame(
        {
            "athlete_id": np.array([row.athlete_id for row in rows], np.int64),
            "first_day": np.array([row.first_day for row in rows], "datetime64[us]"),
            "last_day": np.array([row.last_day for row in rows], "datetime64[us]"),
            "reason": pd.array([row.reason for row in rows], dtype="str"),
        },
        index=pd.Index([row.id for row in rows], dtype="int64", name="id"),
    )


def remove_unknown_days(conn: Connection, viewer: Viewer, entry_id: int) -> None:
    """Take an entry of missing days back; ``restore_unknown_days`` puts it back."""
    set_removed(conn, viewer, UnknownDaysRow, entry_id, "entry", gone=True)


def restore_unknown_days(conn: Connection, viewer: Viewer, entry_id: int) -> None:
    """Put back an entry of missing days."""
    set_removed(conn, viewer, UnknownDaysRow, entry_id, "entry", gone=False)


def tell_effort(conn: Connection, viewer: Viewer, session_id: int, effort: float | None) -> float | None:
    """Say how hard a session felt; it stands before what file or table told, which is kept.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    viewer : Viewer
        Whose eyes.
    session_id : int
    effort : float | None
        0 to 10; None takes back what was told on a page, so that the file's own counts again.

    Returns
    -------
    float | None
        What had been told on a page before: telling that again undoes this.

    Raises
    ------
    NotFound
        If there is no such session, or this viewer may not see it.
    NotAValue
        If it is not between 0 and 10.
    """
    if effort is not None and not 0.0 <= effort <= evidence.EFFORT_HIGHEST.value:
        raise NotAValue("How hard it was is told from 0 to 10.", "0 is rest, 10 the hardest there is.")
    theirs = and_(SessionRow.id == session_id, viewer.rule(SessionRow.athlete_id))
    before = conn.execute(select(SessionRow.effort_told).where(theirs)).one_or_none()
    if before is None:
        raise no_such("session")
    conn.execute(update(SessionRow).where(theirs).values(effort_told=None if effort is None else float(effort)))
    told: float | None = before[0]
    return told
