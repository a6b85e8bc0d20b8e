"""Assessments in the store: drafts that nothing loses, and finished ones.

They are clinical: a coach sees none of them.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, false, insert, select, update

from loadmon.clinic.assessment import Assessment
from loadmon.clinic.cadence_target import within_cap
from loadmon.clinic.checked import checked_assessment
from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.standing import Cleared
from loadmon.clinic.thresholds import OwnThreshold, with_thresholds
from loadmon.clinic.written import clearance_from_plain, from_plain, threshold_from_plain, threshold_to_plain, to_plain
from loadmon.store import clinic_limits, drafts
from loadmon.store.access import Viewer, no_such
from loadmon.store.packed import plain
from loadmon.store.schema import AssessmentRow, now
from loadmon.store.taken_back import set_removed

ROW = AssessmentRow


@dataclass(frozen=True, slots=True)
class KeptAssessment:
    """A finished assessment, and the limits by which it is told.

    Parameters
    ----------
    assessment : Assessment
    thresholds : tuple of OwnThreshold
        Those that a clinician had set when it was finished.
    cadence_pct : float | None
        By how many percent cadence is to rise, where a clinician chose otherwise than the rule.
    finished : datetime
        When it was written down (UTC): later than the day it is of, where somebody was behind.
    cleared : Cleared | None
        Who let the runner run again after it, where it stopped running and somebody wrote that down.
    """

    assessment: Assessment
    thresholds: tuple[OwnThreshold, ...]
    cadence_pct: float | None
    finished: datetime
    cleared: Cleared | None = None


def finish(conn: Connection, viewer: Viewer, assessment: Assessment, *, today: Any) -> int:
    """Keep a finished assessment with the limits that hold now, and drop the runner's draft; gives back its number.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    viewer : Viewer
        Whose eyes.
    assessment : Assessment
    today : date
        The runner's own day.

    Raises
    ------
    NotFound
        If this viewer may not see the runner's assessments.
    ImpossibleValue, ContradictorySides, ContradictoryValues, UnknownMeasure, Unfinished
        As ``loadmon.clinic.checked.checked_assessment`` tells them.
    """
    viewer.must_read_notes(assessment.athlete_id)
    if not viewer.decides:
        raise no_such("runner")
    own = tuple(clinic_limits.thresholds(conn, viewer).values())
    kept = checked_assessment(assessment, with_thresholds(default_knowledge(), own), today=today)
    row = {
        "athlete_id": kept.athlete_id,
        "day": kept.circumstances.day,
        "assessor": plain(kept.circumstances.assessor),
        "data": _json(to_plain(kept)),
        "thresholds": _json([threshold_to_plain(one) for one in own]),
        "cadence_pct": None,
        "created": now(),
        "removed": None,
    }
    number = int(conn.execute(insert(ROW).returning(ROW.id), row).scalar_one())
    drafts.drop_draft(conn, viewer, kept.athlete_id)
    return number


def assessments(
    conn: Connection, viewer: Viewer, athlete_ids: Iterable[int] | None = None
) -> dict[int, KeptAssessment]:
    """Finished assessments by their number, by runner and day; none for a coach.

    Raises
    ------
    UnreadableAssessment
        If one was written by a later version.
    """
    clinical = viewer.rule(ROW.athlete_id, athlete_ids) if viewer.reads_notes else false()
    asked = select(ROW).where(clinical, ROW.removed.is_(None)).order_by(ROW.athlete_id, ROW.day, ROW.id)
    return {row.id: _kept(row) for row in conn.execute(asked)}


def _kept(row: Any) -> KeptAssessment:
    data = json.loads(row.data)
    own = tuple(threshold_from_plain(one) for one in json.loads(row.thresholds))
    return KeptAssessment(
        from_plain(data), own, row.cadence_pct, row.created, clearance_from_plain(data.get("cleared"))
    )


def choose_cadence(conn: Connection, viewer: Viewer, assessment_id: int, pct: float | None) -> float | None:
    """Choose by how many percent cadence is to rise after an assessment; None leaves it to the rule.

    Returns
    -------
    float | None
        What was chosen before: choosing that again undoes this.

    Raises
    ------
    NotFound
        If there is none with this number, or this viewer may not see it.
    TargetBeyondCap
        Below 0 % or above what one block asks for.
    """
    theirs = and_(ROW.id == assessment_id, viewer.rule(ROW.athlete_id))
    before = conn.execute(select(ROW.cadence_pct).where(theirs)).one_or_none()
    if before is None or not viewer.decides:
        raise no_such("assessment")
    if pct is not None:
        within_cap(pct)
    conn.execute(update(ROW).where(theirs).values(cadence_pct=pct))
    chosen: float | None = before[0]
    return chosen


def remove_assessment(conn: Connection, viewer: Viewer, assessment_id: int) -> None:
    """Take a finished assessment back; ``restore_assessment`` puts it back."""
    _set_removed(conn, viewer, assessment_id, gone=True)


def restore_assessment(conn: Connection, viewer: Viewer, assessment_id: int) -> None:
    """Put back an assessment that was taken back."""
    _set_removed(conn, viewer, assessment_id, gone=False)


def _set_removed(conn: Connection, viewer: Viewer, number: int, *, gone: bool) -> None:
    if not viewer.decides:
        raise no_such("assessment")
    set_removed(conn, viewer, ROW, number, "assessment", gone=gone)


def _json(value: Any) -> str:
    # every sign beyond ASCII stays an escape: what no database takes as text is kept all the same
    return json.dumps(value, allow_nan=False)
