"""Bringing a store up to the tables of this version: by one process at a time, whole or not at all."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, inspect, text

from loadmon.refusal import StoreUnavailable
from loadmon.store.schema import REVISION

MIGRATIONS = Path(__file__).parent / "migrations"
PATIENCE_S = 120.0
ADVISORY_LOCK = 0x10AD_0001
"""Any number that only loadmon's migrations use on a PostgreSQL database."""


def revision_of(conn: Connection) -> str | None:
    """The migration a store stands at, or None for a store without tables."""
    if not inspect(conn).has_table("alembic_version"):
        return None
    return conn.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none()


def bring_up_to_date(engine: Engine, *, more_versions: Path | None = None) -> None:
    """Run the migrations that a store still lacks, alone.

    Parameters
    ----------
    engine : Engine
        For writing; on SQLite the file may not exist yet.
    more_versions : Path | None
        A further folder of migrations (tests use it to try a rebuild).

    Raises
    ------
    StoreUnavailable
        If the store was written by a newer loadmon, the lock cannot be had, or a migration would leave rows
        without the rows they belong to (nothing is changed then).
    """
    with _alone(engine), engine.connect() as conn, _foreign_keys_off(conn), conn.begin():
        config = alembic_config(conn, more_versions)
        _refuse_newer(conn, config)
        _run(config)
        _refuse_orphans(conn)


def alembic_config(conn: Connection, more_versions: Path | None = None) -> Any:
    """Alembic's settings for one connection. Imported late: most openings need no migration."""
    from alembic.config import Config

    def plain(path: Path) -> str:
        return str(path).replace("%", "%%")

    config = Config(stdout=io.StringIO())  # whatever Alembic has to say is no answer of a command of ours
    config.set_main_option("script_location", plain(MIGRATIONS))
    config.set_main_option("path_separator", "newline")
    folders = [MIGRATIONS / "versions", *([more_versions] if more_versions else [])]
    config.set_main_option("version_locations", "\n".join(plain(folder) for folder in folders))
    config.attributes["connection"] = conn
    return config


def _run(config: Any) -> None:
    from alembic import command

    command.upgrade(config, "head")


def _refuse_newer(conn: Connection, config: Any) -> None:
    """A revision that this version has never heard of was written by a later one: hands off."""
    from alembic.script import ScriptDirectory

    standing = revision_of(conn)
    if standing is None:
        return
    known = {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}
    if standing not in known:
        raise StoreUnavailable(
            f"The store was last used by a newer version of loadmon (revision {standing}; this one knows {REVISION}).",
            "Install that version or a later one; nothing in the store was changed.",
        )


def _refuse_orphans(conn: Connection) -> None:
    """With foreign keys off, SQLite does not notice rows left without their parent: look before committing."""
    if conn.dialect.name != "sqlite":
        return
    orphans = conn.exec_driver_sql("PRAGMA foreign_key_check").fetchall()
    if orphans:
        tables = ", ".join(sorted({str(row[0]) for row in orphans}))
        raise StoreUnavailable(
            f"Bringing the store up to date would leave {len(orphans)} rows without what they belong to ({tables}).",
            "Nothing was changed; please report this with the version you came from.",
        )


@contextlib.contextmanager
def _foreign_keys_off(conn: Connection) -> Iterator[None]:
    """Rebuilding a table with foreign keys on deletes every row that refers to it (ON DELETE CASCADE).

    The switch has no effect inside a transaction, so it is turned on the bare connection before one begins.
    """
    if conn.dialect.name != "sqlite":
        yield
        return
    bare = conn.connection.dbapi_connection
    assert bare is not None
    bare.cursor().execute("PRAGMA foreign_keys=OFF")
    try:
        yield
    finally:
        bare.cursor().execute("PRAGMA foreign_keys=ON")


@contextlib.contextmanager
def _alone(engine: Engine) -> Iterator[None]:
    """Hold the lock that lets only one process migrate; the others wait and then find nothing to do."""
    if engine.dialect.name == "sqlite":
        from filelock import FileLock, Timeout

        lock = FileLock(f"{engine.url.database}.migrating", timeout=PATIENCE_S)
        try:
            with lock:
                yield
        except Timeout as why:
            raise StoreUnavailable(
                "Another loadmon process has been bringing the store up to date for two minutes.",
                "Wait for it or end it, then try again.",
            ) from why
        except OSError as why:
            raise StoreUnavailable(
                f"The data folder cannot be written to ({why.strerror}).",
                "Check its permissions and free space, or choose another with LOADMON_HOME.",
            ) from why
        return
    with engine.connect() as conn:
        conn.execute(text("SELECT pg_advisory_lock(:key)"), {"key": ADVISORY_LOCK})
        conn.commit()
        try:
            yield
        finally:
            conn.execute(text("SELECT pg_advisory_unlock(:key)"), {"key": ADVISORY_LOCK})
            conn.commit()
