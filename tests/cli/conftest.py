"""Commands as a person gives them: in this process where that is honest, in one of their own where it matters."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from loadmon import cli
from loadmon.store import Store, open_store
from tests.intake.conftest import mortal
from tests.paths import ROOT

__all__ = ["mortal"]


@dataclass(frozen=True)
class Said:
    """What a command gave back."""

    code: int
    out: str
    err: str


Command = Callable[..., Said]


@pytest.fixture
def loadmon(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Command:
    """Gives a command through the very function that the installed ``loadmon`` calls."""
    monkeypatch.setenv("LOADMON_SCHEDULER", "serial")

    def command(*words: str | Path) -> Said:
        monkeypatch.setattr(sys, "argv", ["loadmon", *map(str, words)])
        capsys.readouterr()
        with pytest.raises(SystemExit) as ended:
            cli.main()
        said = capsys.readouterr()
        code = ended.value.code
        return Said(code if isinstance(code, int) else int(code is not None), said.out, said.err)

    return command


@pytest.fixture
def process() -> Callable[..., subprocess.Popen[str]]:
    """Starts ``python -m loadmon`` beside the test."""

    def start(*words: str | Path, stdin: int = subprocess.DEVNULL, **environment: str) -> subprocess.Popen[str]:
        return subprocess.Popen(
            [sys.executable, "-m", "loadmon", *map(str, words)],
            cwd=ROOT,
            env={**os.environ, "NO_COLOR": "1", **environment},
            stdin=stdin,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            encoding="utf-8",
        )

    return start


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """The store that commands of this test use."""
    store = open_store(None, tmp_path / "home")
    yield store
    store.close()
