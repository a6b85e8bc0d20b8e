"""What an import would take in, looked up once for each choice: a page runs anew at every click, a folder may be large."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

from loadmon.intake.owners_file import OwnersFile
from loadmon.intake.plan import Plan, Problem, plan
from loadmon.intake.tables import Confirmed

MOST_ENTRIES = 60_000
"""Files and folders a page looks at; a whole disk given by mistake has millions."""
_KEPT = "previewed"


@dataclass(frozen=True, slots=True)
class Preview:
    """What a page tells of a plan; nothing of it holds a file open.

    Parameters
    ----------
    runners : Counter
        Files for each runner that was told.
    told_by : mapping of runner to str
        What told it, in the words of the report.
    without_owner : int
        Files that nothing says whose they are, and with ``example`` one of them.
    doubts : tuple of str
        Where two things name different runners for a file: what they say, each once.
    foreign : int
        Files that plainly are no activities.
    idle_lines : tuple of int
        Lines of the mapping file that speak of no file here.
    problems, asides : list of Problem
        As in ``Plan``.
    rows : int
        How many of the files are rows of a session table.
    """

    runners: Counter[str]
    told_by: Mapping[str, str]
    without_owner: int
    example: str
    doubts: tuple[str, ...]
    foreign: int
    problems: list[Problem]
    asides: list[Problem]
    idle_lines: tuple[int, ...]
    rows: int = 0

    @property
    def noun(self) -> str:
        """What is counted: files, or sessions where all of them are rows of a table."""
        told = sum(self.runners.values())
        return "session" if self.rows and self.rows == told + self.without_owner and not self.doubts else "file"

    @property
    def is_empty(self) -> bool:
        """True where there is nothing to take in."""
        return not (self.runners or self.without_owner or self.doubts)


def preview(
    paths: list[Path], athlete: str | None, known: tuple[str, ...], columns: Confirmed, mapping: OwnersFile | None
) -> Preview:
    """What an import of these paths would take in; looked up again only when something about the choice changes.

    Parameters
    ----------
    paths, athlete, known, columns, mapping
        As for ``intake.plan.plan``.
    """
    choice = (tuple(map(mark, paths)), athlete, known, repr(sorted(columns.items(), key=repr)), mapping)
    kept = st.session_state.get(_KEPT)
    if kept is None or kept[0] != choice:
        planned = plan(paths, athlete, known, most=MOST_ENTRIES, columns=columns, mapping=mapping)
        kept = (choice, preview_of(planned, columns))
        st.session_state[_KEPT] = kept
    found: Preview = kept[1]
    return found


def mark(path: Path) -> tuple[str, int, int]:
    """What changes when a file or folder changes: its path, size and time."""
    try:
        found = path.stat()
    except (OSError, ValueError):
        return str(path), 0, 0
    return str(path), found.st_size, found.st_mtime_ns


def preview_of(planned: Plan, columns: Confirmed) -> Preview:
    """What a page tells of a plan.

    Parameters
    ----------
    planned : Plan
    columns : Confirmed
        What the columns of session tables among the paths hold.
    """
    lost = [offer for offer in planned.without_owner if not offer.owner.in_doubt]
    doubted = [offer for offer in planned.without_owner if offer.owner.in_doubt]
    tables = tuple(f"{Path(path).name}, row " for path in columns)
    words: dict[str, dict[str, None]] = {}
    for offer in planned.offers:
        if offer.owner.name is not None:
            words.setdefault(offer.owner.name, {})[str(offer.owner.told_by)] = None
    return Preview(
        runners=planned.runners(),
        told_by={runner: ", ".join(sorted(by)) for runner, by in words.items()},
        without_owner=len(lost),
        example=lost[0].member.path if lost else "",
        doubts=tuple(dict.fromkeys(offer.owner.told_by for offer in doubted)),
        foreign=len(planned.foreign) - len(planned.idle_lines),
        problems=planned.problems,
        asides=planned.asides,
        idle_lines=planned.idle_lines,
        rows=sum(offer.member.path.startswith(tables) for offer in planned.offers) if tables else 0,
    )
