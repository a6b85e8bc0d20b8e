"""Session tables on their way in: each row of a table is taken in like a file of its own, so none comes in twice."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path, PurePosixPath

from loadmon.readers.given import is_table
from loadmon.readers.limits import RATIO_MATTERS_FROM_BYTES
from loadmon.readers.member import Member, is_candidate
from loadmon.readers.signature import HEAD_BYTES, Format, signature
from loadmon.readers.table import LeftOut, opened, propose, table_rows
from loadmon.readers.table_answers import on_the_command_line
from loadmon.readers.table_columns import TableColumns, TableProposal, Unclear, columns_said
from loadmon.readers.table_grid import MAX_TABLE_BYTES
from loadmon.readers.table_row import TableRow
from loadmon.readers.table_units import settled
from loadmon.refusal import ColumnsToConfirm, EmptyFile, NoActivity, Refusal

TABLE_NAMES = frozenset({".csv", ".tsv", ".xlsx", ".xlsm"})
FIRST_ROWS = 3
MOST_LOOKED_INTO = 20
"""Files called like a table that are opened in one folder; what people keep there has no end."""
Confirmed = dict[str, TableColumns]
"""For each table by its path as it was given: what its owner said its columns hold."""


@dataclass(slots=True)
class Rows:
    """What a table gives: its rows as members, whose each is as far as the table says, and the rows that are none."""

    members: list[Member] = field(default_factory=list)
    runners: dict[str, str] = field(default_factory=dict)
    left: list[tuple[str, Refusal]] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outlook:
    """What would come of a table with its columns taken so, before anything is taken in.

    Parameters
    ----------
    questions : tuple of Unclear
        What is still to be said; nothing is known of the rows until it is.
    first : tuple of TableRow
        The first sessions as they would come in.
    sessions : int
        How many there are.
    left : tuple of LeftOut
        Rows that are none.
    """

    questions: tuple[Unclear, ...]
    first: tuple[TableRow, ...] = ()
    sessions: int = 0
    left: tuple[LeftOut, ...] = ()


def table_bytes(path: Path) -> bytes | None:
    """A loose file's bytes if it is a session table, told by its content; None for anything else."""
    try:
        if is_candidate(path.name) or not path.is_file() or not 0 < path.stat().st_size <= MAX_TABLE_BYTES:
            return None
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
            if signature(head) not in (Format.UNKNOWN, Format.ZIP):
                return None
            data = head + file.read(MAX_TABLE_BYTES + RATIO_MATTERS_FROM_BYTES)
    except (OSError, ValueError):
        return None
    return data if is_table(data) else None


def proposals(paths: list[Path]) -> dict[Path, TableProposal | Refusal]:
    """What the columns of each table among these paths are taken for, or why that cannot be told.

    Parameters
    ----------
    paths : list of Path
        What the importing person gave; only loose files are looked at.
    """
    found: dict[Path, TableProposal | Refusal] = {}
    for path in paths:
        data = table_bytes(path) or _called_a_table(path)
        if data is not None:
            try:
                found[path] = propose(data)
            except Refusal as refusal:
                found[path] = refusal
    return found


def _called_a_table(path: Path) -> bytes | None:
    """The bytes of a file that its owner calls a table, so that the reason why it is none can be told."""
    try:
        is_one = path.suffix.casefold() in TABLE_NAMES and 0 < path.stat().st_size <= MAX_TABLE_BYTES
        return path.read_bytes() if is_one else None
    except (OSError, ValueError):
        return None


def told_of(foreign: list[Member]) -> dict[str, Refusal]:
    """For each session table that lies in a folder or an archive, and each empty one, why it is not taken in.

    Parameters
    ----------
    foreign : list of Member
        Files that are no activities; of those that are called like tables the first are looked into.
    """
    called = [
        m for m in foreign if PurePosixPath(m.name).suffix.casefold() in TABLE_NAMES and m.size <= MAX_TABLE_BYTES
    ]
    empty = {member.path: _EMPTY for member in called if not member.size}
    return empty | {member.path: _BY_ITSELF for member in called[:MOST_LOOKED_INTO] if _lists_sessions(member)}


_EMPTY = EmptyFile("The file is empty: it holds no bytes at all.", "Save the table again, and give that.")
_BY_ITSELF = ColumnsToConfirm(
    "It is a table of sessions, and its columns have to be confirmed, so it was left out.",
    "Give it by itself; loadmon inspect shows its columns.",
)


def _lists_sessions(member: Member) -> bool:
    try:
        columns = propose(member.read()).columns
    except (Refusal, OSError):
        return False
    return columns.date is not None and (columns.duration or columns.distance) is not None


def confirmed(paths: list[Path], said: str | None, *, accept: bool) -> Confirmed:
    """What the importing person said of every table given, by ``--columns`` and ``--accept-columns``.

    Parameters
    ----------
    paths : list of Path
    said : str | None
        ``date=Datum,distance=km:Distanz``; alone it names every column, with ``accept`` it corrects what was proposed.
    accept : bool
        Take what was proposed.

    Raises
    ------
    ColumnUnclear
        If something that was said fits no table.
    """
    if not accept and said is None:
        return {}
    found: Confirmed = {}
    for path, proposal in proposals(paths).items():
        if isinstance(proposal, TableProposal):
            names = tuple(column.name for column in proposal.found)
            found[key(path)] = columns_said(said or "", names, proposal.columns if accept else None)
    return found


def outlook(path: Path, columns: TableColumns) -> Outlook:
    """What is still to be said of a table, or else the sessions that would come of it.

    Raises
    ------
    Refusal
        If the table cannot be read, or no row of it holds a session.
    """
    data = path.read_bytes()
    questions = settled(opened(data), columns)[1]
    if questions:
        return Outlook(tuple(questions))
    rows, left = table_rows(data, columns)
    return Outlook((), tuple(rows[:FIRST_ROWS]), len(rows), tuple(left))


def key(path: Path) -> str:
    """How a table is known between the page, the command and the worker."""
    return str(path.absolute())


def rows_of_table(path: Path, data: bytes, columns: TableColumns | None) -> Rows:
    """The rows of a table as members.

    Raises
    ------
    ColumnsToConfirm
        If nobody has said what its columns hold.
    ColumnUnclear, NoSessionTable, TooLarge, DamagedFile
        As ``readers.table`` says.
    """
    if columns is None:
        proposal = propose(data)
        open_questions = " ".join(one.question for one in proposal.unclear)
        raise ColumnsToConfirm(
            f"{path.name} is a table of {proposal.rows:,} rows; its columns are taken for: {proposal.columns.words()}. "
            f"{open_questions}".rstrip(),
            f"Confirm with --accept-columns and {on_the_command_line(proposal.unclear)}."
            if proposal.unclear
            else "Confirm with --accept-columns, or say them with --columns (loadmon inspect shows them all).",
        )
    found = Rows()
    rows, left = table_rows(data, columns)
    for row in rows:
        kept, shown = row.kept(), f"{path.name}, row {row.number}"
        found.members.append(Member(shown, shown, len(kept), _giving(kept)))
        if row.runner:
            found.runners[shown] = row.runner
    for one in left:
        words = NoActivity(
            f"The row is no session: {one.why}.", "Nothing to do, unless it should be one: then correct it."
        )
        found.left.append((f"{path.name}, row {one.number}", words))
    return found


def _giving(data: bytes) -> Callable[[], bytes]:
    return lambda: data
