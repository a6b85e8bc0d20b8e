"""Long work as rows: asked for on a page, done by whichever worker takes it, seen by everybody who waits for it.

A worker says every few seconds that it is alive. A job whose worker has gone silent is taken over by the next one
who looks; so a job must be such that doing a part of it twice changes nothing.
"""

from __future__ import annotations

import json
from collections.abc import Collection
from dataclasses import dataclass, fields
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, and_, delete, insert, or_, select, true, update

from loadmon.store.access import Viewer, no_such
from loadmon.store.schema import ImportBatchRow, JobRow, now

OPEN = ("queued", "running")
"""States of a job that has not ended."""
SILENT_AFTER_S = 60.0
FORGOTTEN_AFTER = timedelta(days=1)
"""An import that no job speaks for was begun by a command; after a day nobody waits for that command any more."""
_LOOKED_AT = 500
MOST_ATTEMPTS = 5
"""A job that has outlived its worker so often kills it: it is given up and says so."""


@dataclass(frozen=True, slots=True)
class Job:
    """One piece of long work, how far it is, and who has it in hand (see the table ``job``)."""

    id: int
    kind: str
    request: dict[str, Any]
    state: str
    athlete_id: int | None
    batch_id: int | None
    created: datetime
    started: datetime | None
    finished: datetime | None
    heartbeat: datetime | None
    owner: str | None
    attempts: int
    items_done: int
    items_total: int | None
    bytes_done: int
    bytes_total: int | None
    message: str | None


def ask(
    conn: Connection,
    kind: str,
    request: dict[str, Any],
    *,
    athlete_id: int | None = None,
    batch_id: int | None = None,
) -> int:
    """Put a job in the queue; gives back its number.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    kind : str
        ``import``, ``recompute``, …
    request : dict
        What is to be done, as plain values.
    athlete_id : int | None
        Set where the work is one runner's own: then they see it too.
    batch_id : int | None
        An import that was broken off and is to be gone on with.
    """
    row: dict[str, Any] = dict.fromkeys(field.name for field in fields(Job) if field.name != "id")
    row |= {"kind": kind, "request": json.dumps(request), "state": "queued", "athlete_id": athlete_id}
    row["batch_id"] = batch_id
    row |= {"created": now(), "attempts": 0, "items_done": 0, "bytes_done": 0}
    return int(conn.execute(insert(JobRow).returning(JobRow.id), row).scalar_one())


def claim(
    conn: Connection,
    owner: str,
    *,
    at: datetime | None = None,
    silent_after_s: float = SILENT_AFTER_S,
    only: int | None = None,
    kinds: Collection[str] | None = None,
    but: Collection[str] = (),
) -> Job | None:
    """Take the oldest job that waits, or whose worker has gone silent; None if there is none.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``: two workers never get the same job.
    owner : str
        The worker's name (machine and process).
    at : datetime | None
        The present instant; None for now.
    silent_after_s : float
        How long a worker may say nothing.
    only : int | None
        This very job and no other.
    kinds : collection of str | None
        Only of these kinds; None for any.
    but : collection of str
        Not of these kinds.
    """
    at = at or now()
    silent = and_(JobRow.state == "running", JobRow.heartbeat < at - timedelta(seconds=silent_after_s))
    worn_out = and_(silent, JobRow.attempts >= MOST_ATTEMPTS, true() if only is None else JobRow.id == only)
    words = f"given up: its worker ended without a word {MOST_ATTEMPTS} times"
    _close_imports(conn, worn_out, "failed")
    conn.execute(update(JobRow).where(worn_out).values(state="failed", finished=at, message=words))
    free = select(JobRow.id).where(or_(JobRow.state == "queued", silent)).order_by(JobRow.id).limit(1)
    if only is not None:
        free = free.where(JobRow.id == only)
    if kinds is not None:
        free = free.where(JobRow.kind.in_(kinds))
    if but:
        free = free.where(JobRow.kind.not_in(but))
    taken = (
        update(JobRow)
        .where(JobRow.id == free.scalar_subquery())
        .values(state="running", owner=owner, heartbeat=at, attempts=JobRow.attempts + 1)
        .returning(JobRow)
    )
    row = conn.execute(taken).one_or_none()
    if row is None:
        return None
    if row.started is None:
        conn.execute(update(JobRow).where(JobRow.id == row.id).values(started=at))
    return find(conn, Viewer.everyone(), row.id)


def beat(conn: Connection, job_id: int, owner: str, *, at: datetime | None = None, **progress: Any) -> bool:
    """Say that the worker is alive and how far it is.

    Parameters
    ----------
    progress
        Any of ``items_done``, ``items_total``, ``bytes_done``, ``bytes_total``, ``message``, ``batch_id``.

    Returns
    -------
    bool
        False if the job is no longer this worker's (cancelled, or taken over): stop working on it.
    """
    return _mine(conn, job_id, owner, {"heartbeat": at or now()} | progress)


def is_owner(conn: Connection, job_id: int, owner: str) -> bool:
    """Whether a job is still this worker's, also after it was called off (what was read is kept)."""
    return conn.execute(select(JobRow.owner).where(JobRow.id == job_id)).scalar_one_or_none() == owner


def finish(conn: Connection, job_id: int, owner: str, *, failed: str | None = None) -> bool:
    """Close a job as done, or as failed with the reason; False if it is no longer this worker's."""
    values: dict[str, Any] = {"state": "done" if failed is None else "failed", "finished": now(), "heartbeat": now()}
    was_mine = _mine(conn, job_id, owner, values | ({} if failed is None else {"message": failed}))
    if was_mine and failed is not None:
        _close_imports(conn, JobRow.id == job_id, "failed")
    return was_mine


def release(conn: Connection, job_id: int, owner: str) -> bool:
    """Put a job back in the queue because its worker ends in good order: the next worker goes on with it at once."""
    return _mine(conn, job_id, owner, {"state": "queued", "owner": None, "attempts": JobRow.attempts - 1})


def cancel(conn: Connection, viewer: Viewer, job_id: int) -> bool:
    """Call a job off; its worker learns it at its next beat. False if it had ended already or is not theirs to see.

    Its import is closed at once, as the worker may be gone; one that lives closes it once more.
    """
    open_ = and_(JobRow.id == job_id, JobRow.state.in_(OPEN), viewer.rule(JobRow.athlete_id))
    _close_imports(conn, open_, "cancelled")
    return conn.execute(update(JobRow).where(open_).values(state="cancelled", finished=now())).rowcount > 0


def put_away(conn: Connection, viewer: Viewer, job_id: int) -> bool:
    """Close a job that nobody waits for any more, also one that has ended well; forget the look ahead it made.

    Returns
    -------
    bool
        False if there is none, or it is not theirs to see.
    """
    theirs = and_(JobRow.id == job_id, viewer.rule(JobRow.athlete_id))
    looks = select(JobRow.batch_id).where(theirs, JobRow.batch_id.is_not(None))
    conn.execute(delete(ImportBatchRow).where(ImportBatchRow.id.in_(looks), ImportBatchRow.state == "planned"))
    return conn.execute(update(JobRow).where(theirs).values(state="cancelled", finished=now())).rowcount > 0


def close_orphans(conn: Connection, *, at: datetime | None = None) -> int:
    """Close imports that are "under way" and that nobody does: their job has ended, or their command is long gone.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``.
    at : datetime | None
        The present instant; None for now.

    Returns
    -------
    int
        How many there were.
    """
    spoken_for = select(JobRow.batch_id).where(JobRow.batch_id.is_not(None))
    orphan = and_(
        ImportBatchRow.state == "running",
        ImportBatchRow.id.not_in(spoken_for.where(JobRow.state.in_(OPEN))),
        or_(ImportBatchRow.id.in_(spoken_for), ImportBatchRow.started < (at or now()) - FORGOTTEN_AFTER),
    )
    return conn.execute(update(ImportBatchRow).where(orphan).values(state="failed", finished=at or now())).rowcount


def _close_imports(conn: Connection, of: ColumnElement[bool], state: str) -> None:
    """Close the imports of some jobs, where they are still open."""
    theirs = select(JobRow.batch_id).where(of, JobRow.batch_id.is_not(None))
    still = and_(ImportBatchRow.id.in_(theirs), ImportBatchRow.state == "running")
    conn.execute(update(ImportBatchRow).where(still).values(state=state, finished=now()))


def find(conn: Connection, viewer: Viewer, job_id: int) -> Job:
    """One job; ``NotFound`` if there is none or this viewer may not see it."""
    row = conn.execute(select(JobRow).where(JobRow.id == job_id, viewer.rule(JobRow.athlete_id))).one_or_none()
    if row is None:
        raise no_such("job")
    return _job(row)


def speaking_for(conn: Connection, batch_id: int) -> Job | None:
    """The job that has an import in hand or will have it; None if none has."""
    asked = (
        select(JobRow).where(JobRow.batch_id == batch_id, JobRow.state.in_(OPEN)).order_by(JobRow.id.desc()).limit(1)
    )
    row = conn.execute(asked).one_or_none()
    return None if row is None else _job(row)


def asking_for(conn: Connection, kind: str, request: dict[str, Any]) -> Job | None:
    """The latest job of exactly this that waits or runs; None if there is none."""
    wanted = json.loads(json.dumps(request))
    found = listed(conn, Viewer.everyone(), open_only=True, limit=_LOOKED_AT)
    return next((job for job in found if job.kind == kind and job.request == wanted), None)


def is_silent(job: Job, *, at: datetime | None = None) -> bool:
    """True for a job that runs and whose worker has said nothing for a minute."""
    return job.heartbeat is not None and job.heartbeat < (at or now()) - timedelta(seconds=SILENT_AFTER_S)


def running(conn: Connection) -> list[Job]:
    """Every job that somebody has in hand, or had when they fell."""
    return [_job(row) for row in conn.execute(select(JobRow).where(JobRow.state == "running").order_by(JobRow.id))]


def fell(conn: Connection, job: Job) -> None:
    """Note that a job's worker is gone for good: the next one need not wait until it has been silent for long."""
    long_ago = now() - timedelta(seconds=2 * SILENT_AFTER_S)
    theirs = and_(JobRow.id == job.id, JobRow.owner == job.owner, JobRow.state == "running")
    conn.execute(update(JobRow).where(theirs, JobRow.heartbeat > long_ago).values(heartbeat=long_ago))


def listed(
    conn: Connection, viewer: Viewer, *, open_only: bool = False, limit: int | None = 50, but: Collection[str] = ()
) -> list[Job]:
    """The latest jobs, newest first; only those that wait or run with ``open_only``, none of the kinds in ``but``."""
    asked = select(JobRow).where(viewer.rule(JobRow.athlete_id), JobRow.kind.not_in(but)).order_by(JobRow.id.desc())
    if open_only:
        asked = asked.where(JobRow.state.in_(OPEN))
    return [_job(row) for row in conn.execute(asked.limit(limit))]


def to_go_on_with(conn: Connection, viewer: Viewer, kind: str) -> list[Job]:
    """Every job of a kind that waits, runs, or has ended well and left something to go on with; newest first.

    What was put away is not among them (``put_away``), and no look ahead of which the lines are forgotten.
    """
    has_ended = and_(JobRow.state == "done", JobRow.batch_id.is_not(None))
    asked = select(JobRow).where(JobRow.kind == kind, or_(JobRow.state.in_(OPEN), has_ended))
    return [_job(row) for row in conn.execute(asked.where(viewer.rule(JobRow.athlete_id)).order_by(JobRow.id.desc()))]


def _mine(conn: Connection, job_id: int, owner: str, values: dict[str, Any]) -> bool:
    still = and_(JobRow.id == job_id, JobRow.owner == owner, JobRow.state == "running")
    return conn.execute(update(JobRow).where(still).values(values)).rowcount > 0


def _job(row: Any) -> Job:
    values = {field.name: getattr(row, field.name) for field in fields(Job)}
    return Job(**values | {"request": json.loads(row.request)})
