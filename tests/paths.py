"""Where tests find the real watch files and worked cases that are never part of the project."""

from __future__ import annotations

from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
SHARED = ROOT.parent / "shared"
FILES = ROOT / "tests" / "files"


def corpus() -> Path:
    """The folder of real watch files; the test skips with a reason where it is not there."""
    folder = SHARED / "corpus"
    if not folder.is_dir():
        pytest.skip("the real watch files are not on this machine: they are other people's and not part of the project")
    return folder


def oracle(name: str) -> Path:
    """A file of worked cases with expected numbers; the test skips with a reason where it is not there."""
    path = SHARED / "oracles" / name
    if not path.is_file():
        pytest.skip("the worked cases are not on this machine")
    return path


def cohort(name: str) -> Path:
    """A file of real injury data; the test skips with a reason where it is not there."""
    path = SHARED / "cohort" / name
    if not path.is_file():
        pytest.skip("the real injury data are not on this machine: they are other people's and not part of the project")
    return path
