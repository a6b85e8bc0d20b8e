"""Reading one file from bytes to stored form: the part of an import that runs side by side in other processes."""

from __future__ import annotations

import dataclasses
import logging
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from loadmon.correction import CorrectionKind
from loadmon.facts import facts_of
from loadmon.faults import log_fault
from loadmon.readers import read
from loadmon.refusal import Refusal
from loadmon.repair import ACTING, corrected, suggestions
from loadmon.repair.words import NAMES, SUGGESTED
from loadmon.session import Session
from loadmon.store.codec import encode_kept
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


def decode(data: bytes, name: str, home_zone: str | None, rules: frozenset[CorrectionKind] = ACTING) -> Decoded:
    """Read one file; whatever is wrong with it comes back as words, never as an exception.

    Parameters
    ----------
    data : bytes
        The file as it is.
    name : str
        Its name, for messages only: what it is, is told by the bytes.
    home_zone : str | None
        The runner's home zone, used where neither file nor position tells the local time.
    rules : frozenset of CorrectionKind
        Which rules correct by themselves; what the others find is only named.
    """
    began = time.perf_counter()
    try:
        return _decode(data, name, home_zone, rules, began)
    except Refusal as refusal:
        return refused(refusal, time.perf_counter() - began)
    except Exception as fault:  # noqa: BLE001  it is logged, without its message
        # A fault of ours in one file must not cost the other thousand; it is named as ours, and logged by its place.
        log_fault(log, "a reader failed", fault)
        return fault_of(fault, time.perf_counter() - began)


def _decode(data: bytes, name: str, home_zone: str | None, rules: frozenset[CorrectionKind], began: float) -> Decoded:
    sessions = tuple(made_ready(session, rules) for session in read(data, name, home_zone=home_zone))
    facts = [packed.facts for packed in sessions]
    distances = [f["distance_m"] for f in facts if f["distance_m"] is not None]
    times = [f["moving_s"] for f in facts if f["moving_s"] is not None]
    return Decoded(
        sessions=sessions,
        format=sessions[0].head["format"],
        sport=", ".join(dict.fromkeys(f["sport"] for f in facts)),
        local_day=facts[0]["local_day"],
        distance_m=sum(distances) if distances else None,
        moving_s=sum(times) if times else None,
        oddities=oddities_of(sessions),
        seconds=time.perf_counter() - began,
    )


def made_ready(session: Session, rules: frozenset[CorrectionKind]) -> Packed:
    """A session ready for storing as it was read, with what these rules correct of it and the facts of that."""
    # facts are told of what is kept: computed anew, or after a correction was taken back, they are the same to the last digit
    data, stream = encode_kept(session.stream)
    session = dataclasses.replace(session, stream=stream)
    found = suggestions(session)
    acting = tuple(one for one in found if one.kind in rules)
    suggested = tuple(dict.fromkeys(SUGGESTED[one.kind] for one in found if one.kind not in rules))
    return pack(session, facts_of(corrected(session, acting)), acting, suggested, data)


def oddities_of(sessions: Sequence[Packed]) -> str | None:
    """For the line of report: everything odd about a file's sessions, what rules corrected and what they suggest."""
    odd = {name for packed in sessions for name, _, _ in packed.oddities}
    odd |= {NAMES[one.kind] for packed in sessions for one in packed.corrections}
    odd |= {name for packed in sessions for name in packed.suggested}
    return ", ".join(sorted(odd)) or None


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
