"""Sessions in the store: saving one with its facts, finding what is known already, reading one back."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from sqlalchemy import Connection, and_, delete, insert, select, update

from loadmon.athlete import Athlete
from loadmon.correction import Correction, CorrectionKind
from loadmon.facts import RunFacts
from loadmon.repair import corrected
from loadmon.session import DeviceTotals, Oddity, Session
from loadmon.store import corrections, schema, squad
from loadmon.store.access import Viewer, no_such
from loadmon.store.codec import decode_heart_rate, decode_windows, encode_heart_rate, encode_windows
from loadmon.store.originals import Original
from loadmon.store.packed import FLAT_FACTS, encode_exposure, flat, pack, session_from
from loadmon.store.runs import runs_table, windows
from loadmon.store.saving import Saving
from loadmon.tissue.exposure_bytes import exposure_from

__all__ = [
    "Known", "StoredSession", "among", "as_read", "exclude", "known", "must_see", "one", "replace_facts", "runs_table", "save",
    "stale", "starts_as_read", "windows",
]  # fmt: skip

HEAD, FACTS = schema.SessionRow, schema.FactsRow
_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class Known:
    """A file that is in the store already: whose it is, and the sessions it held."""

    athlete_id: int
    session_ids: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class StoredSession:
    """One session as it comes out of the store, with its facts, its runner and the import it came by.

    ``effort_told`` is how hard it was, 0 to 10, as told on a page; None where nobody did. ``corrections`` are those in
    force, oldest first; ``totals`` is what the device itself declared, whatever was corrected since.
    """

    id: int
    session: Session
    facts: RunFacts
    athlete: Athlete
    batch_id: int
    original: Original
    excluded_reason: str | None
    effort_told: float | None = None
    corrections: tuple[Correction, ...] = ()
    totals: DeviceTotals = field(default_factory=DeviceTotals)

    @property
    def effort(self) -> float | None:
        """How hard it felt, 0 to 10: what was told on a page, else what the file or table told."""
        return self.session.effort if self.effort_told is None else self.effort_told


def save(
    conn: Connection,
    athlete_id: int,
    batch_id: int,
    session: Session,
    facts: RunFacts,
    original: Original,
    *,
    excluded_reason: str | None = None,
) -> int | None:
    """Store a session with its facts.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    athlete_id, batch_id : int
        Whose it is, and the import it came by.
    session, facts : Session, RunFacts
    original : Original
        The file it came from; its bytes are kept beforehand by ``Store.originals.keep``.
    excluded_reason : str | None
        Why it does not count ("second watch on the same run"); None where it counts.

    Returns
    -------
    int | None
        The session's number; None if this very session of this very file is stored already.
    """
    saving = Saving(conn, batch_id)
    session_id = saving.add(athlete_id, pack(session, facts), original, excluded_reason=excluded_reason)
    saving.finish()
    return session_id


def known(conn: Connection, sha256s: Iterable[str]) -> dict[str, Known]:
    """Which of these files are in the store already, by fingerprint (for the importer: asks nobody's leave)."""
    wanted = list(dict.fromkeys(sha256s))
    found: dict[str, Known] = {}
    for first in range(0, len(wanted), _AT_ONCE):
        asked = select(HEAD.sha256, HEAD.athlete_id, HEAD.id).where(HEAD.sha256.in_(wanted[first : first + _AT_ONCE]))
        for sha256, athlete_id, session_id in conn.execute(asked.order_by(HEAD.id)):
            before = found[sha256].session_ids if sha256 in found else ()
            found[sha256] = Known(athlete_id, (*before, session_id))
    return found


def must_see(conn: Connection, viewer: Viewer, session_id: int) -> None:
    """Raise ``NotFound`` if there is no such session, or this viewer may not see it."""
    asked = select(HEAD.id).where(HEAD.id == session_id, viewer.rule(HEAD.athlete_id))
    if conn.execute(asked).scalar_one_or_none() is None:
        raise no_such("session")


def among(conn: Connection, session_ids: Iterable[int]) -> list[int]:
    """Which of these sessions there are, in the order of their numbers (asks nobody's leave)."""
    wanted, found = sorted(set(session_ids)), list[int]()
    for first in range(0, len(wanted), _AT_ONCE):
        asked = select(HEAD.id).where(HEAD.id.in_(wanted[first : first + _AT_ONCE])).order_by(HEAD.id)
        found += conn.execute(asked).scalars()
    return found


def starts_as_read(conn: Connection, viewer: Viewer, athlete_ids: Iterable[int]) -> list[float]:
    """When these runners' sessions began, in Unix seconds, by the clocks of their files."""
    asked = select(HEAD.start_utc).where(viewer.rule(HEAD.athlete_id, athlete_ids)).order_by(HEAD.start_utc)
    return [start.timestamp() for start in conn.execute(asked).scalars()]


def exclude(conn: Connection, viewer: Viewer, session_id: int, reason: str | None) -> None:
    """Take a session out of every sum, with the reason; or, with None, let it count again."""
    theirs = and_(HEAD.id == session_id, viewer.rule(HEAD.athlete_id))
    changed = update(HEAD).where(theirs).values(excluded=reason is not None, excluded_reason=reason)
    if conn.execute(changed).rowcount == 0:
        raise no_such("session")


def one(conn: Connection, viewer: Viewer, session_id: int, *, but: Collection[CorrectionKind] = ()) -> StoredSession:
    """One session with its stream, laps, events, oddities and facts, its corrections applied, ``but`` those of these kinds.

    Raises
    ------
    NotFound
        If there is none with this number, or this viewer may not see it.
    """
    stored = as_read(conn, viewer, session_id)
    if not stored.corrections:
        return stored
    others = {
        other_id: _without_borrowing(conn, other_id)
        for other_id in {one.other_id for one in stored.corrections if one.kind is CorrectionKind.BORROW}
        if other_id is not None
    }
    applied = [one for one in stored.corrections if one.kind not in but]
    return dataclasses.replace(stored, session=corrected(stored.session, applied, others))


def _without_borrowing(conn: Connection, session_id: int) -> Session:
    """Another recording of the same run with its own corrections, but for what it borrows itself."""
    stored = as_read(conn, Viewer.everyone(), session_id)
    return corrected(stored.session, [c for c in stored.corrections if c.kind is not CorrectionKind.BORROW])


def as_read(conn: Connection, viewer: Viewer, session_id: int) -> StoredSession:
    """As ``one``, but the session is as it was read: its corrections stand beside it, not in it.

    Raises
    ------
    NotFound
        If there is none with this number, or this viewer may not see it.
    """
    asked = (
        select(HEAD, schema.StreamRow.data, schema.PartsRow.laps, schema.PartsRow.events, schema.WindowsRow.data)
        .add_columns(
            schema.HeartRateRow.data, schema.ExposureRow.data, schema.OriginalRow.size, schema.OriginalRow.kept
        )
        .join(schema.StreamRow, schema.StreamRow.session_id == HEAD.id)
        .join(schema.PartsRow, schema.PartsRow.session_id == HEAD.id)
        .join(schema.WindowsRow, schema.WindowsRow.session_id == HEAD.id)
        .join(schema.HeartRateRow, schema.HeartRateRow.session_id == HEAD.id, isouter=True)
        .join(schema.ExposureRow, schema.ExposureRow.session_id == HEAD.id, isouter=True)
        .join(schema.OriginalRow, schema.OriginalRow.sha256 == HEAD.sha256)
        .where(HEAD.id == session_id, viewer.rule(HEAD.athlete_id))
    )
    row = conn.execute(asked).one_or_none()
    if row is None:
        raise no_such("session")
    stream, laps, events, window_data, heart_rate, exposure, size, kept = row[-8:]
    odd = schema.OddityRow
    oddities = select(odd.name, odd.detail, odd.count).where(odd.session_id == session_id).order_by(odd.id)
    session = session_from(row, stream, laps, events, [Oddity(*o) for o in conn.execute(oddities)])
    return StoredSession(
        id=session_id,
        session=session,
        facts=_facts(conn, session_id, window_data, heart_rate, exposure),
        athlete=squad.athlete(conn, viewer, row.athlete_id),
        batch_id=row.batch_id,
        original=Original(row.sha256, size, row.format, kept),
        excluded_reason=row.excluded_reason,
        effort_told=row.effort_told,
        corrections=tuple(corrections.of_sessions(conn, [session_id]).get(session_id, ())),
        totals=session.totals,
    )


def stale(conn: Connection, version: int, among: Sequence[int] | None = None) -> list[int]:
    """Sessions (of these, if some are given) whose facts were computed by another version, oldest number first."""
    asked = select(FACTS.session_id).where(FACTS.version != version).order_by(FACTS.session_id)
    return list(conn.execute(asked if among is None else asked.where(FACTS.session_id.in_(among))).scalars())


def replace_facts(conn: Connection, facts: Sequence[tuple[int, RunFacts]]) -> None:
    """Put newly computed facts in the place of the old ones, each with its session's number."""
    ids = [session_id for session_id, _ in facts]
    for table in (FACTS, schema.WindowsRow, schema.HeartRateRow, schema.ExposureRow, schema.BoutsRow):
        conn.execute(delete(table).where(table.session_id.in_(ids)))
    if facts:
        conn.execute(insert(FACTS), [{"session_id": session_id} | flat(new) for session_id, new in facts])
        blobs = [{"session_id": session_id, "data": encode_windows(new.cadence_windows)} for session_id, new in facts]
        conn.execute(insert(schema.WindowsRow), blobs)
        beats = [{"session_id": number, "data": encode_heart_rate(new.heart_rate_seconds)} for number, new in facts]
        conn.execute(insert(schema.HeartRateRow), beats)
        steps = [{"session_id": number, "data": encode_exposure(new)} for number, new in facts]
        conn.execute(insert(schema.ExposureRow), steps)


def _facts(
    conn: Connection, session_id: int, window_data: bytes, heart_rate: bytes | None, exposure: bytes | None
) -> RunFacts:
    columns = [getattr(FACTS, name) for name in FLAT_FACTS]
    row = conn.execute(select(*columns).where(FACTS.session_id == session_id)).one()
    values: dict[str, Any] = dict(zip(FLAT_FACTS, row, strict=True))
    values["measured"] = tuple(json.loads(values["measured"]))
    values["grade_known"] = bool(values["grade_known"])  # an earlier version did not know
    return RunFacts(
        **values,
        cadence_windows=decode_windows([session_id], [window_data]).drop(columns="session_id"),
        heart_rate_seconds=decode_heart_rate([heart_rate])[0] if heart_rate else np.empty(0),
        exposure=exposure_from(exposure) if exposure else None,
    )
