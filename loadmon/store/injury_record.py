"""The injuries of each runner: written down, described by what is known of them, closed on their day, taken back and put back."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

from sqlalchemy import Connection, and_, func, insert, select, update

from loadmon.days import day_number
from loadmon.injury import Injury
from loadmon.planning.injury_codes import CODE
from loadmon.risk.diary_begin import diary_begins
from loadmon.store.access import Viewer, no_such
from loadmon.store.schema import AthleteRow, CheckInRow, InjuryRow, PainRow, SessionRow, now
from loadmon.store.squad import NotAValue
from loadmon.store.taken_back import set_removed
from loadmon.store.told_days import in_order, must_have_come


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
    must_have_come(today, *days)
    in_order(*days, "The return lies before the injury.")
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
    must_have_come(today, returned)
    theirs = and_(InjuryRow.id == injury_id, viewer.rule(InjuryRow.athlete_id))
    onset = conn.execute(select(InjuryRow.onset).where(theirs)).scalar_one_or_none()
    if onset is None:
        raise no_such("injury")
    in_order(onset, returned, "The return lies before the injury.")
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
    set_removed(conn, viewer, InjuryRow, injury_id, "injury", gone=True)


def restore_injury(conn: Connection, viewer: Viewer, injury_id: int) -> None:
    """Put back an injury that was taken out."""
    set_removed(conn, viewer, InjuryRow, injury_id, "injury", gone=False)
