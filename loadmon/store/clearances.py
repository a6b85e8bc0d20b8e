"""Who let a runner run again after a stop: written down with the assessment that stopped it, or with a plan of a return."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection, and_, select, update

from loadmon.clinic.standing import Cleared, checked_clearance
from loadmon.clinic.written import clearance_from_plain, clearance_to_plain
from loadmon.planning.way_back import Choice
from loadmon.store import assessments, plans
from loadmon.store.access import Viewer, no_such
from loadmon.store.packed import plain
from loadmon.store.schema import AssessmentRow

ROW = AssessmentRow


def write_clearance(
    conn: Connection, viewer: Viewer, assessment_id: int, cleared: Cleared | None, *, today: date
) -> Cleared | None:
    """Write down who cleared running after an assessment that stopped it; None takes that back.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    viewer : Viewer
        Whose eyes: a clinician's, or those of the person at their own machine.
    assessment_id : int
    cleared : Cleared | None
    today : date
        The runner's own day.

    Returns
    -------
    Cleared | None
        What stood there before: writing that again undoes this.

    Raises
    ------
    NotFound
        If there is none with this number, or this viewer may not decide about it.
    ImpossibleClearance
        If nobody is named, or the day lies ahead or before the assessment.
    """
    theirs = and_(ROW.id == assessment_id, ROW.removed.is_(None), viewer.rule(ROW.athlete_id))
    row = conn.execute(select(ROW.data, ROW.day).where(theirs)).one_or_none()
    if row is None or not viewer.decides:
        raise no_such("assessment")
    data = json.loads(row.data)
    before = clearance_from_plain(data.get("cleared"))
    if cleared is not None:
        cleared = checked_clearance(replace(cleared, by=plain(cleared.by)), row.day, today)
    data["cleared"] = None if cleared is None else clearance_to_plain(cleared)
    conn.execute(update(ROW).where(theirs).values(data=json.dumps(data, allow_nan=False)))
    return before


def clearances(conn: Connection, viewer: Viewer, athlete_id: int) -> list[Cleared]:
    """Every clearance of one runner: of assessments, of plans, and of plans that were let go on; none for a coach."""
    if not viewer.reads_notes:
        return []
    found = [one.cleared for one in assessments.assessments(conn, viewer, [athlete_id]).values() if one.cleared]
    for plan in plans.plans(conn, viewer, [athlete_id]).values():
        given = plan.order.clearance
        if given is not None and given.day is not None:
            found.append(Cleared(given.name, given.day, role=given.role))
        found += [
            Cleared(one.by, one.day, one.at, one.role) for one in plan.decisions.values() if one.choice is Choice.RESUME
        ]
    return found
