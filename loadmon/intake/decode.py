"""Reading one file from bytes to stored form: the part of an import that runs side by side in other processes."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass
from datetime import date

from loadmon.facts import facts_of
from loadmon.faults import log_fault
from loadmon.readers import read
from loadmon.refusal import Refusal
from loadmon.store.packed import Packed, pack

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Decoded:
    """What one file held, ready to be stored, or why nothing could be had from it.

    Parameters
    ----------
    sessions : tuple of Packed
        Empty where the file was refused.
    format, sport, local_day, distance_m, moving_s, oddities
        For the line of report: every sport in its order, the first session's day, distance and time of all, None where
        not known.
    refusal, detail, advice : str | None
        The refusal's stable name, what happened and what to do, where it was refused.
    seconds : float
        Time spent reading it.
    """

    sessions: tuple[Packed, ...] = ()
    format: str = ""
    sport: str | None = None
    local_day: date | None = None
    distance_m: float | None = None
    moving_s: float | None = None
    oddities: str | None = None
    refusal: str | None = None
    detail: str | None = None
    advice: str | None = None
    seconds: float = 0.0


def decode(data: bytes, name: str, home_zone: str | None) -> Decoded:
    """Read one file; whatever is wrong with it comes back as words, never as an exception.

    Parameters
    ----------
    data : bytes
        The file as it is.
    name : str
        Its name, for messages only: what it is, is told by the bytes.
    home_zone : str | None
        The runner's home zone, used where neither file nor position tells the local time.
    """
    began = time.perf_counter()
    try:
        return _decode(data, name, home_zone, began)
    except Refusal as refusal:
        return refused(refusal, time.perf_counter() - began)
    except Exception as fault:  # noqa: BLE001  it is logged, without its message
        # A fault of ours in one file must not cost the other thousand; it is named as ours, and logged by its place.
        log_fault(log, "a reader failed", fault)
        return fault_of(fault, time.perf_counter() - began)


def _decode(data: bytes, name: str, home_zone: str | None, began: float) -> Decoded:
    sessions = read(data, name, home_zone=home_zone)
    facts = [facts_of(session) for session in sessions]
    distances = [f.distance_m for f in facts if f.distance_m is not None]
    times = [f.moving_s for f in facts if f.moving_s is not None]
    odd = sorted({oddity.name for session in sessions for oddity in session.oddities})
    return Decoded(
        sessions=tuple(pack(session, f) for session, f in zip(sessions, facts, strict=True)),
        format=sessions[0].source.format,
        sport=", ".join(dict.fromkeys(f.sport for f in facts)),
        local_day=facts[0].local_day,
        distance_m=sum(distances) if distances else None,
        moving_s=sum(times) if times else None,
        oddities=", ".join(odd) or None,
        seconds=time.perf_counter() - began,
    )


def refused(refusal: Refusal, seconds: float = 0.0) -> Decoded:
    """A refusal as the outcome of one file."""
    return Decoded(refusal=refusal.name, detail=refusal.what, advice=refusal.advice, seconds=seconds)


def fault_of(fault: Exception, seconds: float = 0.0) -> Decoded:
    """A fault of loadmon's own as the outcome of one file."""
    return Decoded(
        refusal="reader fault",
        detail=f"loadmon itself failed on this file ({type(fault).__name__}).",
        advice="The file is unharmed; please report it, and import it again after an update.",
        seconds=seconds,
    )
