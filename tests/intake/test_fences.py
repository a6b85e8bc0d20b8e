"""Two at once: an undo beside an import, a worker that wakes after another has its job; nothing is lost, doubled or left."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, update

from loadmon.intake.commit import Imported, import_plan
from loadmon.intake.onlooker import Onlooker
from loadmon.intake.plan import plan
from loadmon.intake.undo import undo_import
from loadmon.intake.work import IMPORT, Work
from loadmon.refusal import NotFound
from loadmon.store import Store, imports, jobs, open_store, schema
from loadmon.store import undo as store_undo
from tests.intake import made
from tests.intake.made import content, lay, outcomes, take_in, team


class After(Onlooker):
    """Does something once, after so many files."""

    def __init__(self, files: int, act: Any) -> None:
        self.files, self.act, self.number = files, act, 0

    def begin(self, batch_id: int) -> None:
        self.number = batch_id

    def should_stop(self) -> bool:
        self.files -= 1
        if self.files == 0:
            self.act()
        return False


def beside(store: Store, folder: Path, act: Any, after: int = 3) -> Imported:
    return import_plan(store, plan([folder]), what="made", onlooker=After(after, act))


def alone(tmp_path: Path, folder: Path) -> dict[str, Any]:
    """What this folder alone brings."""
    other = open_store(None, tmp_path / "other")
    take_in(other, folder)
    found = content(other)
    other.close()
    return found


@pytest.mark.parametrize("after", [1, 2, 4])
def test_an_undo_beside_an_import_of_the_same_files(store: Store, tmp_path: Path, after: int) -> None:
    """Files were told to be there already, and go meanwhile: they are read after all."""
    folder = lay(tmp_path / "given", team(2, 2))
    first = take_in(store, folder)
    beside(store, folder, lambda: undo_import(store, first.batch_id), after)
    assert content(store) == alone(tmp_path, folder)


def test_an_undo_that_takes_a_runner_from_under_an_import(store: Store, tmp_path: Path) -> None:
    first = take_in(store, lay(tmp_path / "first", {"Anna/1.fit": made.fit(1)}))
    folder = lay(tmp_path / "given", {f"Anna/{n}.fit": made.fit(n) for n in range(2, 6)})
    done = beside(store, folder, lambda: undo_import(store, first.batch_id))
    assert {outcome for _, outcome, _ in outcomes(store, done.batch_id)} == {"imported"}
    assert content(store) == alone(tmp_path, folder)


def test_originals_that_are_kept_again_while_an_undo_removes_them(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = lay(tmp_path / "given", team(1, 2))
    first = take_in(store, folder)
    removing = store_undo.remove_unnamed

    def late(store: Store, fingerprints: Any) -> int:
        monkeypatch.setattr(store_undo, "remove_unnamed", removing)
        take_in(store, folder)  # somebody takes the same files in between rows and files of the undo
        return removing(store, fingerprints)

    monkeypatch.setattr(store_undo, "remove_unnamed", late)
    undo_import(store, first.batch_id)
    assert content(store) == alone(tmp_path, folder)


def test_an_import_that_was_stopped_and_undone_stores_nothing_more(store: Store, tmp_path: Path) -> None:
    folder = lay(tmp_path / "given", team(2, 3))
    before = content(store)

    def stop_and_undo() -> None:
        with store.write() as conn:
            imports.finish_batch(conn, onlooker.number, "cancelled")
        undo_import(store, onlooker.number)

    onlooker = After(3, stop_and_undo)
    done = import_plan(store, plan([folder]), what="made", onlooker=onlooker)
    assert done.stopped
    assert content(store) == before
    with store.read() as conn:
        assert imports.state_of(conn, done.batch_id) == "undone"


def test_a_worker_that_wakes_after_another_has_its_job_says_nothing_twice(store: Store, tmp_path: Path) -> None:
    folder = lay(tmp_path / "given", team(2, 3))
    with store.write() as conn:
        jobs.ask(conn, IMPORT, {"paths": [str(folder)]})
        job = jobs.claim(conn, "sleeper")
    assert job is not None

    sleeper = Work(store, job, "sleeper", "serial://", threading.Event())

    def taken_over() -> None:
        with store.write() as conn:
            conn.execute(update(schema.JobRow).where(schema.JobRow.id == job.id).values(owner="other"))
        with store.read() as conn:
            number = conn.execute(select(schema.ImportBatchRow.id)).scalar_one()
        import_plan(store, plan([folder]), what="made", batch_id=number)

    acted = After(3, taken_over)
    sleeper.should_stop = acted.should_stop  # type: ignore[method-assign]
    done = import_plan(store, plan([folder]), what="made", onlooker=sleeper)
    lines = outcomes(store, done.batch_id)
    assert len(lines) == len({path for path, _, _ in lines}) == 6
    assert content(store) == alone(tmp_path, folder)
    with store.read() as conn:
        assert imports.state_of(conn, done.batch_id) == "done"


def test_a_look_ahead_is_no_import_to_undo(store: Store, tmp_path: Path) -> None:
    look = import_plan(store, plan([lay(tmp_path / "given", team(1, 1))]), what="made", dry_run=True)
    with pytest.raises(NotFound):
        undo_import(store, look.batch_id)
