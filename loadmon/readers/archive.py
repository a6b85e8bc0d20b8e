"""Folders, ZIP archives and single files as one list of members.

Nothing is unpacked to disk under a name: only a large ZIP inside a ZIP lies in a nameless temporary file while it is read.
"""

from __future__ import annotations

import io
import itertools
import os
import stat
import sys
import zipfile
from collections.abc import Callable, Collection, Iterator
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from loadmon.readers import limits
from loadmon.readers.archive_told import is_archive, is_folder, shown_parts
from loadmon.readers.member import Member, is_candidate, is_foreign, is_hidden, refused
from loadmon.readers.signature import HEAD_BYTES, Format, signature
from loadmon.readers.source import gone, trouble, unreadable
from loadmon.readers.zip_access import ZIP_LEAKS, Access, Budget, declared_members, fallen
from loadmon.refusal import DamagedFile, EmptyArchive, NotFound, Refusal, SourceGone, TooLarge, UnsafeContent

_NOT_FILES = frozenset({"/proc", "/sys", "/dev"}) if sys.platform.startswith("linux") else frozenset[str]()
"""Folders that hold no files but the system's own doings."""
_KEPT_OPEN_FROM = 50
"""A folder may hold a thousand ZIPs of one activity each, more than a process may keep open: small ones are reopened."""


def members(path: Path, *, most: int | None = None, only: Collection[str] | None = None) -> Iterator[Member]:
    """Every file of a folder, a ZIP archive or a single file, in order of their paths.

    Archives inside a folder are opened; so is a ZIP inside a ZIP, but nothing deeper. Hidden files and what
    operating systems leave behind are left out.

    Parameters
    ----------
    path : Path
        A folder, a ZIP archive or a file.
    most : int | None
        How many entries of a folder are looked at before it is refused; None for all of them.
    only : collection of str | None
        Of a folder only these files, by their paths in it; the others are not even looked at. None for all.

    Raises
    ------
    NotFound
        Nothing is there, or it may not be read.
    SourceGone
        The folder went away while it was listed.
    EmptyArchive
        A folder or ZIP without any file.
    TooLarge, DamagedFile, UnsafeContent
        The archive or folder that was given is over the limits, broken or locked.
    """
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            return _some(_folder(path, most, only), f"The folder {path.name}")
        if not stat.S_ISREG(kind):
            raise NotFound(f"{path.name} is neither a file nor a folder.", "Give the folder or the file itself.")
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise NotFound(f"There is nothing at {path}.", "Check the path and try again.") from None
    except OSError as error:
        raise unreadable(path, error) from None
    if signature(head) is Format.ZIP and not _one_activity_named_otherwise(path):
        words = f"The archive {path.name}"
        return _some(_archive(path, "", 1, Budget(), words, path), words)
    return iter([_file(path, path.name, path.stat().st_size, None)])


def members_of(data: bytes | BinaryIO, name: str) -> Iterator[Member]:
    """Every file of a ZIP archive that was uploaded, as ``members`` gives them.

    Parameters
    ----------
    data : bytes or binary file
        The archive; a file is kept open as long as any of its members is.
    name : str
        What it is called, for messages only.
    """
    source = io.BytesIO(data) if isinstance(data, bytes) else data
    words = f"The archive {name}" if name else "The ZIP"
    return _some(_archive(source, "", 1, Budget(), words), words)


def _some(found: Iterator[Member], words: str) -> Iterator[Member]:
    first = next(found, None)
    if first is None:
        raise EmptyArchive(f"{words} holds no files.", "Give the archive or folder that holds the activities.")
    return itertools.chain((first,), found)


def _folder(folder: Path, most: int | None, only: Collection[str] | None) -> Iterator[Member]:
    shut: list[OSError] = []
    looked_at = 0
    for parent, folders, files in os.walk(folder, onerror=shut.append):
        if _is_no_place(parent):
            raise NotFound(f"{folder} is the system's own and holds no files.", "Give the folder of the activities.")
        folders[:] = sorted(one for one in folders if not (is_hidden(one) or _is_no_place(f"{parent}{os.sep}{one}")))
        looked_at += len(folders) + len(files)
        if most is not None and looked_at > most:
            raise TooLarge(
                f"{folder} holds more than {most:,} files and folders; it was not looked through to the end.",
                "Give the folder that holds the activities, or take all of it in with: loadmon import FOLDER",
            )
        links = [one for one in folders if Path(parent, one).is_symlink()]
        for file_name in sorted([*files, *links]):
            if not is_hidden(file_name):
                path = Path(parent, file_name)
                shown = path.relative_to(folder).as_posix()
                if only is None or shown in only:
                    yield from _found(path, shown, folder)
    for error in shut:
        path = Path(error.filename)
        if path == folder:
            raise unreadable(folder, error)
        if (lost := gone(folder)) is not None:
            raise lost
        yield refused(path.relative_to(folder).as_posix(), 0, unreadable(path, error))


def _is_no_place(folder: str) -> bool:
    return bool(_NOT_FILES) and os.path.realpath(folder) in _NOT_FILES


def _found(path: Path, shown: str, folder: Path) -> Iterator[Member]:
    """What one entry of a folder gives: a file, an archive's members, or the reason why nothing."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            words = f"{path.name} is a link to another folder, which is not followed."
            yield refused(shown, 0, NotFound(words, "Give that folder itself."))
        elif stat.S_ISREG(found.st_mode):
            if is_archive(path.name, lambda: _head(path), lambda: path):
                yield from _shielded(lambda: path, shown, found.st_size, 1, Budget(), folder)
            else:
                yield _file(path, shown, found.st_size, folder)
    except OSError as error:
        if isinstance(error, FileNotFoundError) and path.is_symlink():
            words = f"{path.name} leads to nothing: the file it stands for is gone."
            yield refused(shown, 0, NotFound(words, "Copy the file itself here."))
            return
        why = trouble(folder, path, error)
        if isinstance(why, SourceGone):
            raise why from None
        yield refused(shown, 0, why)


def _head(path: Path) -> bytes:
    with path.open("rb") as file:
        return file.read(HEAD_BYTES)


def _file(path: Path, shown: str, size: int, folder: Path | None) -> Member:
    """One file; ``folder`` is what was given, if it was not the file itself."""

    def read() -> bytes:
        try:
            limits.check_size(path.stat().st_size, path.name)
            return path.read_bytes()
        except OSError as error:
            raise (trouble(folder, path, error) if folder else unreadable(path, error)) from None

    return Member(shown, path.name, size, read, is_foreign(path.name, lambda: _head(path)))


def _archive(
    source: BinaryIO | Path, prefix: str, depth: int, budget: Budget, words: str, given: Path | None = None
) -> Iterator[Member]:
    try:
        # members are read long after the walk: the archive stays open as long as any of them is held
        archive = zipfile.ZipFile(source)
    except ZIP_LEAKS as fault:
        name = source.name if isinstance(source, Path) else prefix
        raise fallen(fault, name, given) or DamagedFile(
            f"{words} cannot be opened: its table of contents is damaged or cut off.",
            "Download or copy the archive again.",
        ) from None
    declared, listed = declared_members(archive), archive.infolist()
    infos = [info for info in listed if not is_folder(info)]
    # pictures and films in a full export are never unpacked, and archives in it count by what they hold
    counted = [one for one in infos if is_candidate(one.filename) and not one.filename.lower().endswith(".zip")]
    budget.spend(len(infos), sum(one.file_size for one in counted))
    access = Access(archive, source if isinstance(source, Path) and len(infos) < _KEPT_OPEN_FROM else None, given)
    for number, info in enumerate(infos, start=1):
        parts = shown_parts(info.filename, number)
        if not parts:
            continue
        shown = "/".join([prefix, *parts] if prefix else parts)
        head = access.peeking(info)
        nested = access.nested(info, budget)
        if not is_archive(parts[-1], head, nested):
            yield Member(shown, parts[-1], info.file_size, access.reading(info, parts[-1]), is_foreign(parts[-1], head))
        elif depth >= limits.MAX_ARCHIVE_DEPTH:
            deep = "A ZIP inside a ZIP inside a ZIP is not opened."
            yield refused(shown, info.file_size, UnsafeContent(deep, "Unpack the outer archives first."))
        else:
            yield from _shielded(nested, shown, info.file_size, depth + 1, budget, given)
    access.rest()
    if declared is not None and declared != len(listed) & 0xFFFF:  # only the last 16 bits are kept of a large number
        lost = f"{words} says that it holds {declared:,} files and lists {len(listed):,}: its table of contents is damaged."
        yield refused(prefix or "table of contents", 0, DamagedFile(lost, "Download or copy the archive again."))


def _shielded(
    opened: Callable[[], BinaryIO | Path], shown: str, size: int, depth: int, budget: Budget, given: Path | None
) -> Iterator[Member]:
    """An archive found inside something else: if it cannot be opened, it is one bad member and the rest goes on."""
    name = PurePosixPath(shown).name
    words = f"The archive {name}"
    try:
        yield from _some(_archive(opened(), shown, depth, budget, words, given), words)
    except SourceGone:
        raise
    except Refusal as refusal:
        yield refused(shown, size, refusal)


def _one_activity_named_otherwise(path: Path) -> bool:
    """A ZIP called ``.fit`` with one activity in it is that activity; ``read`` takes the wrapping off."""
    if path.suffix.lower() == ".zip":
        return False
    with path.open("rb") as file:
        try:
            return len([member for member in members_of(file, path.name) if not member.foreign]) == 1
        except Refusal:
            return False
