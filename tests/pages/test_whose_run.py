"""A session of somebody else's is moved on its page, found where it went, and brought back."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from streamlit.testing.v1 import AppTest

from loadmon.show import putting_right, state
from loadmon.show.whose_run import Move
from loadmon.store import corrections
from tests.made_team import JUMP, ONCE, STEADY
from tests.pages.conftest import Open, words
from tests.pages.test_putting_right import ask, box, latest, opened, press

Home = Callable[[str], object]


def whose(session_id: int) -> str:
    return state.session(session_id).athlete.name


def number(name: str) -> str:
    return str(next(one.id for one in state.athletes() if one.name == name))


def moved_to(at: AppTest, name: str, reason: str = "") -> AppTest:
    at = ask(at, "whose")
    box(at, "selectbox", "Whose is it?").set_value(name)
    box(at, "text_input", "Why?").set_value(reason)
    return press(at.run(), "Move it there")


def test_it_goes_to_another_runner_is_found_there_and_comes_back(home: Home, open_page: Open) -> None:
    home("team")
    session_id = latest(STEADY)
    at = moved_to(opened(open_page, STEADY), ONCE, "the watches were swapped")
    assert whose(session_id) == ONCE
    shown = words(at)
    assert f"is **{ONCE}'s** and not {STEADY}'s." in shown
    assert "It was moved just now." in shown
    assert "The link asks for" not in shown, "it is said where it is"
    assert at.title[0].value.startswith("Run, "), "the page goes on with what is the runner's own"
    there = open_page("session.py", athlete=number(ONCE), session=str(session_id))
    assert f"**Moved from {STEADY} to {ONCE}**: the watches were swapped. (by hand" in words(there)
    at = press(at, "Undo")
    assert whose(session_id) == STEADY
    assert "It was moved just now." not in words(at)
    assert "Taken back or not wanted (1)" in [e.label for e in at.main.expander]
    at = press(at, "Put back")
    assert whose(session_id) == ONCE
    there = press(open_page("session.py", athlete=number(ONCE), session=str(session_id)), "Undo")
    assert whose(session_id) == STEADY
    assert f"is **{STEADY}'s** and not {ONCE}'s." in words(there)
    there = press(there, "Undo")
    assert whose(session_id) == ONCE, "the way back of the way back"


def typed(at: AppTest, name: str, monkeypatch: pytest.MonkeyPatch) -> AppTest:
    """A name that is not on the list, typed: Streamlit's test runner can only choose from the list."""
    sent = [Move(name, "")]
    monkeypatch.setattr(putting_right, "ask", lambda stored: sent.pop() if sent else None)
    return ask(at, "whose")


def test_a_new_name_makes_a_new_runner(home: Home, open_page: Open, monkeypatch: pytest.MonkeyPatch) -> None:
    home("once")
    session_id = latest(ONCE)
    at = typed(opened(open_page), "Zoë Kern", monkeypatch)
    assert whose(session_id) == "Zoë Kern"
    assert f"{ONCE} has no session yet." in words(at), "nothing is left, and the way there is offered"
    assert "is **Zoë Kern's** and not" in words(at)
    at = press(at, "Undo")
    assert whose(session_id) == ONCE
    at = typed(at, "-", monkeypatch)
    assert "**A runner needs a name.**" in words(at)
    assert whose(session_id) == ONCE


def test_of_two_moves_only_the_last_can_be_undone(home: Home, open_page: Open) -> None:
    home("team")
    session_id = latest(STEADY)
    moved_to(opened(open_page, STEADY), ONCE)
    at = moved_to(open_page("session.py", athlete=number(ONCE), session=str(session_id)), JUMP)
    at = open_page("session.py", session=str(session_id))
    assert words(at).count("**Moved from") == 2
    assert [button.label for button in at.main.button].count("Undo") == 1
    press(at, "Undo")
    assert whose(session_id) == ONCE
    with state.store().read() as conn:
        assert len(corrections.of_session(conn, state.viewer(), session_id)) == 1


def test_moving_it_back_takes_the_move_back_and_can_be_undone_too(home: Home, open_page: Open) -> None:
    home("team")
    session_id = latest(STEADY)
    moved_to(opened(open_page, STEADY), ONCE)
    at = moved_to(open_page("session.py", athlete=number(ONCE), session=str(session_id)), STEADY)
    assert whose(session_id) == STEADY
    press(at, "Undo")
    assert whose(session_id) == ONCE


def test_a_link_to_no_session_of_anybody_s(home: Home, open_page: Open) -> None:
    home("once")
    for asked in ("99", "9" * 40, "x"):
        assert "The link asks for a session that is not here." in words(
            open_page("session.py", athlete=number(ONCE), session=asked)
        )
        open_page("session.py", session=asked)
