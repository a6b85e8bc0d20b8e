"""Whether a session is running load, and how far it went."""

from __future__ import annotations

from loadmon import evidence
from loadmon.facts.seconds import Flags, Floats, median
from loadmon.readers.clean import looks_like_running
from loadmon.readers.partly_recorded import TOTALS_IMPOSSIBLE
from loadmon.repair.words import DISTANCE_CORRECTED, left_out
from loadmon.session import Session, Sport


def counts_as_running(
    session: Session, cadence: Floats, moving: Flags, distance_m: float | None
) -> tuple[bool, str | None]:
    """Whether a session is running load; a file that names no sport counts if it moves like a run, and says so.

    Parameters
    ----------
    session : Session
    cadence, moving : arrays of shape (n,), steps a minute and True while moving
    distance_m : float | None
        As ``distance_of`` found it.
    """
    if session.sport is not Sport.UNKNOWN:
        return session.sport.is_running, None
    too_fast = distance_m is not None and distance_m > evidence.FASTEST_RUN_MPS.value * session.moving_s
    if too_fast or not looks_like_running(session.stream):
        return False, "the file names no sport and its speed is not a run's"
    steps = median(cadence[moving & (cadence > 0)])
    if steps is not None and steps < evidence.RUN_CADENCE_SPM.value:
        return False, "the file names no sport and its cadence is not a run's"
    return True, "the file names no sport; counted as a run by its speed"


def distance_of(session: Session) -> tuple[float | None, str | None, str | None]:
    """The device's own distance where it gave one, else the stream's; with its source, or the reason for none."""
    declared = session.totals.distance_m
    from_table = session.source.format == "table"
    if declared and any(oddity.name == DISTANCE_CORRECTED for oddity in session.oddities):
        return float(declared), "correction", "put right by a correction"
    if left_out(session, "distance_m"):
        return None, None, "distance was left out by a correction"
    most = evidence.FASTEST_RUN_MPS.value * max(session.moving_s, 1.0)
    impossible = any(o.name == TOTALS_IMPOSSIBLE for o in session.oddities)
    too_fast = session.sport.is_running and (declared or 0.0) > most
    believable = not impossible and not too_fast
    if declared is not None and declared > 0 and (believable or from_table):
        return float(declared), "table" if from_table else "device", None
    if from_table:
        return None, None, "the table holds no distance for it"
    column = session.stream["distance_m"].dropna()
    if len(column) and float(column.max()) > 0:
        recomputed = any(o.name == "distance from positions" for o in session.oddities)
        told = "from the samples: the device's own distance and time cannot be believed" if impossible else None
        told = "from the samples: the device's own total is faster than anybody runs" if too_fast else told
        return float(column.max()), "position" if recomputed else "stream", told
    return None, None, "the file holds neither a distance nor positions"
