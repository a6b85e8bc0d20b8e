"""What is in the files of a watched folder, by fingerprint, remembered so that each is read only once."""

from __future__ import annotations

import contextlib
import hashlib
import itertools
import json
import os
import tempfile
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path, PurePosixPath

from filelock import FileLock, Timeout

from loadmon.intake.synced import Mark, mark_of
from loadmon.readers.archive import members
from loadmon.readers.member import Member
from loadmon.refusal import EmptyArchive, Refusal, SourceGone, Unreadable
from loadmon.store.trouble import of_disk

Held = tuple[str, int, str | None]
"""An activity file as a report shows it: path, bytes, and its fingerprint unless it cannot be read at all."""
_VERSION = 1


class WatchedAlready(Refusal):
    """Another loadmon watches the same folder for the same store."""

    name = "watched already"


class Watched:
    """The memory of one watched folder: a file in the data folder that may be deleted, and then is made anew.

    It only saves reading: what has been taken in, the store alone knows.

    Parameters
    ----------
    folder : Path
        The watched folder.
    home : Path
        loadmon's data folder.
    """

    def __init__(self, folder: Path, home: Path) -> None:
        self.folder = folder
        place = hashlib.sha256(os.path.normcase(folder.resolve()).encode("utf-8", "surrogateescape")).hexdigest()[:16]
        self.file = home / "watched" / f"{place}.json"
        self.held: dict[str, tuple[Mark, tuple[Held, ...]]] = _read(self.file)
        self._changed = False

    @contextlib.contextmanager
    def alone(self) -> Iterator[None]:
        """For as long as one watches: nobody else does.

        Raises
        ------
        WatchedAlready
        StoreUnavailable
            If the data folder cannot be written to.
        """
        try:
            self.file.parent.mkdir(mode=0o700, exist_ok=True)
            lock = FileLock(self.file.with_suffix(".lock"), timeout=0)
            lock.acquire()
        except Timeout:
            raise WatchedAlready(
                f"{self.folder} is being watched already.", "End the other loadmon watch, or leave it to its work."
            ) from None
        except OSError as why:
            raise of_disk(why) from why
        try:
            yield
        finally:
            lock.release()

    def what(self, path: str, mark: Mark) -> tuple[Held, ...] | None:
        """The activity files in a file with this mark, as far as they are remembered."""
        known = self.held.get(path)
        return known[1] if known is not None and known[0] == mark else None

    def forget(self, paths: Iterable[str]) -> None:
        """Read these files anew at the next look."""
        for path in paths:
            self._changed |= self.held.pop(path, None) is not None

    def read(
        self, marks: dict[str, Mark], more: Callable[[], bool]
    ) -> Iterator[tuple[str, tuple[Held, ...] | Unreadable | None]]:
        """Read files and say what each holds; None for one that changed meanwhile, and so is still being written.

        Parameters
        ----------
        marks : dict of path to Mark
            The files, with what was seen of them.
        more : callable
            Asked before every file; False ends it.

        Raises
        ------
        SourceGone
            If the folder goes away meanwhile.
        """
        for path, found in itertools.groupby(self._members(marks), lambda member: _file_of(member, marks)):
            if not more():
                return
            if path is None:
                continue
            held = _inside(found)
            if mark_of(self.folder, path) != marks[path]:
                yield path, None
                continue
            if not isinstance(held, Refusal):
                self.held[path] = (marks[path], held)
                self._changed = True
            yield path, held

    def _members(self, marks: dict[str, Mark]) -> Iterator[Member]:
        try:
            yield from members(self.folder, only=marks)
        except EmptyArchive:  # every one of them was taken away since
            return

    def keep(self) -> None:
        """Write the memory down; a full disk costs nothing but reading the files once more."""
        if not self._changed:
            return
        plain = {path: [mark.size, mark.mtime_ns, held] for path, (mark, held) in self.held.items()}
        with contextlib.suppress(OSError):
            self.file.parent.mkdir(mode=0o700, exist_ok=True)
            handle, name = tempfile.mkstemp(prefix=".", suffix=".part", dir=self.file.parent)
            try:
                with os.fdopen(handle, "w", encoding="utf-8", errors="surrogateescape") as file:
                    json.dump({"version": _VERSION, "files": plain}, file)
                Path(name).replace(self.file)
            except BaseException:
                Path(name).unlink(missing_ok=True)
                raise
            self._changed = False


def _file_of(member: Member, marks: dict[str, Mark]) -> str | None:
    """The file of the folder in which a member lies: itself, or the archive that holds it."""
    places = (member.path, *(parent.as_posix() for parent in PurePosixPath(member.path).parents))
    return next((place for place in places if place in marks), None)


def _inside(found: Iterable[Member]) -> tuple[Held, ...] | Unreadable:
    """The activity files among the members of one file, or why their bytes cannot be had now."""
    held: list[Held] = []
    trouble: Unreadable | None = None
    for member in found:
        if not member.foreign:
            try:
                held.append((member.path, member.size, _print_of(member)))
            except Unreadable as refusal:
                trouble = refusal
    return trouble or tuple(held)


def _print_of(member: Member) -> str | None:
    try:
        return hashlib.sha256(member.read()).hexdigest()
    except (SourceGone, Unreadable):
        raise
    except Refusal:
        return None  # damaged, locked, too large: the import says so


def _read(file: Path) -> dict[str, tuple[Mark, tuple[Held, ...]]]:
    """What was written down; nothing where it is missing, damaged or of another version."""
    try:
        told = json.loads(file.read_text(encoding="utf-8", errors="surrogateescape"))
        if told["version"] != _VERSION:
            return {}
        return {
            str(path): (Mark(int(size), int(mtime)), tuple((str(a), int(b), c and str(c)) for a, b, c in held))
            for path, (size, mtime, held) in told["files"].items()
        }
    except (OSError, ValueError, TypeError, KeyError, AttributeError):
        return {}
