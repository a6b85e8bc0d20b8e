"""What was found in the streams of planned runs: kept once, dropped with whatever is put right, never of a stranger's run."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from loadmon.planning.done import Done
from loadmon.store import Store, Viewer, imports, run_bouts, sessions, squad
from tests.store import made

ALL = Viewer.everyone()
FOUND = Done(date(2025, 1, 1), 600.0, 60.5, 2, 300.0, None)


@pytest.fixture
def number(store: Store) -> int:
    with store.write() as conn:
        ana = squad.add_athlete(conn, "Ana").id
        return int(made.save(conn, ana, imports.start_batch(conn, "made up"), made.session()) or 0)


def kept(store: Store, number: int) -> Done | None:
    with store.read() as conn:
        return run_bouts.bouts_found(conn, ALL, [number]).get(number)


def keep(store: Store, number: int, as_of: int, viewer: Viewer = ALL, found: Done = FOUND) -> int:
    with store.write() as conn:
        return run_bouts.keep_bouts(conn, viewer, {number: found}, as_of=as_of)


def test_what_was_found_is_kept_on_the_runs_own_day_and_drops_no_pages_cache(store: Store, number: int) -> None:
    as_of = store.revision()
    assert keep(store, number, as_of) == 1
    with store.read() as conn:
        day = sessions.one(conn, ALL, number).facts.local_day
    assert kept(store, number) == replace(FOUND, day=day)
    assert store.revision() == as_of
    assert keep(store, number, as_of, found=replace(FOUND, runs=3)) == 1
    again = kept(store, number)
    assert again is not None
    assert again.runs == 3


def test_what_other_rules_found_is_looked_for_again(store: Store, number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    keep(store, number, store.revision())
    monkeypatch.setattr(run_bouts, "BOUTS_VERSION", run_bouts.BOUTS_VERSION + 1)
    assert kept(store, number) is None


def test_facts_computed_anew_drop_it_and_what_was_read_before_them_is_not_kept(store: Store, number: int) -> None:
    as_of = store.revision()
    keep(store, number, as_of)
    with store.write() as conn:
        sessions.replace_facts(conn, [(number, sessions.one(conn, ALL, number).facts)])
    assert kept(store, number) is None
    assert keep(store, number, as_of) == 0  # the stream was read before it was put right
    assert kept(store, number) is None


def test_of_a_run_that_somebody_may_not_see_nothing_is_kept(store: Store, number: int) -> None:
    assert keep(store, number, store.revision(), Viewer.runner(987)) == 0
    assert kept(store, number) is None
