"""Files that wait for somebody to say whose they are: their bytes are kept, and a line of an import's report is theirs."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, delete, insert, select, update

from loadmon.readers.account import Told
from loadmon.store.access import Viewer
from loadmon.store.imports import FileReport, Outcome
from loadmon.store.packed import plain
from loadmon.store.schema import AthleteRow, FileReportRow, ImportBatchRow, SessionRow, WaitingFileRow

LINE, FILE = FileReportRow, WaitingFileRow
_OVER = ("planned", "undone")
_AT_ONCE = 500
CLAIM = "claim"
"""Among the clues of a file whose very bytes another runner of the same import has: as whose it was offered."""


@dataclass(frozen=True, slots=True)
class WaitingFile:
    """One file that waits.

    Parameters
    ----------
    path : str
        Its line in the import's report.
    sha256, file_name : str
        Under which its bytes are kept, and what it is called.
    clues : dict
        As plain values: what it says of its owner, who it may be, by what it is asked about.
    told : dict of int to Told
        What an account's list tells of its sessions, by their place in the file.
    report_id, batch_id : int
        Its line's number and its import's; 0 before it is in the store.
    size, sport, local_day, distance_m
        Of its line of report.
    holder : str | None
        Whose a session of the same bytes is by now.
    """

    path: str
    sha256: str
    file_name: str
    clues: dict[str, Any] = field(default_factory=dict)
    told: dict[int, Told] = field(default_factory=dict)
    report_id: int = 0
    batch_id: int = 0
    size: int | None = None
    sport: str | None = None
    local_day: date | None = None
    distance_m: float | None = None
    holder: str | None = None


def hold(conn: Connection, batch_id: int, files: Iterable[WaitingFile]) -> None:
    """Let files wait whose lines were just written and whose originals are in the store.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    batch_id : int
        The import that offered them.
    files : iterable of WaitingFile
    """
    of_path = {plain(file.path): file for file in files}
    rows = []
    for some in _parts(sorted(of_path)):
        asked = select(LINE.id, LINE.path).where(LINE.batch_id == batch_id, LINE.path.in_(some))
        for number, path in conn.execute(asked).all():
            file = of_path[path]
            told = {index: dataclasses.asdict(one) for index, one in file.told.items()}
            rows.append(
                {
                    "report_id": number,
                    "sha256": file.sha256,
                    "file_name": plain(file.file_name),
                    "clues": json.dumps(file.clues),
                    "told": json.dumps(told) if told else None,
                }
            )
    if rows:
        conn.execute(insert(FILE), rows)


def waiting(conn: Connection, viewer: Viewer, batch_id: int | None = None) -> list[WaitingFile]:
    """Every file that waits, by import and path; a file of nobody is for those who see all.

    Parameters
    ----------
    conn, viewer
    batch_id : int | None
        One import only.
    """
    if not viewer.sees_all:
        return []
    asked = (
        select(LINE, FILE.sha256, FILE.file_name, FILE.clues, FILE.told)
        .join(FILE, FILE.report_id == LINE.id)
        .join(ImportBatchRow, ImportBatchRow.id == LINE.batch_id)
        .where(ImportBatchRow.state.not_in(_OVER))
        .order_by(LINE.batch_id, LINE.path)
    )
    rows = conn.execute(asked if batch_id is None else asked.where(LINE.batch_id == batch_id)).all()
    held = _holders(conn, {row[-4] for row in rows})
    return [_file(row, held.get(row[-4])) for row in rows]


def _file(row: Any, holder: str | None) -> WaitingFile:
    sha256, name, clues, told = row[-4:]
    by_place = {int(index): Told(**one) for index, one in json.loads(told or "{}").items()}
    return WaitingFile(
        row.path, sha256, name, json.loads(clues), by_place, row.id, row.batch_id, row.size, row.sport, row.local_day,
        row.distance_m, holder,
    )  # fmt: skip


def asked_in(conn: Connection, sha256: str) -> int | None:
    """The import with which a file of these bytes began to wait (for the importer); None if none does."""
    asked = (
        select(LINE.batch_id)
        .join(FILE, FILE.report_id == LINE.id)
        .join(ImportBatchRow, ImportBatchRow.id == LINE.batch_id)
        .where(FILE.sha256 == sha256, ImportBatchRow.state.not_in(_OVER))
    )
    return conn.execute(asked.order_by(LINE.batch_id).limit(1)).scalar()


def still(conn: Connection, report_id: int) -> bool:
    """True while this line waits: nobody has decided in between (for the importer)."""
    return conn.execute(select(FILE.report_id).where(FILE.report_id == report_id)).first() is not None


def settle(conn: Connection, report_id: int, line: FileReport) -> None:
    """Put a decided file's line in the place of the one that waited.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    report_id : int
        The line that waited.
    line : FileReport
        What became of the file.
    """
    values = {name: plain(value) for name, value in dataclasses.asdict(line).items() if name not in ("about", "path")}
    values |= {"outcome": Outcome(line.outcome).value, "about": json.dumps(line.about) if line.about else None}
    conn.execute(update(LINE).where(LINE.id == report_id).values(values))
    conn.execute(delete(FILE).where(FILE.report_id == report_id))


def lines_of(conn: Connection, batch_id: int, sha256: str) -> list[tuple[int, str, int | None]]:
    """Number, path and size of an import's lines that ask whose these bytes are, by path (for the importer).

    One that was offered as another runner's than the one who has them goes on asking, and is not among them.
    """
    asked = select(LINE.id, LINE.path, LINE.size, LINE.about).where(LINE.batch_id == batch_id, LINE.sha256 == sha256)
    rows = conn.execute(asked.where(LINE.outcome == Outcome.NO_OWNER.value).order_by(LINE.path)).all()
    return [(number, path, size) for number, path, size, about in rows if CLAIM not in json.loads(about or "{}")]


def needed(conn: Connection, fingerprints: Collection[str]) -> set[str]:
    """Which of these originals a waiting file needs (for the importer)."""
    found: set[str] = set()
    for some in _parts(sorted(fingerprints)):
        found.update(conn.execute(select(FILE.sha256).where(FILE.sha256.in_(some))).scalars())
    return found


def move_lines(conn: Connection, sha256: str, from_athlete: int, to_athlete: int) -> None:
    """Say in the reports of imports that a file is another runner's, as its sessions are (for the importer)."""
    theirs = and_(LINE.sha256 == sha256, LINE.athlete_id == from_athlete, LINE.outcome == Outcome.IMPORTED.value)
    conn.execute(update(LINE).where(theirs).values(athlete_id=to_athlete))


def _holders(conn: Connection, fingerprints: set[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for some in _parts(sorted(fingerprints)):
        asked = select(SessionRow.sha256, AthleteRow.name).join(AthleteRow, AthleteRow.id == SessionRow.athlete_id)
        for sha256, name in conn.execute(asked.where(SessionRow.sha256.in_(some)).order_by(SessionRow.id)):
            found.setdefault(sha256, name)
    return found


def _parts(values: list[str]) -> list[list[str]]:
    return [values[first : first + _AT_ONCE] for first in range(0, len(values), _AT_ONCE)]
