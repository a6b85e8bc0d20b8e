"""Several people at once: a worker does three long jobs side by side, and quick ones past them."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from loadmon.intake import flight
from loadmon.intake import shift as module
from loadmon.intake.commit import Imported
from loadmon.intake.jobs import IMPORT, SAMPLE, ask_for_import, run_import, work_on
from loadmon.intake.work import Work
from loadmon.store import Store, jobs
from tests.intake import killer, made

ENOUGH_S = 120.0


def soon(true: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + ENOUGH_S
    while not true() and time.monotonic() < deadline:
        time.sleep(0.02)
    return true()


def state(store: Store, number: int) -> str:
    with store.read() as conn:
        return jobs.find(conn, made.ALL, number).state


@pytest.fixture
def working(store: Store, monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[..., threading.Event]]:
    """Starts a worker beside the test; it is told to stop at the end."""
    monkeypatch.setattr(module, "IDLE_S", 0.02)
    stops: list[tuple[threading.Event, threading.Thread]] = []

    def start(handlers: dict[str, Callable[[Work], Imported]], workers: str = "serial://") -> threading.Event:
        stop = threading.Event()
        thread = threading.Thread(target=work_on, args=(store, handlers, workers, stop))
        stops.append((stop, thread))
        thread.start()
        return stop

    yield start
    for stop, thread in stops:
        stop.set()
        thread.join()


def test_a_second_import_is_in_while_the_first_goes_on_and_can_be_called_off(
    store: Store, tmp_path: Path, working: Callable[..., threading.Event], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flight, "decode", killer.dawdling)
    slow = {f"Anna/slow{n}.fit": made.fit(n) for n in range(200)}
    first = ask_for_import(store, [made.lay(tmp_path / "first", slow)])
    working({IMPORT: run_import}, "process://2")

    def seen() -> int:
        with store.read() as conn:
            return jobs.find(conn, made.ALL, first).items_done

    assert soon(lambda: seen() > 0)
    second = ask_for_import(store, [made.lay(tmp_path / "second", {"Ben/1.fit": made.fit(1, heart=120)})])
    assert soon(lambda: state(store, second) == "done")
    assert state(store, first) == "running"
    with store.write() as conn:
        assert jobs.cancel(conn, made.ALL, first)
    done = seen()
    assert soon(lambda: "job-" not in " ".join(thread.name for thread in threading.enumerate()))
    assert state(store, first) == "cancelled"
    assert done <= len(made.rows(store)["session"]) - 1 < 200


def test_a_quick_job_waits_for_no_long_one_and_a_fourth_long_one_does(
    store: Store, working: Callable[..., threading.Event]
) -> None:
    go, begun = threading.Event(), []

    def long(work: Work) -> Imported:
        begun.append(work.job.id)
        go.wait(ENOUGH_S)
        return Imported(0, {}, 0, 0.0, stopped=False)

    with store.write() as conn:
        four = [jobs.ask(conn, IMPORT, {}) for _ in range(4)]
        quick = jobs.ask(conn, "undo", {})
    working({IMPORT: long, "undo": lambda _: Imported(0, {}, 0, 0.0, stopped=False)})
    assert soon(lambda: state(store, quick) == "done")
    assert soon(lambda: sorted(begun) == four[:3])
    assert state(store, four[3]) == "queued"
    go.set()
    assert soon(lambda: {state(store, number) for number in four} == {"done"})


def test_two_sample_squads_are_never_made_at_once(store: Store, working: Callable[..., threading.Event]) -> None:
    now, most = [], []

    def making(work: Work) -> Imported:
        now.append(work.job.id)
        most.append(len(now))
        time.sleep(0.1)
        now.remove(work.job.id)
        return Imported(0, {}, 0, 0.0, stopped=False)

    with store.write() as conn:
        both = [jobs.ask(conn, SAMPLE, {}) for _ in range(2)]
    working({SAMPLE: making})
    assert soon(lambda: [state(store, number) for number in both] == ["done"] * 2)
    assert most == [1, 1]


def test_a_worker_that_is_to_end_gives_every_job_back(store: Store, working: Callable[..., threading.Event]) -> None:
    begun = []

    def long(work: Work) -> Imported:
        begun.append(work.job.id)
        while not work.should_stop():
            time.sleep(0.01)
        return Imported(0, {}, 0, 0.0, stopped=True)

    with store.write() as conn:
        three = [jobs.ask(conn, IMPORT, {}) for _ in range(3)]
    stop = working({IMPORT: long})
    assert soon(lambda: len(begun) == 3)
    stop.set()
    assert soon(lambda: {state(store, number) for number in three} == {"queued"})


def test_a_job_that_went_silent_in_this_very_process_is_never_done_twice_at_once(store: Store) -> None:
    """Each job in hand has a name of its own: the thread that fell asleep finds that its job is another's now."""
    with store.write() as conn:
        number = jobs.ask(conn, IMPORT, {})
        first, second = module.owner_here(), module.owner_here()
        assert jobs.claim(conn, first) is not None
        assert jobs.claim(conn, second, silent_after_s=-1) is not None
        assert not jobs.beat(conn, number, first)
        assert jobs.beat(conn, number, second)
