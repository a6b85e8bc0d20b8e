"""What of a ZIP is an archive of activities, told by what it is and holds, and under which name its members are shown."""

from __future__ import annotations

import itertools
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from loadmon.readers.member import is_candidate, is_foreign, is_hidden
from loadmon.readers.signature import Format, signature
from loadmon.readers.zip_access import ZIP_LEAKS, Access
from loadmon.refusal import DamagedFile, Refusal

_WATCH_ENDINGS = frozenset({".fit", ".gpx", ".tcx", ".gz"})
"""A ZIP called so is most often the wrapping of one activity, and now and then an archive of several."""
_LOOKED_INTO = 50
"""So many files of other names are looked into, to tell whether a ZIP that is called a watch file holds several."""


def is_archive(name: str, head: Callable[[], bytes], opened: Callable[[], BinaryIO | Path]) -> bool:
    """Whether a file is an archive of activities, told by what it is and, where that says nothing, by its name.

    Office documents and e-books are ZIPs as well: under another name than ``.zip`` it has to hold activities, and more
    than one where its own name says that it is one, as a ZIP around a single activity is that activity by itself.
    """
    suffix = PurePosixPath(name).suffix.lower()
    try:
        form = signature(head())
    except DamagedFile:
        form = Format.UNKNOWN
    if suffix == ".zip":
        return form in (Format.ZIP, Format.UNKNOWN)  # a ZIP that lost its beginning is a damaged ZIP
    if form is not Format.ZIP:
        return False
    is_one = not suffix or suffix in _WATCH_ENDINGS
    try:
        with zipfile.ZipFile(opened()) as archive:
            held = _held(archive, by_content=suffix in _WATCH_ENDINGS)
            return next(held, False) and (not is_one or next(held, False))
    except (Refusal, *ZIP_LEAKS):
        return False


def _held(archive: zipfile.ZipFile, *, by_content: bool) -> Iterator[bool]:
    """True for each activity or archive in a ZIP, by their names, then those of other names by what they are."""
    entries = [info for info in archive.infolist() if not is_folder(info)]
    shown = [(info, parts) for info in entries if (parts := shown_parts(info.filename))]
    yield from (True for _, parts in shown if is_candidate(parts[-1]))
    if by_content:
        access = Access(archive, None)
        others = (one for one in shown if not is_candidate(one[1][-1]))
        yield from (
            True
            for info, parts in itertools.islice(others, _LOOKED_INTO)
            if not is_foreign(parts[-1], access.peeking(info))
        )


def is_folder(info: zipfile.ZipInfo) -> bool:
    """True for an entry that only names a folder; one that holds bytes is a file whose name is damaged."""
    return info.filename.endswith("/") and not info.file_size


def shown_parts(name: str, number: int = 0) -> list[str]:
    """A member's name for display, part by part; nothing for what is hidden.

    A member without a name, which may be an activity like any other, is shown by its number.
    """
    if any(map(is_hidden, _parts(name))):
        return []
    return _safe_parts(name) or [f"unnamed {number}"]


def _parts(name: str) -> list[str]:
    return [part for part in name.replace("\\", "/").split("/") if part not in ("", ".", "..")]


def _safe_parts(name: str) -> list[str]:
    """The parts of a member's name that may be shown: nothing that climbs up, no drive, no control characters."""
    clean = "".join(c for c in name if c.isprintable())
    return [part for part in _parts(clean) if not part.endswith(":")]
