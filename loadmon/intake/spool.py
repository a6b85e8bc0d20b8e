"""Uploads that wait for their import: each in a folder of its own below the data folder, removed when it is done."""

from __future__ import annotations

import shutil
import time
from pathlib import Path

from loadmon.refusal import NotFound
from loadmon.store import Store, Viewer, jobs

LEFT_OVER_S = 2 * 24 * 3600.0
"""Uploads that no waiting import names are forgotten after this time: chosen on a page, and never taken in."""


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


def sweep(store: Store, now: float | None = None) -> int:
    """Remove uploads of more than two days ago that no waiting import names; how many there were.

    Parameters
    ----------
    store : Store
    now : float | None
        Seconds since 1970; this moment if not given.
    """
    if not spools(store).is_dir():
        return 0
    with store.read() as conn:
        waiting = {job.request.get("spool") for job in jobs.listed(conn, Viewer.everyone(), open_only=True, limit=1000)}
    late = (time.time() if now is None else now) - LEFT_OVER_S
    old = [one.name for one in spools(store).iterdir() if one.name not in waiting and one.lstat().st_mtime < late]
    for name in old:
        remove(store, name)
    return len(old)


def _is_one(name: str) -> bool:
    """True for a name that can only be one folder here: no way up, no way further down, nothing empty."""
    return name not in ("", ".", "..") and not any(mark in name for mark in "/\\:\0")
