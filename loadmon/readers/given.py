"""Whatever a person has of a runner's sessions, a path, bytes or an open file, as a list of sessions."""

from __future__ import annotations

import io
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import Any, BinaryIO, cast

from loadmon.readers import read as read_one
from loadmon.readers.account import account_of
from loadmon.readers.archive import members_of
from loadmon.readers.clock import check_zone
from loadmon.readers.limits import MAX_MEMBER_BYTES, check_size, gunzip
from loadmon.readers.member import Member
from loadmon.readers.signature import HEAD_BYTES, Format, signature
from loadmon.readers.table import opened, propose, sessions_from_table
from loadmon.readers.table_answers import columns_in_python, in_python
from loadmon.readers.table_columns import TableColumns
from loadmon.readers.table_grid import is_workbook
from loadmon.readers.table_row import is_kept_row
from loadmon.readers.unmatched import unmatched
from loadmon.refusal import (
    ColumnsToConfirm,
    EmptyFile,
    NoActivity,
    NoSessionTable,
    NotFound,
    Refusal,
    TooLarge,
    UnknownFormat,
)
from loadmon.session import Oddity, Session

__all__ = ["is_table", "opened_binary", "read", "unpacked_workbook"]

_NAMED = 3
_ENOUGH_OF_A_TABLE = 2**16


def read(
    given: str | os.PathLike[str] | bytes | BinaryIO,
    *,
    name: str | None = None,
    home_zone: str | None = None,
    columns: TableColumns | None = None,
) -> list[Session]:
    """Every session in a file: FIT, GPX or TCX, also packed by gzip or ZIP, or a table of sessions.

    What it is, is told by its bytes and never by its name. A ZIP may hold one activity or a whole account (Strava's
    and Garmin's own tables then tell names, shoes and effort).

    Parameters
    ----------
    given : path, bytes or binary file
        One file. A folder is refused: ``loadmon import`` takes folders.
    name : str | None
        What to call it where it has no name of its own; kept for display.
    home_zone : str | None
        IANA zone of the runner's home, such as ``"Europe/Berlin"``, for files that tell no local time.
    columns : TableColumns | None
        For a CSV or XLSX: ``loadmon.propose(data).columns``, looked at and corrected.

    Returns
    -------
    list of Session
        At least one, in order of their start. What could not be read of an archive is named in each session's
        oddities.

    Raises
    ------
    Refusal
        One of its named kinds, and never anything else: ``loadmon.refusal`` lists them.

    Examples
    --------
    >>> import loadmon
    >>> gpx = '''<gpx xmlns="http://www.topografix.com/GPX/1/1"><trk><type>running</type><trkseg>
    ... <trkpt lat="46.2" lon="6.1"><time>2026-01-05T06:30:00Z</time></trkpt>
    ... <trkpt lat="46.2009" lon="6.1"><time>2026-01-05T06:30:30Z</time></trkpt></trkseg></trk></gpx>'''
    >>> run, = loadmon.read(gpx.encode())
    >>> run.sport.value, run.elapsed_s, run.local_start.isoformat()
    ('run', 30.0, '2026-01-05T07:30:00+01:00')
    """
    check_zone(home_zone)
    with opened_binary(given, name) as (file, called):
        head = file.read(HEAD_BYTES)
        file.seek(0)
        if signature(head) is Format.ZIP and not unpacked_workbook(file):
            return _archive(file, called, home_zone)
        data = file.read(MAX_MEMBER_BYTES + 1)
    check_size(len(data), called)
    return _file(data, called, home_zone, columns)


def is_table(data: bytes) -> bool:
    """True for a CSV or XLSX whose columns could be a session's."""
    if not is_workbook(data) and signature(data[:HEAD_BYTES]) is not Format.UNKNOWN:
        return False
    try:
        opened(data)
    except NoSessionTable:
        return False
    except TooLarge:
        # where its beginning is one, it is refused as a table that is too large, and not as something else
        return is_workbook(data) or (len(data) > _ENOUGH_OF_A_TABLE and is_table(data[:_ENOUGH_OF_A_TABLE]))
    except Refusal:
        return is_workbook(data)
    return True


@contextmanager
def opened_binary(given: object, name: str | None) -> Iterator[tuple[BinaryIO, str]]:
    """A seekable binary file and its name, whatever was given."""
    if isinstance(given, (bytes, bytearray, memoryview)):
        yield io.BytesIO(given), name or "file"
    elif isinstance(given, (str, os.PathLike)):
        path = Path(os.fspath(given)) if not isinstance(given, str) else Path(given)
        try:
            if path.is_dir():
                raise NotFound(f"{path.name or path} is a folder.", "Give one file, or take it in with loadmon import.")
            opened_file = path.open("rb")
        except (FileNotFoundError, NotADirectoryError, ValueError):
            raise NotFound(f"There is nothing at {path}.", "Check the path and try again.") from None
        except OSError as error:
            raise NotFound(f"{path.name} cannot be read ({error.strerror}).", "Check who may read it.") from None
        with opened_file as file:
            yield file, name or path.name
    elif hasattr(given, "read"):
        called = name or Path(str(getattr(given, "name", "") or "file")).name
        yield _seekable(given, called), called
    else:
        raise UnknownFormat(
            f"A {type(given).__name__} is neither a path nor bytes nor a file.", "Give one of these three."
        )


def _seekable(file: Any, called: str) -> BinaryIO:
    try:
        probe = file.read(0)
        if isinstance(probe, str):
            raise UnknownFormat("The file was opened as text.", 'Open it with mode "rb".')
        if file.seekable():
            return cast("BinaryIO", file)
        data = file.read(MAX_MEMBER_BYTES + 1)
    except (OSError, ValueError) as error:
        raise NotFound(
            f"{called} cannot be read ({type(error).__name__}).", "Open it again and try once more."
        ) from None
    check_size(len(data), called)
    return io.BytesIO(data)


def unpacked_workbook(file: BinaryIO) -> bool:
    """True for an open XLSX file, which is a ZIP archive too; the file is wound back."""
    size = file.seek(0, os.SEEK_END)
    file.seek(0)
    found = size <= MAX_MEMBER_BYTES and is_workbook(file.read())
    file.seek(0)
    return found


def _file(data: bytes, name: str, home_zone: str | None, columns: TableColumns | None) -> list[Session]:
    inner = gunzip(data)[0] if signature(data[:HEAD_BYTES]) is Format.GZIP else data
    if not is_kept_row(inner) and is_table(inner):
        if columns is None:
            raise _to_confirm(inner, name)
        return sessions_from_table(inner, columns, name=name, home_zone=home_zone)
    return read_one(data, name, home_zone=home_zone)


def _to_confirm(data: bytes, name: str) -> ColumnsToConfirm:
    proposal = propose(data)
    open_questions = " ".join(one.question for one in proposal.unclear)
    replaced = f", corrected by dataclasses.replace(…): {in_python(proposal.unclear)}" if proposal.unclear else ""
    return ColumnsToConfirm(
        f"{name} is a table of {proposal.rows:,} rows, and what its columns hold has to be confirmed: "
        f"{columns_in_python(proposal.columns)}. {open_questions}".rstrip(),
        f"Look at loadmon.propose(data).columns, and give them as columns=…{replaced}.",
    )


def _archive(file: BinaryIO, name: str, home_zone: str | None) -> list[Session]:
    """Every activity of a ZIP; a member that is damaged stops none of the others, and is named."""
    members = list(members_of(file, name))
    account = account_of(members)
    candidates = [member for member in members if not member.foreign]
    sessions: list[Session] = []
    refused: list[tuple[Member, Refusal]] = []
    for member in candidates:
        try:
            data = member.read()
            if not data:
                raise EmptyFile(
                    "The file is empty: it holds no bytes at all.", "Copy it from the watch or the app again."
                )
            found = read_one(data, member.path, home_zone=home_zone)
        except Refusal as refusal:
            refused.append((member, refusal))
            continue
        for session in found:
            told = account.told(member.path, session.start)
            sessions.append(told.on(session) if told else session)
    if not sessions:
        raise _why(refused)
    lost = [refusal for _, refusal in refused if not isinstance(refusal, NoActivity)]
    notes = [(lost, "members unreadable", "could not be read")]
    begun = [session.start.timestamp() for session in sessions]
    alone = [one.refusal for one in account.without]
    alone += [refusal for listed in account.by_start.values() for _, refusal in unmatched(listed, begun)]
    notes += [(alone, "activities without a file", "have no file")]
    for missing, odd, words in notes:
        if missing:
            detail = " ".join(refusal.what for refusal in missing[:_NAMED])
            note = Oddity(
                odd, f"{len(missing)} other{'s' if len(missing) > 1 else ''} of {name} {words}: {detail}", len(missing)
            )
            sessions = [replace(session, oddities=(*session.oddities, note)) for session in sessions]
    return sorted(sessions, key=lambda session: session.start)


def _why(refused: list[tuple[Member, Refusal]]) -> Refusal:
    """The refusal that says most: what is damaged before what is no activity."""
    told = [refusal for _, refusal in refused if not isinstance(refusal, NoActivity)] or [r for _, r in refused]
    if told:
        return told[0]
    return NoActivity("The ZIP holds no activity file.", "Give the archive that the watch's app exported.")
