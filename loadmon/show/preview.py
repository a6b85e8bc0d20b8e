"""What an import would take in, looked up once for each choice: a page runs anew at every click, a folder may be large."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import streamlit as st

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
    without_owner : int
        Files that nothing says whose they are, and with ``example`` one of them.
    foreign : int
        Files that plainly are no activities.
    problems, asides : list of Problem
        As in ``Plan``.
    rows : int
        How many of the files are rows of a session table.
    """

    runners: Counter[str]
    without_owner: int
    example: str
    foreign: int
    problems: list[Problem]
    asides: list[Problem]
    rows: int = 0

    @property
    def noun(self) -> str:
        """What is counted: files, or sessions where all of them are rows of a table."""
        return "session" if self.rows and self.rows == sum(self.runners.values()) + self.without_owner else "file"


def preview(paths: list[Path], athlete: str | None, known: tuple[str, ...], columns: Confirmed) -> Preview:
    """What an import of these paths would take in; looked up again only when something about the choice changes.

    Parameters
    ----------
    paths, athlete, known, columns
        As for ``intake.plan.plan``.
    """
    choice = (tuple(map(mark, paths)), athlete, known, repr(sorted(columns.items(), key=repr)))
    kept = st.session_state.get(_KEPT)
    if kept is None or kept[0] != choice:
        kept = (choice, _of(plan(paths, athlete, known, most=MOST_ENTRIES, columns=columns), columns))
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


def _of(planned: Plan, columns: Confirmed) -> Preview:
    lost = planned.without_owner
    tables = tuple(f"{Path(path).name}, row " for path in columns)
    return Preview(
        planned.runners(), len(lost), lost[0].member.path if lost else "", len(planned.foreign), planned.problems,
        planned.asides, sum(offer.member.path.startswith(tables) for offer in planned.offers) if tables else 0,
    )  # fmt: skip
