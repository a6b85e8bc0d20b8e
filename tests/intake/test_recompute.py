"""After an update stale facts are brought up to date, and nothing else is touched."""

from __future__ import annotations

from pathlib import Path

import pytest
from sqlalchemy import select, update

from loadmon.intake import recompute as module
from loadmon.intake.recompute import recompute
from loadmon.store import Store, sessions
from loadmon.store.schema import FactsRow, SessionRow, WindowsRow
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
        wrong = {"version": -1, "distance_m": 1.0, "steps": None, "device": "?"}
        conn.execute(update(FactsRow).where(FactsRow.session_id.in_(chosen)).values(wrong))
        conn.execute(update(WindowsRow).where(WindowsRow.session_id.in_(chosen)).values(data=b""))
    return chosen


@pytest.mark.parametrize("at_once", [2, 50])
def test_stale_facts_are_as_if_computed_today_and_nothing_else_changes(
    store: Store, known: object, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "AT_ONCE", at_once)
    spoil(store, 5)
    assert made.rows(store) != known
    assert recompute(store) == 5
    assert made.rows(store) == known
    assert recompute(store) == 0


def test_what_is_up_to_date_is_not_even_written(store: Store, known: object) -> None:
    before = store.revision()
    assert recompute(store) == 0
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
    assert recompute(store) == 2
    assert made.rows(store) == known


def test_a_newer_loadmon_s_facts_are_computed_anew_too(store: Store, known: object) -> None:
    with store.write() as conn:
        conn.execute(update(FactsRow).values(version=10_000))
    assert recompute(store) == 6
    assert made.rows(store) == known
