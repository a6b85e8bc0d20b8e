"""An import that a command does itself: a job like any other, seen on the pages, and gone on with after it was broken off."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable
from typing import Any

from sqlalchemy import Connection

from loadmon.intake.commit import Imported
from loadmon.intake.jobs import IMPORT, run_import
from loadmon.intake.onlooker import Onlooker
from loadmon.intake.shift import is_dead, owner_here
from loadmon.intake.work import Work
from loadmon.refusal import Refusal, StoreUnavailable
from loadmon.store import Store, Viewer, imports, jobs
from loadmon.store.imports import BrokenOff


class UnderWay(Refusal):
    """Somebody is importing the same files already."""

    name = "under way"


def import_here(
    store: Store,
    request: dict[str, Any],
    *,
    workers: str,
    stop: threading.Event,
    onlooker: Onlooker | None = None,
    afresh: bool = False,
    goes_on: Callable[[BrokenOff], None] = lambda _: None,
) -> Imported:
    """Do an import in this process, as a job that everybody sees; go on with the last one of exactly this if it was broken off.

    Killed without a word it is taken up by the server's worker, or by the next call. Stopped, it keeps what was read.

    Parameters
    ----------
    store : Store
    request : dict
        What is asked, from ``jobs.request_for``.
    workers : str
        Address of the executor.
    stop : threading.Event
        Ends it once it is set.
    onlooker : Onlooker | None
        Hears how far it is.
    afresh : bool
        True to begin anew whatever was broken off.
    goes_on : callable
        Told which earlier import is gone on with, before anything is read.

    Raises
    ------
    UnderWay
        If another process has the same import in hand.
    Refusal
        As ``run_import``; the import can be gone on with.
    """
    asked = request | {"host": socket.gethostname()}
    owner = owner_here()
    with store.write() as conn:
        job, earlier = _taken(conn, asked, owner, afresh=afresh)
    if earlier is not None:
        goes_on(earlier)
    work = Work(store, job, owner, workers, stop, onlooker)
    try:
        with work.alive():
            done = run_import(work)
    except Exception as fault:
        said = (
            f"{fault.what} {fault.advice}"
            if isinstance(fault, Refusal)
            else f"loadmon failed ({type(fault).__name__})."
        )
        with contextlib.suppress(StoreUnavailable):
            work.finish(said)
        raise
    except BaseException:
        _call_off(store, job)
        raise
    if done.stopped:
        _call_off(store, job)
    else:
        work.finish()
    return done


def _taken(conn: Connection, asked: dict[str, Any], owner: str, *, afresh: bool) -> tuple[jobs.Job, BrokenOff | None]:
    """The job for this import, taken, and the import that it goes on with."""
    earlier = None if afresh else imports.broken_off(conn, asked)
    at_it = None if afresh else jobs.asking_for(conn, IMPORT, asked)
    if earlier is not None and at_it is None:
        at_it = jobs.speaking_for(conn, earlier.batch_id)
    if at_it is not None:
        if at_it.state == "running" and not (is_dead(at_it.owner) or jobs.is_silent(at_it)):
            which = "" if at_it.batch_id is None else f" (import {at_it.batch_id})"
            raise UnderWay(
                f"The same files are being imported already{which}.",
                "Let that import end, or stop it on the page; then give the command again.",
            )
        taken = jobs.claim(conn, owner, only=at_it.id, silent_after_s=-1.0)
        if taken is not None:
            return taken, earlier
    number = jobs.ask(conn, IMPORT, asked, batch_id=earlier.batch_id if earlier else None)
    taken = jobs.claim(conn, owner, only=number)
    assert taken is not None, "asked for in the same transaction: nobody else has seen it"
    return taken, earlier


def _call_off(store: Store, job: jobs.Job) -> None:
    with contextlib.suppress(StoreUnavailable), store.write() as conn:
        jobs.cancel(conn, Viewer.everyone(), job.id)
