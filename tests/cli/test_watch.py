"""``loadmon watch`` as a process: it says what it does line by line, and ends in good order when asked."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from loadmon.store import Store
from tests.cli.conftest import Command
from tests.cli.test_worker import children, lives, reported, soon
from tests.intake import made


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A synced folder with a good and a bad file."""
    return made.lay(tmp_path / "synced", {"Anna/1.fit": made.fit(1), "Anna/bad.fit": made.PDF})


@pytest.fixture(autouse=True)
def _own_signals():  # type: ignore[no-untyped-def]
    """The command takes the signals of this process over."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    yield
    for number, handler in before.items():
        signal.signal(number, handler)


@pytest.fixture
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Files come to rest in no time."""
    monkeypatch.setattr("loadmon.cli.watching._waited", lambda stop, seconds: False)
    monkeypatch.setattr("loadmon.intake.watch.STILL_S", 0.0)


def test_once_in_words(loadmon: Command, folder: Path, quick: None) -> None:
    said = loadmon("watch", folder, "--once")
    assert (said.code, said.out) == (3, "")
    one, two = said.err.splitlines()
    assert re.fullmatch(r"[\d-]{10} [\d:]{8}  Import 1: 1 session. Files: 1 imported, 1 refused\.", one)
    assert "  Anna/bad.fit: This is no watch file; it looks like a PDF document. Give FIT" in two
    again = loadmon("watch", folder, "--once")
    assert (again.code, again.out, again.err) == (0, "", "")


def test_once_as_json(loadmon: Command, folder: Path, quick: None) -> None:
    said = loadmon("watch", folder, "--once", "--json", "--athlete", "Zoe")
    assert (said.code, said.err) == (3, "")
    first, second = map(json.loads, said.out.splitlines())
    assert first.pop("at")
    assert first == {"event": "import", "batch": 1, "sessions": 1, "outcomes": {"imported": 1, "refused": 1}}
    assert (second["event"], second["path"], second["reason"], second["batch"]) == (
        "problem", "Anna/bad.fit", "unknown format", 1,
    )  # fmt: skip


def test_a_folder_that_is_not_there(loadmon: Command, tmp_path: Path) -> None:
    said = loadmon("watch", tmp_path / "nowhere")
    assert said.code == 1
    assert "There is no folder at" in said.err
    assert loadmon("watch").code == 2
    assert loadmon("watch", tmp_path, "--every", "0").code == 2


@pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
@pytest.mark.parametrize(("number", "how"), [(signal.SIGTERM, "processes"), (signal.SIGINT, "serial")])
def test_it_watches_until_it_is_told_to_end(
    store: Store, folder: Path, process: Callable[..., subprocess.Popen[str]], number: signal.Signals, how: str
) -> None:
    running = process("watch", folder, "--every", "1", "--json", LOADMON_WORKERS="1", LOADMON_SCHEDULER=how)
    try:
        assert soon(lambda: reported(store) == 2, 80)
        shutil.copy(folder / "Anna" / "1.fit", folder / "Anna" / "same.fit")
        made.lay(folder, {"Anna/2.fit": made.fit(2)})
        assert soon(lambda: reported(store) == 3, 80)
        pool = children(running.pid)
    finally:
        running.send_signal(number)
        out, err = running.communicate(timeout=60)
    assert (running.returncode, err) == (0, "")
    events = [json.loads(line)["event"] for line in out.splitlines()]
    assert events == ["watching", "import", "problem", "import", "ended"]
    assert soon(lambda: not any(map(lives, pool)), 15)
    assert len(made.rows(store)["session"]) == 2
