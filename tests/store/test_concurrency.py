"""Several processes on one store: nothing lost, nothing done twice, nothing half-stored by a crash."""

from __future__ import annotations

import subprocess
import sys
import threading
from pathlib import Path

import pytest
from sqlalchemy import func, select, text

from loadmon.refusal import StoreUnavailable
from loadmon.store import Store, Viewer, jobs, schema, squad
from loadmon.store.preferences import preference, set_preference
from tests.paths import ROOT
from tests.store.conftest import Opener


def start(task: str, home: Path, database: str | None) -> subprocess.Popen[str]:
    arguments = [sys.executable, "-m", "tests.store.writers", task, str(home), database or ""]
    return subprocess.Popen(arguments, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)


def test_four_processes_that_read_then_write_lose_nothing(store: Store, database: str | None) -> None:
    running = [start("count", store.home, database) for _ in range(4)]
    for process in running:
        _, words = process.communicate(timeout=120)
        assert process.returncode == 0, words
    with store.read() as conn:
        assert preference(conn, "count") == 160
    assert store.revision() == 160


def test_threads_of_one_process_lose_nothing_either(store: Store) -> None:
    def count() -> None:
        for _ in range(20):
            with store.write() as conn:
                set_preference(conn, "count", preference(conn, "count", 0) + 1)

    threads = [threading.Thread(target=count) for _ in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    with store.read() as conn:
        assert preference(conn, "count") == 80


def test_two_workers_never_take_the_same_job(store: Store, database: str | None) -> None:
    with store.write() as conn:
        asked = [jobs.ask(conn, "import", {}) for _ in range(30)]
    running = [start("work", store.home, database) for _ in range(3)]
    taken: list[int] = []
    for process in running:
        out, words = process.communicate(timeout=60)
        assert process.returncode == 0, words
        taken += map(int, out.split())
    assert sorted(taken) == asked


def test_killed_in_the_middle_leaves_what_was_committed_and_nothing_else(store: Store, database: str | None) -> None:
    process = start("die", store.home, database)
    assert process.stdout is not None
    assert [process.stdout.readline().strip() for _ in range(4)] == ["committed"] * 3 + ["half-way"]
    process.kill()
    process.communicate()
    with store.write() as conn:  # the dead writer's lock is gone
        squad.add_athlete(conn, "Bo")
    with store.read() as conn:
        for table in (schema.SessionRow, schema.StreamRow, schema.FactsRow, schema.OriginalRow):
            assert conn.execute(select(func.count()).select_from(table)).scalar_one() == 3
        assert jobs.listed(conn, Viewer.everyone()) == []
        if store.is_sqlite:
            assert conn.execute(text("PRAGMA integrity_check")).scalar_one() == "ok"
            assert conn.execute(text("PRAGMA foreign_key_check")).all() == []
    assert store.revision() == 5


def test_a_store_that_stays_locked_says_so(opener: Opener) -> None:
    holder, waiter = opener(), opener(busy_s=0.2)
    with holder.write() as conn:
        squad.add_athlete(conn, "Ana")
        with pytest.raises(StoreUnavailable, match="for too long") as refusal, waiter.write() as other:
            squad.add_athlete(other, "Bo")
        assert "import" in refusal.value.advice
        with waiter.read() as other:
            assert squad.athletes(other, Viewer.everyone()) == []  # readers are never kept waiting
    with waiter.write() as conn:
        squad.add_athlete(conn, "Bo")


def test_what_was_opened_for_reading_cannot_write(store: Store) -> None:
    with pytest.raises(StoreUnavailable, match="read"), store.read() as conn:
        squad.add_athlete(conn, "Ana")
    with store.write() as conn:  # and the connection goes back to the pool as good as new
        squad.add_athlete(conn, "Ana")
