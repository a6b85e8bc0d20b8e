"""Taking an import out of the store again: its sessions, what it taught, and the runners that came with it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import Connection, and_, delete, func, or_, select, update

from loadmon.correction import CorrectionKind
from loadmon.refusal import Refusal
from loadmon.store import schema
from loadmon.store.access import no_such
from loadmon.store.engine import Store
from loadmon.store.imports import Outcome, state_of
from loadmon.store.jobs import OPEN

HEAD, REPORT, BATCH, ATHLETE = schema.SessionRow, schema.FileReportRow, schema.ImportBatchRow, schema.AthleteRow
_AT_ONCE = 500
_MOVED = select(schema.CorrectionRow.session_id).where(
    schema.CorrectionRow.kind == CorrectionKind.OWNER.value, schema.CorrectionRow.removed.is_(None)
)
"""Sessions of which somebody said whose they are."""


class StillUnderWay(Refusal):
    """An import that somebody is still working on cannot be taken out."""

    name = "still under way"


class UndoneAlready(Refusal):
    """An import that was taken out before."""

    name = "undone already"


@dataclass(frozen=True, slots=True)
class TakenOut:
    """What went with an import, and what others still need.

    Parameters
    ----------
    sessions : int
        Sessions that are gone.
    kept : int
        Sessions that another import holds as well: they stay, and are that import's now.
    runners : int
        Runners who came with it and of whom nothing else was known.
    originals : tuple of str
        Fingerprints of files that nobody needs any more; their bytes go once this is committed.
    touched : tuple of int
        Runners who are still there and had sessions in it.
    bases : tuple of int
        Sessions that had borrowed channels from one that is gone: their facts have to be computed anew.
    """

    sessions: int
    kept: int
    runners: int
    originals: tuple[str, ...]
    touched: tuple[int, ...]
    bases: tuple[int, ...]


def take_out(conn: Connection, batch_id: int) -> TakenOut:
    """Take an import out, whole: afterwards the store holds what it would hold had that import never been.

    A file that a later import offered too, and found to be there already, belongs to that import from now on. A runner
    who came with the import stays if anything else is known of them.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``: all of it happens, or nothing.
    batch_id : int
        The import.

    Raises
    ------
    NotFound
        If there is no such import.
    StillUnderWay, UndoneAlready
        If it cannot be taken out now.
    """
    _must_be_over(conn, batch_id)
    here = select(HEAD.id, HEAD.sha256, HEAD.athlete_id).where(HEAD.batch_id == batch_id).order_by(HEAD.id)
    mine = [(int(number), sha256, int(whose)) for number, sha256, whose in conn.execute(here)]
    heirs = _heirs(conn, batch_id, {sha256: whose for _, sha256, whose in mine})
    gone = [number for number, sha256, _ in mine if sha256 not in heirs]
    waiting = _waiting(conn, batch_id)
    _hand_over(conn, batch_id, heirs)
    bases = _bases(conn, gone)
    for some in _parts(gone):
        conn.execute(delete(HEAD).where(HEAD.id.in_(some)))
    lines = select(REPORT.id).where(REPORT.batch_id == batch_id)
    conn.execute(delete(schema.WaitingFileRow).where(schema.WaitingFileRow.report_id.in_(lines)))
    conn.execute(delete(schema.OwnerClueRow).where(schema.OwnerClueRow.batch_id == batch_id))
    runners = _let_go_of_runners(conn, batch_id)
    originals = _unneeded(conn, {sha256 for _, sha256, _ in mine if sha256 not in heirs} | waiting)
    # what is left of it says which files there were and what became of them, and no more of anybody
    conn.execute(update(REPORT).where(REPORT.batch_id == batch_id).values(about=None))
    gone_values = {"state": "undone", "finished": schema.now(), "request": None}
    conn.execute(update(BATCH).where(BATCH.id == batch_id).values(gone_values))
    still = set(conn.execute(select(ATHLETE.id)).scalars())
    kept = select(HEAD.athlete_id).where(HEAD.sha256.in_(sorted(heirs))).distinct() if heirs else None
    now_theirs = set(conn.execute(kept).scalars()) if kept is not None else set()
    touched = tuple(sorted(({whose for _, _, whose in mine} | now_theirs) & still))
    return TakenOut(len(gone), len(mine) - len(gone), runners, originals, touched, bases)


def remove_unnamed(store: Store, fingerprints: Iterable[str]) -> int:
    """Remove kept files that no row names any more; how many there were.

    It is done while no other writer is at work: whoever keeps the same file at this moment finds it, or finds it gone.
    """
    there = [sha256 for sha256 in dict.fromkeys(fingerprints) if sha256 in store.originals]
    if not there:
        return 0
    with store.write() as conn:
        named = originals_named(conn, there)
        gone = [sha256 for sha256 in there if sha256 not in named and sha256 in store.originals]
        for sha256 in gone:
            store.originals.remove(sha256)
    return len(gone)


def originals_named(conn: Connection, fingerprints: Iterable[str]) -> set[str]:
    """Which of these fingerprints are those of files that the store knows of."""
    asked, found = select(schema.OriginalRow.sha256), set[str]()
    for some in _parts(list(fingerprints)):
        found.update(conn.execute(asked.where(schema.OriginalRow.sha256.in_(some))).scalars())
    return found


def _must_be_over(conn: Connection, batch_id: int) -> None:
    state = state_of(conn, batch_id)
    if state == "planned":
        raise no_such("import")
    if state == "undone":
        raise UndoneAlready("That import was taken out before.", "Import the files again if you want them back.")
    job = schema.JobRow
    theirs = select(job.id).where(job.batch_id == batch_id, job.state.in_(OPEN), job.kind != "undo")
    if state == "running" or conn.execute(theirs).first():
        raise StillUnderWay(
            "That import is still under way.", "Stop it first (what was read is kept until then), then undo it."
        )


def _heirs(conn: Connection, batch_id: int, holders: dict[str, int]) -> dict[str, tuple[int, int, int]]:
    """For each file that another import offered too: that import, its line of report, and whose it was there.

    Where nothing told whose it was, it stays with the one of ``holders`` who has it by this import; a line that told
    somebody stands before those.
    """
    is_sample = select(BATCH.is_sample).where(BATCH.id == batch_id).scalar_subquery()
    asked = (
        select(REPORT.sha256, REPORT.batch_id, REPORT.id, REPORT.athlete_id)
        .join(BATCH, BATCH.id == REPORT.batch_id)
        .where(REPORT.outcome == Outcome.DUPLICATE.value, REPORT.batch_id != batch_id)
        .where(BATCH.state.not_in(("planned", "undone")), BATCH.is_sample == is_sample)
        .order_by(REPORT.athlete_id.is_(None), REPORT.batch_id, REPORT.id)
    )
    found: dict[str, tuple[int, int, int]] = {}
    for some in _parts(sorted(holders)):
        for sha256, heir, line, whose in conn.execute(asked.where(REPORT.sha256.in_(some))):
            if sha256 is not None:
                found.setdefault(sha256, (heir, line, holders[sha256] if whose is None else whose))
    return found


def _hand_over(conn: Connection, batch_id: int, heirs: dict[str, tuple[int, int, int]]) -> None:
    """Sessions go to the import that offered their file too, whose line says from now on that they came with it."""
    told = ("sessions", "sport", "local_day", "distance_m", "moving_s", "oddities", "read_s")
    for sha256, (heir, line, whose) in heirs.items():
        ours = select(*(getattr(REPORT, name) for name in told)).where(
            REPORT.batch_id == batch_id, REPORT.sha256 == sha256, REPORT.outcome == Outcome.IMPORTED.value
        )
        first = conn.execute(ours.order_by(REPORT.id)).mappings().first()
        values = dict(first or {}) | {"outcome": Outcome.IMPORTED.value, "detail": None, "athlete_id": whose}
        conn.execute(update(REPORT).where(REPORT.id == line).values(values))
        theirs = and_(HEAD.batch_id == batch_id, HEAD.sha256 == sha256)
        conn.execute(update(HEAD).where(theirs).values(batch_id=heir))
        # who was said by a person to have run it stays its owner, whatever folder it lay in
        conn.execute(
            update(HEAD)
            .where(HEAD.batch_id == heir, HEAD.sha256 == sha256, HEAD.id.not_in(_MOVED))
            .values(athlete_id=whose)
        )


def _bases(conn: Connection, gone: Sequence[int]) -> tuple[int, ...]:
    """Sessions that stay and had borrowed channels from one that goes."""
    correction = schema.CorrectionRow
    found: set[int] = set()
    for some in _parts(gone):
        asked = select(correction.session_id).where(correction.other_id.in_(some), correction.removed.is_(None))
        found.update(conn.execute(asked).scalars())
    return tuple(sorted(found - set(gone)))


def _waiting(conn: Connection, batch_id: int) -> set[str]:
    row = schema.WaitingFileRow
    asked = select(row.sha256).join(REPORT, REPORT.id == row.report_id).where(REPORT.batch_id == batch_id)
    return set(conn.execute(asked).scalars())


def _let_go_of_runners(conn: Connection, batch_id: int) -> int:
    """Remove runners who came with an import, unless something else is known of them; how many went."""
    came = list(conn.execute(select(ATHLETE.id).where(ATHLETE.introduced_by == batch_id)).scalars())
    gone = 0
    for number in came:
        first: int | None = conn.execute(select(func.min(HEAD.batch_id)).where(HEAD.athlete_id == number)).scalar()
        if first is None and not _is_known(conn, number):
            conn.execute(delete(ATHLETE).where(ATHLETE.id == number))
            gone += 1
        else:
            conn.execute(update(ATHLETE).where(ATHLETE.id == number).values(introduced_by=first))
    return gone


def _is_known(conn: Connection, athlete_id: int) -> bool:
    """Whether anything was told of a runner beside their sessions."""
    tables = (
        schema.ThresholdRow,
        schema.InjuryRow,
        schema.UnknownDaysRow,
        schema.FindingRow,
        schema.OwnerClueRow,
        schema.AssessmentRow,
        schema.AssessmentDraftRow,
        schema.PlanDraftRow,
        schema.PainRow,
        schema.CheckInRow,
        schema.PlanRow,
    )
    told = or_(ATHLETE.sex.is_not(None), ATHLETE.load_order.is_not(None), ATHLETE.twins.is_not(None))
    told = or_(told, ATHLETE.time_zone.is_not(None), ATHLETE.squad.is_not(None))
    if conn.execute(select(ATHLETE.id).where(ATHLETE.id == athlete_id, told)).first():
        return True
    return any(conn.execute(select(t.athlete_id).where(t.athlete_id == athlete_id).limit(1)).first() for t in tables)


def _unneeded(conn: Connection, fingerprints: Iterable[str]) -> tuple[str, ...]:
    """Take originals out that no session and no waiting file needs; which those were."""
    gone: list[str] = []
    for some in _parts(sorted(fingerprints)):
        needed = set(conn.execute(select(HEAD.sha256).where(HEAD.sha256.in_(some))).scalars())
        waiting = schema.WaitingFileRow.sha256
        needed.update(conn.execute(select(waiting).where(waiting.in_(some))).scalars())
        free = [sha256 for sha256 in some if sha256 not in needed]
        conn.execute(delete(schema.OriginalRow).where(schema.OriginalRow.sha256.in_(free)))
        gone += free
    return tuple(gone)


def _parts(values: Sequence[Any]) -> list[Sequence[Any]]:
    return [values[first : first + _AT_ONCE] for first in range(0, len(values), _AT_ONCE)]
