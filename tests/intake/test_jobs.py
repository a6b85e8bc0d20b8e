"""From asking to rows: done once, called off, failed with its sentence, given back, and uploads cleared away safely."""

from __future__ import annotations

import os
import threading
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import update

from loadmon.intake import shift as shift_module
from loadmon.intake import work as work_module
from loadmon.intake.commit import Imported
from loadmon.intake.jobs import IMPORT, ask_for_import, run_import, share_of, spools, work_on
from loadmon.intake.progress import READING
from loadmon.intake.spool import LEFT_OVER_S, remove, sweep
from loadmon.intake.work import Work
from loadmon.refusal import NotFound, StoreUnavailable
from loadmon.store import Store, imports, jobs
from loadmon.store.schema import ImportBatchRow, JobRow
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


def ended(store: Store, spool: Path, state: str, seconds_ago: float) -> None:
    """A job over some uploads that ended like this so long ago."""
    number = ask_for_import(store, [spool], spool=spool)
    at = datetime.now(UTC) - timedelta(seconds=seconds_ago)
    with store.write() as conn:
        conn.execute(update(JobRow).where(JobRow.id == number).values(state=state, finished=at))


def test_uploads_outlive_a_failed_import_by_a_day_and_others_not_at_all(store: Store) -> None:
    left = {}
    for state, seconds in (
        ("failed", 23 * 3600),
        ("failed", 25 * 3600),
        ("cancelled", 700),
        ("done", 700),
        ("done", 5),
    ):
        left[state, seconds] = upload(store, {"1.fit": made.fit(1)}, f"{state}{seconds}")
        ended(store, left[state, seconds], state, seconds)
    again = upload(store, {"1.fit": made.fit(1)}, "again")
    ended(store, again, "failed", 25 * 3600)
    ask_for_import(store, [again], spool=again)
    assert sweep(store) == 3
    assert [key for key, spool in left.items() if spool.exists()] == [("failed", 23 * 3600), ("done", 5)]
    assert again.exists(), "it waits for its second try"


def test_a_worker_sweeps_again_every_hour(store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    swept, stop = [], threading.Event()
    monkeypatch.setattr(shift_module, "SWEEP_S", 0.0)
    monkeypatch.setattr(shift_module, "IDLE_S", 0.0)
    monkeypatch.setattr(shift_module, "sweep", lambda _: stop.set() if len(swept) > 2 else swept.append(1))
    work_on(store, {}, "serial://", stop)
    assert len(swept) == 3


def batch_state(store: Store) -> list[str]:
    with store.read() as conn:
        return list(imports.batches(conn, made.ALL)["state"])


def fallen(store: Store, monkeypatch: pytest.MonkeyPatch, spool: Path) -> int:
    """An import whose worker was killed after some files: nobody has said how it ended."""
    monkeypatch.setattr(work_module, "BEAT_S", 0.0)
    number = ask_for_import(store, [spool], spool=spool)
    monkeypatch.setattr(imports, "finish_batch", lambda *_: None)
    monkeypatch.setattr(Work, "finish", lambda *_: "running")

    def killed(_: int) -> None:
        raise SystemExit

    with pytest.raises(SystemExit):
        do_all(store, acting(store, 3, killed))
    monkeypatch.undo()
    assert batch_state(store) == ["running"]
    assert job_of(store, number).state == "running"
    return number


def test_an_import_whose_worker_is_gone_can_be_stopped_for_good(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    number = fallen(store, monkeypatch, upload(store, made.team(2, 4)))
    with store.write() as conn:
        assert jobs.cancel(conn, made.ALL, number)
    assert batch_state(store) == ["cancelled"]


def test_an_import_that_is_given_up_is_closed(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    fallen(store, monkeypatch, upload(store, made.team(2, 4)))
    with store.write() as conn:
        conn.execute(update(JobRow).values(attempts=jobs.MOST_ATTEMPTS))
        assert jobs.claim(conn, "heir", silent_after_s=-1) is None
    assert batch_state(store) == ["failed"]


def test_what_nobody_does_is_closed_when_a_worker_starts(store: Store) -> None:
    with store.write() as conn:
        orphan, mine, command, old = (imports.start_batch(conn, word) for word in ("orphan", "mine", "new", "old"))
        for number, state in ((orphan, "failed"), (mine, "running")):
            job = jobs.ask(conn, "dance", {})
            values = {"batch_id": number, "state": state, "heartbeat": datetime.now(UTC), "attempts": 1}
            conn.execute(update(JobRow).where(JobRow.id == job).values(values))
        long_ago = datetime.now(UTC) - timedelta(hours=25)
        conn.execute(update(ImportBatchRow).where(ImportBatchRow.id == old).values(started=long_ago))
    do_all(store)
    with store.read() as conn:
        states = dict(imports.batches(conn, made.ALL)["state"])
    assert states == {orphan: "failed", old: "failed", mine: "running", command: "running"}


def test_a_worker_killed_at_the_very_end_leaves_nothing_to_refuse(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    """All is in and the uploads are gone, but the word that it is done was never written: the next one only says so."""
    spool = upload(store, made.team(2, 2))
    number = fallen(store, monkeypatch, spool)
    remove(store, spool.name)
    with store.write() as conn:
        conn.execute(update(JobRow).values(heartbeat=datetime.now(UTC) - timedelta(minutes=5)))
    do_all(store)
    job = job_of(store, number)
    assert job.state == "done"
    with store.read() as conn:
        lines = imports.reports(conn, made.ALL, job.batch_id or 0)
    assert "refused" not in set(lines["outcome"])


def test_uploads_are_removed_only_after_the_word_that_it_is_done(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    spool, seen = upload(store, made.team(1, 2)), []
    finish = Work.finish

    def finishing(work: Work, failed: str | None = None) -> str:
        seen.append(spool.exists())
        return finish(work, failed)

    monkeypatch.setattr(Work, "finish", finishing)
    ask_for_import(store, [spool], spool=spool)
    do_all(store)
    assert (seen, spool.exists()) == ([True], False)


def test_uploads_that_are_gone_are_told_without_their_path(store: Store) -> None:
    spool = upload(store, made.team(1, 1))
    number = ask_for_import(store, [spool], spool=spool)
    remove(store, spool.name)
    do_all(store)
    assert (job_of(store, number).state, job_of(store, number).message) == (
        "failed", "The uploaded files are no longer there. Upload them again.",
    )  # fmt: skip
    assert batch_state(store) == []


def acting(store: Store, after: int, act: object):  # type: ignore[no-untyped-def]
    """An import during which something happens once ``after`` files are read."""

    def handler(work: Work) -> Imported:
        told = work.tell

        def tell(progress) -> None:  # type: ignore[no-untyped-def]
            told(progress)
            if progress.phase == READING and progress.done == after:
                act(work.job.id)  # type: ignore[operator]

        work.tell = tell  # type: ignore[method-assign]
        return run_import(work)

    return handler


def test_called_off_it_keeps_what_is_in_and_clears_the_uploads(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(work_module, "BEAT_S", 0.0)
    spool = upload(store, made.team(3, 4))
    number = ask_for_import(store, [spool], spool=spool)

    def call_off(number: int) -> None:
        with store.write() as conn:
            jobs.cancel(conn, made.ALL, number)

    do_all(store, acting(store, 5, call_off))
    assert job_of(store, number).state == "cancelled"
    sessions = len(made.rows(store)["session"])
    assert 5 <= sessions <= 10  # what was under way is kept
    assert len(made.originals(store)) == sessions
    assert not spool.exists()
    with store.read() as conn:
        assert imports.batches(conn, made.ALL)["state"].tolist() == ["cancelled"]


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
