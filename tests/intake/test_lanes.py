"""Processes shared by several imports: fairly, and a file that ends one costs nobody else anything."""

from __future__ import annotations

import multiprocessing
import random
from concurrent.futures import FIRST_COMPLETED, wait
from concurrent.futures.process import BrokenProcessPool

import pytest

from loadmon.intake import lanes as module
from loadmon.intake.executor import kept_warm
from loadmon.intake.lanes import AHEAD, Lanes
from tests.intake.killer import given

KILLER = 13


def test_who_comes_later_does_not_wait_for_who_came_first() -> None:
    with Lanes(1) as first, Lanes(1) as second:
        many = [first.submit(given, 1, 0.05) for _ in range(40)]
        wait(many, return_when=FIRST_COMPLETED)
        at_first = sum(future.done() for future in many)
        few = [second.submit(given, 2, 0.05) for _ in range(3)]
        wait(few)
        assert sum(future.done() for future in many) - at_first <= 2 * AHEAD + len(few)
        assert len({future.result()[1] for future in [*many, *few]}) == 1, "one process for both"


@pytest.mark.parametrize("seed", range(3))
def test_only_the_file_that_ends_a_process_falls(seed: int) -> None:
    dice = random.Random(seed)
    numbers = [dice.choice([*range(10), KILLER]) for _ in range(40)]
    with Lanes(2) as one, Lanes(2) as other:
        futures = [dice.choice([one, other]).submit(given, number) for number in numbers]
        for number, future in zip(numbers, futures, strict=True):
            if number == KILLER:
                assert isinstance(future.exception(), BrokenProcessPool)
            else:
                assert future.result()[0] == number


def test_ending_one_file_leaves_those_behind_it_to_the_next_process() -> None:
    with Lanes(1) as mine, Lanes(1) as theirs:
        stuck = mine.submit(given, 1, 600.0)
        behind = theirs.submit(given, 2)
        while not stuck.running():
            wait([stuck], timeout=0.02)
        mine.end(behind)  # it is not being read: nothing happens
        mine.end(stuck)
        assert isinstance(stuck.exception(), BrokenProcessPool)
        assert behind.result()[0] == 2


def test_the_clock_of_a_file_begins_when_it_is_its_turn() -> None:
    with Lanes(1) as lanes:
        first, second = lanes.submit(given, 1, 0.5), lanes.submit(given, 2)
        while not first.running():
            wait([first], timeout=0.02)
        assert not second.running()
        assert second.result()[0] == 2


def test_processes_end_with_the_last_who_reads() -> None:
    with kept_warm("process://2"):
        with Lanes(2) as lanes:
            assert lanes.submit(given, 1).result()[0] == 1
        assert multiprocessing.active_children()
    assert not multiprocessing.active_children()
    assert not Lanes._tracks


def test_leaving_in_a_hurry_ends_what_is_under_way_and_nothing_of_the_others() -> None:
    with Lanes(1) as theirs:
        mine = Lanes(1)
        stuck, waiting = mine.submit(given, 1, 600.0), [mine.submit(given, 1, 600.0) for _ in range(20)]
        wanted = theirs.submit(given, 2)
        while not stuck.running():
            wait([stuck], timeout=0.02)
        mine.end_all()
        mine.shutdown(cancel_futures=True)
        assert isinstance(stuck.exception(), BrokenProcessPool)
        assert all(future.cancelled() for future in waiting)
        assert wanted.result()[0] == 2


def test_a_process_that_cannot_start_is_no_reason_to_wait_for_ever(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "_begin_reader", given_up)
    with Lanes(2) as lanes:
        for _ in range(2):
            with pytest.raises(module.WorkersUnavailable, match="end before they begin"):
                lanes.submit(given, 1).result()


def given_up() -> None:
    """What a process runs first where nothing works."""
    raise SystemExit(3)
