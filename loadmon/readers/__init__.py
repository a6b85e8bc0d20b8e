"""The bytes of watch files in, sessions out."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace

from loadmon.readers.limits import MAX_ACTIVITIES, check_size, gunzip
from loadmon.readers.recording import READER, Recording
from loadmon.readers.signature import HEAD_BYTES, Format, looks_like, signature
from loadmon.refusal import EmptyFile, NoActivity, NoTimes, SeveralActivities, TooLarge, UnknownFormat, UnsafeContent
from loadmon.session import Oddity, Session, Source

__all__ = ["read", "unpacked"]

_PACKED_TWICE = 2


def read(data: bytes, name: str, *, home_zone: str | None = None) -> list[Session]:
    """Read one watch file into its sessions; what it is, is told by its bytes and not by its name.

    Parameters
    ----------
    data : bytes
        The whole file: FIT, GPX or TCX, also packed by gzip or as the only activity in a ZIP.
    name : str
        Its name, kept for display only.
    home_zone : str or None
        IANA zone of the runner's home, for files that tell no local time.

    Returns
    -------
    list of Session
        At least one, in order of their start; several for multisport and chained files.

    Raises
    ------
    Refusal
        One of its named kinds, and never anything else.
    """
    if not data:
        raise EmptyFile("The file is empty: it holds no bytes at all.", "Copy it from the watch or the app again.")
    check_size(len(data), "The file")
    if data[:1] == b"{":
        from loadmon.readers.table_row import TABLE, is_kept_row, row_of, session_of_row

        if is_kept_row(data):
            source = Source(hashlib.sha256(data).hexdigest(), name, TABLE, READER)
            return [session_of_row(row_of(data), source, home_zone=home_zone)]
    inner, oddities = unpacked(data)
    sessions: list[Session] = []
    refusals: list[NoActivity | NoTimes] = []
    form = signature(inner[:HEAD_BYTES])
    recordings = _reader(form, inner)(inner)
    if len(recordings) > MAX_ACTIVITIES:
        raise TooLarge(f"The file holds {len(recordings):,} activities.", "Split it into several files.")
    sha256 = hashlib.sha256(data).hexdigest()

    from loadmon.readers.clean import session_of

    for recording in recordings:
        recording.oddities[:0] = oddities
        source = Source(sha256, name, form.value, READER, len(sessions))
        try:
            sessions.append(session_of(recording, source, home_zone=home_zone))
        except (NoActivity, NoTimes) as refusal:
            refusals.append(refusal)
    if not sessions:
        raise refusals[0]
    if refusals:
        words = f"Another part of the same file was left out: {refusals[0].what}"
        note = Oddity("part left out", words, len(refusals))
        sessions = [replace(session, oddities=(*session.oddities, note)) for session in sessions]
    return sorted(sessions, key=lambda session: session.start)


def unpacked(data: bytes) -> tuple[bytes, list[Oddity]]:
    """Take gzip and a ZIP around a single activity off; what was odd about the packing."""
    oddities: list[Oddity] = []
    for _ in range(_PACKED_TWICE):
        form = signature(data[:HEAD_BYTES])
        if form is Format.GZIP:
            data, trouble = gunzip(data)
            if trouble:
                oddities.append(Oddity("damaged packing", f"Unpacking stopped early ({trouble}); the rest is lost."))
        elif form is Format.ZIP:
            data = _only_member(data)
            if not data:
                raise EmptyFile("The file inside the ZIP is empty.", "Copy it from the watch or the app again.")
    return data, oddities


def _only_member(data: bytes) -> bytes:
    from loadmon.readers.archive import members_of

    candidates = [member for member in members_of(data, "") if not member.foreign]
    if len(candidates) > 1:
        raise SeveralActivities(
            f"The ZIP holds {len(candidates)} files, so it is an archive and not one activity.",
            "Import it as an archive: every file in it is then read by itself.",
        )
    if not candidates:
        raise NoActivity("The ZIP holds no activity file.", "Give the archive that the watch's app exported.")
    return candidates[0].read()


def _reader(form: Format, data: bytes) -> Callable[[bytes], list[Recording]]:
    if form is Format.FIT:
        from loadmon.readers import fit

        return fit.read_fit
    if form is Format.GPX:
        from loadmon.readers import gpx

        return gpx.read_gpx
    if form is Format.TCX:
        from loadmon.readers import tcx

        return tcx.read_tcx
    if form in (Format.GZIP, Format.ZIP):
        raise UnsafeContent("The file is packed more than twice, which no watch or app does.", "Unpack it first.")
    raise UnknownFormat(
        f"This is no watch file; it looks like {looks_like(data[:HEAD_BYTES])}.",
        "Give FIT, GPX or TCX files, as the watch or its app exports them.",
    )
