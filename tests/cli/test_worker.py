"""The worker as a process: killed without warning it loses nothing, asked to end it gives its job back."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Callable
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from loadmon.intake.jobs import ask_for_import, spools
from loadmon.store import Store, imports, jobs
from loadmon.store.schema import FileReportRow, JobRow, now
from tests.intake import made

FILES = 60
pytestmark = pytest.mark.skipif(os.name == "nt", reason="Windows has no such signals")


def soon(true: Callable[[], bool], within_s: float = 150.0) -> bool:
    deadline = time.monotonic() + within_s
    while time.monotonic() < deadline:
        if true():
            return True
        time.sleep(0.01)
    return False


def reported(store: Store) -> int:
    with store.read() as conn:
        return conn.execute(select(func.count(FileReportRow.id))).scalar_one()


def children(pid: int) -> list[int]:
    """Processes that this one started in any of its threads, and those that they started."""
    found: list[int] = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        found += [int(one) for one in path.read_text().split()]
    return found + [one for child in found for one in children(child)]


def lives(pid: int) -> bool:
    stat = Path(f"/proc/{pid}/stat")
    return stat.exists() and stat.read_text().rpartition(")")[2].split()[0] != "Z"


@pytest.fixture
def asked(store: Store) -> tuple[int, Path]:
    """An import that takes some seconds, asked for as the page does."""
    spool = made.lay(spools(store) / "0a1b", made.team(3, FILES // 3) | {"Ben/bad.fit": made.PDF})
    return ask_for_import(store, [spool], spool=spool), spool


def all_is_in(store: Store, number: int, spool: Path) -> None:
    with store.read() as conn:
        job = jobs.find(conn, made.ALL, number)
        batches = imports.batches(conn, made.ALL)
        lines = imports.reports(conn, made.ALL, job.batch_id or 0)
    assert job.state == "done"
    assert (len(batches), batches["state"].tolist()) == (1, ["done"])
    assert lines["path"].is_unique
    assert lines["outcome"].value_counts().to_dict() == {"imported": FILES, "refused": 1}
    assert len(made.rows(store)["session"]) == len(made.originals(store)) == FILES
    assert not spool.exists()


def test_killed_in_the_middle_nothing_is_lost_and_nothing_is_there_twice(
    store: Store, asked: tuple[int, Path], process: Callable[..., subprocess.Popen[str]]
) -> None:
    first = process("worker", "--once", LOADMON_WORKERS="2")
    try:
        assert soon(lambda: reported(store) >= 25)
        pool = children(first.pid)
        assert len(pool) >= 3, "one that all readers are copies of, and two of these"
    finally:
        first.send_signal(signal.SIGKILL)
        first.communicate()
    half = reported(store)
    assert 25 <= half < FILES + 1, "killed in the middle"
    with store.read() as conn:
        assert jobs.find(conn, made.ALL, asked[0]).state == "running"
    assert soon(lambda: not any(map(lives, pool)), 15), "its pool is gone with it"
    with store.write() as conn:  # a minute of silence passes
        conn.execute(update(JobRow).values(heartbeat=now().replace(year=2020)))
    heir = process("worker", "--once", LOADMON_SCHEDULER="serial")
    _, told = heir.communicate(timeout=120)
    assert (heir.returncode, told) == (0, "")
    all_is_in(store, *asked)
    with store.read() as conn:
        assert jobs.find(conn, made.ALL, asked[0]).attempts == 2


def test_asked_to_end_it_gives_the_job_back(
    store: Store, asked: tuple[int, Path], process: Callable[..., subprocess.Popen[str]]
) -> None:
    first = process(
        "worker", "--follow-stdin", stdin=subprocess.PIPE, LOADMON_SCHEDULER="serial"
    )  # as a server starts it
    try:
        assert soon(lambda: reported(store) >= 1)
    finally:
        first.send_signal(signal.SIGTERM)
        first.wait(timeout=60)  # its standard input is still open: the thread that reads there must not bring it down
        _, told = first.communicate()
    assert (first.returncode, told) == (0, "")
    with store.read() as conn:
        job = jobs.find(conn, made.ALL, asked[0])
    assert (job.state, job.attempts) == ("queued", 0)
    heir = process("worker", "--once", LOADMON_SCHEDULER="serial")
    heir.communicate(timeout=120)
    all_is_in(store, *asked)
