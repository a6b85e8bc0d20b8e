"""Undoing an import, whole: the store holds afterwards what it would hold had that import never been."""

from __future__ import annotations

from loadmon.intake.commit import Imported
from loadmon.intake.facts_anew import renew
from loadmon.intake.twins import settle_runner
from loadmon.intake.work import Work
from loadmon.store import Store, jobs, undo
from loadmon.store.undo import TakenOut
from loadmon.units import plural

UNDO = "undo"
"""The kind of job that a page asks for."""


def undo_import(store: Store, batch_id: int) -> TakenOut:
    """Take an import out: its sessions, the runners that only it brought, and the files nobody else needs.

    What other imports offered too stays and is theirs from now on. Everything happens at once or not at all; the files
    on the disk they came from are not touched.

    Parameters
    ----------
    store : Store
    batch_id : int
        The import's number.

    Raises
    ------
    NotFound, StillUnderWay, UndoneAlready
        If it cannot be taken out.
    StoreUnavailable
        If the store cannot be written; nothing has changed then.
    """
    with store.write() as conn:
        gone = undo.take_out(conn, batch_id)
        renew(conn, gone.bases)
        for athlete_id in gone.touched:
            settle_runner(conn, athlete_id)
    # Files go after the rows: a crash in between leaves a file that nobody names, and the worker sweeps it.
    for sha256 in gone.originals:
        store.originals.remove(sha256)
    return gone


def ask_for_undo(store: Store, batch_id: int) -> int:
    """Ask for an import to be undone by whichever worker is free; gives back the job's number."""
    with store.write() as conn:
        return jobs.ask(conn, UNDO, {"batch": batch_id})


def run_undo(work: Work) -> Imported:
    """Undo the import that was asked for; one that is undone already (by a worker that fell) counts as done."""
    batch_id = int(work.request["batch"])
    try:
        undo_import(work.store, batch_id)
    except undo.UndoneAlready:
        if work.job.attempts < 2:
            raise
    return Imported(batch_id, {}, 0, 0.0, stopped=False)


def sentence(gone: TakenOut) -> str:
    """What went, and what stayed because others need it."""
    words = f"Import undone: {plural(gone.sessions, 'session')} taken out"
    if gone.runners:
        words += f", {plural(gone.runners, 'runner')} who came with it"
    if gone.kept:
        words += f"; {plural(gone.kept, 'session')} stay, as another import holds them too"
    return words + "."
