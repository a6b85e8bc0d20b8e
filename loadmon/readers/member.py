"""One file of a folder or an archive, and what its name alone says about it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from pathlib import PurePosixPath

from loadmon.readers.signature import Format, signature
from loadmon.refusal import DamagedFile, Refusal

CANDIDATE_ENDINGS = frozenset({".fit", ".gpx", ".tcx", ".gz", ".zip"})
"""A file called so is always offered to the readers, whatever it holds: a wrong one must be named in the report."""
_NEVER = frozenset({"__macosx", "thumbs.db", "desktop.ini", "$recycle.bin"})
_ACTIVITY = (Format.FIT, Format.GPX, Format.TCX, Format.GZIP)


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
    trouble : Refusal | None
        Why it cannot be read, where that is known beforehand (a link to nothing, an archive that cannot be opened).
    """

    path: str
    name: str
    size: int
    read: Callable[[], bytes]
    foreign: bool = False
    trouble: Refusal | None = None

    def below(self, folder: PurePosixPath) -> Member:
        """The same file, shown as lying in a folder: tells apart what several archives of one import hold."""
        return replace(self, path=(folder / self.path).as_posix())


def refused(path: str, size: int, refusal: Refusal) -> Member:
    """A file that is there but cannot be read: it has its line in the report and stops nothing."""

    def read() -> bytes:
        raise refusal

    return Member(path, PurePosixPath(path).name, size, read, trouble=refusal)


def is_foreign(name: str, head: Callable[[], bytes]) -> bool:
    """True unless the name or the first bytes say that it may be an activity."""
    if is_candidate(name):
        return False
    suffix = PurePosixPath(name).suffix
    try:
        found = signature(head())
    except OSError:
        return True
    except DamagedFile:
        return False  # its name may be what is damaged: it is named in the report, as nobody knows what it was
    # Office documents and e-books are ZIP archives too: only an ending-less ZIP may be an activity
    return found not in _ACTIVITY and not (found is Format.ZIP and not suffix)


def is_candidate(name: str) -> bool:
    """True for a name that says "activity", or "archive of activities"."""
    return PurePosixPath(name).suffix.lower() in CANDIDATE_ENDINGS


def is_hidden(part: str) -> bool:
    """True for what people do not see in a folder, and for what operating systems leave behind."""
    return part.startswith(".") or part.lower() in _NEVER
