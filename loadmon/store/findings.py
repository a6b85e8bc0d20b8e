"""What was found in how runners run: noted, ended, taken back and put back."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, insert, select, update

from loadmon.finding import Finding
from loadmon.refusal import Refusal
from loadmon.store.access import Viewer, no_such
from loadmon.store.packed import plain
from loadmon.store.schema import FindingRow, now
from loadmon.store.taken_back import set_removed
from loadmon.tissue.found import checked_finding, must_not_contradict

ROW = FindingRow


class NotedAlready(Refusal):
    """The same finding is noted for the same day."""

    name = "noted already"


def add_finding(conn: Connection, viewer: Viewer, finding: Finding, *, today: date) -> int:
    """Note a finding; gives back its number.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    viewer : Viewer
        Whose eyes.
    finding : Finding
    today : date
        The runner's own day.

    Raises
    ------
    NotFound
        If this viewer may not see the runner.
    UnknownFinding, ImpossibleFinding
        As ``loadmon.tissue.found.checked_finding`` tells them.
    NotedAlready
        If the same kind and side is noted from the same day already.
    Contradiction
        As ``loadmon.tissue.found.must_not_contradict`` tells it.
    """
    viewer.must_see(finding.athlete_id)
    kept = checked_finding(finding, today=today)
    _must_fit(conn, viewer, kept)
    row = dataclasses.asdict(kept) | {"noted_by": plain(kept.noted_by), "created": now(), "removed": None}
    return int(conn.execute(insert(ROW).returning(ROW.id), row).scalar_one())


def _must_fit(conn: Connection, viewer: Viewer, finding: Finding, but: int | None = None) -> None:
    """Refuse what is noted already, or cannot hold beside what is."""
    noted = [one for number, one in findings(conn, viewer, [finding.athlete_id]).items() if number != but]
    if any((one.kind, one.observed, one.side) == (finding.kind, finding.observed, finding.side) for one in noted):
        raise NotedAlready(
            "This is noted for that day already.", "Take the earlier note back first if it is to change."
        )
    must_not_contradict(finding, noted)


def findings(conn: Connection, viewer: Viewer, athlete_ids: Iterable[int] | None = None) -> dict[int, Finding]:
    """Findings by their number, by runner and day; those that were taken back are left out."""
    asked = (
        select(ROW)
        .where(viewer.rule(ROW.athlete_id, athlete_ids), ROW.removed.is_(None))
        .order_by(ROW.athlete_id, ROW.observed, ROW.id)
    )
    return {row.id: _finding(row) for row in conn.execute(asked)}


def end_finding(conn: Connection, viewer: Viewer, finding_id: int, until: date | None, *, today: date) -> date | None:
    """Say from which day a finding holds no longer; None says that it still does.

    Returns
    -------
    date | None
        What was said of it before: saying that again undoes this.

    Raises
    ------
    NotFound
        If there is none with this number, it was taken back, or this viewer may not see the runner.
    ImpossibleFinding
        If that day does not lie after the one on which it was seen, or lies ahead.
    Contradiction
        If it would hold again on days that have another way of landing by now.
    """
    theirs = and_(ROW.id == finding_id, viewer.rule(ROW.athlete_id), ROW.removed.is_(None))
    row = conn.execute(select(ROW).where(theirs)).one_or_none()
    if row is None:
        raise no_such("finding")
    before = _finding(row)
    after = checked_finding(dataclasses.replace(before, until=until), today=today)
    _must_fit(conn, viewer, after, but=finding_id)
    conn.execute(update(ROW).where(theirs).values(until=until))
    return before.until


def remove_finding(conn: Connection, viewer: Viewer, finding_id: int) -> None:
    """Take a finding back; ``restore_finding`` puts it back."""
    set_removed(conn, viewer, ROW, finding_id, "finding", gone=True)


def restore_finding(conn: Connection, viewer: Viewer, finding_id: int) -> None:
    """Put back a finding that was taken back, unless something noted since stands in its place.

    Raises
    ------
    NotFound, NotedAlready, Contradiction
    """
    row = conn.execute(select(ROW).where(ROW.id == finding_id, viewer.rule(ROW.athlete_id))).one_or_none()
    if row is not None:
        _must_fit(conn, viewer, _finding(row), but=finding_id)
    set_removed(conn, viewer, ROW, finding_id, "finding", gone=False)


def _finding(row: Any) -> Finding:
    return Finding(row.athlete_id, row.kind, row.observed, row.noted_by, row.side, row.value, row.until, row.always)
