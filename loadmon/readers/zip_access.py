"""The way to what a ZIP archive holds: a member's bytes, its first bytes, an archive inside it; all of it bounded."""

from __future__ import annotations

import errno
import io
import lzma
import os
import shutil
import tempfile
import zipfile
import zlib
from collections.abc import Callable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import BinaryIO, cast

from loadmon.readers import limits
from loadmon.readers.signature import HEAD_BYTES
from loadmon.readers.source import trouble, unreadable
from loadmon.refusal import DamagedFile, Refusal, TooLarge, UnsafeContent

_ENCRYPTED = 0x1
_IN_PARTS = "Unpack it and take the folder in with loadmon import FOLDER, or give it in parts."
_LONGEST_END = 22 + 0xFFFF
"""Bytes of the record at the end of an archive, its comment included."""
ZIP_LEAKS = (
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
"""What Python's reader of ZIPs raises over broken ones."""


def declared_members(archive: zipfile.ZipFile) -> int | None:
    """How many members an open archive says at its end that it has, folders included; None where it does not say.

    Python's reader walks the table of contents by its lengths, and a wrong one makes it step over others unnoticed.
    """
    if archive.fp is None:
        return None
    size = archive.fp.seek(0, os.SEEK_END)
    archive.fp.seek(max(0, size - _LONGEST_END))
    end = archive.fp.read()
    at = end.rfind(b"PK\x05\x06")
    count = int.from_bytes(end[at + 10 : at + 12], "little") if 0 <= at <= len(end) - 22 else 0xFFFF
    return None if count == 0xFFFF else count


@dataclass(slots=True)
class Budget:
    """What one archive may still hold, archives inside it included."""

    n_members: int = limits.MAX_ARCHIVE_MEMBERS
    n_bytes: int = limits.MAX_ARCHIVE_BYTES
    n_nested_bytes: int = limits.MAX_ARCHIVE_BYTES

    def nest(self, n_bytes: int) -> None:
        """Make room for an archive inside this one; what it holds is counted when it is opened."""
        self.n_nested_bytes -= n_bytes
        if self.n_nested_bytes < 0:
            words = f"The archives inside the archive are over {limits.MAX_ARCHIVE_BYTES >> 30} GB together."
            raise TooLarge(words, "Unpack the outer archive and give the inner ones.")

    def spend(self, n_members: int, n_bytes: int) -> None:
        """Count members and their bytes; refuse what is over."""
        self.n_members -= n_members
        self.n_bytes -= n_bytes
        if self.n_members < 0:
            raise TooLarge(f"The archive holds more than {limits.MAX_ARCHIVE_MEMBERS:,} files.", _IN_PARTS)
        if self.n_bytes < 0:
            raise TooLarge(f"The archive unpacks to over {limits.MAX_ARCHIVE_BYTES >> 30} GB.", _IN_PARTS)


@dataclass(slots=True)
class Access:
    """The way to what an archive holds, while it is open and, with its ``path``, after it was closed.

    ``given`` is the folder or archive that the importing person named, where it is one on a disk.
    """

    archive: zipfile.ZipFile
    path: Path | None
    given: Path | None = None

    def rest(self) -> None:
        """Close what can be opened again."""
        if self.path is not None:
            self.archive.close()

    def _opened(self) -> AbstractContextManager[zipfile.ZipFile]:
        if self.path is not None and self.archive.fp is None:
            return zipfile.ZipFile(self.path)
        return nullcontext(self.archive)

    def reading(self, info: zipfile.ZipInfo, name: str) -> Callable[[], bytes]:
        """Gives a member's bytes, or refuses it."""

        def read() -> bytes:
            _must_not_be_locked(info, name)
            limits.check_size(info.file_size, name)
            limits.check_ratio(info.compress_size, info.file_size, name)
            try:
                with self._opened() as archive, archive.open(info) as file:
                    data = file.read(limits.MAX_MEMBER_BYTES + 1)
            except ZIP_LEAKS as fault:
                raise fallen(fault, name, self.given) or _damaged(name) from None
            limits.check_size(len(data), name)
            return data

        return read

    def peeking(self, info: zipfile.ZipInfo) -> Callable[[], bytes]:
        """Gives a member's first bytes, none of a locked one; raises DamagedFile where they cannot be had."""

        def head() -> bytes:
            if info.flag_bits & _ENCRYPTED:
                return b""
            try:
                with self._opened() as archive, archive.open(info) as file:
                    return file.read(HEAD_BYTES)
            except ZIP_LEAKS:
                raise _damaged(PurePosixPath(info.filename).name) from None

        return head

    def nested(self, info: zipfile.ZipInfo, budget: Budget) -> Callable[[], BinaryIO]:
        """Gives an archive inside this one as an open file, unpacked once."""
        kept: list[BinaryIO] = []

        def opened() -> BinaryIO:
            if not kept:
                kept.append(self._unpacked(info, budget))
            return kept[0]

        return opened

    def _unpacked(self, info: zipfile.ZipInfo, budget: Budget) -> BinaryIO:
        name = PurePosixPath(info.filename).name
        _must_not_be_locked(info, name)
        limits.check_ratio(info.compress_size, info.file_size, name)
        budget.nest(info.file_size)
        spool = io.BytesIO() if info.file_size <= limits.IN_MEMORY_BYTES else _nameless()
        try:
            with self._opened() as archive, archive.open(info) as file:
                shutil.copyfileobj(file, spool, 2**20)
        except ZIP_LEAKS as fault:
            spool.close()
            if isinstance(fault, OSError) and fault.errno == errno.ENOSPC:
                words = f"There is no room to unpack {name}."
                raise TooLarge(
                    words, "Free some space in the folder for temporary files, or unpack it first."
                ) from None
            raise fallen(fault, name, self.given) or _damaged(name) from None
        spool.seek(0)
        return cast("BinaryIO", spool)


class _Spool(io.FileIO):
    """A file that is closed, and so gone, with the last archive that reads it."""

    def __del__(self) -> None:
        self.close()


def _nameless() -> _Spool:
    with tempfile.TemporaryFile() as file:
        return _Spool(os.dup(file.fileno()), "rb+")


def fallen(fault: BaseException, name: str, given: Path | None) -> Refusal | None:
    """The refusal where the disk or network below an archive failed; None where the archive itself is to blame.

    Parameters
    ----------
    fault : exception
        One of ``ZIP_LEAKS``.
    name : str
        What was to be read, for the message.
    given : Path | None
        The folder or archive that was given.
    """
    if not isinstance(fault, OSError) or fault.errno in (None, errno.EINVAL):  # a wrong length leads to no place at all
        return None
    path = Path(name)
    return trouble(given, path, fault) if given else unreadable(path, fault)


def _must_not_be_locked(info: zipfile.ZipInfo, name: str) -> None:
    if info.flag_bits & _ENCRYPTED:
        raise UnsafeContent(f"{name} is locked with a password.", "Unpack it with the password first.")


def _damaged(name: str) -> DamagedFile:
    return DamagedFile(
        f"{name} cannot be unpacked: its part of the archive is damaged.", "Download or copy the archive again."
    )
