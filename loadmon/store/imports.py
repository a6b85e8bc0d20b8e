"""Imports in the store: each batch of files that was given, and what became of every file."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from pathlib import PurePosixPath
from typing import Any

import numpy as np
import pandas as pd
from sqlalchemy import Connection, and_, case, delete, func, insert, literal, select, update

from loadmon.refusal import Unreadable
from loadmon.store.access import Viewer, no_such
from loadmon.store.packed import plain
from loadmon.store.schema import (
    AthleteRow,
    FileReportRow,
    ImportBatchRow,
    JobRow,
    SessionRow,
    WaitingFileRow,
    now,
)

_AT_ONCE = 500
UNFINISHED = ("running", "failed", "cancelled")
"""States of an import that can be gone on with."""
_LOOKED_AT = 200
_KNEW = "knew"


class Outcome(StrEnum):
    """What became of one file."""

    IMPORTED = "imported"
    DUPLICATE = "duplicate"
    SKIPPED = "skipped"
    """The importing person wanted it left out."""
    REFUSED = "refused"
    NOT_AN_ACTIVITY = "not an activity"
    NO_OWNER = "no owner"
    FOREIGN = "foreign"


@dataclass(frozen=True, slots=True)
class FileReport:
    """One line of an import's report; see ``loadmon.refusal`` for reason (a refusal's name), detail and advice.

    ``sport``, ``local_day``, ``distance_m`` and ``moving_s`` are of what was imported, ``oddities`` names what was
    unusual or repaired; ``read_s`` is how long reading took. ``told_by`` is what told whose it is; ``about`` holds as plain
    values what else is told of it (a second recording of the same run, a runner who is new).
    """

    path: str
    outcome: Outcome
    sha256: str | None = None
    size: int | None = None
    athlete_id: int | None = None
    reason: str | None = None
    detail: str | None = None
    advice: str | None = None
    sessions: int = 0
    sport: str | None = None
    local_day: date | None = None
    distance_m: float | None = None
    moving_s: float | None = None
    oddities: str | None = None
    read_s: float | None = None
    told_by: str | None = None
    about: dict[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class BrokenOff:
    """An import that did not come to its end, and when it was last heard of."""

    batch_id: int
    state: str
    at: datetime


def start_batch(
    conn: Connection,
    what: str,
    *,
    is_sample: bool = False,
    planned: bool = False,
    request: Mapping[str, Any] | None = None,
) -> int:
    """Open an import; ``what`` says in words what was given. Gives back its number.

    Parameters
    ----------
    planned : bool
        True for a look ahead, of which nothing is stored but its lines of report.
    request : mapping | None
        As plain values what was ``asked``, and ``knew``, what was known then that the answer depends on: an import that is
        broken off goes on as it began.
    """
    state = "planned" if planned else "running"
    row = {"started": now(), "finished": None, "what": plain(what), "state": state, "is_sample": is_sample}
    row["request"] = None if request is None else json.dumps(request, sort_keys=True)
    return int(conn.execute(insert(ImportBatchRow).returning(ImportBatchRow.id), row).scalar_one())


def known_at_begin(conn: Connection, batch_id: int) -> dict[str, Any] | None:
    """What an import that has not come to its end knew when it began; None where it remembers nothing."""
    asked = select(ImportBatchRow.request).where(ImportBatchRow.id == batch_id)
    request = conn.execute(asked).scalar_one_or_none()
    kept = json.loads(request).get(_KNEW) if request else None
    return kept if isinstance(kept, dict) else None


def resume_batch(conn: Connection, batch_id: int, *, planned: bool = False) -> None:
    """Open an import (or, ``planned``, a look ahead) again that was broken off."""
    again = update(ImportBatchRow).where(ImportBatchRow.id == batch_id)
    conn.execute(again.values(state="planned" if planned else "running", finished=None))


def has_line(conn: Connection, batch_id: int, path: str) -> bool:
    """Whether the report of an import says what became of this path."""
    asked = select(FileReportRow.id).where(FileReportRow.batch_id == batch_id, FileReportRow.path == plain(path))
    return conn.execute(asked.limit(1)).first() is not None


def broken_off(conn: Connection, asked: Mapping[str, Any]) -> BrokenOff | None:
    """The latest import of exactly this, if it did not come to its end; None if it did, or there is none.

    Parameters
    ----------
    asked : mapping
        What is asked now, as plain values.
    """
    batch, wanted = ImportBatchRow, json.loads(json.dumps(asked))
    latest = select(batch).where(batch.request.is_not(None), batch.state != "planned").order_by(batch.id.desc())
    for row in conn.execute(latest.limit(_LOOKED_AT)):
        if json.loads(row.request).get("asked") == wanted:
            if row.state not in UNFINISHED:
                return None
            heard = select(func.max(JobRow.heartbeat)).where(JobRow.batch_id == row.id)
            return BrokenOff(row.id, row.state, row.finished or conn.execute(heard).scalar_one() or row.started)
    return None


def add_reports(conn: Connection, batch_id: int, reports: Iterable[FileReport]) -> None:
    """Write down what became of these files."""
    rows = []
    for report in reports:
        row = {name: plain(value) for name, value in dataclasses.asdict(report).items() if name != "about"}
        about = json.dumps(report.about) if report.about else None
        rows.append(row | {"batch_id": batch_id, "outcome": Outcome(report.outcome).value, "about": about})
    if rows:
        conn.execute(insert(FileReportRow), rows)


def clues_of_files(conn: Connection) -> Iterator[tuple[int, dict[str, Any]]]:
    """What each file that came in says of its owner, with the runner it came in as (for the importer).

    Of files that came in before reports told it, only those that a person decided are here.
    """
    line, batch = FileReportRow, ImportBatchRow
    asked = (
        select(line.athlete_id, line.about)
        .join(batch, batch.id == line.batch_id)
        .where(line.athlete_id.is_not(None), line.about.is_not(None))
        .where(line.outcome == Outcome.IMPORTED.value, batch.state != "planned", batch.is_sample.is_(False))
    )
    for athlete_id, about in conn.execute(asked):
        if athlete_id is not None and about is not None:  # as asked; the types do not know it
            yield athlete_id, json.loads(about).get("clues", {})


def tell_more(conn: Connection, batch_id: int, about: Mapping[str, dict[str, Any]]) -> None:
    """Add to what is told of files of an import, by their paths, what shows only once all of them are read."""
    report = FileReportRow
    for some in _in_parts(sorted(about)):
        asked = select(report.id, report.path, report.about).where(report.batch_id == batch_id, report.path.in_(some))
        for number, path, told in conn.execute(asked).all():
            more = json.dumps((json.loads(told) if told else {}) | about[path])
            conn.execute(update(report).where(report.id == number).values(about=more))


def runners_of(conn: Connection, batch_id: int) -> list[int]:
    """The numbers of the runners of whom sessions came with an import."""
    asked = select(SessionRow.athlete_id).where(SessionRow.batch_id == batch_id).distinct()
    return sorted(conn.execute(asked).scalars())


def sessions_of(conn: Connection, batch_id: int, paths: Iterable[str]) -> dict[str, list[int]]:
    """The numbers of the sessions that came with an import from these files, by path."""
    report = FileReportRow
    found: dict[str, list[int]] = {}
    for some in _in_parts(sorted(paths)):
        asked = (
            select(report.path, SessionRow.id)
            .join(SessionRow, (SessionRow.sha256 == report.sha256) & (SessionRow.batch_id == batch_id))
            .where(report.batch_id == batch_id, report.path.in_([plain(path) for path in some]))
            .order_by(SessionRow.id)
        )
        for path, number in conn.execute(asked):
            found.setdefault(path, []).append(number)
    return found


def forget_planned(conn: Connection, before: datetime) -> int:
    """Forget looks ahead that were begun before an instant and never taken in; how many there were."""
    old = and_(ImportBatchRow.state == "planned", ImportBatchRow.started < before)
    return conn.execute(delete(ImportBatchRow).where(old)).rowcount


def state_of(conn: Connection, batch_id: int) -> str:
    """How an import stands: ``planned``, ``running``, ``done``, ``failed``, ``cancelled`` or ``undone``.

    Raises
    ------
    NotFound
    """
    state = conn.execute(select(ImportBatchRow.state).where(ImportBatchRow.id == batch_id)).scalar_one_or_none()
    if state is None:
        raise no_such("import")
    return state


def forget_unreadable(conn: Connection, batch_id: int, paths: Collection[str]) -> None:
    """Take back the lines that say that these files, or the folders they lie in, could not be read: they are tried again."""
    report = FileReportRow
    asked = select(report.id, report.path).where(report.batch_id == batch_id, report.reason == Unreadable.name)
    told = conn.execute(asked).all()
    if not told:
        return
    shown = {str(plain(path)) for path in paths}
    shown |= {parent.as_posix() for path in shown for parent in PurePosixPath(path).parents}
    for some in _in_parts([line.id for line in told if line.path in shown]):
        conn.execute(delete(report).where(report.id.in_(some)))


def told_of(conn: Connection, files: Iterable[tuple[str, int, str | None]]) -> set[tuple[str, int, str | None]]:
    """Which of these files are stored, or have a line in the report of any import; a look ahead is none.

    Parameters
    ----------
    conn : Connection
    files : iterable of (path, size, fingerprint)
        Path as a report shows it, bytes, and sha256 where it is known. What has a line without a fingerprint (an archive
        that cannot be opened) is known by its path and size.
    """
    report, asked = FileReportRow, list(files)
    lines = report.batch_id.in_(select(ImportBatchRow.id).where(ImportBatchRow.state != "planned"))
    prints = {sha256 for _, _, sha256 in asked if sha256}
    met: set[str | None] = set()
    for some in _in_parts(sorted(prints)):
        met.update(conn.execute(select(report.sha256).where(report.sha256.in_(some), lines)).scalars())
        met.update(conn.execute(select(SessionRow.sha256).where(SessionRow.sha256.in_(some))).scalars())
    left = sorted({str(plain(path)) for path, _, sha256 in asked if sha256 not in met})
    places: set[tuple[str, int | None]] = set()
    for some in _in_parts(left):
        unnamed = select(report.path, report.size, report.reason).where(report.sha256.is_(None), lines)
        unnamed = unnamed.where(report.path.in_(some))
        places.update((row.path, row.size) for row in conn.execute(unnamed) if row.reason != Unreadable.name)
    return {one for one in asked if one[2] in met or (str(plain(one[0])), one[1]) in places}


def _in_parts(values: list[Any]) -> Iterator[list[Any]]:
    return (values[first : first + _AT_ONCE] for first in range(0, len(values), _AT_ONCE))


def is_open(conn: Connection, batch_id: int, *, planned: bool = False) -> bool:
    """Whether files may still be stored for an import (or noted for a look ahead): until it is undone or put away."""
    state = conn.execute(select(ImportBatchRow.state).where(ImportBatchRow.id == batch_id)).scalar_one_or_none()
    return state in (("planned",) if planned else ("running", "cancelled"))


def close_broken(conn: Connection, asked: Mapping[str, Any]) -> int:
    """Close imports of exactly this request that were begun and whose process has gone; how many there were."""
    batch, wanted = ImportBatchRow, json.loads(json.dumps(asked))
    open_ = select(batch.id, batch.request).where(batch.state == "running", batch.request.is_not(None))
    same = [row.id for row in conn.execute(open_) if _without_known(row.request) == wanted]
    closed = update(batch).where(batch.id.in_(same)).values(state="failed", finished=now())
    return conn.execute(closed).rowcount


def take_back_unfounded(conn: Connection, batch_id: int) -> set[str]:
    """Take back the lines that say that a file is there already where it is not any more; their paths."""
    report = FileReportRow
    there = select(SessionRow.id).where(SessionRow.sha256 == report.sha256).exists()
    waits = select(WaitingFileRow.report_id).where(WaitingFileRow.sha256 == report.sha256).exists()
    unfounded = (
        select(report.id, report.path)
        .where(report.batch_id == batch_id, report.outcome == Outcome.DUPLICATE.value, report.sha256.is_not(None))
        .where(~there, ~waits)
    )
    found = {row.id: row.path for row in conn.execute(unfounded)}
    for some in _in_parts(sorted(found)):
        conn.execute(delete(report).where(report.id.in_(some)))
    return set(found.values())


def finish_batch(conn: Connection, batch_id: int, state: str = "done") -> None:
    """Close an import as ``done``, ``failed`` or ``cancelled``; one that is done forgets what it knew when it began."""
    batch = ImportBatchRow
    values: dict[str, Any] = {"state": state, "finished": now()}
    request = conn.execute(select(batch.request).where(batch.id == batch_id)).scalar_one_or_none()
    if state == "done" and request:
        asked = _without_known(request)
        values["request"] = json.dumps(asked, sort_keys=True) if asked else None
    conn.execute(update(batch).where(batch.id == batch_id).values(values))


def _without_known(request: str) -> dict[str, Any]:
    """What was asked of an import, without what it knew."""
    return {name: value for name, value in json.loads(request).items() if name != _KNEW}


def batches(conn: Connection, viewer: Viewer) -> pd.DataFrame:
    """Imports, the latest first, with the number of files by outcome.

    Who may not see every runner sees the imports that hold a file of theirs, counted over their files only, and
    not the words of what was given (a folder's name may name others).

    Returns
    -------
    DataFrame
        Index ``batch_id``; ``what``, ``state``, ``is_sample``, ``started`` and ``finished`` (UTC), ``files``,
        ``sessions``, ``distance_m``, and one column of counts for each ``Outcome``.
    """
    batch, report = ImportBatchRow, FileReportRow
    counts = [func.coalesce(func.sum(case((report.outcome == o.value, 1), else_=0)), 0).label(o.value) for o in Outcome]
    asked = (
        select(
            batch.id.label("batch_id"),
            (batch.what if viewer.sees_all else literal("")).label("what"),
            batch.state, batch.is_sample, batch.started, batch.finished,
            func.count(report.id).label("files"),
            func.coalesce(func.sum(report.sessions), 0).label("sessions"),
            func.sum(case((report.outcome == Outcome.IMPORTED.value, report.distance_m))).label("distance_m"),
            *counts,
        )
        .join(report, report.batch_id == batch.id, isouter=viewer.sees_all)
        .where(viewer.rule(report.athlete_id), batch.state != "planned")
        .group_by(batch.id)
        .order_by(batch.id.desc())
    )  # fmt: skip
    table = _table(conn, asked)
    return table.astype({"distance_m": np.float64, "is_sample": np.bool_}).set_index("batch_id")


def reports(conn: Connection, viewer: Viewer, batch_id: int) -> pd.DataFrame:
    """What became of each file of an import, in the order in which they were done.

    Returns
    -------
    DataFrame
        The columns of ``FileReport`` and ``athlete`` (the runner's name); a file of nobody is for those who see all.
    """
    report = FileReportRow
    columns = [getattr(report, field.name) for field in dataclasses.fields(FileReport)]
    asked = (
        select(*columns, AthleteRow.name.label("athlete"))
        .join(AthleteRow, AthleteRow.id == report.athlete_id, isouter=True)
        .where(report.batch_id == batch_id, viewer.rule(report.athlete_id))
        .order_by(report.id)
    )
    table = _table(conn, asked)
    table["local_day"] = pd.to_datetime(table["local_day"]).astype("datetime64[us]")
    numbers = ["distance_m", "moving_s", "read_s", "size"]
    words = ["path", "outcome", "sha256", "reason", "detail", "advice", "sport", "oddities", "told_by", "athlete"]
    table["about"] = [json.loads(about) if isinstance(about, str) else {} for about in table["about"]]
    return table.astype(dict.fromkeys(numbers, "float64") | dict.fromkeys(words, "str") | {"athlete_id": "Int64"})


def lines_of(table: pd.DataFrame) -> list[FileReport]:
    """The lines of a report as they were written, from what ``reports`` gave."""
    columns = [field.name for field in dataclasses.fields(FileReport)]
    told = table[columns].astype(object)
    rows = told.where(told.notna(), None).to_dict("records")
    return [
        FileReport(**{str(name): value for name, value in row.items()} | {"outcome": Outcome(row["outcome"])})
        for row in rows
    ]


def _table(conn: Connection, asked: object) -> pd.DataFrame:
    found = conn.execute(asked)  # type: ignore[call-overload]
    names = list(found.keys())
    table = pd.DataFrame(found.all(), columns=names)
    for name in ("started", "finished"):
        if name in table:
            table[name] = pd.to_datetime(table[name], utc=True).astype("datetime64[us, UTC]")
    return table
