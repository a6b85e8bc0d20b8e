"""What a file is, what is in it and what was odd: for people who wonder why a session looks as it does."""

from __future__ import annotations

import dataclasses
import os
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import PurePosixPath
from typing import Any, BinaryIO

import numpy as np

from loadmon.readers import read as read_one
from loadmon.readers.account import Account, account_of
from loadmon.readers.archive import members_of
from loadmon.readers.clock import check_zone
from loadmon.readers.differences import mean_over_time
from loadmon.readers.given import is_table, opened_binary, unpacked_workbook
from loadmon.readers.limits import MAX_MEMBER_BYTES, check_size, gunzip
from loadmon.readers.member import Member
from loadmon.readers.moving import recorded_seconds_of
from loadmon.readers.signature import HEAD_BYTES, Format, looks_like, signature
from loadmon.readers.table import propose
from loadmon.readers.table_answers import on_the_command_line
from loadmon.readers.table_columns import TableProposal
from loadmon.readers.table_row import is_kept_row
from loadmon.readers.unmatched import unmatched
from loadmon.refusal import ColumnsToConfirm, Refusal
from loadmon.session import Session

MOST_MEMBERS_READ = 25
"""So many activities of an archive are read; the rest are only listed."""
_TOKEN = re.compile(rb"<(/?)(?:[\w.-]+:)?([A-Za-z_][\w.-]*)(?:[^<>]*?(/?))>")
_COUNTED = {
    Format.GPX: ("trk", "trkseg", "trkpt", "rte", "rtept", "wpt"),
    Format.TCX: ("Activity", "Lap", "Track", "Trackpoint", "Course", "Workout"),
}
_NAMES = {Format.FIT: "FIT", Format.GPX: "GPX", Format.TCX: "TCX"}


@dataclass(frozen=True, slots=True)
class Part:
    """One kind of thing in a file and how often it is there: a FIT message, an XML element, members by ending."""

    name: str
    count: int
    number: int | None = None


@dataclass(frozen=True, slots=True)
class AppColumn:
    """A field that an app on the watch added: ``app`` is the first bytes of the app's identifier."""

    app: str
    name: str
    unit: str | None


@dataclass(frozen=True, slots=True)
class Compared:
    """One total of a session: what the device declares and what its samples give; None where either tells nothing.

    Of the timer, ours are the seconds that the samples record, without pauses and long gaps.
    """

    name: str
    device: float | None
    ours: float | None


@dataclass(frozen=True, slots=True)
class SessionSeen:
    """One session of the file: its summary, local time and its origin, device, and totals side by side.

    Neither positions nor serial numbers are in it.
    """

    file: str
    local_start: str
    offset_origin: str
    device: str
    summary: dict[str, Any]
    totals: tuple[Compared, ...]


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
    _contents(found, inner, form)
    _sessions(found, data, found.name, home_zone)


def _contents(found: Inspection, data: bytes, form: Format) -> None:
    if form is Format.FIT:
        _messages(found, data)
    elif form in _COUNTED:
        found.parts, found.extensions = _elements(data, _COUNTED[form])


def _sessions(found: Inspection, data: bytes, name: str, home_zone: str | None) -> None:
    try:
        found.sessions += [seen(session, name) for session in read_one(data, name, home_zone=home_zone)]
    except Refusal as refusal:
        found.refusals.append((name, refusal.name, refusal.what, refusal.advice))


def _messages(found: Inspection, data: bytes) -> None:
    """Messages of every segment by kind, and what apps added (not where a crafted file describes more than apps could)."""
    from fitparse.profile import MESSAGE_TYPES

    from loadmon.readers import fit_profile as profile
    from loadmon.readers.fit_apps import app_fields
    from loadmon.readers.fit_scan import scan
    from loadmon.readers.fit_segments import segments
    from loadmon.readers.fit_tables import MAX_FIT_SMALL

    counts: Counter[int] = Counter()
    columns: dict[str, AppColumn] = {}
    for segment in segments(data):
        shapes = scan(data, None, segment.start, segment.end).shapes
        for shape in shapes:
            counts[shape.kind] += len(shape.positions)
        described = [shape for shape in shapes if shape.kind in (profile.DEVELOPER_DATA_ID, profile.FIELD_DESCRIPTION)]
        if sum(len(shape.positions) for shape in described) > MAX_FIT_SMALL:
            continue
        for one in app_fields(data, described).values():
            app, _, field_name = one.column.partition(":")
            columns[one.column] = AppColumn(app, field_name, one.units)
    found.app_columns = list(columns.values())
    found.parts = [
        Part(str(MESSAGE_TYPES[kind].name) if kind in MESSAGE_TYPES else "not in the public profile", count, kind)
        for kind, count in sorted(counts.items(), key=lambda item: (-item[1], item[0]))
        if count
    ]


def _elements(data: bytes, counted: tuple[str, ...]) -> tuple[list[Part], list[Part]]:
    """Elements that tell what a document holds, and those that stand in extensions; nothing of one of little but tags."""
    from loadmon.readers.xml_text import crowded, utf8

    counts: Counter[str] = Counter()
    extensions: Counter[str] = Counter()
    inside = 0
    text = utf8(data)
    for token in () if crowded(text) else _TOKEN.finditer(text):
        closing, name, empty = token[1], token[2].decode("ascii", "replace"), token[3]
        if name.casefold() == "extensions":
            inside += -1 if closing else 0 if empty else 1
        elif closing:
            continue
        elif inside > 0:
            extensions[name] += 1
        else:
            counts[name] += 1
    parts = [Part(name, counts[name]) for name in counted if counts[name]]
    return parts, [Part(name, count) for name, count in extensions.most_common(40)]


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
            found.parts = []
            form = signature(inner[:HEAD_BYTES])
            found.what = f"{_NAMES.get(form, 'activity')}, alone in a ZIP"
            _contents(found, inner, form)
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


def seen(session: Session, file: str) -> SessionSeen:
    """One session as an inspection tells it.

    Parameters
    ----------
    session : Session
    file : str
        The file it is from, within an archive its path.
    """
    stream, totals = session.stream, session.totals
    summary = session.summary()
    summary.pop("sha256")
    return SessionSeen(
        file=file,
        local_start=f"{session.local_start:%Y-%m-%d %H:%M:%S}",
        offset_origin=session.offset_origin.value,
        device=session.device.label + (f", software {session.device.software}" if session.device.software else ""),
        summary=summary,
        totals=(
            Compared("distance_m", totals.distance_m, _highest(stream["distance_m"])),
            Compared("elapsed_s", totals.elapsed_s, session.elapsed_s if len(stream) else None),
            Compared("timer_s", totals.timer_s, float(recorded_seconds_of(session).sum()) if len(stream) else None),
            Compared("moving_s", totals.moving_s, session.moving_s if len(stream) else None),
            Compared("mean_heart_rate_bpm", totals.mean_heart_rate_bpm, _mean(session, "heart_rate_bpm")),
            Compared("max_heart_rate_bpm", totals.max_heart_rate_bpm, _highest(stream["heart_rate_bpm"])),
            Compared("mean_cadence_spm", totals.mean_cadence_spm, _mean(session, "cadence_spm")),
            Compared("ascent_m", totals.ascent_m, None),
        ),
    )


def _mean(session: Session, column: str) -> float | None:
    stream = session.stream
    if not len(stream):
        return None
    mean = mean_over_time(recorded_seconds_of(session), stream[column].to_numpy(dtype=float))
    return mean if np.isfinite(mean) else None


def _highest(column: Iterable[float]) -> float | None:
    values = np.asarray(column, dtype=float)
    known = values[np.isfinite(values)]
    return float(known.max()) if len(known) else None
