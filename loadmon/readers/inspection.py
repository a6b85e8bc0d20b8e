"""What a file is, what is in it and what was odd: for people who wonder why a session looks as it does."""

from __future__ import annotations

import dataclasses
import os
from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, BinaryIO

from loadmon.readers import read as read_one
from loadmon.readers.account import Account, account_of
from loadmon.readers.archive import members_of
from loadmon.readers.clock import check_zone
from loadmon.readers.contents import AppColumn, Part, contents_of
from loadmon.readers.given import is_table, opened_binary, unpacked_workbook
from loadmon.readers.limits import MAX_MEMBER_BYTES, check_size, gunzip
from loadmon.readers.member import Member
from loadmon.readers.seen_session import SessionSeen, seen
from loadmon.readers.signature import HEAD_BYTES, Format, looks_like, signature
from loadmon.readers.table import propose
from loadmon.readers.table_answers import on_the_command_line
from loadmon.readers.table_columns import TableProposal
from loadmon.readers.table_row import is_kept_row
from loadmon.readers.unmatched import unmatched
from loadmon.refusal import ColumnsToConfirm, Refusal

MOST_MEMBERS_READ = 25
"""So many activities of an archive are read; the rest are only listed."""
_NAMES = {Format.FIT: "FIT", Format.GPX: "GPX", Format.TCX: "TCX"}


@dataclass(slots=True)
class Inspection:
    """What a file is, what is in it, and what was odd.

    Parameters
    ----------
    name, size
        As it was given; bytes.
    what : str
        The format in words, with its packing: ``FIT, packed by gzip``.
    parts : list of Part
        Messages, elements, or members by ending.
    extensions : list of Part
        What apps and makers add to the points of GPX and TCX.
    app_columns : list of AppColumn
        Fields that apps on the watch added to FIT.
    members : list of (path, bytes)
        Files of an archive that could be activities.
    account : str | None
        Whose account archive it is, in words.
    table : TableProposal | None
        What a table's columns are taken for.
    sessions : list of SessionSeen
    refusals : list of (file, name, what, advice)
        Why a file, or one of an archive's, could not be read.
    unread : int
        Activities of an archive that were only listed.
    """

    name: str
    size: int
    what: str = ""
    parts: list[Part] = field(default_factory=list)
    extensions: list[Part] = field(default_factory=list)
    app_columns: list[AppColumn] = field(default_factory=list)
    members: list[tuple[str, int]] = field(default_factory=list)
    account: str | None = None
    table: TableProposal | None = None
    sessions: list[SessionSeen] = field(default_factory=list)
    refusals: list[tuple[str, str, str, str]] = field(default_factory=list)
    unread: int = 0

    @property
    def is_refused(self) -> bool:
        """True where nothing could be had from the file."""
        return not self.sessions and self.table is None

    def plain(self) -> dict[str, Any]:
        """The same as plain values, for JSON."""
        values = dataclasses.asdict(self)
        values["refusals"] = [dict(zip(("file", "name", "what", "advice"), row, strict=True)) for row in self.refusals]
        values["members"] = [{"path": path, "size": size} for path, size in self.members]
        return values


def inspect(
    given: str | os.PathLike[str] | bytes | BinaryIO, name: str | None = None, *, home_zone: str | None = None
) -> Inspection:
    """Say what a file is, what is in it and what was odd; a refusal is part of the answer.

    Parameters
    ----------
    given : path, bytes or binary file
    name : str | None
        What to call it where it has no name of its own.
    home_zone : str | None
        IANA zone of the runner's home, for files that tell no local time.

    Raises
    ------
    NotFound
        If there is nothing to look at; whatever else is wrong with the file is told in the inspection.
    UnknownZone
        If there is no such home zone.
    """
    check_zone(home_zone)
    with opened_binary(given, name) as (file, called):
        found = Inspection(called, file.seek(0, os.SEEK_END))
        file.seek(0)
        head = file.read(HEAD_BYTES)
        file.seek(0)
        try:
            if signature(head) is Format.ZIP and not unpacked_workbook(file):
                _archive(found, file, home_zone)
            else:
                check_size(found.size, "The file")
                _file(found, file.read(MAX_MEMBER_BYTES + 1), home_zone)
        except Refusal as refusal:
            found.refusals.append((called, refusal.name, refusal.what, refusal.advice))
            found.what = found.what or looks_like(head)
    return found


def _file(found: Inspection, data: bytes, home_zone: str | None) -> None:
    inner, packed = data, ""
    for packed_so in (", packed by gzip", ", packed by gzip twice"):
        if signature(inner[:HEAD_BYTES]) is Format.GZIP:
            inner, packed = gunzip(inner)[0], packed_so
    form = signature(inner[:HEAD_BYTES])
    found.what = _NAMES.get(form, looks_like(inner[:HEAD_BYTES])) + packed
    if is_kept_row(inner):
        found.what = "one row of a session table, as loadmon keeps it"
    elif is_table(inner):
        found.table = propose(inner)
        kind = "XLSX workbook" if found.table.sheet else "table of text (CSV)"
        service = f" of {found.table.service}" if found.table.service else ""
        found.what = f"a list of sessions{service}, {kind}{packed}"
        unclear = " ".join(one.question for one in found.table.unclear)
        refusal = ColumnsToConfirm(
            f"What its columns hold has to be confirmed. {unclear}".rstrip(),
            "Take it in with --accept-columns"
            + (
                f" and {on_the_command_line(found.table.unclear)}."
                if unclear
                else ", or say the columns with --columns."
            ),
        )
        found.refusals.append((found.name, refusal.name, refusal.what, refusal.advice))
        return
    found.parts, found.extensions, found.app_columns = contents_of(inner, form)
    _sessions(found, data, found.name, home_zone)


def _sessions(found: Inspection, data: bytes, name: str, home_zone: str | None) -> None:
    try:
        found.sessions += [seen(session, name) for session in read_one(data, name, home_zone=home_zone)]
    except Refusal as refusal:
        found.refusals.append((name, refusal.name, refusal.what, refusal.advice))


def _archive(found: Inspection, file: BinaryIO, home_zone: str | None) -> None:
    members = list(members_of(file, found.name))
    candidates = [member for member in members if not member.foreign]
    found.what = f"ZIP archive of {len(members):,} files"
    endings = Counter(_ending(member) for member in members)
    found.parts = [Part(ending, count) for ending, count in endings.most_common()]
    found.members = [(member.path, member.size) for member in candidates]
    account = account_of(members)
    if account.by_path:
        found.account = f"Strava's account archive: its table tells of {len(account.by_path):,} of these files"
    elif account.by_start:
        told = sum(map(len, account.by_start.values()))
        found.account = f"Garmin's account archive: its lists tell of {told:,} activities"
    found.refusals += [
        (one.path, one.refusal.name, one.refusal.what, one.refusal.advice)
        for one in account.without[:MOST_MEMBERS_READ]
    ]
    for member in candidates[:MOST_MEMBERS_READ]:
        try:
            data = member.read()
            sessions = read_one(data, member.path, home_zone=home_zone)
        except Refusal as refusal:
            found.refusals.append((member.path, refusal.name, refusal.what, refusal.advice))
            continue
        if len(candidates) == 1:
            inner = gunzip(data)[0] if signature(data[:HEAD_BYTES]) is Format.GZIP else data
            form = signature(inner[:HEAD_BYTES])
            found.what = f"{_NAMES.get(form, 'activity')}, alone in a ZIP"
            found.parts, found.extensions, found.app_columns = contents_of(inner, form)
        for session in sessions:
            told_of = account.told(member.path, session.start)
            found.sessions.append(seen(told_of.on(session) if told_of else session, member.path))
    found.unread = max(len(candidates) - MOST_MEMBERS_READ, 0)
    if not found.unread:
        found.refusals += _without_file(found, account)


def _without_file(found: Inspection, account: Account) -> list[tuple[str, str, str, str]]:
    """Activities that an account's own list names and that none of the files is, as refusals."""
    begun = [datetime.fromisoformat(session.summary["start_utc"]).timestamp() for session in found.sessions]
    missing = [one for listed in account.by_start.values() for _, one in unmatched(listed, begun)]
    return [(found.name, one.name, one.what, one.advice) for one in missing]


def _ending(member: Member) -> str:
    suffixes = PurePosixPath(member.name.casefold()).suffixes
    return "".join(suffixes[-2:] if suffixes[-1:] == [".gz"] else suffixes[-1:]) or "without ending"
