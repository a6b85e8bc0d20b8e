"""After an update of loadmon every page says that figures are still being computed, and falls silent once they are."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import update

from loadmon.intake.recompute import recompute
from loadmon.store import Store
from loadmon.store.schema import FactsRow, HeartRateRow
from tests.pages.conftest import Open

WORDS = "yet to be brought up to date"


def test_what_is_being_computed_anew_is_told_until_it_is(
    home: Callable[..., object], open_page: Open, store: Callable[[], Store]
) -> None:
    def told(page: str) -> list[str]:
        return [one.value for one in open_page(page).sidebar.caption if WORDS in one.value]

    home("once")
    assert told("week.py") == []
    with store().write() as conn:
        conn.execute(HeartRateRow.__table__.delete())  # type: ignore[attr-defined]
        conn.execute(update(FactsRow).values(version=3))
    assert told("week.py") == told("session.py")
    assert told("home.py")[0].startswith("loadmon was updated: 1 session has yet")
    assert recompute(store()).done == 1
    assert told("week.py") == []
