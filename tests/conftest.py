"""What every test stands on: no test reads or writes the settings and data of the person who runs it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest


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
