"""A synced folder as it looks from outside: which files it holds, how large and how old, and which are still on their way."""

from __future__ import annotations

import contextlib
import os
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from loadmon.readers.member import is_hidden
from loadmon.readers.source import gone, unreadable
from loadmon.refusal import NotFound, Refusal, SourceGone

_ON_THEIR_WAY = (".part", ".partial", ".crdownload", ".download", ".opdownload", ".tmp", ".temp", ".swp", ".filepart")
_PLACEHOLDERS = ("~$", "~syncthing~", ".syncthing")
"""How programs call what they have not finished; a file that is complete is given its own name."""


@dataclass(frozen=True, slots=True)
class Mark:
    """By what a change of a file is noticed without reading it."""

    size: int
    mtime_ns: int

    @classmethod
    def of(cls, found: os.stat_result) -> Mark:
        """The mark of a file as the system tells it."""
        return cls(found.st_size, found.st_mtime_ns)


@dataclass(slots=True)
class Listing:
    """One look at a folder.

    Parameters
    ----------
    marks : dict of path to Mark
        Every file by its POSIX path in the folder.
    troubles : dict of path to Refusal
        What could not be looked into.
    """

    marks: dict[str, Mark] = field(default_factory=dict)
    troubles: dict[str, Refusal] = field(default_factory=dict)


def is_on_its_way(name: str) -> bool:
    """True for what a browser, an office program or a syncing program has not finished."""
    lower = name.casefold()
    return lower.endswith(_ON_THEIR_WAY) or lower.startswith(_PLACEHOLDERS)


def look_at(folder: Path, *, leave: Path | None = None) -> Listing:
    """List a folder and everything below it; no file is opened.

    Parameters
    ----------
    folder : Path
        The synced folder.
    leave : Path | None
        A folder inside it that is not looked into (loadmon's own data).

    Raises
    ------
    SourceGone
        If the folder itself cannot be listed: taken away, not connected, not permitted.
    """
    found, lost = Listing(), False
    below = [("", folder)]
    while below:
        prefix, place = below.pop()
        try:
            with os.scandir(place) as entries:
                for entry in entries:
                    below += _entry(found, entry, prefix + entry.name, leave)
        except OSError as error:
            if place == folder:
                raise _away(folder, error) from None
            found.troubles[prefix.rstrip("/")] = unreadable(place, error)
            lost = True
    if lost and (away := gone(folder)) is not None:
        raise away
    return found


def _entry(found: Listing, entry: os.DirEntry[str], shown: str, leave: Path | None) -> Iterator[tuple[str, Path]]:
    """Take one entry of a folder down, or give it back if it is a folder to be looked into."""
    if is_hidden(entry.name) or is_on_its_way(entry.name):
        return
    try:
        if entry.is_dir(follow_symlinks=False):
            if leave is None or entry.name != leave.name or not leave.samefile(entry.path):
                yield shown + "/", Path(entry.path)
        elif entry.is_dir():
            words = f"{entry.name} is a link to another folder, which is not followed."
            found.troubles[shown] = NotFound(words, "Watch that folder itself.")
        elif entry.is_file():
            found.marks[shown] = Mark.of(entry.stat())
    except FileNotFoundError:
        return  # taken away or renamed since the folder was opened: the next look tells
    except OSError as error:
        found.troubles[shown] = unreadable(Path(entry.path), error)


def mark_of(folder: Path, path: str) -> Mark | None:
    """A file's mark at this moment; None if it cannot be had."""
    with contextlib.suppress(OSError):
        return Mark.of((folder / path).stat())
    return None


def _away(folder: Path, error: OSError) -> SourceGone:
    why = error.strerror or type(error).__name__
    return SourceGone(f"{folder} cannot be looked into ({why}).", "Nothing is taken for deleted; loadmon waits for it.")
