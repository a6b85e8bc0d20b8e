"""A command's import is a job like any other: seen, taken over, and gone on with exactly as it began."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import update

from loadmon.intake import batch
from loadmon.intake import work as work_module
from loadmon.intake.by_command import UnderWay, import_here
from loadmon.intake.commit import Imported
from loadmon.intake.jobs import IMPORT, request_for, run_import, work_on
from loadmon.intake.onlooker import Onlooker
from loadmon.intake.progress import Progress
from loadmon.refusal import SourceGone, StoreUnavailable
from loadmon.store import Store, imports, jobs, open_store
from loadmon.store.imports import BrokenOff
from loadmon.store.schema import JobRow
from tests.intake import made


class Ends(Onlooker):
    """Does something once so many files are through."""

    def __init__(self, files: int, act: Any) -> None:
        self.files, self.act = files, act

    def tell(self, progress: Progress) -> None:
        if self.act is not None and progress.total and progress.done >= self.files:
            act, self.act = self.act, None
            act()


@pytest.fixture(autouse=True)
def _at_every_file(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_module, "BEAT_S", 0.0)
    monkeypatch.setattr(batch, "FILES_A_TRANSACTION", 2)


@pytest.fixture
def team(tmp_path: Path) -> Path:
    return made.lay(tmp_path / "team", made.team(3, 4))


def here(
    store: Store, folder: Path, onlooker: Onlooker | None = None, stop: threading.Event | None = None, **more: Any
) -> tuple[Imported, list[BrokenOff]]:
    went_on: list[BrokenOff] = []
    done = import_here(
        store, request_for([folder]), workers="serial://", stop=stop or threading.Event(), onlooker=onlooker,
        goes_on=went_on.append, **more,
    )  # fmt: skip
    return done, went_on


def stopped_after(store: Store, folder: Path, files: int) -> Imported:
    stop = threading.Event()
    done, _ = here(store, folder, Ends(files, stop.set), stop)
    assert done.stopped
    return done


def killed_after(store: Store, folder: Path, files: int, monkeypatch: pytest.MonkeyPatch) -> int:
    """The command is gone without a word, and a minute has passed."""

    def die() -> None:
        raise SystemExit

    def no_word(*_: object) -> None:
        raise StoreUnavailable("Gone.", "")

    with monkeypatch.context() as patch:
        patch.setattr(imports, "finish_batch", no_word)
        patch.setattr(jobs, "cancel", no_word)
        with pytest.raises(SystemExit):
            here(store, folder, Ends(files, die))
    with store.write() as conn:
        (job,) = jobs.running(conn)
        assert job.batch_id is not None
        jobs.fell(conn, job)
    return job.batch_id


def all_jobs(store: Store) -> list[tuple[str, int | None]]:
    with store.read() as conn:
        return [(job.state, job.batch_id) for job in jobs.listed(conn, made.ALL)][::-1]


def states(store: Store) -> list[str]:
    with store.read() as conn:
        return imports.batches(conn, made.ALL)["state"].tolist()[::-1]


def test_it_is_a_job_while_it_runs_and_can_be_called_off_on_a_page(store: Store, team: Path) -> None:
    seen = []

    def call_off() -> None:
        with store.write() as conn:
            seen.append(jobs.listed(conn, made.ALL, open_only=True)[0])
            jobs.cancel(conn, made.ALL, seen[0].id)

    done, _ = here(store, team, Ends(3, call_off))
    assert (seen[0].kind, seen[0].items_total, seen[0].batch_id) == (IMPORT, 12, done.batch_id)
    assert seen[0].bytes_total == sum(path.stat().st_size for path in team.rglob("*.fit"))
    assert 0 < seen[0].bytes_done < seen[0].bytes_total
    assert seen[0].message.startswith("Reading: 3 of 12 files")
    assert done.stopped
    assert (all_jobs(store), states(store)) == ([("cancelled", done.batch_id)], ["cancelled"])


def test_the_same_again_goes_on_and_says_so(store: Store, team: Path, tmp_path: Path) -> None:
    first = stopped_after(store, team, 5)
    done, went_on = here(store, team)
    assert [one.batch_id for one in went_on] == [first.batch_id] == [done.batch_id]
    assert (done.sessions, states(store)) == (12, ["done"])
    assert all_jobs(store) == [("cancelled", 1), ("done", 1)]
    again, went_on = here(store, team)
    assert (went_on, again.batch_id, again.sessions) == ([], 2, 0), "one that is done is not gone on with"
    plain = open_store(None, tmp_path / "plain")
    here(plain, team)
    assert made.content(store) == made.content(plain)
    plain.close()


@pytest.mark.parametrize(
    "more", [{"athlete": "Zoe"}, {"columns": {}}, {"what": "else"}], ids=["whose", "same", "words"]
)
def test_only_the_very_same_goes_on(store: Store, team: Path, more: dict[str, Any]) -> None:
    stopped_after(store, team, 5)
    went_on: list[BrokenOff] = []
    import_here(store, request_for([team], **more), workers="serial://", stop=threading.Event(), goes_on=went_on.append)
    assert len(went_on) == (more == {"columns": {}})


def test_a_new_start_may_be_asked_for(store: Store, team: Path) -> None:
    stopped_after(store, team, 5)
    done, went_on = here(store, team, afresh=True)
    assert (went_on, done.batch_id, states(store)) == ([], 2, ["cancelled", "done"])
    assert here(store, team)[1] == [], "the latest of it is done"


def test_killed_it_is_gone_on_with_by_the_command_or_by_a_worker(
    store: Store, team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    number = killed_after(store, team, 5, monkeypatch)
    assert states(store) == ["running"]
    number_again = killed_after(store, team, 3, monkeypatch)
    assert number_again == number
    assert 0 < len(made.rows(store)["session"]) < 12
    work_on(store, {IMPORT: run_import}, "serial://", threading.Event(), once=True)
    assert (all_jobs(store), states(store)) == ([("done", number)], ["done"])
    assert len(made.rows(store)["session"]) == 12


def test_a_process_that_is_gone_is_not_waited_for(store: Store, team: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    from loadmon.intake import shift

    killed_after(store, team, 5, monkeypatch)
    with store.write() as conn:
        conn.execute(update(JobRow).values(heartbeat=jobs.now()))
    with pytest.raises(UnderWay, match=r"imported already \(import 1\)"):
        here(store, team)
    monkeypatch.setattr(shift.os, "kill", gone)
    work_on(store, {IMPORT: run_import}, "serial://", threading.Event(), once=True)
    assert states(store) == ["done"]


def gone(_number: int, _signal: int) -> None:
    raise ProcessLookupError


def test_what_fails_says_why_on_the_page_and_goes_on_later(
    store: Store, team: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full() -> None:
        raise StoreUnavailable("The disk is full.", "Free some space.")

    with pytest.raises(StoreUnavailable):
        here(store, team, Ends(5, full))
    with store.read() as conn:
        (job,) = jobs.listed(conn, made.ALL)
    assert (job.state, job.message, states(store)) == ("failed", "The disk is full. Free some space.", ["failed"])
    done, went_on = here(store, team)
    assert (len(went_on), done.sessions) == (1, 12)


def test_a_folder_that_is_gone_is_no_empty_rest(store: Store, team: Path) -> None:
    stopped_after(store, team, 5)
    team.rename(team.with_name("away"))
    with pytest.raises(SourceGone, match="not there any more"):
        here(store, team)
    team.with_name("away").rename(team)
    done, went_on = here(store, team)
    assert (len(went_on), done.sessions) == (1, 12)


def test_a_worker_elsewhere_leaves_files_that_lie_here_alone(store: Store, team: Path) -> None:
    with store.write() as conn:
        number = jobs.ask(conn, IMPORT, request_for([team]) | {"host": "another"})
    work_on(store, {IMPORT: run_import}, "serial://", threading.Event(), once=True)
    with store.read() as conn:
        job = jobs.find(conn, made.ALL, number)
    assert job.state == "failed"
    assert (job.message or "").startswith("The files lie on another, where the import was begun. Give the same command")


def test_stopped_while_it_still_lists_nothing_is_begun(store: Store, team: Path) -> None:
    stop = threading.Event()
    stop.set()
    done, _ = here(store, team, None, stop)
    assert (done.stopped, done.batch_id, states(store)) == (True, 0, [])


@pytest.fixture(scope="module")
def knotty(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Any, int]:
    """Files whose owners would change if an import knew what its own first half has stored."""
    files = {f"Anna/{n}.fit": made.fit(n) for n in range(3)}
    files |= {f"Zoe/Anna/{n}.fit": made.fit(20 + n) for n in range(3)}  # Zoe's: nobody knows an Anna when it begins
    files |= {f"Ben/2026/{n}.fit": made.fit(30 + n, heart=130) for n in range(3)} | {"Ben/bad.fit": made.PDF}
    folder = made.lay(tmp_path_factory.mktemp("knotty") / "squad", files)
    store = open_store(None, tmp_path_factory.mktemp("plain"))
    done = made.take_in(store, folder)
    wanted = made.content(store), made.outcomes(store, done.batch_id)
    assert {dict(row)["name"] for row in wanted[0]["athlete"]} == {"Anna", "Ben", "Zoe"}
    store.close()
    return folder, wanted, len(files)


@pytest.mark.parametrize("k", range(1, 10, 2))
def test_stopped_after_any_file_the_rest_is_whose_it_would_have_been(
    store: Store, knotty: tuple[Path, Any, int], k: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder, wanted, _ = knotty
    monkeypatch.setattr(batch, "FILES_A_TRANSACTION", 1)
    number = stopped_after(store, folder, k).batch_id
    for _ in range(20):
        stop = threading.Event()
        done, _ = here(store, folder, Ends(k + 2, stop.set), stop)
        if not done.stopped:
            break
        k += 2
    assert (made.content(store), made.outcomes(store, number)) == wanted


def test_a_handler_hears_of_files_while_they_are_still_being_found(store: Store, team: Path) -> None:
    heard: list[str] = []

    class Listens(Onlooker):
        def tell(self, progress: Progress) -> None:
            heard.append(progress.sentence())

    here(store, team, Listens())
    assert "Looking through the files: 7 so far" in heard
    assert heard[-1].startswith("Storing the last files: 12 of 12 files")
