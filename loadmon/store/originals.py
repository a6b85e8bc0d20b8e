"""The originals: every file's bytes as they came, read-only, under their fingerprint."""

from __future__ import annotations

import contextlib
import hashlib
import os
import re
import stat
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from loadmon.refusal import DamagedFile, NotFound
from loadmon.store.trouble import of_disk

_FINGERPRINT = re.compile(r"[0-9a-f]{64}")
_LEFT_OVER_S = 24 * 3600.0


@dataclass(frozen=True, slots=True)
class Original:
    """A file as the store knows it: fingerprint, size in bytes, format, and whether the bytes themselves are kept."""

    sha256: str
    size: int
    format: str
    kept: bool = True


class Originals:
    """The folder that holds them: ``originals/ab/abcdef…``.

    Parameters
    ----------
    folder : Path
        Made by ``prepare`` if it is not there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def prepare(self) -> None:
        """Make the folder, and clear away what a crash left half-written more than a day ago."""
        self.folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        for left in self.folder.glob(".*.part"):
            with contextlib.suppress(OSError):
                if time.time() - left.stat().st_mtime > _LEFT_OVER_S:
                    left.unlink()

    def path(self, sha256: str) -> Path:
        """Where the bytes with this fingerprint are or would be."""
        if not _FINGERPRINT.fullmatch(sha256):
            raise NotFound(
                "That is no fingerprint of a file.", "A fingerprint is 64 characters from 0 to 9 and a to f."
            )
        return self.folder / sha256[:2] / sha256

    def __contains__(self, sha256: str) -> bool:
        return self.path(sha256).is_file()

    def keep(self, data: bytes, sha256: str | None = None) -> str:
        """Keep a file's bytes; the same bytes twice are kept once.

        They are complete under their final name or not there at all, whatever happens in between.

        Parameters
        ----------
        data : bytes
            The file as it came.
        sha256 : str | None
            Its fingerprint where the caller has computed it already.

        Returns
        -------
        str
            The fingerprint.

        Raises
        ------
        StoreUnavailable
            If the folder cannot be written to or the disk is full.
        """
        sha256 = sha256 or hashlib.sha256(data).hexdigest()
        final = self.path(sha256)
        try:
            if final.is_file() and final.stat().st_size == len(data):
                return sha256
            self._write(data, final)
        except OSError as why:
            raise of_disk(why) from why
        return sha256

    def read(self, sha256: str) -> bytes:
        """A kept file's bytes, proved against their fingerprint.

        Raises
        ------
        NotFound
            If this file was never kept.
        DamagedFile
            If the bytes on the disk are no longer those that were kept.
        """
        try:
            data = self.path(sha256).read_bytes()
        except FileNotFoundError as why:
            raise NotFound("The original of this file is not in the store.", "Import the file again.") from why
        except OSError as why:
            raise of_disk(why) from why
        if hashlib.sha256(data).hexdigest() != sha256:
            raise DamagedFile(
                "The kept original is no longer what it was: the disk has changed it.",
                "Restore it from a backup, or import the file again.",
            )
        return data

    def fingerprints(self, older_than_s: float = 0.0) -> Iterator[str]:
        """Fingerprints of the files that are kept and have been for so long."""
        now = time.time()
        for part in self.folder.iterdir():
            if part.is_dir():
                for one in part.iterdir():
                    if _FINGERPRINT.fullmatch(one.name) and now - one.stat().st_mtime >= older_than_s:
                        yield one.name

    def remove(self, sha256: str) -> None:
        """Remove a file's bytes; nothing happens if they are not there."""
        final = self.path(sha256)
        try:
            if final.exists():
                final.chmod(stat.S_IWRITE | stat.S_IREAD)
                final.unlink()
        except OSError as why:
            raise of_disk(why) from why

    def _write(self, data: bytes, final: Path) -> None:
        final.parent.mkdir(mode=0o700, exist_ok=True)
        handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=self.folder)
        part = Path(name)
        try:
            with os.fdopen(handle, "wb") as file:
                file.write(data)
                file.flush()
                os.fsync(file.fileno())
            if final.exists():  # damaged: Windows does not replace a read-only file
                final.chmod(stat.S_IWRITE | stat.S_IREAD)
            part.chmod(stat.S_IRUSR)
            part.replace(final)
        except BaseException:
            with contextlib.suppress(OSError):
                part.unlink()
            raise
        _fsync_folder(final.parent)


def _fsync_folder(folder: Path) -> None:
    """Make the new name itself survive a power cut, where the system can."""
    if os.name == "nt":
        return
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
