"""One job in hand: what was asked, and how to tell the world how far it is."""

from __future__ import annotations

import contextlib
import threading
import time
from collections.abc import Iterator
from typing import Any

from sqlalchemy import Connection

from loadmon.intake.onlooker import Onlooker
from loadmon.intake.progress import LISTING, Progress
from loadmon.refusal import StoreUnavailable
from loadmon.store import Store, Viewer, jobs

IMPORT = "import"
LOOK = "look"
SAMPLE = "sample"
"""Kinds of job that pages ask for."""

BEAT_S = 0.5
"""How often a running job writes down how far it is; the same write is its heartbeat."""
HEART_S = 10.0
"""How often it says so where there is nothing to tell."""


class CalledOff(Exception):
    """Work was called off before it had begun."""


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
    also : Onlooker | None
        Somebody else who hears how far it is.
    """

    def __init__(
        self,
        store: Store,
        job: jobs.Job,
        owner: str,
        workers: str,
        stop: threading.Event,
        also: Onlooker | None = None,
    ) -> None:
        self.store = store
        self.job = job
        self.workers = workers
        self._owner = owner
        self._stop = stop
        self._beaten = 0.0
        self._called_off = False
        self._also = also

    @property
    def request(self) -> dict[str, Any]:
        """What was asked, as plain values."""
        return self.job.request

    def keep(self, conn: Connection, batch_id: int) -> None:
        """Keep the number of the import with the job, so that another worker can take it up where this one ended."""
        self._called_off = not jobs.beat(conn, self.job.id, self._owner, batch_id=batch_id)

    def begin(self, batch_id: int) -> None:
        """Tell whoever else looks on."""
        if self._also is not None:
            self._also.begin(batch_id)

    def seen(self, files: int) -> None:
        """So many files were found so far: an archive or a network folder may take minutes to be listed.

        Raises
        ------
        CalledOff
            If nobody wants it any more; nothing has been begun then.
        """
        if time.monotonic() - self._beaten >= BEAT_S:
            self.tell(Progress(LISTING, files))
        if self.should_stop():
            raise CalledOff

    def tell(self, progress: Progress) -> None:
        """Write down how far it is, at most twice a second; learn at the same time whether it was called off."""
        if time.monotonic() - self._beaten >= BEAT_S:
            self._beat(
                items_done=progress.done,
                items_total=progress.total,
                bytes_done=progress.bytes_done,
                bytes_total=progress.bytes_total,
                message=progress.sentence(),
            )
        if self._also is not None:
            self._also.tell(progress)

    def should_stop(self) -> bool:
        """True once somebody called the job off, or the worker itself ends."""
        return self._called_off or self.worker_ends

    @property
    def worker_ends(self) -> bool:
        """True once the worker itself is to end."""
        return self._stop.is_set()

    @contextlib.contextmanager
    def alive(self) -> Iterator[None]:
        """Says regularly that this worker lives, also while nothing can be told (a large archive is being listed)."""
        ended = threading.Event()
        heart = threading.Thread(target=self._say_so, args=(ended,), name="heart", daemon=True)
        heart.start()
        try:
            yield
        finally:
            ended.set()
            heart.join()

    def finish(self, failed: str | None = None) -> str:
        """Write down how it ended; nothing, if the job was called off or is somebody else's. The state it is in now."""
        with self.store.write() as conn:
            jobs.finish(conn, self.job.id, self._owner, failed=failed)
            return jobs.find(conn, Viewer.everyone(), self.job.id).state

    def release(self) -> None:
        """Put it back in the queue: the next worker goes on where this one ended."""
        with self.store.write() as conn:
            jobs.release(conn, self.job.id, self._owner)

    def _say_so(self, ended: threading.Event) -> None:
        while not ended.wait(HEART_S):
            with contextlib.suppress(StoreUnavailable):  # the work itself meets the same trouble, and tells it
                self._beat()

    def _beat(self, **values: Any) -> None:
        self._beaten = time.monotonic()
        with self.store.write() as conn:
            self._called_off = not jobs.beat(conn, self.job.id, self._owner, **values)
