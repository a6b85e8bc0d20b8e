"""Files read on a real Dask scheduler with two workers: the same result as here, whatever becomes of files and workers."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from loadmon.intake import afar, flight
from loadmon.intake import cluster as module
from loadmon.intake.commit import import_plan
from loadmon.intake.onlooker import Onlooker
from loadmon.intake.plan import plan
from loadmon.intake.progress import Progress
from loadmon.refusal import WorkersUnavailable
from loadmon.store import Store, imports, open_store
from tests.intake import killer, made
from tests.intake.cluster import DaskCluster, cluster

pytest.importorskip("distributed", reason="the extra 'cluster' is not installed")
pytestmark = [
    pytest.mark.skipif(os.name == "nt", reason="Windows has no signal 9"),
    pytest.mark.xdist_group("cluster"),
    pytest.mark.timeout(300),
]


@pytest.fixture(scope="module")
def dask(tmp_path_factory: pytest.TempPathFactory) -> Iterator[DaskCluster]:
    """A scheduler and two workers, all processes of their own."""
    with cluster(tmp_path_factory.mktemp("dask")) as made_:
        yield made_


class At(Onlooker):
    """Does something once so many files are through."""

    def __init__(self, files: int, act: object) -> None:
        self.files, self.act = files, act

    def tell(self, progress: Progress) -> None:
        if self.act is not None and progress.done >= self.files:
            act, self.act = self.act, None
            act()  # type: ignore[operator]


def serially(folder: Path, home: Path) -> tuple[object, object]:
    store = open_store(None, home)
    done = made.take_in(store, folder)
    found = made.content(store), made.outcomes(store, done.batch_id)
    store.close()
    return found


def test_files_that_crash_or_stall_a_reader_cost_themselves_only(
    store: Store, tmp_path: Path, dask: DaskCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Under the same guard as here: the worker itself lives on, and so do the other files of the same call."""
    monkeypatch.setattr(flight, "decode", killer.either)
    monkeypatch.setattr(flight, "ALLOWED_S", 5.0)
    files = made.team(2, 12) | {"Ben/killer.fit": made.fit(99), "Cleo/sleeper.fit": made.fit(98)}
    done = made.take_in(store, made.lay(tmp_path / "team", files), workers=dask.address)
    lines = made.report(store, done)
    assert {name: line.reason for name, line in lines.items() if line.outcome != "imported"} == {
        "Ben/killer.fit": "reader fault",
        "Cleo/sleeper.fit": "took too long",
    }
    assert done.sessions == 24
    assert all(worker.poll() is None for worker in dask.workers)


def test_another_version_on_a_worker_is_refused_by_name(
    store: Store, tmp_path: Path, dask: DaskCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(afar, "version", lambda: "loadmon 9.9")
    team = made.lay(tmp_path / "team", made.team(1, 2))
    with pytest.raises(WorkersUnavailable, match=r"is loadmon 0.* and this is loadmon 9\.9"):
        made.take_in(store, team, workers=dask.address)
    monkeypatch.setattr(module.Cluster, "_must_be_of_our_version", lambda _: None)  # one that came later
    with pytest.raises(WorkersUnavailable, match=r"is loadmon 0.* and this is loadmon 9\.9"):
        made.take_in(store, team, workers=dask.address)
    assert made.rows(store)["session"] == []


def test_a_worker_killed_in_mid_import_changes_nothing_and_a_lost_cluster_can_be_gone_on_from(
    store: Store, tmp_path: Path, dask: DaskCluster, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "FILES_A_CALL", 4)
    monkeypatch.setattr(module.Cluster, "files_a_call", 4)
    monkeypatch.setattr(module, "DESERTED_S", 1.0)
    files = made.team(3, 30) | {"Ben/cut.fit": made.cut_fit(40), "Ben/p.fit": made.PDF, "Cleo/empty.fit": b""}
    files |= {"Cleo/x.zip": made.zipped({"g.gpx": made.gpx()}), "loose.fit": made.fit(90)}
    team = made.lay(tmp_path / "team", files)
    there = dask.address

    kill = At(20, lambda: dask.workers[0].send_signal(signal.SIGKILL))
    done = import_plan(store, plan([team]), what="made", workers=there, onlooker=kill)
    assert kill.act is None
    assert dask.workers[0].wait() == -signal.SIGKILL
    assert (made.content(store), made.outcomes(store, done.batch_id)) == serially(team, tmp_path / "serial")

    other = open_store(None, tmp_path / "other")
    deserted = At(20, lambda: dask.workers[1].send_signal(signal.SIGKILL))
    with pytest.raises(WorkersUnavailable, match="no workers"):
        import_plan(other, plan([team]), what="made", workers=there, onlooker=deserted)
    with other.read() as conn:
        (number,) = imports.batches(conn, made.ALL).index
        assert imports.batches(conn, made.ALL)["state"].tolist() == ["failed"]
    assert 0 < len(made.rows(other)["session"]) < 92

    dask.add_worker()
    assert dask.scheduler is not None
    lost = At(40, dask.scheduler.kill)
    with pytest.raises(WorkersUnavailable, match="was lost"):
        import_plan(other, plan([team]), what="made", workers=there, batch_id=int(number), onlooker=lost)
    monkeypatch.setattr(module, "ANSWERS_WITHIN_S", 0.5)
    with pytest.raises(WorkersUnavailable, match="No Dask scheduler answers"):
        import_plan(other, plan([team]), what="made", workers=there, batch_id=int(number))
    done = import_plan(other, plan([team]), what="made", batch_id=int(number))
    assert (made.content(other), made.outcomes(other, done.batch_id)) == (
        made.content(store),
        made.outcomes(store, 1),
    )
    other.close()
