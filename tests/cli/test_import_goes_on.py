"""``loadmon import`` stopped or killed: what was read is kept, and the same command goes on and says so."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from loadmon.store import Store, imports, jobs
from tests.cli.test_worker import reported, soon
from tests.intake import made

FILES = 120
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")
Start = Callable[..., subprocess.Popen[str]]


@pytest.fixture
def team(tmp_path: Path) -> Path:
    return made.lay(tmp_path / "team", made.team(3, FILES // 3))


def begun(store: Store, process: Start, team: Path, how: int) -> tuple[int, str, str]:
    first = process("import", team, LOADMON_SCHEDULER="serial")
    try:
        assert soon(lambda: reported(store) >= 1)
    finally:
        first.send_signal(how)
        out, err = first.communicate(timeout=120)
    assert 1 <= reported(store) < FILES
    return first.returncode, out, err


def all_is_in(store: Store, out: str) -> None:
    assert json.loads(out)["sessions"] == FILES
    assert len(made.rows(store)["session"]) == len(made.originals(store)) == FILES
    with store.read() as conn:
        batches = imports.batches(conn, made.ALL)
        assert jobs.listed(conn, made.ALL, open_only=True) == []
    assert batches["state"].tolist() == ["done"]


def test_ctrl_c_keeps_what_was_read_and_says_how_to_go_on(store: Store, process: Start, team: Path) -> None:
    code, out, err = begun(store, process, team, signal.SIGINT)
    assert code == 130
    assert re.match(r"\d+ sessions? stored in [\d.]+ s\. Files: \d+ imported\.\n$", out)
    kept = int(out.split()[0])
    assert kept == reported(store)
    assert re.fullmatch(
        rf"Stopped\. What was read stays: {kept} sessions?\. The same command goes on from there\.\n", err
    )
    with store.read() as conn:
        assert imports.batches(conn, made.ALL)["state"].tolist() == ["cancelled"]
    out, err = (again := process("import", team, "--json", LOADMON_SCHEDULER="serial")).communicate(timeout=120)
    assert again.returncode == 0
    assert re.fullmatch(r"Going on with import 1, broken off at \d{4}-\d\d-\d\d \d\d:\d\d UTC\.\n", err)
    all_is_in(store, out)


def test_killed_it_goes_on_at_once_with_the_same_command(store: Store, process: Start, team: Path) -> None:
    code, _, _ = begun(store, process, team, signal.SIGKILL)
    assert code == -signal.SIGKILL
    with store.read() as conn:
        assert [job.state for job in jobs.listed(conn, made.ALL)] == ["running"]
    out, err = (again := process("import", team, "--json", LOADMON_SCHEDULER="serial")).communicate(timeout=120)
    assert again.returncode == 0
    assert err.startswith("Going on with import 1, broken off at ")
    all_is_in(store, out)
