"""Killed without warning at any moment, an import loses nothing and stores nothing twice; the bench kills a hundred times."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from tests.bench import kills


@pytest.mark.skipif(os.name == "nt", reason="Windows has no process groups to kill")
@pytest.mark.timeout(600)
def test_three_kills(tmp_path: Path) -> None:
    met = kills.series(tmp_path, 40, 3, seed=5, new_database=lambda: None, a_round=3)
    assert met.faults == []
    assert sum(met.kills.values()) == 3
    assert set(met.kills) == {"parent alone", "whole group"}
