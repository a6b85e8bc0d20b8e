"""What went wrong below the store, in words a user can act on."""

from __future__ import annotations

import contextlib
import errno
from collections.abc import Iterator

from sqlalchemy.exc import DatabaseError, DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeout

from loadmon.refusal import StoreUnavailable

_CAUSES: tuple[tuple[tuple[str, ...], str, str], ...] = (
    (
        ("database is locked", "database table is locked", "lock timeout", "canceling statement due to lock"),
        "Another program has been writing to the store for too long.",
        "Wait for a running import to end, or end the program that holds the store, and try again.",
    ),
    (
        ("disk is full", "no space left", "could not extend file"),
        "The disk that holds the store is full.",
        "Free some space and do it again; what was stored before is unharmed.",
    ),
    (
        ("readonly database", "read-only transaction", "permission denied"),
        "The store can only be read, not written.",
        "Check the permissions of the data folder, or choose another with LOADMON_HOME.",
    ),
    (
        ("unable to open database file",),
        "The store's file cannot be opened.",
        "Check that the data folder exists and is yours, or choose another with LOADMON_HOME.",
    ),
    (
        ("malformed", "not a database", "disk i/o error"),
        "The store's file is damaged or is no loadmon store.",
        "Stop loadmon and restore a backup; the originals in the data folder can be imported again.",
    ),
    (
        (
            "connection refused",
            "connection failed",
            "connection is bad",
            "could not connect",
            "could not translate host",
            "server closed the connection",
            "terminating connection",
            "the connection is closed",
            "connection timeout",
            "password authentication failed",
            "too many clients",
            "starting up",
        ),
        "The database server cannot be reached.",
        "Check that it runs and that LOADMON_DATABASE_URL is right, then try again.",
    ),
)


@contextlib.contextmanager
def told() -> Iterator[None]:
    """Turn failures of database, disk and connection into ``StoreUnavailable``; let every other error through."""
    try:
        yield
    except PoolTimeout as why:
        raise StoreUnavailable("The store is too busy: no connection came free.", "Try again in a moment.") from why
    except (DatabaseError, InterfaceError) as why:
        unavailable = _named(why)
        if unavailable is None:
            raise
        raise unavailable from why


def _named(why: DBAPIError) -> StoreUnavailable | None:
    """The refusal for what the database said, or for what it had said before.

    A full disk makes SQLite forget the whole transaction, and the way back to a savepoint then fails in words of its own.
    """
    said: BaseException | None = why
    while said is not None:
        words = str(said.orig).lower() if isinstance(said, DBAPIError) else ""
        for signs, what, advice in _CAUSES:
            if any(sign in words for sign in signs):
                return StoreUnavailable(what, advice)
        said = said.__context__
    return None


def of_disk(why: OSError) -> StoreUnavailable:
    """The refusal for a file that could not be written or read below the data folder."""
    if why.errno in (errno.ENOSPC, errno.EDQUOT):
        return StoreUnavailable(
            "The disk that holds the data folder is full.",
            "Free some space and do it again; what was stored before is unharmed.",
        )
    return StoreUnavailable(
        f"The data folder cannot be used ({why.strerror or why}).",
        "Check its permissions, or choose another with LOADMON_HOME.",
    )
