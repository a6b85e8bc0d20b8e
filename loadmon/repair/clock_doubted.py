"""A clock that cannot have been right: another time zone than the place, or satellites' weeks that began anew."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from loadmon.correction import Correction, CorrectionKind, MadeBy
from loadmon.days import day_words
from loadmon.readers.clock import position_offset
from loadmon.readers.day_doubted import AHEAD_OF_NOW, BEFORE_WATCHES, FIRST_WATCHES
from loadmon.readers.sports import on_foot
from loadmon.repair.channels import Samples
from loadmon.repair.clock import first_position, signed_offset
from loadmon.session import OffsetOrigin, Session

WEEKS_ANEW = timedelta(weeks=1024)
"""GPS counts its weeks in ten bits (IS-GPS-200): a receiver that does not know it is 1,024 weeks early after each round,
last on 7 April 2019."""


def clock_doubted(session: Session, samples: Samples) -> list[Correction]:
    """What would put a doubtful clock right; nothing where nothing tells how."""
    odd = {oddity.name for oddity in session.oddities}
    now = datetime.now(UTC)
    if BEFORE_WATCHES in odd or AHEAD_OF_NOW in odd:
        for shift in (WEEKS_ANEW, -WEEKS_ANEW):
            try:
                there = session.start + shift
            except OverflowError:
                continue
            if FIRST_WATCHES <= there <= now and (shift > timedelta(0)) == (BEFORE_WATCHES in odd):
                why = (
                    f"The date cannot be right; 1,024 weeks {'later' if shift > timedelta(0) else 'earlier'}, on "
                    f"{day_words(there.date())}, it can: receivers count weeks only that far."
                )
                return [Correction(CorrectionKind.CLOCK, {"shift_s": shift.total_seconds()}, why, MadeBy.RULE)]
        return []
    if session.offset_origin is not OffsetOrigin.FILE or session.utc_offset_s is None or not on_foot(session.sport):
        return []
    here = position_offset(session.start, first_position(samples))
    if here is None or here == session.utc_offset_s:
        return []
    why = f"The file says {signed_offset(session.utc_offset_s)}, the place where it began is on {signed_offset(here)}."
    return [Correction(CorrectionKind.CLOCK, {"utc_offset_s": here}, why, MadeBy.RULE)]
