"""What people tell us: injuries, how hard a session was, days of which runs are missing. What is taken back can be put back."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, and_, func, insert, select, update

from loadmon import evidence
from loadmon.days import day_number
from loadmon.injury import Injury
from loadmon.planning.injury_codes import CODE
from loadmon.risk.diary_begin import diary_begins
from loadmon.store.access import Viewer, no_such
from loadmon.store.schema import AthleteRow, CheckInRow, InjuryRow, PainRow, SessionRow, UnknownDaysRow, now
from loadmon.store.squad import NotAValue


def add_injury(conn: Connection, viewer: Viewer, injury: Injury, *, today: date | None = None) -> int:
    """Write an injury down; gives back its number in the diary.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    viewer : Viewer
        Whose eyes.
    injury : Injury
    today : date, optional
        The runner's own day, where somebody writes it down by hand: no day of it may lie ahead.

    Raises
    ------
    NotFound
        If this viewer may not see the runner.
    NotAValue
        If the return lies before the onset, a day lies ahead, no area is named, or the side is none.
    """
    viewer.must_see(injury.athlete_id)
    _must_be_whole(injury, today)
    row = dataclasses.asdict(injury) | {"created": now(), "removed": None}
    return int(conn.execute(insert(InjuryRow).returning(InjuryRow.id), row).scalar_one())


def describe_injury(
    conn: Connection, viewer: Viewer, injury_id: int, *, today: date | None = None, **fields: str | date | None
) -> dict[str, str | date | None]:
    """Say more of an injury or put it right: its days, its place, what kind it is; gives back what was said of these before.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    viewer : Viewer
        Whose eyes.
    injury_id : int
    today : date, optional
        The runner's own day, where somebody changes it by hand: no day of it may lie ahead.
    fields : str | date | None
        Any of mode, mechanism, contact, episode, setting, tissue, code, reporter, area, side, note, onset, returned.

    Raises
    ------
    NotFound
        If there is none with this number, or this viewer may not see the runner.
    NotAValue
        If a field holds what none of its choices has, an injury would be without a place or a first day, or its days lie
        ahead or the wrong way round.
    """
    theirs = and_(InjuryRow.id == injury_id, viewer.rule(InjuryRow.athlete_id))
    row = conn.execute(select(InjuryRow).where(theirs)).one_or_none()
    if row is None:
        raise no_such("injury")
    if not viewer.reads_notes:
        fields.pop("note", None)
    if set(fields) - set(DESCRIBED):
        raise NotAValue("That cannot be said of an injury.", "Choose from the form.")
    injury = dataclasses.replace(_injury(row, reads_notes=True), **fields)  # type: ignore[arg-type]
    _must_be_whole(injury, today)
    before = {name: getattr(row, name) for name in fields}
    if fields:
        conn.execute(update(InjuryRow).where(theirs).values(**fields))
    return before


DESCRIBED = (
    "mode", "mechanism", "contact", "episode", "setting", "tissue", "code", "reporter", "area", "side", "note", "onset",
    "returned",
)  # fmt: skip
"""What may be said of an injury after it was noted."""


def _must_be_whole(injury: Injury, today: date | None) -> None:
    days = injury.onset, injury.returned
    if not isinstance(injury.onset, date) or not isinstance(injury.returned, date | None):
        raise NotAValue("The day on which the injury began or ended is no day.", "Choose it from the calendar.")
    _must_have_come(today, *days)
    _in_order(*days, "The return lies before the injury.")
    if not injury.area.strip():
        raise NotAValue("Where the injury is has been left empty.", "Name the area, such as shin or knee.")
    if injury.side not in (None, "left", "right", "both"):
        raise NotAValue("The side is neither left, right nor both.", "Choose one of them or leave it open.")
    _fields_must_be_known(injury)


def _fields_must_be_known(injury: Injury) -> None:
    if odd := injury.odd_fields:
        raise NotAValue(
            f"What was said of the injury's {odd[0]} is none of the choices.", "Choose one or leave it open."
        )
    if injury.code is not None and not CODE.fullmatch(injury.code):
        raise NotAValue("The code is none of an injury.", "Choose one from the list or leave it open.")


def _injury(row: Any, *, reads_notes: bool) -> Injury:
    return Injury(
        row.athlete_id, row.onset, row.returned, row.area, row.side, row.note if reads_notes else "", row.mode,
        row.mechanism, row.contact, row.episode, row.setting, row.tissue, row.code, row.reporter or "",
    )  # fmt: skip


def close_injury(
    conn: Connection, viewer: Viewer, injury_id: int, returned: date | None, *, today: date | None = None
) -> None:
    """Say when the runner was back in full; None opens the injury again; with ``today``, no day may lie ahead of it."""
    _must_have_come(today, returned)
    theirs = and_(InjuryRow.id == injury_id, viewer.rule(InjuryRow.athlete_id))
    onset = conn.execute(select(InjuryRow.onset).where(theirs)).scalar_one_or_none()
    if onset is None:
        raise no_such("injury")
    _in_order(onset, returned, "The return lies before the injury.")
    conn.execute(update(InjuryRow).where(InjuryRow.id == injury_id).values(returned=returned))


def injuries(conn: Connection, viewer: Viewer, athlete_ids: Iterable[int] | None = None) -> dict[int, Injury]:
    """Injuries by their number in the diary, earliest first; notes are empty for those who do not read them."""
    asked = (
        select(InjuryRow)
        .where(viewer.rule(InjuryRow.athlete_id, athlete_ids), InjuryRow.removed.is_(None))
        .order_by(InjuryRow.onset, InjuryRow.id)
    )
    return {row.id: _injury(row, reads_notes=viewer.reads_notes) for row in conn.execute(asked)}


def begins(conn: Connection, viewer: Viewer, athlete_ids: Iterable[int] | None = None) -> dict[int, int]:
    """From which day number on the diary of each runner is kept, as ``loadmon.risk.diary_begin`` tells it.

    The club's own beginning is a day and names nobody, so it is the same for every viewer: an estimate must not depend on who
    looks. Sample runners are a club of their own.
    """
    found: dict[int, int] = {}
    for sample in (False, True):
        club = select(AthleteRow.id).where(AthleteRow.is_sample.is_(sample))
        entries = [
            (row[0], day_number(row[1]))
            for table, day in ((PainRow, PainRow.day), (CheckInRow, CheckInRow.day))
            for row in conn.execute(
                select(table.athlete_id, func.min(day))
                .where(table.removed.is_(None), table.athlete_id.in_(club))
                .group_by(table.athlete_id)
            )
        ]
        asked = select(SessionRow.athlete_id, func.min(SessionRow.start_utc)).where(SessionRow.athlete_id.in_(club))
        ran = {row[0]: row[1].date() for row in conn.execute(asked.group_by(SessionRow.athlete_id))}
        told = select(InjuryRow.athlete_id, InjuryRow.onset)
        hurt = conn.execute(told.where(InjuryRow.removed.is_(None), InjuryRow.athlete_id.in_(club)))
        # a local day may begin up to a day before that of UTC
        injuries = [
            (who, day_number(onset)) for who, onset in hurt if who in ran and onset >= ran[who] - timedelta(days=1)
        ]
        seen = conn.execute(club.where(viewer.rule(AthleteRow.id, athlete_ids))).scalars()
        found |= diary_begins(entries, seen, injuries)
    return found


def remove_injury(conn: Connection, viewer: Viewer, injury_id: int) -> None:
    """Take an injury out of the diary; ``restore_injury`` puts it back."""
    _set_removed(conn, viewer, InjuryRow, injury_id, "injury", gone=True)


def restore_injury(conn: Connection, viewer: Viewer, injury_id: int) -> None:
    """Put back an injury that was taken out."""
    _set_removed(conn, viewer, InjuryRow, injury_id, "injury", gone=False)


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
    _must_have_come(today, first_day, last_day)
    _in_order(first_day, last_day, "The last day lies before the first.")
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
    _set_removed(conn, viewer, UnknownDaysRow, entry_id, "entry", gone=True)


def restore_unknown_days(conn: Connection, viewer: Viewer, entry_id: int) -> None:
    """Put back an entry of missing days."""
    _set_removed(conn, viewer, UnknownDaysRow, entry_id, "entry", gone=False)


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


def _set_removed(conn: Connection, viewer: Viewer, table: Any, entry_id: int, what: str, *, gone: bool) -> None:
    theirs = and_(table.id == entry_id, viewer.rule(table.athlete_id))
    changed = update(table).where(theirs).values(removed=now() if gone else None)
    if conn.execute(changed).rowcount == 0:
        raise no_such(what)


def _must_have_come(today: date | None, *days: date | None) -> None:
    if today is not None and any(day is not None and day > today for day in days):
        raise NotAValue(
            "That day lies ahead.", "Give the day on which it was; what was not yet is noted when it has been."
        )


def _in_order(first: date, last: date | None, what: str) -> None:
    if last is not None and last < first:
        raise NotAValue(what, "Check the two dates.")
