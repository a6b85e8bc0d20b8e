"""Opening the store: SQLite in the data folder by default, PostgreSQL by its URL, the same to everyone above."""

from __future__ import annotations

import contextlib
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import (
    URL,
    Connection,
    Delete,
    Engine,
    Insert,
    Update,
    create_engine,
    event,
    make_url,
    select,
    text,
    update,
)
from sqlalchemy.exc import ArgumentError, NoSuchModuleError

from loadmon.refusal import StoreUnavailable
from loadmon.store.migrate import bring_up_to_date, revision_of
from loadmon.store.originals import Originals
from loadmon.store.schema import REVISION, UNSEEN, ChangeCounterRow
from loadmon.store.trouble import of_disk, told

DATABASE = "loadmon.db"
WRITERS_LOCK = 0x10AD_0002
"""On PostgreSQL writers queue for this number, as they queue for the file on SQLite: read-then-write is safe on both."""


class Store:
    """All that loadmon keeps: a database and the folder of originals.

    Parameters
    ----------
    engine : Engine
        As made by ``open_store``.
    home : Path
        The data folder.
    """

    def __init__(self, engine: Engine, home: Path) -> None:
        self.home = home
        self.originals = Originals(home / "originals")
        self._engine = engine
        self._reader = engine.execution_options(**_reading(engine))
        self._writer = engine.execution_options(sqlite_begin="BEGIN IMMEDIATE")

    @property
    def is_sqlite(self) -> bool:
        """True for the embedded database, False for a server."""
        return self._engine.dialect.name == "sqlite"

    @contextlib.contextmanager
    def read(self) -> Iterator[Connection]:
        """A connection that sees one moment of the store and cannot write.

        Raises
        ------
        StoreUnavailable
            If the database cannot be reached or opened.
        """
        with told(), self._reader.connect() as conn:
            yield conn

    @contextlib.contextmanager
    def write(self) -> Iterator[Connection]:
        """A connection whose changes are committed together at the end, or not at all if anything is raised.

        Writers go one after the other, so what is read inside stays true until the end; keep it short.
        The change counter goes up by one if a row that pages show was changed.

        Raises
        ------
        StoreUnavailable
            If the store is locked for longer than the time-out, read-only, full or out of reach.
        """
        with told(), self._writer.begin() as conn:
            if not self.is_sqlite:
                conn.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": WRITERS_LOCK})
            conn.info["changed"] = False
            yield conn
            if conn.info.pop("changed", False):
                conn.execute(update(ChangeCounterRow).values(value=ChangeCounterRow.value + 1))

    def revision(self) -> int:
        """How many committed writes have changed what pages show: a page's cache is keyed by it."""
        with self.read() as conn:
            return conn.execute(select(ChangeCounterRow.value)).scalar_one()

    def close(self) -> None:
        """Give back every connection."""
        self._engine.dispose()


def open_store(url: str | None, home: Path, *, busy_s: float = 30.0, migrate: bool = True) -> Store:
    """Open the store, make it where there is none, and bring an older one up to date.

    Parameters
    ----------
    url : str | None
        A PostgreSQL or SQLite URL; None for the SQLite file in the data folder.
    home : Path
        The data folder (database, originals); made, for its owner only, if it is not there.
    busy_s : float
        Seconds a writer waits for another one.
    migrate : bool
        False to refuse an older store instead of bringing it up to date.

    Raises
    ------
    StoreUnavailable
        If folder or database cannot be used, or a newer loadmon wrote it.
    """
    engine = _engine(_url(url, home), busy_s)
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
        _keep_private(engine.url)
        store = Store(engine, home)
        with told():
            _stand_at_revision(engine, migrate=migrate)
        store.originals.prepare()
    except OSError as why:
        engine.dispose()
        raise of_disk(why) from why
    except BaseException:
        engine.dispose()
        raise
    return store


def _stand_at_revision(engine: Engine, *, migrate: bool) -> None:
    with engine.connect() as conn:
        standing = revision_of(conn)
    if standing == REVISION:
        return
    if not migrate:
        raise StoreUnavailable(
            f"The store is at revision {standing or 'none'}; this version of loadmon needs {REVISION}.",
            "Start loadmon again: the server and every command bring the store up to date by themselves.",
        )
    bring_up_to_date(engine.execution_options(sqlite_begin="BEGIN IMMEDIATE"))


def _url(url: str | None, home: Path) -> URL:
    if not url:
        return URL.create("sqlite", database=str(home / DATABASE))
    try:
        made = make_url(url.replace("postgres://", "postgresql://", 1) if url.startswith("postgres://") else url)
    except ArgumentError as why:
        raise StoreUnavailable("The database URL cannot be understood.", "Write it as postgresql://…") from why
    if made.get_backend_name() == "postgresql":
        return made.set(drivername="postgresql+psycopg")
    if made.get_backend_name() == "sqlite" and made.database not in (None, "", ":memory:"):
        return made
    raise StoreUnavailable(
        f"loadmon cannot keep its data in {made.get_backend_name()}.", "Give a file for SQLite or a PostgreSQL URL."
    )


def _keep_private(url: URL) -> None:
    """Let only its owner read the SQLite file; what SQLite puts beside it (``-wal``, ``-shm``) takes its rights over."""
    if url.get_backend_name() != "sqlite" or not url.database or url.database.startswith("file:"):
        return
    file = Path(url.database)
    if file.parent.is_dir():  # a folder that is missing is SQLite's to complain of
        file.touch(mode=0o600)
        with contextlib.suppress(PermissionError):  # somebody else's file: its owner settles who reads it
            file.chmod(0o600)


def _engine(url: URL, busy_s: float) -> Engine:
    hide = {"hide_parameters": True}  # names and health notes do not belong in error messages and logs
    try:
        if url.get_backend_name() == "sqlite":
            engine = create_engine(url, connect_args={"timeout": busy_s}, pool_size=10, max_overflow=40, **hide)
            event.listen(engine, "connect", _set_up_sqlite)
            event.listen(engine, "begin", _begin_sqlite)
        else:
            options = f"-c lock_timeout={int(busy_s * 1000)} -c timezone=UTC"
            connect = {"options": options, "connect_timeout": 10}
            engine = create_engine(url, connect_args=connect, pool_pre_ping=True, **hide)
    except (ModuleNotFoundError, NoSuchModuleError) as why:
        raise StoreUnavailable(
            "The driver for PostgreSQL is not installed.", "Install it with: pip install 'loadmon[postgres]'"
        ) from why
    event.listen(engine, "after_execute", _note_change)
    return engine


def _set_up_sqlite(connection: sqlite3.Connection, _record: Any) -> None:
    # Python's sqlite3 opens transactions late and lets two writers read the same value: we open them ourselves.
    connection.isolation_level = None
    for pragma in (
        "journal_mode=WAL",
        "synchronous=NORMAL",
        "foreign_keys=ON",
        "temp_store=MEMORY",
        "cache_size=-32000",
    ):
        connection.execute(f"PRAGMA {pragma}")


def _begin_sqlite(conn: Connection) -> None:
    begin = conn.get_execution_options().get("sqlite_begin", "BEGIN")
    conn.exec_driver_sql(f"PRAGMA query_only={'ON' if begin == 'BEGIN' else 'OFF'}")
    conn.exec_driver_sql(begin)


def _reading(engine: Engine) -> dict[str, Any]:
    """One moment of the store for as long as a reader looks, and no writing; SQLite does so by itself."""
    if engine.dialect.name == "sqlite":
        return {"sqlite_begin": "BEGIN"}
    return {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}


def _note_change(conn: Connection, statement: Any, _many: Any, _one: Any, _options: Any, result: Any) -> None:
    if isinstance(statement, Insert | Update | Delete):
        table = getattr(statement.table, "name", "")
        # SQLite counts the rows of a statement that gives rows back only once they are fetched.
        if table not in UNSEEN and (result.returns_rows or result.rowcount != 0):
            conn.info["changed"] = True
