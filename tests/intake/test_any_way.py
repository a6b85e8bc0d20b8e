"""However files are given, read and broken off: the store holds the same."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from loadmon.intake import batch
from loadmon.intake.by_command import import_here
from loadmon.intake.executor import kept_warm
from loadmon.intake.jobs import request_for
from loadmon.intake.onlooker import Onlooker
from loadmon.intake.progress import Progress
from loadmon.store import Store, open_store
from tests.intake import made


@pytest.fixture(scope="module")
def given_paths(tmp_path_factory: pytest.TempPathFactory) -> list[Path]:
    """A folder, an archive and loose folders, with copies, a second watch, damage and files of nobody among them."""
    place = tmp_path_factory.mktemp("given")
    files = made.team(3, 3)
    team = made.lay(
        place / "team", files | {"Ben/cut.fit": made.cut_fit(9), "Ben/p.fit": made.PDF, "lost.fit": made.fit(70)}
    )
    strap = {"Dora/strap.fit": made.fit(5, 50, heart=120), "Dora/watch.fit": made.fit(5, 60, heart=121)}
    dora = made.lay(place / "more", strap | {"Dora/copy.fit": files["Ben/1.fit"], "Dora/empty.fit": b""})
    archive = place / "Emil.zip"
    archive.write_bytes(made.zipped({"2026/1.fit": made.fit(40), "2026/g.gpx": made.gpx(), "notes.txt": b"x"}))
    return [team, dora / "Dora", archive]


@pytest.fixture(scope="module")
def wanted(given_paths: list[Path], tmp_path_factory: pytest.TempPathFactory) -> Any:
    store = open_store(None, tmp_path_factory.mktemp("wanted"))
    found = taken_in(store, given_paths, "serial://", [])
    store.close()
    return found


@pytest.fixture(scope="module")
def warm() -> Iterator[None]:
    """Processes are started once for all examples."""
    with kept_warm("process://1"), kept_warm("process://2"):
        yield


class StopsAfter(Onlooker):
    """Stops an import once so many files more are through."""

    def __init__(self, files: int, stop: threading.Event) -> None:
        self.files, self.stop = files, stop
        self.first: int | None = None

    def tell(self, progress: Progress) -> None:
        if progress.total:
            self.first = progress.done if self.first is None else self.first
            if progress.done - self.first >= self.files:
                self.stop.set()


def taken_in(store: Store, paths: list[Path], workers: str, stops: list[int]) -> Any:
    request = request_for(paths)
    number = 0
    for files in [*stops, None]:
        stop = threading.Event()
        onlooker = Onlooker() if files is None else StopsAfter(files, stop)
        done = import_here(store, request, workers=workers, stop=stop, onlooker=onlooker)
        number = done.batch_id or number
        if not done.stopped:
            break
    return made.content(store), made.outcomes(store, number)


@settings(max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    order=st.permutations(range(3)),
    workers=st.sampled_from(["serial://", "process://1", "process://2"]),
    stops=st.lists(st.integers(0, 5), max_size=4),
    a_transaction=st.sampled_from([1, 3, 25]),
)
def test_the_result_is_the_same(
    given_paths: list[Path], wanted: Any, warm: None, tmp_path_factory: pytest.TempPathFactory,
    order: list[int], workers: str, stops: list[int], a_transaction: int,
) -> None:  # fmt: skip
    store = open_store(None, tmp_path_factory.mktemp("home"))
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(batch, "FILES_A_TRANSACTION", a_transaction)
        assert taken_in(store, [given_paths[n] for n in order], workers, stops) == wanted
    store.close()
