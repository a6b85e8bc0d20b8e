"""A file that takes its reader's process down is tried once more, alone, and then refused; the others are unharmed."""

from __future__ import annotations

import multiprocessing
import sys
from collections.abc import Callable
from concurrent.futures import Future
from concurrent.futures.process import BrokenProcessPool
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

from loadmon.intake import flight
from loadmon.intake.decode import Decoded
from loadmon.intake.executor import SerialExecutor, open_executor
from loadmon.intake.file_readers import FileReaders
from loadmon.intake.flight import Reading, fly
from loadmon.intake.owner import Owner
from loadmon.intake.plan import Offer
from loadmon.readers.member import Member
from loadmon.refusal import NotFound, WorkersUnavailable
from loadmon.store import Store
from tests.intake import killer, made


class Fragile(FileReaders):
    """Workers that cannot be told apart, as a cluster's: one worker's death brings down every file in the air."""

    calls = 8
    opened: list[Fragile] = []  # noqa: RUF012  emptied for each test
    sorties: list[frozenset[str]] = []  # noqa: RUF012
    deadly: frozenset[str] = frozenset()

    def __init__(self) -> None:
        self.flying: dict[str, Future[Decoded]] = {}
        self.opened.append(self)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        self.flying[args[1]] = Future()
        return self.flying[args[1]]

    def land(self) -> None:
        """Whatever is in the air comes down: all sound, or all broken where one of them is deadly."""
        down, self.flying = self.flying, {}
        if down:
            self.sorties.append(frozenset(down))
        for future in down.values():
            if self.deadly & set(down):
                future.set_exception(BrokenProcessPool())
            else:
                future.set_result(Decoded(format="fit"))

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        assert not self.flying or not wait


@pytest.fixture
def fragile(monkeypatch: pytest.MonkeyPatch) -> type[Fragile]:
    """Every pool that is opened is a fragile one."""
    monkeypatch.setattr(flight, "open_executor", lambda _: Fragile())
    monkeypatch.setattr(flight, "PATIENCE_S", 0.01)
    monkeypatch.setattr(Fragile, "opened", [])
    monkeypatch.setattr(Fragile, "sorties", [])
    return Fragile


def fly_all(names: list[str], workers: str = "process://2") -> dict[str, Decoded]:
    """Fly files of these names, all in the air together as far as may be; each comes back exactly once."""
    coming = [Reading(Offer(Member(name, name, 1, bytes), Owner("Anna", "chosen")), b"x", name, None) for name in names]
    back: dict[str, Decoded] = {}
    for found in fly(workers, lambda: coming.pop(0), lambda: bool(coming)):
        if found is None:
            for pool in Fragile.opened:
                pool.land()
        else:
            assert found[0].sha256 not in back
            back[found[0].sha256] = found[1]
    return back


@pytest.mark.parametrize("place", [0, 1, 3, 9])
def test_the_suspect_flies_alone_and_is_refused_at_the_second_fall(
    fragile: type[Fragile], monkeypatch: pytest.MonkeyPatch, place: int
) -> None:
    names = [f"{n}.fit" for n in range(9)]
    names.insert(place, "killer.fit")
    monkeypatch.setattr(fragile, "deadly", frozenset({"killer.fit"}))
    back = fly_all(names)
    assert set(back) == set(names)
    assert {name for name, decoded in back.items() if decoded.refusal} == {"killer.fit"}
    assert back["killer.fit"].refusal == "reader fault"
    flights = [sortie for sortie in fragile.sorties if "killer.fit" in sortie]
    assert [len(sortie) > 1 for sortie in flights] == [True, False], "nobody is in the air with a suspect"
    assert max(map(len, fragile.sorties)) == 8


@pytest.mark.parametrize("deadly", [{"2.fit", "5.fit"}, {f"{n}.fit" for n in range(8)}], ids=["two", "eight"])
def test_many_killers_are_told_apart_from_the_innocent(
    fragile: type[Fragile], monkeypatch: pytest.MonkeyPatch, deadly: set[str]
) -> None:
    monkeypatch.setattr(fragile, "deadly", frozenset(deadly))
    back = fly_all([f"{n}.fit" for n in range(20)])
    assert {name for name, decoded in back.items() if decoded.refusal} == deadly
    assert len(back) == 20
    for name in deadly:
        assert [sortie for sortie in fragile.sorties if name in sortie][1:] == [{name}], "and each of them alone"


def test_no_more_bytes_are_held_than_allowed(fragile: type[Fragile], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flight, "BYTES_IN_FLIGHT", 2)
    assert len(fly_all([f"{n}.fit" for n in range(6)])) == 6
    assert max(map(len, fragile.sorties)) == 2


def test_a_real_process_that_dies_costs_one_file(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(flight, "decode", killer.ending)
    files = made.team(1, 5) | {"Anna Berg/killer.fit": made.fit(99), "Ben/1.fit": made.fit(50)}
    done = made.take_in(store, made.lay(tmp_path / "team", files), workers="process://2")
    lines = made.report(store, done)
    assert {name: line.reason for name, line in lines.items() if line.outcome != "imported"} == {
        "Anna Berg/killer.fit": "reader fault"
    }
    assert "twice" in lines["Anna Berg/killer.fit"].detail
    assert (done.sessions, len(made.originals(store))) == (6, 6)


@pytest.mark.timeout(180)  # it ends at all: the killer never does by itself
def test_a_file_that_is_read_for_ever_is_given_up_and_costs_nobody_else(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flight, "decode", killer.hanging)
    monkeypatch.setattr(flight, "ALLOWED_S", 6.0)
    files = made.team(1, 5) | {"Anna Berg/killer.fit": made.fit(99), "Ben/1.fit": made.fit(50)}
    done = made.take_in(store, made.lay(tmp_path / "team", files), workers="process://2")
    lines = made.report(store, done)
    assert {name: line.reason for name, line in lines.items() if line.outcome != "imported"} == {
        "Anna Berg/killer.fit": "took too long"
    }
    assert "longer than 6 s" in lines["Anna Berg/killer.fit"].detail
    assert (done.sessions, len(made.originals(store))) == (6, 6)
    assert not multiprocessing.active_children(), "no reader is left running"


@pytest.mark.timeout(180)  # as above
def test_an_import_that_breaks_off_does_not_wait_for_a_file_that_is_read_for_ever(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(flight, "decode", killer.hanging)
    member = Member("killer.fit", "killer.fit", 1, bytes)
    coming = [Reading(Offer(member, Owner("Anna", "chosen")), b"x", "x", None)]
    flying = fly("process://1", lambda: coming.pop(), lambda: bool(coming))
    assert next(flying) is None
    flying.close()
    assert not multiprocessing.active_children()


def test_larger_files_may_take_longer() -> None:
    owner = Offer(Member("a", "a", 1, bytes), Owner("Anna", "chosen"))
    assert Reading(owner, bytes(3 * 2**20), "x", None).allowed_s == 60.0 + 30.0


def test_what_a_reader_should_never_raise_costs_one_file(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(flight, "decode", killer.raising)
    files = made.team(1, 2) | {"Anna Berg/killer.fit": made.fit(99), "Ben/1.fit": made.fit(50)}
    done = made.take_in(store, made.lay(tmp_path / "team", files))
    assert made.report(store, done)["Anna Berg/killer.fit"].reason == "reader fault"
    assert done.sessions == 3


def test_addresses_of_executors() -> None:
    assert isinstance(open_executor("serial://"), SerialExecutor)
    for strange in ("process://0", "process://", "tcp://host", "threads"):
        with pytest.raises(NotFound, match="no way to run"):
            open_executor(strange)


def test_workers_that_cannot_even_begin_are_not_blamed_on_a_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = tmp_path / "broken.py"
    broken.write_text("raise SystemError('every process that is started runs this first')\n")
    main = ModuleType("__main__")
    main.__file__ = str(broken)
    monkeypatch.setitem(sys.modules, "__main__", main)
    with pytest.raises(WorkersUnavailable, match="LOADMON_SCHEDULER=serial"):
        fly_all(["a.fit", "b.fit"])
