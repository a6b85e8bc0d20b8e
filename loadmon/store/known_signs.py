"""Signs for which running stops, from what a runner told and what clinicians found."""

from __future__ import annotations

from sqlalchemy import Connection

from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.stop_signs import NEEDS_CLEARANCE, stop_signs
from loadmon.planning.known_signs import KnownSign, told_signs
from loadmon.planning.pain import HIDDEN_WORDS
from loadmon.store import assessments, pain, tellings
from loadmon.store.access import Role, Viewer

TELLERS = {Role.RUNNER: "told by the runner", Role.COACH: "told by a coach", Role.CLINICIAN: "told by a clinician"}


def known_signs(conn: Connection, viewer: Viewer, athlete_id: int) -> list[KnownSign]:
    """All signs of one runner; to those who do not read them only that there is one."""
    return [*signs_told(conn, viewer, athlete_id), *signs_found(conn, viewer, athlete_id)]


def signs_told(conn: Connection, viewer: Viewer, athlete_id: int) -> list[KnownSign]:
    """Those in the pain log."""
    written = tellings.pain_told(conn, viewer, [athlete_id])
    entries = pain.pain_entries(conn, viewer, [athlete_id])
    return told_signs(
        (entry, written[number].at, TELLERS.get(written[number].role or Role.OWNER, "told in Check-in"))
        for number, entry in entries.items()
        if number in written
    )


def signs_found(conn: Connection, viewer: Viewer, athlete_id: int) -> list[KnownSign]:
    """Those in finished assessments."""
    clinical = Viewer(Role.CLINICIAN, viewer.athlete_ids)
    every = assessments.assessments(conn, clinical, [athlete_id]).values()
    cleared = max((one.cleared.day for one in every if one.cleared), default=None)
    found = []
    for kept in every:
        told = [one for one in stop_signs(kept.assessment, default_knowledge()) if one != NEEDS_CLEARANCE]
        if told:
            when = kept.assessment.circumstances
            words = "; ".join(told) if viewer.reads_notes else HIDDEN_WORDS
            by = f"found by {when.assessor}" if viewer.reads_notes else "found by a clinician"
            found.append(KnownSign(when.day, kept.finished, words, by, cleared=cleared))
    return found
