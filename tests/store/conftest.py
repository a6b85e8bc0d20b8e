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


@pytest.fixture(params=["sqlite", "postgresql"])
def database(request: pytest.FixtureRequest) -> Iterator[str | None]:
    """The URL of an empty database of this test's own; None for SQLite in the data folder."""
    if request.param == "sqlite":
        yield None
        return
    server: str = request.getfixturevalue("pg_server")
    name = f"loadmon_{next(_numbers)}"
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as conn:
        conn.execute(text(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        conn.execute(text(f"CREATE DATABASE {name}"))
    yield make_url(server).set(database=name).render_as_string(hide_password=False)
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
