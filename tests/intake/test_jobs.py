"""From asking to rows: done once, called off, failed with its sentence, given back, and uploads cleared away safely."""

from __future__ import annotations

import os
import threading
import time
from pathlib import Path

import pytest

from loadmon.intake import work as work_module
from loadmon.intake.commit import Imported
from loadmon.intake.jobs import IMPORT, ask_for_import, run_import, share_of, spools, work_on
from loadmon.intake.spool import LEFT_OVER_S, remove, sweep
from loadmon.intake.work import Work
from loadmon.refusal import NotFound, StoreUnavailable
from loadmon.store import Store, imports, jobs
from tests.intake import made


def do_all(store: Store, handler: object = run_import, stop: threading.Event | None = None) -> None:
    work_on(store, {IMPORT: handler}, "serial://", stop or threading.Event(), once=True)  # type: ignore[dict-item]


def job_of(store: Store, number: int) -> jobs.Job:
    with store.read() as conn:
        return jobs.find(conn, made.ALL, number)


def upload(store: Store, files: dict[str, bytes], name: str = "0a1b") -> Path:
    return made.lay(spools(store) / name, files)


def test_asked_done_and_told(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_module, "BEAT_S", 0.0)
    folder = made.lay(tmp_path / "team", made.team())
    number = ask_for_import(store, [folder])
    assert (job_of(store, number).state, job_of(store, number).request["what"]) == ("queued", "team")
    do_all(store)
    job = job_of(store, number)
    assert (job.state, job.items_done, job.items_total, share_of(job)) == ("done", 12, 12, 1.0)
    with store.read() as conn:
        batches = imports.batches(conn, made.ALL)
    assert batches.index.tolist() == [job.batch_id]
    assert batches["state"].tolist() == ["done"]
    assert int(batches["sessions"].iloc[0]) == 12


def test_one_runner_s_files_by_name(store: Store, tmp_path: Path) -> None:
    folder = made.lay(tmp_path / "x", {"1.fit": made.fit(1)})
    ask_for_import(store, [folder / "1.fit"], athlete="Anna")
    do_all(store)
    assert len(made.rows(store)["session"]) == 1


def test_uploads_go_once_they_are_in(store: Store) -> None:
    spool, other = upload(store, made.team(2, 2)), upload(store, made.team(1, 1), "ffff")
    ask_for_import(store, [spool], spool=spool)
    do_all(store)
    assert len(made.rows(store)["session"]) == 4
    assert not spool.exists()
    assert other.exists()


def test_a_stop_after_the_last_file_does_not_leave_uploads_behind(store: Store) -> None:
    spool, stop = upload(store, made.team(1, 2)), threading.Event()
    ask_for_import(store, [spool], spool=spool, athlete="Anna")

    def late(work: Work) -> Imported:
        work.tell = lambda progress: stop.set() if progress.done == progress.total else None  # type: ignore[method-assign]
        return run_import(work)

    do_all(store, late, stop)
    assert not spool.exists()


@pytest.mark.parametrize("name", ["..", ".", "", "/", "../originals", "a/../..", "..\\originals", "/etc", "x\0y"])
def test_no_job_removes_anything_but_uploads(store: Store, tmp_path: Path, name: str) -> None:
    upload(store, {"keep.fit": made.fit(1)}, "keep")
    file = made.lay(tmp_path / "given", {"1.fit": made.fit(2)}) / "1.fit"
    request = {"paths": [str(file)], "athlete": "Anna", "what": "x", "spool": name}
    with store.write() as conn:
        jobs.ask(conn, IMPORT, request)
    do_all(store)
    assert (spools(store) / "keep" / "keep.fit").exists()
    assert file.exists()
    assert len(made.originals(store)) == 1
    assert (store.home / "loadmon.db").exists()


def test_a_spool_that_is_a_link_leads_to_no_removal(store: Store, tmp_path: Path) -> None:
    mine = made.lay(tmp_path / "mine", {"diary.txt": b"dear"})
    spools(store).mkdir()
    (spools(store) / "link").symlink_to(mine)
    remove(store, "link")
    assert (mine / "diary.txt").exists()


@pytest.mark.parametrize("where", ["elsewhere", "home/uploads/a/b", "home/uploads", "home/originals"])
def test_nobody_can_ask_for_another_folder_to_be_removed(store: Store, tmp_path: Path, where: str) -> None:
    with pytest.raises(NotFound, match="data folder"):
        ask_for_import(store, [tmp_path], spool=tmp_path / where)
    with store.read() as conn:
        assert jobs.listed(conn, made.ALL) == []


def test_uploads_nobody_took_in_are_forgotten_after_two_days(store: Store) -> None:
    old, waiting, fresh = (upload(store, {"1.fit": made.fit(n)}, f"spool{n}") for n in range(3))
    for spool in (old, waiting):
        os.utime(spool, (time.time() - LEFT_OVER_S - 60,) * 2)
    ask_for_import(store, [waiting], spool=waiting)
    assert sweep(store) == 1
    assert [spool.exists() for spool in (old, waiting, fresh)] == [False, True, True]


def acting(store: Store, after: int, act: object):  # type: ignore[no-untyped-def]
    """An import during which something happens once ``after`` files are read."""

    def handler(work: Work) -> Imported:
        told = work.tell

        def tell(progress) -> None:  # type: ignore[no-untyped-def]
            told(progress)
            if progress.done == after:
                act(work.job.id)  # type: ignore[operator]

        work.tell = tell  # type: ignore[method-assign]
        return run_import(work)

    return handler


def test_called_off_it_keeps_what_is_in_and_the_uploads(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_module, "BEAT_S", 0.0)
    spool = upload(store, made.team(3, 4))
    number = ask_for_import(store, [spool], spool=spool)

    def call_off(number: int) -> None:
        with store.write() as conn:
            jobs.cancel(conn, number)

    do_all(store, acting(store, 5, call_off))
    assert job_of(store, number).state == "cancelled"
    sessions = len(made.rows(store)["session"])
    assert 5 <= sessions <= 10  # what was under way is kept
    assert len(made.originals(store)) == sessions
    assert spool.exists()
    with store.read() as conn:
        assert imports.batches(conn, made.ALL)["state"].tolist() == ["cancelled"]
    ask_for_import(store, [spool], spool=spool)
    do_all(store)
    assert len(made.rows(store)["session"]) == 12


def test_a_worker_that_ends_gives_the_job_back_and_the_next_goes_on_at_once(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_module, "BEAT_S", 0.0)
    spool, stop = upload(store, made.team(3, 4)), threading.Event()
    number = ask_for_import(store, [spool], spool=spool)
    do_all(store, acting(store, 5, lambda _: stop.set()), stop)
    job = job_of(store, number)
    assert (job.state, job.attempts, job.owner) == ("queued", 0, None)
    assert spool.exists()
    first = job.batch_id
    do_all(store)
    job = job_of(store, number)
    assert (job.state, job.batch_id) == ("done", first)
    assert not spool.exists()
    with store.read() as conn:
        assert imports.batches(conn, made.ALL)["state"].tolist() == ["done"]
        lines = imports.reports(conn, made.ALL, first or 0)
    assert (len(lines), set(lines["outcome"])) == (12, {"imported"})


def test_a_failed_job_keeps_its_sentence(store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture) -> None:
    def refusing(work: Work) -> Imported:
        raise StoreUnavailable("The disk is full.", "Free some space.")

    def stumbling(work: Work) -> Imported:
        raise KeyError("secret name")

    for handler, words in (
        (refusing, "The disk is full. Free some space."),
        (stumbling, "loadmon itself failed (KeyError)"),
    ):
        spool = upload(store, {"1.fit": made.fit(1)})
        number = ask_for_import(store, [spool], spool=spool)
        do_all(store, handler)
        job = job_of(store, number)
        assert job.state == "failed"
        assert words in (job.message or "")
        assert "secret" not in (job.message or "")
        assert spool.exists()


def test_a_runner_without_a_name_is_a_sentence_and_no_half_import(store: Store, tmp_path: Path) -> None:
    file = made.lay(tmp_path, {"1.fit": made.fit(1)}) / "1.fit"
    number = ask_for_import(store, [file], athlete=" \t ")
    do_all(store)
    assert (job_of(store, number).state, job_of(store, number).message) == (
        "failed", "A runner needs a name. Give at least one letter, or leave the runner out.",
    )  # fmt: skip
    assert made.originals(store) == {}
    with store.read() as conn:
        assert imports.batches(conn, made.ALL).empty


def test_a_job_of_a_kind_nobody_knows_stops_no_other(
    store: Store, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    with store.write() as conn:
        strange = jobs.ask(conn, "dance", {})
    number = ask_for_import(store, [made.lay(tmp_path, made.team(2, 1))])
    do_all(store)
    assert (job_of(store, strange).state, job_of(store, number).state) == ("failed", "done")


def test_a_worker_says_that_it_lives_while_there_is_nothing_to_tell(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(work_module, "HEART_S", 0.02)
    number = ask_for_import(store, [tmp_path])
    beats = []

    def listing(work: Work) -> Imported:
        deadline = time.monotonic() + 10
        while len(set(beats)) < 3 and time.monotonic() < deadline:
            beats.append(job_of(store, number).heartbeat)
            time.sleep(0.01)
        return Imported(1, {}, 0, 0.0, stopped=False)

    do_all(store, listing)
    assert len(set(beats)) >= 3
    assert "heart" not in {thread.name for thread in threading.enumerate()}


def test_a_worker_that_was_given_up_lets_go(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Taken over while it was silent: it stops, and does not write into what is another's now."""
    monkeypatch.setattr(work_module, "BEAT_S", 0.0)
    spool = upload(store, made.team(3, 4))
    number = ask_for_import(store, [spool], spool=spool)

    def take_over(number: int) -> None:
        with store.write() as conn:
            heir = jobs.claim(conn, "heir", silent_after_s=-1)
            assert heir is not None

    do_all(store, acting(store, 3, take_over))
    job = job_of(store, number)
    assert (job.state, job.owner) == ("running", "heir")
    assert spool.exists()
