"""Long work as rows in the database: a page or a command asks for it, whichever worker is free does it."""

from __future__ import annotations

import socket
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from loadmon.intake.choices import Choices
from loadmon.intake.commit import Imported, import_plan
from loadmon.intake.knowledge import names_before
from loadmon.intake.owners_file import OwnersFile
from loadmon.intake.plan import plan
from loadmon.intake.shift import Handler, work_on
from loadmon.intake.spool import is_gone, name_of, spools
from loadmon.intake.tables import Confirmed
from loadmon.intake.work import IMPORT, LOOK, SAMPLE, CalledOff, Work
from loadmon.readers.table_columns import TableColumns
from loadmon.refusal import NotFound, SourceGone
from loadmon.store import Store, imports, jobs

__all__ = [
    "IMPORT",
    "LOOK",
    "SAMPLE",
    "Handler",
    "Work",
    "ask_for_import",
    "request_for",
    "run_import",
    "share_of",
    "spools",
    "words_for",
    "work_on",
]


def ask_for_import(
    store: Store,
    paths: list[Path],
    *,
    athlete: str | None = None,
    what: str | None = None,
    spool: Path | None = None,
    columns: Confirmed | None = None,
    choices: Choices | None = None,
    mapping: OwnersFile | None = None,
    look: bool = False,
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
        A folder of uploads, one of those in ``spools(store)``, that is removed once they are in or called off.
    columns : Confirmed | None
        What the columns of session tables among the paths hold.
    choices : Choices | None
        What was decided about single files.
    mapping : OwnersFile | None
        Whose files are, as a mapping file says.
    look : bool
        True to look ahead only: what would become of each file, and nothing taken in.

    Returns
    -------
    int
        The job's number.
    """
    request = request_for(paths, athlete=athlete, what=what, columns=columns, choices=choices, mapping=mapping)
    request["spool"] = name_of(store, spool) if spool else None
    with store.write() as conn:
        return jobs.ask(conn, LOOK if look else IMPORT, request)


def request_for(
    paths: list[Path],
    *,
    athlete: str | None = None,
    what: str | None = None,
    columns: Confirmed | None = None,
    choices: Choices | None = None,
    mapping: OwnersFile | None = None,
) -> dict[str, Any]:
    """What is asked of an import, as plain values; see ``ask_for_import``."""
    return {
        "paths": [str(path.absolute()) for path in paths],
        "athlete": athlete,
        "what": what or words_for(paths),
        "columns": {table: said.plain() for table, said in (columns or {}).items()},
        "choices": (choices or Choices()).plain(),
        "owners": mapping.plain() if mapping else None,
    }


def words_for(paths: list[Path]) -> str:
    """What was given, in words for the list of imports."""
    return ", ".join(path.name or str(path) for path in paths[:3]) + (
        f" and {len(paths) - 3} more" if len(paths) > 3 else ""
    )


def share_of(job: jobs.Job) -> float:
    """Finished share of a job between 0 and 1."""
    return min(1.0, job.items_done / job.items_total) if job.items_total else 0.0


def run_import(work: Work) -> Imported:
    """Do an import that was asked for, or go on with one that was broken off.

    Raises
    ------
    NotFound, SourceGone
        If what was given is not there (any more).
    """
    request, batch_id = work.request, work.job.batch_id
    with work.store.read() as conn:
        known = names_before(conn, batch_id)
        paths = _paths(work.store, conn, request, batch_id)
    columns = {table: TableColumns.from_plain(said) for table, said in request.get("columns", {}).items()}
    try:
        mapping = OwnersFile.from_plain(request.get("owners"))
        planned = plan(paths, request.get("athlete"), known, columns=columns, mapping=mapping, seen=work.seen)
    except CalledOff:
        return Imported(batch_id or 0, {}, 0, 0.0, stopped=True)
    if batch_id is None:
        planned.must_hold_something()
    return import_plan(
        work.store,
        planned,
        what=request["what"],
        workers=work.workers,
        batch_id=batch_id,
        onlooker=work,
        choices=Choices.from_plain(request.get("choices")),
        dry_run=work.job.kind == LOOK,
        request={"asked": request},
    )


def _paths(store: Store, conn: Connection, request: dict[str, Any], batch_id: int | None) -> list[Path]:
    """What was given; an import that is gone on with wants all of it to be there that was there before."""
    if request.get("host") not in (None, socket.gethostname()):
        raise NotFound(
            f"The files lie on {request['host']}, where the import was begun.",
            "Give the same command there again: it goes on where it was broken off.",
        )
    paths = [Path(path) for path in request["paths"]]
    if request.get("spool"):
        if not is_gone(store, request["spool"]):
            return paths
        if batch_id is None:
            raise NotFound("The uploaded files are no longer there.", "Upload them again.")
        return []  # an earlier attempt had them all in, and fell before it could say so
    if batch_id is not None:
        for path in paths:
            if not path.exists() and not imports.has_line(conn, batch_id, str(path)):
                raise SourceGone(f"{path} is not there any more.", "Bring it back, and the import goes on.")
    return paths
