"""The limits of measures that clinicians set themselves, in the store: those that hold, and those that held once.

They are clinical: a coach sees none of them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, insert, select, update

from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.thresholds import OwnThreshold, checked_threshold
from loadmon.store.access import Viewer, no_such
from loadmon.store.packed import plain
from loadmon.store.schema import ClinicThresholdRow, now

LIMIT = ClinicThresholdRow


def set_threshold(conn: Connection, viewer: Viewer, own: OwnThreshold) -> int:
    """Set the limits of a measure, for everyone who is assessed from now on; gives back their number.

    Raises
    ------
    NotFound
        If this viewer is neither clinician nor the person at their own machine.
    ImpossibleThreshold
        As ``loadmon.clinic.thresholds.checked_threshold`` tells it.
    """
    _must_judge(viewer)
    one = checked_threshold(own, default_knowledge())
    usual, flag, severe = one.limits
    row = {
        "measure": one.measure,
        "usual": usual,
        "flag": flag,
        "severe": severe,
        "set_by": plain(one.set_by),
        "since": one.since,
        "reason": plain(one.reason),
        "created": now(),
        "removed": None,
    }
    return int(conn.execute(insert(LIMIT).returning(LIMIT.id), row).scalar_one())


def thresholds(conn: Connection, viewer: Viewer) -> dict[int, OwnThreshold]:
    """Limits that hold instead of loadmon's own, by their number: the latest of each measure; none for a coach."""
    if not viewer.reads_notes:
        return {}
    latest: dict[str, Any] = {}
    for row in conn.execute(select(LIMIT).where(LIMIT.removed.is_(None)).order_by(LIMIT.id)):
        latest[row.measure] = row
    return {
        row.id: OwnThreshold(row.measure, (row.usual, row.flag, row.severe), row.set_by, row.since, row.reason)
        for row in latest.values()
    }


@dataclass(frozen=True, slots=True)
class PastThreshold:
    """Limits that somebody set once; ``removed`` is when they were taken back, None where later ones stand in their place."""

    own: OwnThreshold
    removed: datetime | None


def past_thresholds(conn: Connection, viewer: Viewer) -> dict[int, PastThreshold]:
    """Limits that were set and do not hold any more, by their number, the latest first; none for a coach."""
    if not viewer.reads_notes:
        return {}
    hold = thresholds(conn, viewer)
    return {
        row.id: PastThreshold(
            OwnThreshold(row.measure, (row.usual, row.flag, row.severe), row.set_by, row.since, row.reason), row.removed
        )
        for row in conn.execute(select(LIMIT).order_by(LIMIT.id.desc()))
        if row.id not in hold
    }


def back_to_shipped(conn: Connection, viewer: Viewer, measure: str) -> tuple[int, ...]:
    """Take back every limit that was set of a measure, so that loadmon's own hold again; gives back their numbers.

    Raises
    ------
    NotFound
        If this viewer is neither clinician nor the person at their own machine, or none was set.
    """
    _must_judge(viewer)
    set_here = and_(LIMIT.measure == measure, LIMIT.removed.is_(None))
    numbers = tuple(conn.execute(select(LIMIT.id).where(set_here).order_by(LIMIT.id)).scalars())
    if not numbers:
        raise no_such("threshold")
    conn.execute(update(LIMIT).where(LIMIT.id.in_(numbers)).values(removed=now()))
    return numbers


def remove_threshold(conn: Connection, viewer: Viewer, threshold_id: int) -> None:
    """Take limits back, so that what stood before holds again; ``restore_threshold`` puts them back."""
    _set_limit_removed(conn, viewer, threshold_id, gone=True)


def restore_threshold(conn: Connection, viewer: Viewer, threshold_id: int) -> None:
    """Put back limits that were taken back."""
    _set_limit_removed(conn, viewer, threshold_id, gone=False)


def _must_judge(viewer: Viewer) -> None:
    if not viewer.decides:
        raise no_such("threshold")


def _set_limit_removed(conn: Connection, viewer: Viewer, number: int, *, gone: bool) -> None:
    _must_judge(viewer)
    if conn.execute(update(LIMIT).where(LIMIT.id == number).values(removed=now() if gone else None)).rowcount == 0:
        raise no_such("threshold")
