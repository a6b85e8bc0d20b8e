"""Where the database lies, and who may read it."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from loadmon.settings import read_settings
from loadmon.store import open_store


@pytest.mark.parametrize("name", ["plain", "with?mark", "with#hash", "with%20escape", "mode=ro&uri=true"])
def test_the_database_lies_in_its_home_whatever_the_folder_is_called(
    name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home = tmp_path / "box" / name
    monkeypatch.setenv("LOADMON_HOME", str(home))
    settings = read_settings()
    open_store(settings.database, settings.home).close()
    assert (home / "loadmon.db").stat().st_size > 0
    assert [path.name for path in home.parent.iterdir()] == [name]


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights another way")
def test_only_its_owner_reads_the_database(tmp_path: Path) -> None:
    before = os.umask(0o022)
    try:
        store = open_store(None, tmp_path)
        with store.write() as conn:
            conn.exec_driver_sql("UPDATE change_counter SET value = value + 1")
            modes = {path.name: path.stat().st_mode & 0o777 for path in tmp_path.glob("loadmon.db*")}
        store.close()
    finally:
        os.umask(before)
    modes.pop("loadmon.db.migrating", None)  # an empty lock file
    assert set(modes.values()) == {0o600}, modes
    assert "loadmon.db" in modes


@pytest.mark.skipif(os.name == "nt", reason="Windows keeps rights another way")
def test_a_database_of_an_earlier_version_is_closed_to_others(tmp_path: Path) -> None:
    open_store(None, tmp_path).close()
    (tmp_path / "loadmon.db").chmod(0o644)
    open_store(None, tmp_path).close()
    assert (tmp_path / "loadmon.db").stat().st_mode & 0o777 == 0o600
