"""A store for each test, and a look at the world without root's rights."""

from __future__ import annotations

import os
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from loadmon.store import Store, open_store

NOBODY = 65_534


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """A new store on SQLite."""
    store = open_store(None, tmp_path / "home")
    yield store
    store.close()


@pytest.fixture
def mortal() -> Iterator[Path]:
    """An empty folder of somebody whom permissions bind; root, whom nothing binds, steps aside for the test."""
    if os.name == "nt":
        pytest.skip("Windows knows no such permissions")
    folder = Path(tempfile.mkdtemp(prefix="loadmon-mortal-"))
    is_root = os.geteuid() == 0
    if is_root:
        os.chown(folder, NOBODY, NOBODY)
        os.seteuid(NOBODY)
    try:
        yield folder
    finally:
        if is_root:
            os.seteuid(0)
        for path in [folder, *folder.rglob("*")]:
            if not path.is_symlink():
                path.chmod(0o700)
        shutil.rmtree(folder)
