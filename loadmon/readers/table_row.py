"""One row of a session table: what it says in SI units, as bytes that can be kept, and as a session."""

from __future__ import annotations

import dataclasses
import json
import math
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

import numpy as np
import pandas as pd

from loadmon.readers.day_doubted import day_doubted
from loadmon.refusal import DamagedFile
from loadmon.session import STREAM_COLUMNS, DeviceTotals, Oddity, OffsetOrigin, Session, Source, Sport

TABLE = "table"
"""The format of sessions that come from a table and not from a watch's file."""
FROM_A_TABLE = "from a table"
NO_TIME = "time of day not told"
NO_LENGTH = "length of time not told"
_MARK = "loadmon row of a session table"
_HEAD = f'{{"{_MARK}":'.encode()


@dataclass(frozen=True, slots=True)
class TableRow:
    """One session as a row of a table tells it; None for what the row does not tell.

    Parameters
    ----------
    number : int
        The row's number in the table, counted from 1 as spreadsheets do; not part of what is kept.
    start : str
        Day and time as ISO 8601 without offset; where the row tells no time of day, its place on the day is made up.
    has_time : bool
        Whether the row tells the time of day.
    duration_s : float | None
        How long it took in seconds; None where the row tells a distance and no time.
    offset_s : int | None
        Seconds of ``start`` over UTC where the table tells (0 for UTC); None for the runner's own clock.
    is_local : bool
        True where ``start`` with ``offset_s`` is the runner's own clock, False where it is only UTC.
    odd : tuple of (name, detail)
        What of the row could not be used.
    """

    number: int
    start: str
    has_time: bool
    duration_s: float | None
    sport: str
    offset_s: int | None = None
    is_local: bool = True
    moving_s: float | None = None
    distance_m: float | None = None
    mean_heart_rate_bpm: float | None = None
    max_heart_rate_bpm: float | None = None
    cadence_spm: float | None = None
    ascent_m: float | None = None
    effort: float | None = None
    title: str | None = None
    shoes: str | None = None
    runner: str | None = None
    odd: tuple[tuple[str, str], ...] = ()

    def kept(self) -> bytes:
        """The row as the bytes that are kept of it: the same session told again gives the same bytes."""
        values = {k: v for k, v in dataclasses.asdict(self).items() if v is not None and k != "number"}
        return json.dumps({_MARK: 1} | values, ensure_ascii=False, indent=1).replace("{\n ", "{", 1).encode()


def is_kept_row(data: bytes) -> bool:
    """True for the bytes that ``TableRow.kept`` gives."""
    return data.startswith(_HEAD)


def row_of(data: bytes) -> TableRow:
    """The row that was kept.

    Raises
    ------
    DamagedFile
        If the bytes are not, or no longer, those of a row.
    """
    try:
        values: dict[str, Any] = json.loads(data)
        names = {field.name for field in dataclasses.fields(TableRow)} - {"number", "odd"}
        odd = tuple((str(name), str(detail)) for name, detail in values.get("odd", ()))
        told = {"duration_s": None} | {name: values[name] for name in names & set(values)}
        row = TableRow(number=0, odd=odd, **told)
        datetime.fromisoformat(row.start)
        Sport(row.sport)
        for name in ("duration_s", "moving_s", "distance_m", "effort", "ascent_m"):
            value = getattr(row, name)
            if value is not None and not 0 <= float(value) < 1e9:
                raise ValueError(name)
        return row
    except (ValueError, TypeError, RecursionError) as error:
        raise DamagedFile(
            f"The kept row of a session table is damaged ({type(error).__name__}).", "Import the table again."
        ) from None


def session_of_row(row: TableRow, source: Source, *, home_zone: str | None = None) -> Session:
    """The session that a row tells: totals without samples.

    Parameters
    ----------
    row : TableRow
    source : Source
        Of the format ``table``.
    home_zone : str | None
        IANA zone of the runner's home: tables give times on the runner's own clock.
    """
    start, offset, origin = _instant(row, home_zone)
    oddities = [
        Oddity(
            FROM_A_TABLE, "The session comes from a table: its totals are what the table says, and it has no samples."
        )
    ]
    if not row.has_time:
        oddities.append(Oddity(NO_TIME, "The table tells only the day; the session stands at noon or after."))
    oddities += [Oddity(name, detail) for name, detail in row.odd]
    oddities += day_doubted(start, datetime.now(UTC), recorded=False)
    whole = math.nan if row.duration_s is None else float(row.duration_s)
    return Session(
        sport=Sport(row.sport),
        start=start,
        elapsed_s=whole,
        timer_s=whole,
        moving_s=whole if row.moving_s is None else float(row.moving_s),
        stream=empty_stream(),
        source=source,
        utc_offset_s=offset,
        offset_origin=origin,
        totals=DeviceTotals(
            distance_m=row.distance_m,
            elapsed_s=row.duration_s,
            timer_s=row.duration_s,
            moving_s=row.moving_s,
            ascent_m=row.ascent_m,
            mean_heart_rate_bpm=row.mean_heart_rate_bpm,
            max_heart_rate_bpm=row.max_heart_rate_bpm,
            mean_cadence_spm=row.cadence_spm,
        ),
        oddities=tuple(oddities),
        title=row.title,
        shoes=row.shoes,
        effort=row.effort,
    )


def empty_stream() -> pd.DataFrame:
    """A stream with every column and no samples."""
    return _no_samples().copy()


@cache
def _no_samples() -> pd.DataFrame:
    """Made once: a table has thousands of sessions without samples."""
    frame = pd.DataFrame({name: np.empty(0) for name in STREAM_COLUMNS})
    frame.insert(0, "timestamp", pd.DatetimeIndex([], dtype="datetime64[us, UTC]"))
    return frame


def _instant(row: TableRow, home_zone: str | None) -> tuple[datetime, int | None, OffsetOrigin]:
    told = datetime.fromisoformat(row.start)
    zone = _zone(home_zone)
    if row.offset_s is not None:
        start = (told - timedelta(seconds=row.offset_s)).replace(tzinfo=UTC)
        if row.is_local:
            return start, row.offset_s, OffsetOrigin.FILE
    elif zone is not None:
        start = told.replace(tzinfo=zone).astimezone(UTC)
    else:
        start = told.replace(tzinfo=UTC)
    offset = start.astimezone(zone).utcoffset() if zone is not None else None
    if offset is None:
        return start, None, OffsetOrigin.UNKNOWN
    return start, int(offset.total_seconds()), OffsetOrigin.USER


def _zone(name: str | None) -> ZoneInfo | None:
    try:
        return ZoneInfo(name) if name else None
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return None
