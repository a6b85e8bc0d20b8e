"""Folders, ZIP archives and single files as one list of members; nothing is ever written to disk."""

from __future__ import annotations

import io
import lzma
import os
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from typing import BinaryIO

from loadmon.readers import limits
from loadmon.readers.signature import HEAD_BYTES, Format, signature
from loadmon.refusal import DamagedFile, EmptyArchive, NotFound, Refusal, TooLarge, UnsafeContent

CANDIDATE_ENDINGS = frozenset({".fit", ".gpx", ".tcx", ".gz", ".zip"})
"""A file called so is always offered to the readers, whatever it holds: a wrong one must be named in the report."""
_NEVER = frozenset({"__macosx", "thumbs.db", "desktop.ini", "$recycle.bin"})
_ACTIVITY = (Format.FIT, Format.GPX, Format.TCX, Format.GZIP)
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


@dataclass(frozen=True, slots=True)
class Member:
    """One file of a folder or an archive.

    Parameters
    ----------
    path : str
        POSIX path inside the thing given, for display and to tell whose it is; never used to open anything.
    name : str
        The last part of the path.
    size : int
        Bytes, as the folder or archive declares them.
    read : callable
        Gives the bytes, or raises a Refusal (too large, damaged, locked with a password).
    foreign : bool
        True for files that are clearly no activities (pictures, tables); they are only counted.
    """

    path: str
    name: str
    size: int
    read: Callable[[], bytes]
    foreign: bool = False

    def below(self, folder: PurePosixPath) -> Member:
        """The same file, shown as lying in a folder: tells apart what several archives of one import hold."""
        return replace(self, path=(folder / self.path).as_posix())


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
    if path.is_dir():
        return _some(_folder(path), f"The folder {path.name}")
    if not path.is_file():
        raise NotFound(f"There is nothing at {path}.", "Check the path.")
    try:
        with path.open("rb") as file:
            head = file.read(HEAD_BYTES)
    except OSError as error:
        raise NotFound(f"{path.name} cannot be read ({error.strerror}).", "Check who may read the file.") from None
    if signature(head) is Format.ZIP and not _one_activity_named_otherwise(path):
        words = f"The archive {path.name}"
        return _some(_archive(path, "", 1, _Budget(), words), words)
    return iter([_file(path, path.name)])


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
    return _chain(first, found)


def _chain(first: Member, rest: Iterator[Member]) -> Iterator[Member]:
    yield first
    yield from rest


def _folder(folder: Path) -> Iterator[Member]:
    for parent, folders, files in os.walk(folder):
        folders[:] = sorted(one for one in folders if not _hidden(one))
        for file_name in sorted(files):
            path = Path(parent, file_name)
            if _hidden(file_name) or not path.is_file():
                continue
            shown = path.relative_to(folder).as_posix()
            if path.suffix.lower() == ".zip":
                yield from _shielded(lambda p=path: p, shown, path.stat().st_size, 1, _Budget())  # type: ignore[misc]
            else:
                yield _file(path, shown)


def _file(path: Path, shown: str) -> Member:
    def head() -> bytes:
        with path.open("rb") as file:
            return file.read(HEAD_BYTES)

    def read() -> bytes:
        limits.check_size(path.stat().st_size, path.name)
        try:
            return path.read_bytes()
        except OSError as error:
            raise NotFound(f"{path.name} cannot be read ({error.strerror}).", "Check who may read the file.") from None

    return Member(shown, path.name, path.stat().st_size, read, _foreign(path.name, head))


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
    budget.spend(len(infos), sum(info.file_size for info in infos if _is_candidate(info.filename)))
    for info in infos:
        parts = _safe_parts(info.filename)
        if not parts or any(_hidden(part) for part in parts):
            continue
        shown = "/".join([prefix, *parts] if prefix else parts)
        read = _reading(archive, info, parts[-1])
        if parts[-1].lower().endswith(".zip"):
            if depth >= limits.MAX_ARCHIVE_DEPTH:
                yield Member(
                    shown,
                    parts[-1],
                    info.file_size,
                    _refusing(
                        UnsafeContent(
                            "A ZIP inside a ZIP inside a ZIP is not opened.", "Unpack the outer archives first."
                        )
                    ),
                )
            else:
                yield from _shielded(lambda r=read: io.BytesIO(r()), shown, info.file_size, depth + 1, budget)  # type: ignore[misc]
        else:
            yield Member(shown, parts[-1], info.file_size, read, _foreign(parts[-1], _peeking(archive, info)))


def _shielded(
    opened: Callable[[], BinaryIO | Path], shown: str, size: int, depth: int, budget: _Budget
) -> Iterator[Member]:
    """An archive found inside something else: if it cannot be opened, it is one bad member and the rest goes on."""
    name = PurePosixPath(shown).name
    words = f"The archive {name}"
    try:
        yield from _some(_archive(opened(), shown, depth, budget, words), words)
    except Refusal as refusal:
        yield Member(shown, name, size, _refusing(refusal))


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


def _refusing(refusal: Refusal) -> Callable[[], bytes]:
    def read() -> bytes:
        raise refusal

    return read


def _foreign(name: str, head: Callable[[], bytes]) -> bool:
    """True unless the name or the first bytes say that it may be an activity."""
    if _is_candidate(name):
        return False
    suffix = PurePosixPath(name).suffix
    try:
        found = signature(head())
    except OSError:
        return True
    # Office documents and e-books are ZIP archives too: only an ending-less ZIP may be an activity
    return found not in _ACTIVITY and not (found is Format.ZIP and not suffix)


def _is_candidate(name: str) -> bool:
    return PurePosixPath(name).suffix.lower() in CANDIDATE_ENDINGS


def _hidden(part: str) -> bool:
    return part.startswith(".") or part.lower() in _NEVER


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
