"""Long work as rows in the database: a page or a command asks for it, whichever worker is free does it."""

from __future__ import annotations

import logging
import os
import shutil
import socket
import threading
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from loadmon.intake.commit import Imported, import_plan
from loadmon.intake.onlooker import Onlooker
from loadmon.intake.plan import plan
from loadmon.intake.progress import Progress
from loadmon.refusal import Refusal
from loadmon.store import Store, Viewer, jobs, squad

log = logging.getLogger(__name__)

IMPORT = "import"
SAMPLE = "sample"
"""Kinds of job that pages ask for."""

BEAT_S = 0.5
"""How often a running job writes down how far it is; the same write is its heartbeat."""
IDLE_S = 0.5

Handler = Callable[["Work"], Imported]
"""What does a kind of job."""


class Work(Onlooker):
    """One job in hand: what was asked, and how to tell the world how far it is.

    Parameters
    ----------
    store : Store
        Where the job is a row.
    job : jobs.Job
        The row as it was claimed.
    owner : str
        The worker's name.
    workers : str
        Address of the executor that reads files.
    stop : threading.Event
        Set when the worker itself is to end.
    """

    def __init__(self, store: Store, job: jobs.Job, owner: str, workers: str, stop: threading.Event) -> None:
        self.store = store
        self.job = job
        self.workers = workers
        self._owner = owner
        self._stop = stop
        self._beaten = 0.0
        self._called_off = False

    @property
    def request(self) -> dict[str, Any]:
        """What was asked, as plain values."""
        return self.job.request

    def begin(self, batch_id: int) -> None:
        """Keep the number of the import with the job, so that another worker can take it up where this one ended."""
        self._beat(batch_id=batch_id)

    def tell(self, progress: Progress) -> None:
        """Write down how far it is, at most twice a second; learn at the same time whether it was called off."""
        if time.monotonic() - self._beaten >= BEAT_S:
            self._beat(items_done=progress.done, items_total=progress.total, message=progress.sentence())

    def should_stop(self) -> bool:
        """True once somebody called the job off, or the worker itself ends."""
        return self._called_off or self._stop.is_set()

    def _beat(self, **values: Any) -> None:
        self._beaten = time.monotonic()
        with self.store.write() as conn:
            self._called_off = not jobs.beat(conn, self.job.id, self._owner, **values)


def ask_for_import(
    store: Store, paths: list[Path], *, athlete: str | None = None, what: str | None = None, spool: Path | None = None
) -> int:
    """Ask for an import; it begins as soon as a worker is free and goes on whoever looks.

    Parameters
    ----------
    store : Store
        Where the job is kept.
    paths : list of Path
        Folders, ZIP archives and files.
    athlete : str | None
        One runner to whom everything belongs; else folders tell.
    what : str | None
        Words for what was given.
    spool : Path | None
        A folder of uploads under the store's own home that is removed afterwards. Nothing else is ever removed.

    Returns
    -------
    int
        The job's number.
    """
    request = {
        "paths": [str(path.absolute()) for path in paths],
        "athlete": athlete,
        "what": what or words_for(paths),
        "spool": spool.name if spool else None,
    }
    with store.write() as conn:
        return jobs.ask(conn, IMPORT, request)


def words_for(paths: list[Path]) -> str:
    """What was given, in words for the list of imports."""
    return ", ".join(path.name or str(path) for path in paths[:3]) + (
        f" and {len(paths) - 3} more" if len(paths) > 3 else ""
    )


def spools(store: Store) -> Path:
    """The folder in which uploads wait for their import."""
    return store.home / "uploads"


def share_of(job: jobs.Job) -> float:
    """Finished share of a job between 0 and 1."""
    return min(1.0, job.items_done / job.items_total) if job.items_total else 0.0


def run_import(work: Work) -> Imported:
    """Do an import that was asked for, or go on with one that was broken off."""
    request = work.request
    with work.store.read() as conn:
        known = tuple(a.name for a in squad.athletes(conn, Viewer.everyone()))
    paths = [Path(path) for path in request["paths"]]
    done = import_plan(
        work.store,
        plan(paths, request.get("athlete"), known),
        what=request["what"],
        workers=work.workers,
        batch_id=work.job.batch_id,
        onlooker=work,
    )
    if request.get("spool") and not work.should_stop():
        shutil.rmtree(spools(work.store) / Path(request["spool"]).name, ignore_errors=True)
    return done


def work_on(
    store: Store, handlers: Mapping[str, Handler], workers: str, stop: threading.Event, once: bool = False
) -> None:
    """Do queued jobs one after the other until told to stop.

    Parameters
    ----------
    store : Store
        Where the jobs are.
    handlers : mapping of str to Handler
        What does each kind of job.
    workers : str
        Address of the executor, ``process://2``.
    stop : threading.Event
        Ends the loop; a running import keeps what it has read and is taken up again by the next worker.
    once : bool
        Return when nothing is queued.
    """
    owner = f"{socket.gethostname()}:{os.getpid()}"
    while not stop.is_set():
        with store.write() as conn:
            job = jobs.claim(conn, owner)
        if job is not None:
            _do(Work(store, job, owner, workers, stop), handlers, owner, stop)
        elif once:
            return
        else:
            stop.wait(IDLE_S)


def _do(work: Work, handlers: Mapping[str, Handler], owner: str, stop: threading.Event) -> None:
    """Do one job and write down how it ended."""
    store, job = work.store, work.job
    failed: str | None = None
    try:
        done = handlers[job.kind](work)
    except Refusal as refusal:
        failed = f"{refusal.what} {refusal.advice}"
    except Exception as fault:
        log.exception("job %s (%s) failed", job.id, job.kind)
        failed = f"loadmon itself failed ({type(fault).__name__}); its log says where."
    else:
        if done.stopped and stop.is_set():
            with store.write() as conn:
                jobs.release(conn, job.id, owner)
            return
    with store.write() as conn:
        jobs.finish(conn, job.id, owner, failed=failed)
