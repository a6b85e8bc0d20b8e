"""Uploads that wait for their import: each in a folder of its own below the data folder.

They go when their import is done or called off, a day after it failed (taking them in again needs no second upload), and
two days after they were chosen on a page and never taken in. What a fallen worker left behind is swept every hour.
"""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from loadmon.refusal import NotFound
from loadmon.store import Store, Viewer, jobs
from loadmon.store.undo import remove_unnamed

LEFT_OVER_S = 2 * 24 * 3600.0
"""Uploads that no import names are forgotten after this time: chosen on a page, and never taken in."""
KEPT_AFTER_S = {"failed": 24 * 3600.0, "cancelled": 600.0, "done": 600.0}
"""How long uploads outlive their import if its worker did not remove them; a worker lets go within seconds."""


_JOBS_LOOKED_AT = 5_000


def spools(store: Store) -> Path:
    """The folder in which uploads wait for their import."""
    return store.home / "uploads"


def name_of(store: Store, spool: Path) -> str:
    """A spool's name, by which a job remembers it.

    Raises
    ------
    NotFound
        If it does not lie directly in the uploads folder: nothing else is ever removed.
    """
    if spool.absolute().parent != spools(store).absolute() or not _is_one(spool.name):
        raise NotFound("Uploads are kept in the data folder only.", "Give the files' own path instead.")
    return spool.name


def remove(store: Store, name: str) -> None:
    """Remove one spool; a name that is not exactly one folder of the uploads removes nothing."""
    if _is_one(name):
        shutil.rmtree(spools(store) / name, ignore_errors=True)


def is_gone(store: Store, name: str) -> bool:
    """True for a spool that was removed."""
    return _is_one(name) and not (spools(store) / name).is_dir()


def sweep(store: Store, now: float | None = None) -> int:
    """Remove uploads that nobody needs any more; how many there were.

    Parameters
    ----------
    store : Store
    now : float | None
        Seconds since 1970; this moment if not given.
    """
    if not spools(store).is_dir():
        return 0
    at = time.time() if now is None else now
    with store.read() as conn:
        latest_first = jobs.listed(conn, Viewer.everyone(), limit=_JOBS_LOOKED_AT)
    named: dict[str, jobs.Job] = {}
    for job in latest_first:
        name = job.request.get("spool")
        if name and (name not in named or job.state in jobs.OPEN):
            named[name] = job
    old = [one.name for one in spools(store).iterdir() if _is_over(one, named.get(one.name), at)]
    for name in old:
        remove(store, name)
    return len(old)


def sweep_originals(store: Store, older_than_s: float = LEFT_OVER_S) -> int:
    """Remove kept files that nothing in the store names: an import or an undo was killed between a file and its rows.

    Parameters
    ----------
    store : Store
    older_than_s : float
        Younger ones stay: their import may be about to write their rows.

    Returns
    -------
    int
        How many there were.
    """
    return remove_unnamed(store, list(store.originals.fingerprints(older_than_s)))


def _is_over(spool: Path, job: jobs.Job | None, at: float) -> bool:
    if job is None:
        return spool.lstat().st_mtime < at - LEFT_OVER_S
    if job.state in jobs.OPEN or job.finished is None:
        return False
    if job.kind == "look" and job.state == "done":
        return job.finished.timestamp() < at - LEFT_OVER_S  # looked at, and perhaps to be taken in tomorrow
    return job.finished.timestamp() < at - KEPT_AFTER_S[job.state]


def _is_one(name: str) -> bool:
    """True for a name that can only be one folder here: no way up, no way further down, nothing empty."""
    return name not in ("", ".", "..") and not any(mark in name for mark in "/\\:\0")
