"""A worker's shift: it takes what was asked for, a few long jobs side by side, and quick ones past them."""

from __future__ import annotations

import itertools
import logging
import os
import socket
import threading
import time
from collections.abc import Callable, Mapping
from datetime import UTC, datetime, timedelta

from loadmon.faults import log_fault
from loadmon.intake.commit import Imported
from loadmon.intake.spool import LEFT_OVER_S, remove, sweep, sweep_originals
from loadmon.intake.work import IMPORT, LOOK, SAMPLE, Work
from loadmon.refusal import NotFound, Refusal
from loadmon.store import Store, imports, jobs

log = logging.getLogger(__name__)

SWEEP_S = 3600.0
"""How often a worker clears up after others."""
IDLE_S = 0.5
"""How often a worker with room looks for a job."""
LONG = frozenset({IMPORT, LOOK, SAMPLE})
"""Kinds of job that read files and may take an hour; all others are quick."""
LONG_AT_ONCE = 3
ONE_AT_A_TIME = frozenset({SAMPLE})
"""Kinds of which two would be in each other's way."""

Handler = Callable[[Work], Imported]
"""What does a kind of job."""

_numbers = itertools.count(1)


def work_on(
    store: Store,
    handlers: Mapping[str, Handler],
    workers: str,
    stop: threading.Event,
    once: bool = False,
    idle: Callable[[], bool] | None = None,
) -> None:
    """Do queued jobs until told to stop: three long ones at a time and one quick one, which so never waits for them.

    Long ones share the processes that read files, so that one begins at once while another goes on.

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
    idle : callable | None
        What to do a little of whenever nothing is queued or under way; it says whether there was anything to do.
    """
    take_from_the_dead(store)
    shift = _Shift(store, handlers, workers, stop)
    swept: float | None = None
    try:
        while not stop.is_set():
            if swept is None or time.monotonic() - swept > SWEEP_S:
                clear_up(store)
                swept = time.monotonic()
            if shift.take():
                continue
            if shift.in_hand:
                shift.wait(IDLE_S)
            elif idle is not None and idle():
                continue
            elif once:
                return
            else:
                stop.wait(IDLE_S)
    except BaseException:
        stop.set()  # what is in hand is given back; the next worker goes on with it
        raise
    finally:
        shift.end()


def clear_up(store: Store) -> None:
    """Close and remove what workers that fell left behind."""
    with store.write() as conn:
        jobs.close_orphans(conn)
        imports.forget_planned(conn, datetime.now(UTC) - timedelta(seconds=LEFT_OVER_S))
    sweep(store)
    sweep_originals(store)


def take_from_the_dead(store: Store) -> None:
    """Let the jobs of processes of this machine that are gone be taken up at once, not after a minute of silence."""
    with store.write() as conn:
        for job in jobs.running(conn):
            if is_dead(job.owner):
                jobs.fell(conn, job)


def is_dead(owner: str | None) -> bool:
    """True for the name of a process of this machine that is no more; False where that cannot be told."""
    host, _, rest = (owner or "").partition(":")
    number = rest.partition(":")[0]
    if host != socket.gethostname() or not number.isdigit() or os.name == "nt":
        return False  # on Windows the question itself would end a process
    try:
        os.kill(int(number), 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False


def owner_here() -> str:
    """A name for whoever takes a job in this process: the machine, the process, and which of its jobs it is."""
    return f"{socket.gethostname()}:{os.getpid()}:{next(_numbers)}"


def do(work: Work, handler: Handler) -> Imported | None:
    """Do one job and write down how it ended; what came of it, or None if it failed."""
    failed: str | None = None
    done: Imported | None = None
    try:
        with work.alive():
            done = handler(work)
    except Refusal as refusal:
        failed = f"{refusal.what} {refusal.advice}"
    except Exception as fault:  # noqa: BLE001  it is logged, without its message
        log_fault(log, f"job {work.job.id} failed", fault)
        failed = f"loadmon itself failed ({type(fault).__name__}); its log says where."
    else:
        if done.stopped and work.worker_ends:
            work.release()
            return done
    # First the word, then the broom: whoever took the job over from a worker that fell here would find nothing to read.
    state = work.finish(failed)
    if state in ("done", "cancelled") and work.request.get("spool") and work.job.kind != LOOK:
        remove(work.store, work.request["spool"])
    return done


class _Shift:
    """The jobs that a worker has in hand, each in a thread of its own."""

    def __init__(self, store: Store, handlers: Mapping[str, Handler], workers: str, stop: threading.Event) -> None:
        self._store, self._handlers, self._workers, self._stop = store, handlers, workers, stop
        self._ended = threading.Event()
        self._fatal: BaseException | None = None
        self.in_hand: dict[threading.Thread, jobs.Job] = {}

    def take(self) -> bool:
        """Take the next job that there is room for; False if there is none."""
        self._ended.clear()
        self._let_go()
        kinds = [job.kind for job in self.in_hand.values()]
        is_full = sum(kind in LONG for kind in kinds) >= LONG_AT_ONCE
        is_quick_one_in_hand = any(kind not in LONG for kind in kinds)
        if is_full and is_quick_one_in_hand:
            return False
        wanted = LONG if is_quick_one_in_hand else None
        but = LONG if is_full else ONE_AT_A_TIME & set(kinds)
        owner = owner_here()
        with self._store.write() as conn:
            job = jobs.claim(conn, owner, kinds=wanted, but=but)
        if job is None:
            return False
        work = Work(self._store, job, owner, self._workers, self._stop)
        thread = threading.Thread(target=self._do, args=(work,), name=f"job-{job.id}")
        self.in_hand[thread] = job
        thread.start()
        return True

    def wait(self, seconds: float) -> None:
        """Wait until a job has ended, or a while."""
        self._ended.wait(seconds)

    def end(self) -> None:
        """Wait until everything in hand is done, or given back."""
        for thread in list(self.in_hand):
            thread.join()
        self._must_live()

    def _do(self, work: Work) -> None:
        try:
            do(work, self._handlers.get(work.job.kind, _unknown))
        except Exception as fault:  # noqa: BLE001  it is logged; the job goes silent and is taken up again
            log_fault(log, f"how job {work.job.id} ended could not be written down", fault)
        except BaseException as fault:  # noqa: BLE001  what ends a process ends the worker, as if it had no threads
            self._fatal = fault
        finally:
            self._ended.set()

    def _let_go(self) -> None:
        for thread in [thread for thread in self.in_hand if not thread.is_alive()]:
            del self.in_hand[thread]
        self._must_live()

    def _must_live(self) -> None:
        if self._fatal is not None:
            fatal, self._fatal = self._fatal, None
            raise fatal


def _unknown(work: Work) -> Imported:
    raise NotFound(f"This version of loadmon knows no work called {work.job.kind}.", "Bring every worker up to date.")
