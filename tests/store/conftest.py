"""Both databases by one fixture: every test that asks for ``store`` runs on SQLite and on PostgreSQL."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from sqlalchemy import create_engine, make_url, text

from loadmon.store import Store, open_store
from tests.store import postgres

_numbers = itertools.count()


@pytest.fixture(scope="session")
def pg_server() -> Iterator[str]:
    """A PostgreSQL server, started once."""
    with postgres.server() as url:
        yield url


@pytest.fixture(scope="session")
def pg_finished(pg_server: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """The name of a database on that server which the migrations have made, to be copied."""
    name = "loadmon_finished"
    admin = create_engine(pg_server, isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:
        conn.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        conn.execute(text(f"CREATE DATABASE {name}"))
    admin.dispose()
    open_store(_on(pg_server, name), tmp_path_factory.mktemp("finished") / "home").close()
    return name


def _on(server: str, name: str) -> str:
    return make_url(server).set(database=name).render_as_string(hide_password=False)


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """The URL of a database of this test's own; None for SQLite in the data folder.

    It has the tables already, but for a test that asks for ``true_migrations``.
    """
    if request.param == "sqlite":
        yield None
        return
    server: str = request.getfixturevalue("pg_server")
    empty = "true_migrations" in request.fixturenames
    like = "template1" if empty else request.getfixturevalue("pg_finished")
    name = f"loadmon_{next(_numbers)}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:
        conn.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        conn.execute(text(f"CREATE DATABASE {name} TEMPLATE {like}"))
    yield _on(server, name)
    with admin.connect() as conn:
        conn.execute(text(f"DROP DATABASE {name} WITH (FORCE)"))
    admin.dispose()


Opener = Callable[..., Store]


@pytest.fixture
def opener(database: str | None, tmp_path: Path) -> Iterator[Opener]:
    """Opens this test's store, as often as it wants; closes them all at the end."""
    opened: list[Store] = []

    def open_(**options: object) -> Store:
        opened.append(open_store(database, tmp_path / "home", **options))  # type: ignore[arg-type]
        return opened[-1]

    yield open_
    for store in opened:
        store.close()


@pytest.fixture
def store(opener: Opener) -> Store:
    """A new store."""
    return opener()


@pytest.fixture
def sqlite_store(tmp_path: Path) -> Iterator[Store]:
    """A new store on SQLite, for what only SQLite does."""
    store = open_store(None, tmp_path / "home")
    yield store
    store.close()
