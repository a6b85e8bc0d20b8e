"""The form of a return plan: what was filled in outlives a reload and another page; checks are of their day; Undo fills it again."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from loadmon.show import state
from loadmon.store import drafts, plans
from loadmon.store.drafts import Form
from tests.made_team import STEADY
from tests.pages.conftest import NOW, Open, well, words
from tests.pages.test_runner import box, press, who
from tests.pages.told_health import hurt

Home = Callable[[str], object]
Moment = Callable[[datetime], None]


@pytest.fixture
def moment(monkeypatch: pytest.MonkeyPatch) -> Moment:
    """Sets when drafts are written."""

    def at(when: datetime) -> None:
        monkeypatch.setattr(drafts, "now", lambda: when)

    at(NOW)
    return at


def opened(open_page: Open) -> AppTest:
    return open_page("return_to_run.py", athlete=str(who(STEADY).id))


def checks(at: AppTest) -> list[Any]:
    return [one for one in at.main.checkbox if str(one.key).startswith("check-")]


def fill(at: AppTest) -> AppTest:
    for check in checks(at):
        check.set_value(True)
    box(at, "number_input", "Age").set_value(30)
    box(at, "date_input", "First run on").set_value(NOW.date() + timedelta(days=2))
    box(at, "text_input", "Made by").set_value("Dr Osei")
    box(at, "text_area", "Note").set_value("day of rest on Friday")
    return well(at.run())


def kept() -> dict[str, Any]:
    with state.store().read() as conn:
        return drafts.draft(conn, state.viewer(), who(STEADY).id, form=Form.PLAN)


def filled(at: AppTest) -> tuple[Any, ...]:
    return (
        all(check.value for check in checks(at)),
        box(at, "number_input", "Age").value,
        box(at, "date_input", "First run on").value,
        box(at, "text_input", "Made by").value,
        box(at, "text_area", "Note").value,
    )


WHOLE = (True, 30, NOW.date() + timedelta(days=2), "Dr Osei", "day of rest on Friday")


def test_a_reload_loses_nothing_and_looking_keeps_nothing(home: Home, open_page: Open, moment: Moment) -> None:
    home("team")
    hurt(STEADY, days_ago=2, code="QTA")
    at = opened(open_page)
    assert kept() == {}
    assert "Taken up" not in words(at)
    fill(at)
    again = opened(open_page)  # another session, as after a reload
    assert filled(again) == WHOLE
    assert "Taken up as it was left on 17 May 2026." in words(again)
    emptied = press(again, "Empty the form")
    assert kept() == {}
    assert filled(emptied)[:2] == (False, None)


def test_what_had_to_be_true_on_another_day_is_asked_anew(home: Home, open_page: Open, moment: Moment) -> None:
    home("team")
    hurt(STEADY, days_ago=2, code="QTA")
    moment(NOW - timedelta(days=3))
    fill(opened(open_page))
    later = opened(open_page)
    assert not any(check.value for check in checks(later))
    assert filled(later)[1:] == WHOLE[1:]


def test_a_plan_that_was_made_leaves_no_draft_and_undo_fills_the_form_again(
    home: Home, open_page: Open, moment: Moment
) -> None:
    home("team")
    hurt(STEADY, days_ago=2, code="QTA")
    at = press(fill(opened(open_page)), "Make the plan")
    assert "Stage 1 of 11" in words(at)
    assert kept() == {}
    back = press(at, "Undo")
    with state.store().read() as conn:
        assert plans.plans(conn, state.viewer()) == {}
    assert filled(back) == WHOLE
