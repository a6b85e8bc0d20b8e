"""The report of an import: one line for every file, what became of it and why."""

from __future__ import annotations

from loadmon.intake.decode import Decoded
from loadmon.refusal import NoActivity, NoOwner
from loadmon.store.imports import FileReport, Outcome

_BY_REFUSAL = {NoOwner.name: Outcome.NO_OWNER, NoActivity.name: Outcome.NOT_AN_ACTIVITY}


def line_for(
    path: str,
    decoded: Decoded,
    *,
    athlete_id: int | None = None,
    size: int | None = None,
    sha256: str | None = None,
    told_by: str | None = None,
) -> FileReport:
    """The line of report for a file that was read or refused.

    Parameters
    ----------
    path : str
        As it was given.
    decoded : Decoded
        What reading it gave.
    athlete_id : int | None
        Whose it is.
    size, sha256
        Bytes and fingerprint, where they are known.
    told_by : str | None
        What told whose it is.
    """
    if decoded.sessions:
        outcome = Outcome.IMPORTED
    else:
        outcome = _BY_REFUSAL.get(decoded.refusal or "", Outcome.REFUSED)
    return FileReport(
        path=path,
        outcome=outcome,
        sha256=sha256,
        size=size,
        athlete_id=athlete_id,
        reason=decoded.refusal,
        detail=decoded.detail,
        advice=decoded.advice,
        sessions=len(decoded.sessions),
        sport=decoded.sport,
        local_day=decoded.local_day,
        distance_m=decoded.distance_m,
        moving_s=decoded.moving_s,
        oddities=decoded.oddities,
        read_s=decoded.seconds,
        told_by=told_by,
    )
