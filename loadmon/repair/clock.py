"""The watch's clock put right: another time zone, or another instant altogether."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from loadmon.days import offset_in_zone
from loadmon.readers.clock import LARGEST_OFFSET_S, position_offset
from loadmon.readers.day_doubted import DOUBTED
from loadmon.readers.order import EARLIEST_S, LATEST_S
from loadmon.repair.channels import Samples
from loadmon.repair.words import number
from loadmon.session import OffsetOrigin, Session
from loadmon.units import duration

ZONE = "zone"
"""Beside ``shift_s`` or ``utc_offset_s``: the time zone by whose rules the runner's clock goes on the day it is put to."""


def clock_put_right(session: Session, params: Mapping[str, Any]) -> tuple[Session, str, int]:
    """The session at another instant (``shift_s``), on another clock (``utc_offset_s``, ``zone``), or both.

    Where the instant moves, the runner's own clock is told anew for that day: a zone's summer time may begin in between.

    Returns
    -------
    tuple
        The session, what was done in a sentence, and how many samples it concerns.
    """
    shift_s, offset_s = number(params, "shift_s") or 0.0, number(params, "utc_offset_s")
    zone = params.get(ZONE)
    start = _shifted(session.start, shift_s)
    if start is None or (offset_s is not None and abs(offset_s) > LARGEST_OFFSET_S):
        return session, "The clock cannot be put there, so it was left as it was.", 0
    fresh = _moved(session, start, shift_s) if shift_s else session
    by_zone = offset_in_zone(start, zone) if isinstance(zone, str) and zone else None
    if by_zone is not None or offset_s is not None:
        told = int(by_zone if by_zone is not None else offset_s or 0)
        fresh = replace(fresh, utc_offset_s=told, offset_origin=OffsetOrigin.USER)
    elif shift_s and session.offset_origin is OffsetOrigin.POSITION:
        here = position_offset(start, first_position(Samples(session.stream)))
        fresh = replace(fresh, utc_offset_s=session.utc_offset_s if here is None else here)
    what = []
    if shift_s:
        what.append(f"The watch's clock was {duration(abs(shift_s))} {'slow' if shift_s > 0 else 'fast'}.")
    if fresh.utc_offset_s != session.utc_offset_s:
        what.append(
            f"The runner's own clock was {signed_offset(session.utc_offset_s)}, now {signed_offset(fresh.utc_offset_s)}."
        )
    return fresh, " ".join(what) or "The clock was right as it is.", len(session.stream) if what else 0


def _shifted(start: datetime, shift_s: float) -> datetime | None:
    """The start at its new instant; None where no run can have begun."""
    try:
        moved = start + timedelta(seconds=shift_s)
        return moved if EARLIEST_S <= moved.timestamp() < LATEST_S else None
    except (OverflowError, ValueError, OSError):
        return None


def _moved(session: Session, start: datetime, shift_s: float) -> Session:
    by = pd.Timedelta(microseconds=round(shift_s * 1e6))
    laps, events = session.laps, session.events
    return replace(
        session,
        start=start.astimezone(UTC),
        stream=session.stream.assign(timestamp=session.stream["timestamp"] + by),
        laps=laps.assign(start=laps["start"] + by) if len(laps) else laps,
        events=events.assign(timestamp=events["timestamp"] + by) if len(events) else events,
        oddities=tuple(oddity for oddity in session.oddities if oddity.name not in DOUBTED),
    )


def first_position(samples: Samples) -> tuple[float, float] | None:
    """Latitude and longitude of the first sample that has them, degrees; None if none has."""
    lat, lon = samples["lat_deg"], samples["lon_deg"]
    known = np.flatnonzero(np.isfinite(lat) & np.isfinite(lon))
    return (float(lat[known[0]]), float(lon[known[0]])) if len(known) else None


def signed_offset(offset_s: int | None) -> str:
    """A clock as it is said: ``UTC+5:30``."""
    if offset_s is None:
        return "not known"
    minutes = abs(int(offset_s)) // 60
    return f"UTC{'-' if offset_s < 0 else '+'}{minutes // 60}:{minutes % 60:02d}"
