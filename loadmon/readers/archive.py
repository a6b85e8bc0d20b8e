"""Folders, ZIP archives and single files as one list of members; nothing is ever written to disk."""

from __future__ import annotations

import io
import itertools
import lzma
import os
import stat
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from loadmon.readers import limits
from loadmon.readers.member import Member, is_candidate, is_foreign, is_hidden, refused
from loadmon.readers.signature import HEAD_BYTES, Format, signature
from loadmon.refusal import DamagedFile, EmptyArchive, NotFound, Refusal, TooLarge, UnsafeContent

_ENCRYPTED = 0x1
_ZIP_LEAKS = (
    zipfile.BadZipFile,
    zlib.error,
    lzma.LZMAError,
    EOFError,
    OSError,
    ValueError,
    NotImplementedError,
    RuntimeError,
    OverflowError,
    IndexError,
)


@dataclass(slots=True)
class _Budget:
    """What one archive may still hold, archives inside it included."""

    n_members: int = limits.MAX_ARCHIVE_MEMBERS
    n_bytes: int = limits.MAX_ARCHIVE_BYTES

    def spend(self, n_members: int, n_bytes: int) -> None:
        self.n_members -= n_members
        self.n_bytes -= n_bytes
        if self.n_members < 0:
            raise TooLarge(f"The archive holds more than {limits.MAX_ARCHIVE_MEMBERS:,} files.", "Split the archive.")
        if self.n_bytes < 0:
            raise TooLarge(f"The archive unpacks to over {limits.MAX_ARCHIVE_BYTES >> 30} GB.", "Split the archive.")


def members(path: Path) -> Iterator[Member]:
    """Every file of a folder, a ZIP archive or a single file, in order of their paths.

    Archives inside a folder are opened; so is a ZIP inside a ZIP, but nothing deeper. Hidden files and what
    operating systems leave behind are left out.

    Raises
    ------
    NotFound
        Nothing is there, or it may not be read.
    EmptyArchive
        A folder or ZIP without any file.
    TooLarge, DamagedFile, UnsafeContent
        The archive that was given is over the limits, broken or locked.
    """
    try:
        kind = path.stat().st_mode
        if stat.S_ISDIR(kind):
            return _some(_folder(path), f"The folder {path.name}")
        if not stat.S_ISREG(kind):
            raise NotFound(f"{path.name} is neither a file nor a folder.", "Give the folder or the file itself.")
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except (FileNotFoundError, NotADirectoryError, ValueError):
        raise NotFound(f"There is nothing at {path}.", "Check the path and try again.") from None
    except OSError as error:
        raise _unreadable(path, error) from None
    if signature(head) is Format.ZIP and not _one_activity_named_otherwise(path):
        words = f"The archive {path.name}"
        return _some(_archive(path, "", 1, _Budget(), words), words)
    return iter([_file(path, path.name, path.stat().st_size)])


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
    return _some(_archive(source, "", 1, _Budget(), words), words)


def _some(found: Iterator[Member], words: str) -> Iterator[Member]:
    first = next(found, None)
    if first is None:
        raise EmptyArchive(f"{words} holds no files.", "Give the archive or folder that holds the activities.")
    return itertools.chain((first,), found)


def _folder(folder: Path) -> Iterator[Member]:
    shut: list[OSError] = []
    for parent, folders, files in os.walk(folder, onerror=shut.append):
        folders[:] = sorted(one for one in folders if not is_hidden(one))
        links = [one for one in folders if Path(parent, one).is_symlink()]
        for file_name in sorted([*files, *links]):
            if not is_hidden(file_name):
                path = Path(parent, file_name)
                yield from _found(path, path.relative_to(folder).as_posix())
    for error in shut:
        path = Path(error.filename)
        if path == folder:
            raise _unreadable(folder, error)
        yield refused(path.relative_to(folder).as_posix(), 0, _unreadable(path, error))


def _found(path: Path, shown: str) -> Iterator[Member]:
    """What one entry of a folder gives: a file, an archive's members, or the reason why nothing."""
    try:
        found = path.stat()
        if stat.S_ISDIR(found.st_mode):
            words = f"{path.name} is a link to another folder, which is not followed."
            yield refused(shown, 0, NotFound(words, "Give that folder itself."))
        elif stat.S_ISREG(found.st_mode):
            if path.suffix.lower() == ".zip":
                yield from _shielded(lambda: path, shown, found.st_size, 1, _Budget())
            else:
                yield _file(path, shown, found.st_size)
    except FileNotFoundError:
        words = f"{path.name} leads to nothing: the file it stands for is gone."
        yield refused(shown, 0, NotFound(words, "Copy the file itself here."))
    except OSError as error:
        yield refused(shown, 0, _unreadable(path, error))


def _unreadable(path: Path, error: OSError) -> NotFound:
    return NotFound(f"{path.name} cannot be read ({error.strerror}).", "Check who may read it.")


def _file(path: Path, shown: str, size: int) -> Member:
    def head() -> bytes:
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)

    def read() -> bytes:
        try:
            limits.check_size(path.stat().st_size, path.name)
            return path.read_bytes()
        except OSError as error:
            raise _unreadable(path, error) from None

    return Member(shown, path.name, size, read, is_foreign(path.name, head))


def _archive(source: BinaryIO | Path, prefix: str, depth: int, budget: _Budget, words: str) -> Iterator[Member]:
    try:
        # members are read long after the walk: the archive stays open as long as any of them is held
        archive = zipfile.ZipFile(source)
    except _ZIP_LEAKS:
        raise DamagedFile(
            f"{words} cannot be opened: its table of contents is damaged or cut off.",
            "Download or copy the archive again.",
        ) from None
    infos = [info for info in archive.infolist() if not info.is_dir()]
    # pictures and films in a full export are never unpacked, so only what may be read counts
    budget.spend(len(infos), sum(info.file_size for info in infos if is_candidate(info.filename)))
    for info in infos:
        parts = _safe_parts(info.filename)
        if not parts or any(is_hidden(part) for part in parts):
            continue
        shown = "/".join([prefix, *parts] if prefix else parts)
        read = _reading(archive, info, parts[-1])
        if parts[-1].lower().endswith(".zip"):
            if depth >= limits.MAX_ARCHIVE_DEPTH:
                deep = "A ZIP inside a ZIP inside a ZIP is not opened."
                yield refused(shown, info.file_size, UnsafeContent(deep, "Unpack the outer archives first."))
            else:
                yield from _shielded(lambda r=read: io.BytesIO(r()), shown, info.file_size, depth + 1, budget)  # type: ignore[misc]
        else:
            yield Member(shown, parts[-1], info.file_size, read, is_foreign(parts[-1], _peeking(archive, info)))


def _shielded(
    opened: Callable[[], BinaryIO | Path], shown: str, size: int, depth: int, budget: _Budget
) -> Iterator[Member]:
    """An archive found inside something else: if it cannot be opened, it is one bad member and the rest goes on."""
    name = PurePosixPath(shown).name
    words = f"The archive {name}"
    try:
        yield from _some(_archive(opened(), shown, depth, budget, words), words)
    except Refusal as refusal:
        yield refused(shown, size, refusal)


def _reading(archive: zipfile.ZipFile, info: zipfile.ZipInfo, name: str) -> Callable[[], bytes]:
    def read() -> bytes:
        if info.flag_bits & _ENCRYPTED:
            raise UnsafeContent(f"{name} is locked with a password.", "Unpack it with the password first.")
        limits.check_size(info.file_size, name)
        limits.check_ratio(info.compress_size, info.file_size, name)
        try:
            with archive.open(info) as file:
                data = file.read(limits.MAX_MEMBER_BYTES + 1)
        except _ZIP_LEAKS:
            raise DamagedFile(
                f"{name} cannot be unpacked: its part of the archive is damaged.", "Download or copy the archive again."
            ) from None
        limits.check_size(len(data), name)
        return data

    return read


def _peeking(archive: zipfile.ZipFile, info: zipfile.ZipInfo) -> Callable[[], bytes]:
    def head() -> bytes:
        if info.flag_bits & _ENCRYPTED:
            return b""
        try:
            with archive.open(info) as file:
                return file.read(HEAD_BYTES)
        except _ZIP_LEAKS:
            return b""

    return head


def _safe_parts(name: str) -> list[str]:
    """The parts of a member's name that may be shown: nothing that climbs up, no drive, no control characters."""
    clean = "".join(c for c in name.replace("\\", "/") if c.isprintable())
    return [part for part in clean.split("/") if part not in ("", ".", "..") and not part.endswith(":")]


def _one_activity_named_otherwise(path: Path) -> bool:
    """A ZIP called ``.fit`` with one activity in it is that activity; ``read`` takes the wrapping off."""
    if path.suffix.lower() == ".zip":
        return False
    with path.open("rb") as file:
        try:
            return len([member for member in members_of(file, path.name) if not member.foreign]) == 1
        except Refusal:
            return False
