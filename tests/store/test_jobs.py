"""Long work as rows: taken once, followed, called off, and taken over from a worker that has died."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from loadmon.store import Store, Viewer, imports, jobs

ALL = Viewer.everyone()
NOON = datetime(2025, 5, 1, 12, tzinfo=UTC)


def test_a_job_from_the_queue_to_its_end(store: Store) -> None:
    with store.write() as conn:
        number = jobs.ask(conn, "import", {"path": "squad.zip", "workers": 2})
        assert jobs.find(conn, ALL, number).state == "queued"
        job = jobs.claim(conn, "host:1", at=NOON)
        assert job is not None
        assert (job.id, job.state, job.owner, job.request["path"]) == (number, "running", "host:1", "squad.zip")
        assert (job.started, job.heartbeat, job.attempts) == (NOON, NOON, 1)
        assert jobs.claim(conn, "host:2", at=NOON) is None
        later = NOON + timedelta(seconds=5)
        assert jobs.beat(
            conn, number, "host:1", at=later, items_done=3, items_total=10, bytes_done=2**40, message="reading"
        )
        seen = jobs.find(conn, ALL, number)
        assert (seen.heartbeat, seen.items_done, seen.items_total, seen.bytes_done) == (later, 3, 10, 2**40)
        assert not jobs.beat(conn, number, "host:2", items_done=9)
        assert not jobs.finish(conn, number, "host:2")
        assert jobs.finish(conn, number, "host:1")
        assert jobs.find(conn, ALL, number).state == "done"
        assert jobs.find(conn, ALL, number).message == "reading"
        assert jobs.claim(conn, "host:1", at=NOON + timedelta(days=1)) is None
    assert store.revision() == 0  # progress is asked for directly; no page is drawn anew for it


def test_a_silent_workers_job_is_taken_over_and_the_old_worker_told(store: Store) -> None:
    with store.write() as conn:
        number = jobs.ask(conn, "import", {})
        jobs.claim(conn, "dead", at=NOON)
        assert jobs.claim(conn, "heir", at=NOON + timedelta(seconds=59)) is None
        heir = jobs.claim(conn, "heir", at=NOON + timedelta(seconds=61))
        assert heir is not None
        assert (heir.id, heir.owner, heir.attempts, heir.started) == (number, "heir", 2, NOON)
        assert not jobs.beat(conn, number, "dead")
        assert jobs.beat(conn, number, "heir")


def test_a_job_that_kills_every_worker_is_given_up(store: Store) -> None:
    with store.write() as conn:
        number = jobs.ask(conn, "import", {})
        for hour in range(jobs.MOST_ATTEMPTS):
            assert jobs.claim(conn, "w", at=NOON + timedelta(hours=hour)) is not None
        assert jobs.claim(conn, "w", at=NOON + timedelta(hours=99)) is None
        given_up = jobs.find(conn, ALL, number)
    assert given_up.state == "failed"
    assert "given up" in (given_up.message or "")


def test_a_job_can_be_called_off_while_it_waits_and_while_it_runs(store: Store) -> None:
    with store.write() as conn:
        waiting, running = jobs.ask(conn, "a", {}), jobs.ask(conn, "b", {})
        assert jobs.cancel(conn, Viewer.everyone(), waiting)
        job = jobs.claim(conn, "w")
        assert job is not None
        assert job.id == running
        assert jobs.cancel(conn, Viewer.everyone(), running)
        assert not jobs.beat(conn, running, "w")
        assert not jobs.cancel(conn, Viewer.everyone(), running)
        assert [job.state for job in jobs.listed(conn, ALL)] == ["cancelled"] * 2
        assert jobs.listed(conn, ALL, open_only=True) == []


def test_a_failure_says_why_and_jobs_go_in_turn(store: Store) -> None:
    with store.write() as conn:
        first, second = jobs.ask(conn, "a", {}), jobs.ask(conn, "b", {})
        for number in (first, second):
            job = jobs.claim(conn, "w")
            assert job is not None
            assert job.id == number
        jobs.finish(conn, first, "w", failed="the disk is full")
        failed = jobs.find(conn, ALL, first)
        assert (failed.state, failed.message) == ("failed", "the disk is full")
        assert [job.id for job in jobs.listed(conn, ALL, open_only=True)] == [second]


def test_what_can_be_gone_on_with_is_found_however_much_was_asked_for_since(store: Store) -> None:
    with store.write() as conn:
        lines = imports.start_batch(conn, "season.zip", planned=True)
        done = jobs.ask(conn, "look", {}, batch_id=lines)
        forgotten, failed, put_away = (jobs.ask(conn, "look", {}) for _ in range(3))
        for number in (done, forgotten, failed):
            jobs.claim(conn, "w", only=number)
            jobs.finish(conn, number, "w", failed="no disk" if number == failed else None)
        jobs.put_away(conn, ALL, put_away)
        waiting = jobs.ask(conn, "look", {})
        later = [jobs.ask(conn, "import", {}) for _ in range(60)]
        assert [job.id for job in jobs.to_go_on_with(conn, ALL, "look")] == [waiting, done]
        assert len(jobs.listed(conn, ALL)) == 50
        assert len(jobs.listed(conn, ALL, limit=None, open_only=True)) == 61
        latest = jobs.listed(conn, ALL, limit=1, but=("import",))
        assert [job.id for job in latest] == [waiting]
        assert [job.id for job in jobs.listed(conn, ALL, limit=1, but=("look",))] == later[-1:]


def test_an_instant_without_a_zone_is_not_stored(store: Store) -> None:
    with pytest.raises(Exception, match="time zone"), store.write() as conn:  # noqa: PT012
        number = jobs.ask(conn, "a", {})
        jobs.claim(conn, "w")
        jobs.beat(conn, number, "w", at=datetime(2025, 1, 1))


def test_a_worker_that_ends_in_good_order_gives_its_job_back(store: Store) -> None:
    with store.write() as conn:
        number = jobs.ask(conn, "import", {})
        jobs.claim(conn, "leaving", at=NOON)
        assert not jobs.release(conn, number, "somebody else")
        assert jobs.release(conn, number, "leaving")
        heir = jobs.claim(conn, "heir", at=NOON)  # at once, not after a minute of silence
        assert heir is not None
        assert (heir.id, heir.attempts) == (number, 1)  # and it does not count as a worker's death


def test_a_runner_calls_off_their_own_jobs_only(store: Store) -> None:
    with store.write() as conn:
        number = jobs.ask(conn, "import", {})
        assert not jobs.cancel(conn, Viewer.runner(1), number)
        assert jobs.find(conn, ALL, number).state == "queued"
