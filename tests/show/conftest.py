"""A made team in a store of its own, taken in once; the tests here only read it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from loadmon.store import Store, open_store
from tests.made_team import take_in, team_files

NOW = datetime(2026, 5, 17, 18, 0, tzinfo=UTC)
"""A Sunday evening; the team's last runs were on Saturday."""


@pytest.fixture(scope="session")
def team(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """The made team's store."""
    folder = tmp_path_factory.mktemp("team")
    store = open_store(None, folder / "home")
    take_in(store, team_files(NOW.date()), folder)
    yield store
    store.close()
