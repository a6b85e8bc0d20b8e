"""What every test stands on: no test reads or writes the settings and data of the person who runs it."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from pathlib import Path

import hypothesis
import pytest
from hypothesis import HealthCheck

from tests.new_stores import copy_instead_of_migrating, migrate_truly

# An example that takes long because the machine is busy is no fault: time is told by tests/bench.
hypothesis.settings.register_profile("untimed", deadline=None, suppress_health_check=[HealthCheck.too_slow])
hypothesis.settings.load_profile("untimed")


@pytest.fixture(autouse=True)
def _own_home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each test gets an empty data folder of its own and none of the caller's settings."""
    for name in list(os.environ):
        if name.startswith("LOADMON_") and not name.startswith("LOADMON_TEST_"):
            monkeypatch.delenv(name)
    empty = tmp_path / "no-settings.toml"
    empty.touch()
    monkeypatch.setenv("LOADMON_CONFIG", str(empty))
    monkeypatch.setenv("LOADMON_HOME", str(tmp_path / "home"))


@pytest.fixture(autouse=True)
def _own_main_module() -> Iterator[None]:
    """Streamlit's test driver leaves a page as ``__main__``, which every process started later would run again."""
    main = sys.modules["__main__"]
    yield
    sys.modules["__main__"] = main


@pytest.fixture(scope="session", autouse=True)
def _new_stores_are_copies() -> Iterator[None]:
    """The migrations make one store; those of the tests are copies of it."""
    with pytest.MonkeyPatch.context() as patch:
        copy_instead_of_migrating(patch)
        yield


@pytest.fixture
def true_migrations(monkeypatch: pytest.MonkeyPatch) -> None:
    """For tests of the migrations: every new store goes through them."""
    migrate_truly(monkeypatch)
