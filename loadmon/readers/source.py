"""Where files come from, and what it means when one can no longer be read: that file alone, or all that was given."""

from __future__ import annotations

import errno
import os
from pathlib import Path

from loadmon.refusal import Refusal, SourceGone, Unreadable

_NOT_ALLOWED = (errno.EACCES, errno.EPERM)


def unreadable(path: Path, error: OSError) -> Unreadable:
    """The refusal for one file or folder whose bytes cannot be had now; an import taken up again asks for them again."""
    what = f"{path.name} cannot be read ({error.strerror or type(error).__name__})."
    if error.errno in _NOT_ALLOWED:
        return Unreadable(what, "Check who may read it.")
    return Unreadable(what, "Check that it is there and that its disk or network is well, and import it again.")


def trouble(given: Path, path: Path, error: OSError) -> Refusal:
    """What it means that a file could not be read.

    Parameters
    ----------
    given : Path
        The folder or archive that was given, in which the file was seen before.
    path : Path
        The file.
    error : OSError
        How reading it ended.

    Returns
    -------
    Refusal
        ``SourceGone`` if all that was given has gone away (a network folder, a card that was pulled out), so that not
        every one of its files is blamed; else ``Unreadable`` for this file.
    """
    return gone(given) or unreadable(path, error)


def gone(given: Path) -> SourceGone | None:
    """Why nothing of a folder or archive can be read any more; None while it is there.

    A folder that held files and is empty now is the empty place where a disk or network folder was hung in.
    """
    try:
        if not given.is_dir():
            with given.open("rb") as file:
                file.read(1)
            return None
        with os.scandir(given) as entries:
            if next(entries, None) is not None:
                return None
            why = "it is empty now"
    except OSError as error:
        why = error.strerror or type(error).__name__
    return SourceGone(
        f"{given} has gone away ({why}).",
        "Connect it again and go on with the import; what was read before is kept.",
    )
