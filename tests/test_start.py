"""The script that sets everything up: what it skips the second time, and that it says what to do when it cannot."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest

import start
from tests.paths import ROOT


@pytest.fixture
def venv(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An environment that looks installed, and a start script that would notice any work done on it."""
    folder = tmp_path / ".venv"
    python = folder / "bin" / "python"
    python.parent.mkdir(parents=True)
    python.touch()
    monkeypatch.setattr(start, "VENV", folder)
    monkeypatch.setattr(start, "PYTHON", python)
    monkeypatch.setattr(start, "STAMP", folder / "loadmon-installed.txt")

    def worked(*_: object, **__: object) -> None:
        raise RuntimeError("work was done")

    for name in ("run", "sync", "pip", "make_environment", "environment_works"):
        monkeypatch.setattr(start, name, worked)
    return folder


@pytest.mark.parametrize(("kept", "tests"), [("app", False), ("test", False), ("test", True)])
def test_the_second_time_nothing_is_done(venv: Path, kept: str, tests: bool) -> None:
    start.STAMP.write_text(f"{start.fingerprint()} {kept}\n")
    start.install(tests=tests)


@pytest.mark.parametrize(("stamp", "tests"), [("{} app", True), ("0123456789 test", False), ("", False)])
def test_what_is_missing_or_older_is_installed(venv: Path, stamp: str, tests: bool) -> None:
    start.STAMP.write_text(stamp.format(start.fingerprint()))
    with pytest.raises(RuntimeError, match="work was done"):
        start.install(tests=tests)


def test_the_fingerprint_follows_the_lock_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("pyproject.toml", "uv.lock"):
        (tmp_path / name).write_bytes((ROOT / name).read_bytes())
    before = start.fingerprint()
    monkeypatch.setattr(start, "ROOT", tmp_path)
    assert start.fingerprint() == before
    with (tmp_path / "uv.lock").open("a") as lock:
        lock.write("# newer\n")
    assert start.fingerprint() != before


def test_a_python_that_does_not_start_is_not_taken(tmp_path: Path) -> None:
    stub = tmp_path / "python3.14"
    stub.write_text("#!/bin/sh\necho 'install it from the store'\nexit 9\n")
    stub.chmod(0o755)
    assert start.version_of(str(stub)) == (0, 0)
    assert start.version_of(str(tmp_path / "nowhere")) == (0, 0)
    assert start.version_of(sys.executable) == sys.version_info[:2]


@pytest.mark.parametrize(("word", "code"), [("", 0), ("--help", 0), ("dmeo", 2)])
def test_without_a_known_word_it_tells_them_all(word: str, code: int) -> None:
    done = subprocess.run(
        [sys.executable, str(ROOT / "start.py"), *([word] if word else [])], capture_output=True, text=True, check=False
    )
    assert done.returncode == code
    for known in ("demo", "serve", "test", "install"):
        assert f"start.py {known}" in done.stdout


def test_continuous_integration_runs_the_very_command_of_the_readme() -> None:
    last = (ROOT / ".ci" / "run").read_text(encoding="utf-8").strip().splitlines()[-1]
    assert last == "exec make test"
    assert "`make test`" in (ROOT / "README.md").read_text(encoding="utf-8")
    assert "start.py test" in (ROOT / "Makefile").read_text(encoding="utf-8")
