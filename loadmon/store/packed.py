"""A session made ready for storing: rows and blobs, without a database, so that worker processes can do it."""

from __future__ import annotations

import dataclasses
import json
import math
from dataclasses import dataclass
from typing import Any

from loadmon.correction import Correction
from loadmon.facts import RunFacts
from loadmon.readers.table_row import NO_LENGTH, NO_TIME
from loadmon.session import Device, DeviceTotals, Oddity, OffsetOrigin, Session, Source, Sport
from loadmon.store.codec import (
    CODEC,
    decode_stream,
    decode_table,
    encode_heart_rate,
    encode_stream,
    encode_table,
    encode_windows,
)
from loadmon.tissue.exposure_bytes import exposure_bytes

PACKED_FACTS = frozenset({"cadence_windows", "heart_rate_seconds", "exposure"})
"""Facts that are tables or arrays: each has a table of its own in the store."""
TIMELESS = frozenset({NO_TIME, NO_LENGTH})
"""What is odd about a row of a table whose hours say nothing."""
FLAT_FACTS = tuple(f.name for f in dataclasses.fields(RunFacts) if f.name not in PACKED_FACTS)


@dataclass(frozen=True, slots=True)
class Packed:
    """One session and its facts as the store's rows; small and quick to hand from process to process.

    Parameters
    ----------
    sha256 : str
        Fingerprint of the file it came from.
    head, facts : dict
        Columns of the tables ``session`` and ``run_facts``.
    stream, windows, heart_rate, exposure : bytes
        As made by ``loadmon.store.codec``, the last by ``loadmon.tissue.exposure_bytes``; empty where there is none.
    samples : int
        Rows of the stream.
    laps, events : str
        JSON tables.
    oddities : tuple of (name, detail, count)
    corrections : tuple of Correction
        What rules found to correct when it was read; they are in the facts, not in the stream.
    suggested : tuple of str
        What other rules only suggest, in words for the line of report.
    """

    sha256: str
    head: dict[str, Any]
    facts: dict[str, Any]
    stream: bytes
    windows: bytes
    heart_rate: bytes
    exposure: bytes
    samples: int
    laps: str
    events: str
    oddities: tuple[tuple[str, str, int], ...]
    codec: int = CODEC
    corrections: tuple[Correction, ...] = ()
    suggested: tuple[str, ...] = ()


def pack(
    session: Session,
    facts: RunFacts,
    corrections: tuple[Correction, ...] = (),
    suggested: tuple[str, ...] = (),
    stream: bytes | None = None,
) -> Packed:
    """Make a session, as it was read, ready for storing with the facts of what it is once corrected (about 2 ms).

    ``stream`` is the session's, where it is encoded already (``codec.encode_kept``).
    """
    return Packed(
        sha256=session.source.sha256,
        head={name: plain(value) for name, value in _head(session).items()},
        facts=flat(facts),
        stream=encode_stream(session.stream) if stream is None else stream,
        windows=encode_windows(facts.cadence_windows),
        heart_rate=encode_heart_rate(facts.heart_rate_seconds),
        exposure=encode_exposure(facts),
        samples=len(session.stream),
        laps=encode_table(session.laps),
        events=encode_table(session.events),
        oddities=tuple((plain(o.name), plain(o.detail), int(o.count)) for o in session.oddities),
        corrections=corrections,
        suggested=suggested,
    )


def _head(session: Session) -> dict[str, Any]:
    source, device = session.source, session.device
    return {
        "index_in_file": source.index,
        "file_name": source.file_name,
        "format": source.format,
        "reader": source.reader,
        "sport": session.sport.value,
        "sub_sport": session.sub_sport,
        "start_utc": session.start,
        "utc_offset_s": session.utc_offset_s,
        "offset_origin": session.offset_origin.value,
        "elapsed_s": float(session.elapsed_s),
        "timer_s": float(session.timer_s),
        "moving_s": float(session.moving_s),
        "manufacturer": device.manufacturer,
        "product": device.product,
        "serial_hash": device.serial_hash,
        "software": device.software,
        "totals": json.dumps({name: plain(value) for name, value in dataclasses.asdict(session.totals).items()}),
        "title": session.title,
        "shoes": session.shoes,
        "effort": session.effort,
        "timeless": True if any(oddity.name in TIMELESS for oddity in session.oddities) else None,
    }


def flat(facts: RunFacts) -> dict[str, Any]:
    """The facts' single values as columns of ``run_facts``; missing is None, never NaN."""
    row = {name: plain(getattr(facts, name)) for name in FLAT_FACTS}
    row["measured"] = json.dumps(list(facts.measured))
    return row


def encode_exposure(facts: RunFacts) -> bytes:
    """A run's exposure as bytes; none where there is none."""
    return b"" if facts.exposure is None else exposure_bytes(facts.exposure)


def plain(value: Any) -> Any:
    """The value as every database takes it: None for NaN, and words without the bytes that no text may hold.

    File names and device names come from anywhere: they may hold zero bytes or bytes that were never UTF-8.
    """
    if isinstance(value, str):
        return value if value.isascii() and "\0" not in value else _clean(value)
    if hasattr(value, "item"):
        value = value.item()
    return None if isinstance(value, float) and math.isnan(value) else value


def _clean(words: str) -> str:
    return words.replace("\0", "").encode("utf-8", "backslashreplace").decode("utf-8")


def session_from(head: Any, stream: bytes, laps: str, events: str, oddities: list[Oddity]) -> Session:
    """The session that was packed; ``head`` has the columns of the table ``session`` as attributes."""
    return Session(
        sport=Sport(head.sport),
        start=head.start_utc,
        elapsed_s=_seconds(head.elapsed_s),
        timer_s=_seconds(head.timer_s),
        moving_s=_seconds(head.moving_s),
        stream=decode_stream(stream),
        source=Source(head.sha256, head.file_name, head.format, head.reader, head.index_in_file),
        sub_sport=head.sub_sport,
        utc_offset_s=head.utc_offset_s,
        offset_origin=OffsetOrigin(head.offset_origin),
        device=Device(head.manufacturer, head.product, head.serial_hash, head.software),
        totals=DeviceTotals(**json.loads(head.totals)),
        laps=decode_table(laps),
        events=decode_table(events),
        oddities=tuple(oddities),
        title=head.title,
        shoes=head.shoes,
        effort=head.effort,
    )


def _seconds(stored: float | None) -> float:
    """A session's time; NaN where nobody told it."""
    return math.nan if stored is None else stored
