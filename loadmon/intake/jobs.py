"""Long work as rows in the database: a page or a command asks for it, whichever worker is free does it."""

from __future__ import annotations

from pathlib import Path

from loadmon.intake.choices import Choices
from loadmon.intake.commit import Imported, import_plan
from loadmon.intake.knowledge import names_before
from loadmon.intake.owners_file import OwnersFile
from loadmon.intake.plan import plan
from loadmon.intake.shift import Handler, work_on
from loadmon.intake.spool import is_gone, name_of, spools
from loadmon.intake.tables import Confirmed
from loadmon.intake.work import IMPORT, LOOK, SAMPLE, Work
from loadmon.readers.table_columns import TableColumns
from loadmon.refusal import NotFound
from loadmon.store import Store, jobs

__all__ = [
    "IMPORT",
    "LOOK",
    "SAMPLE",
    "Handler",
    "Work",
    "ask_for_import",
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
    request = {
        "paths": [str(path.absolute()) for path in paths],
        "athlete": athlete,
        "what": what or words_for(paths),
        "spool": name_of(store, spool) if spool else None,
        "columns": {table: said.plain() for table, said in (columns or {}).items()},
        "choices": (choices or Choices()).plain(),
        "owners": mapping.plain() if mapping else None,
    }
    with store.write() as conn:
        return jobs.ask(conn, LOOK if look else IMPORT, request)


def words_for(paths: list[Path]) -> str:
    """What was given, in words for the list of imports."""
    return ", ".join(path.name or str(path) for path in paths[:3]) + (
        f" and {len(paths) - 3} more" if len(paths) > 3 else ""
    )


def share_of(job: jobs.Job) -> float:
    """Finished share of a job between 0 and 1."""
    return min(1.0, job.items_done / job.items_total) if job.items_total else 0.0


def run_import(work: Work) -> Imported:
    """Do an import that was asked for, or go on with one that was broken off."""
    request = work.request
    with work.store.read() as conn:
        known = names_before(conn, work.job.batch_id)
    paths = [Path(path) for path in request["paths"]]
    if request.get("spool") and is_gone(work.store, request["spool"]):
        if work.job.batch_id is None:
            raise NotFound("The uploaded files are no longer there.", "Upload them again.")
        paths = []  # an earlier attempt had them all in, and fell before it could say so
    columns = {table: TableColumns.from_plain(said) for table, said in request.get("columns", {}).items()}
    return import_plan(
        work.store,
        plan(
            paths,
            request.get("athlete"),
            known,
            columns=columns,
            mapping=OwnersFile.from_plain(request.get("owners")),
        ),
        what=request["what"],
        workers=work.workers,
        batch_id=work.job.batch_id,
        onlooker=work,
        choices=Choices.from_plain(request.get("choices")),
        dry_run=work.job.kind == LOOK,
    )
