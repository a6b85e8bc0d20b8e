"""What is kept of a plan's form that is not made yet, and what of it is taken up again."""

from __future__ import annotations

from datetime import date
from typing import Any

from loadmon.show.plan_draft import filled_in, taken_up


def test_only_what_was_changed_is_kept_and_days_come_back_as_days() -> None:
    begins: dict[str, Any] = {"check-1": False, "age": None, "start": date(2026, 5, 1), "note": "", "tissue": "tendon"}
    assert filled_in(begins, begins) == {}
    told = {"check-1": True, "age": 30, "start": date(2026, 5, 3), "note": "day 3", "tissue": None}
    left = filled_in(told, begins)
    assert taken_up(left, same_day=True) == told
    assert taken_up(left, same_day=False) == {key: value for key, value in told.items() if key != "check-1"}
