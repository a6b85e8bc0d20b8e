"""After an update stale facts are brought up to date, and nothing else is touched."""

from __future__ import annotations

import threading
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from loadmon.intake import recompute as module
from loadmon.intake.commit import Imported
from loadmon.intake.jobs import work_on
from loadmon.intake.recompute import recompute
from loadmon.intake.work import Work
from loadmon.store import Store, jobs, sessions
from loadmon.store.schema import ExposureRow, FactsRow, HeartRateRow, SessionRow, StreamRow, WindowsRow
from tests.intake import made


@pytest.fixture
def known(store: Store, tmp_path: Path) -> dict[str, list[tuple[object, ...]]]:
    """A store with sessions, one of them taken out by hand; what is in it."""
    made.take_in(store, made.lay(tmp_path / "team", made.team(2, 3)))
    with store.write() as conn:
        number = conn.execute(select(SessionRow.id).limit(1)).scalar_one()
        sessions.exclude(conn, made.ALL, number, "the watch lay in the car")
    return made.rows(store)


def spoil(store: Store, count: int) -> list[int]:
    """Make some sessions' facts those of an older loadmon, and wrong."""
    with store.write() as conn:
        chosen = list(conn.execute(select(FactsRow.session_id).order_by(FactsRow.session_id).limit(count)).scalars())
        wrong = {"version": -1, "distance_m": 1.0, "steps": None, "device": "?", "weighted_power_w": 1.0}
        conn.execute(update(FactsRow).where(FactsRow.session_id.in_(chosen)).values(wrong))
        conn.execute(update(WindowsRow).where(WindowsRow.session_id.in_(chosen)).values(data=b""))
        conn.execute(delete(HeartRateRow).where(HeartRateRow.session_id.in_(chosen)))
        conn.execute(delete(ExposureRow).where(ExposureRow.session_id.in_(chosen)))
    return chosen


@pytest.mark.parametrize("at_once", [2, 50])
def test_stale_facts_are_as_if_computed_today_and_nothing_else_changes(
    store: Store, known: object, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AT_ONCE", at_once)
    spoil(store, 5)
    assert made.rows(store) != known
    assert recompute(store).done == 5
    assert made.rows(store) == known
    assert recompute(store).done == 0


def test_what_is_up_to_date_is_not_even_written(store: Store, known: object) -> None:
    before = store.revision()
    assert recompute(store).done == 0
    assert store.revision() == before


def test_broken_off_it_goes_on_where_it_was(store: Store, known: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "AT_ONCE", 1)
    spoil(store, 4)
    whole, calls = module.facts_of, [0]

    def failing(session):  # type: ignore[no-untyped-def]
        calls[0] += 1
        if calls[0] == 3:
            raise KeyboardInterrupt
        return whole(session)

    monkeypatch.setattr(module, "facts_of", failing)
    with pytest.raises(KeyboardInterrupt):
        recompute(store)
    assert recompute(store).done == 2
    assert made.rows(store) == known


def test_a_newer_loadmon_s_facts_are_computed_anew_too(store: Store, known: object) -> None:
    with store.write() as conn:
        conn.execute(update(FactsRow).values(version=10_000))
    assert recompute(store).done == 6
    assert made.rows(store) == known


def test_one_that_cannot_be_read_stands_in_no_other_s_way(
    store: Store, known: object, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    chosen = spoil(store, 4)
    with store.write() as conn:
        conn.execute(update(StreamRow).where(StreamRow.session_id == chosen[0]).values(data=b"no stream"))
    whole = module.facts_of

    def faulty(session):  # type: ignore[no-untyped-def]
        if session.source.sha256 == poison:
            raise ZeroDivisionError(session.source.file_name)
        return whole(session)

    with store.read() as conn:
        poison = conn.execute(select(SessionRow.sha256).where(SessionRow.id == chosen[2])).scalar_one()
        name = conn.execute(select(SessionRow.file_name).where(SessionRow.id == chosen[2])).scalar_one()
    monkeypatch.setattr(module, "facts_of", faulty)
    work = recompute(store)
    assert (work.done, work.left) == (2, [chosen[0], chosen[2]])
    assert "ZeroDivisionError" in caplog.text
    assert name not in caplog.text
    with store.read() as conn:
        assert sessions.stale(conn, module.FACTS_VERSION) == [chosen[0], chosen[2]]


def test_what_was_taken_out_meanwhile_is_let_be(store: Store, known: object) -> None:
    chosen = spoil(store, 3)
    work = module.Recomputing(store)
    with store.write() as conn:
        conn.execute(delete(SessionRow).where(SessionRow.id == chosen[1]))
    while work.a_few():
        pass
    assert (work.done, work.left) == (2, [])


def test_a_session_taken_out_while_it_is_computed_is_let_be_too(
    store: Store, known: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    chosen = spoil(store, 3)
    whole = module.facts_of

    def meanwhile(session):  # type: ignore[no-untyped-def]
        with store.write() as conn:
            conn.execute(delete(SessionRow).where(SessionRow.id == chosen[0]))
        return whole(session)

    monkeypatch.setattr(module, "facts_of", meanwhile)
    assert recompute(store).done == 2


def test_a_worker_brings_them_up_to_date_whenever_nothing_is_queued(store: Store, known: object) -> None:
    """And an import that is asked for meanwhile does not wait for the end of it."""
    spoil(store, 3)
    order: list[str] = []
    work = module.Recomputing(store)

    def a_few() -> bool:
        with store.write() as conn:
            if "looked" not in order:
                jobs.ask(conn, "dance", {})
        order.append("looked")
        return work.a_few()

    def dance(job: Work) -> Imported:
        order.append("danced")
        return Imported(0, {}, 0, 0.0, stopped=False)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "AT_ONCE", 1)
        work_on(store, {"dance": dance}, "serial://", threading.Event(), once=True, idle=a_few)
    assert order == ["looked", "danced", "looked", "looked", "looked"]
    assert made.rows(store) == known
