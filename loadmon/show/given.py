"""What was given on the import page to be taken in, and how it is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from loadmon.intake.choices import Choices
from loadmon.intake.jobs import ask_for_import
from loadmon.intake.owners_file import OwnersFile
from loadmon.intake.tables import Confirmed
from loadmon.readers.table_columns import TableColumns
from loadmon.show import state
from loadmon.store import jobs


@dataclass(frozen=True)
class Given:
    """What was given to be taken in.

    Parameters
    ----------
    paths : list of Path
    athlete : str | None
        The one runner to whom everything belongs; None where folders and the files tell.
    columns : Confirmed
        What the columns of session tables hold.
    spool : Path | None
        The folder of uploads, if they came from a browser.
    mapping : OwnersFile | None
        Whose files are, as a mapping file says.
    """

    paths: list[Path]
    athlete: str | None
    columns: Confirmed
    spool: Path | None
    mapping: OwnersFile | None = None

    @classmethod
    def of_job(cls, job: jobs.Job) -> Given:
        """What a look ahead was asked about."""
        asked = job.request
        spool = asked.get("spool")
        columns = {table: TableColumns.from_plain(said) for table, said in asked.get("columns", {}).items()}
        paths = [Path(path) for path in asked["paths"]]
        mapping = OwnersFile.from_plain(asked.get("owners"))
        return cls(paths, asked.get("athlete"), columns, paths[0].parent if spool else None, mapping)

    def ask(self, choices: Choices | None = None, *, look: bool = False) -> int:
        """Ask for it to be taken in, or only looked through; gives back the job's number."""
        return ask_for_import(
            state.store(),
            self.paths,
            athlete=self.athlete,
            spool=self.spool,
            columns=self.columns,
            choices=choices,
            mapping=self.mapping,
            look=look,
        )
