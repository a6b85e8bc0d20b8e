"""The page's address leads to one runner and one session, and says so where it cannot."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from loadmon.paths import page_file
from loadmon.show import state
from loadmon.show.history_view import history_view
from loadmon.store.sessions import exclude
from loadmon.units import Units
from tests.made_team import JUMP, ONCE, STEADY
from tests.pages.conftest import NOW, Open, well, words

Home = Callable[[str], object]


def number(name: str) -> str:
    return str(next(a.id for a in state.athletes() if a.name == name))


def sessions_of(name: str) -> list[str]:
    view = history_view(state.store(), state.viewer(), int(number(name)), None, Units(), NOW)
    return [str(n) for n in view.sessions["session_id"]]


@pytest.mark.parametrize("file", ["week.py", "history.py", "session.py"])
def test_a_link_leads_to_its_runner(file: str, home: Home, open_page: Open) -> None:
    home("team")
    at = open_page(file, athlete=number(JUMP))
    assert at.selectbox(key="choice-athlete").value == number(JUMP)
    assert JUMP in words(at)
    assert at.query_params["athlete"] == number(JUMP)


@pytest.mark.parametrize("file", ["week.py", "history.py", "session.py"])
@pytest.mark.parametrize("wrong", ["999", "x", "", "-1", "<script>", "1' or '1'='1"])
def test_a_link_to_nobody_says_so_and_shows_somebody(wrong: str, file: str, home: Home, open_page: Open) -> None:
    home("team")
    at = open_page(file, athlete=wrong)
    if wrong:
        assert "asks for a runner that is not here" in words(at)
    assert at.selectbox(key="choice-athlete").value == number(STEADY)


def test_a_page_writes_nothing_into_the_address_by_itself(home: Home, open_page: Open) -> None:
    """Each writing is a step of the browser's back button, which could then not leave the page."""
    home("team")
    for file in ("week.py", "history.py", "session.py"):
        at = open_page(file)
        assert dict(at.query_params) == {}


def test_the_menu_carries_the_runner(home: Home, open_page: Open) -> None:
    home("team")
    at = open_page("week.py", athlete=number(JUMP))
    carried = {link.proto.label: link.proto.query_string for link in at.sidebar.get("page_link")}
    assert carried["History"] == carried["My week"] == carried["One session"] == f"athlete={number(JUMP)}"
    assert carried["Squad"] == carried["Import"] == ""


def test_without_a_link_the_runner_looked_at_last_stays(home: Home, open_page: Open) -> None:
    home("team")
    at = open_page("week.py", athlete=number(JUMP))
    at.query_params.clear()
    well(at.switch_page(str(page_file("history.py"))).run())
    assert at.title[0].value == f"{JUMP}: history"


def test_choosing_another_runner_changes_page_and_address(home: Home, open_page: Open) -> None:
    home("team")
    at = open_page("week.py", athlete=number(JUMP))
    at.selectbox(key="choice-athlete").set_value(number(ONCE))
    well(at.run())
    assert at.title[0].value == ONCE
    assert at.query_params["athlete"] == number(ONCE)


def test_a_link_leads_to_its_session(home: Home, open_page: Open) -> None:
    home("team")
    oldest = sessions_of(STEADY)[-1]
    at = open_page("session.py", athlete=number(STEADY), session=oldest)
    assert at.title[0].value == "Run, 14 Apr 2026"
    assert at.query_params["session"] == oldest


def test_a_link_that_names_the_session_only_leads_to_its_runner(home: Home, open_page: Open) -> None:
    home("team")
    at = open_page("session.py", session=sessions_of(JUMP)[3])
    assert at.selectbox(key="choice-athlete").value == number(JUMP)
    assert at.selectbox(key="choice-session").value == sessions_of(JUMP)[3]
    assert "not here" not in words(at)


@pytest.mark.parametrize("wrong", ["99999", "x", "1e3", "-1", "²"])
def test_a_link_to_no_session_says_so_and_shows_the_newest(wrong: str, home: Home, open_page: Open) -> None:
    home("team")
    at = open_page("session.py", athlete=number(STEADY), session=wrong)
    assert "asks for a session that is not here" in words(at)
    assert at.title[0].value == "Run, 16 May 2026"
    at = open_page("session.py", session=wrong)
    assert "asks for a session that is not here" in words(at)


def test_another_runners_session_is_not_shown_under_this_name(home: Home, open_page: Open) -> None:
    home("team")
    at = open_page("session.py", athlete=number(STEADY), session=sessions_of(JUMP)[0])
    assert at.selectbox(key="choice-session").value == sessions_of(STEADY)[0]
    assert f"is **{JUMP}'s** and not {STEADY}'s." in words(at)
    assert "not here" not in words(at)


def test_choosing_another_runner_forgets_the_session_without_a_word(home: Home, open_page: Open) -> None:
    home("team")
    at = open_page("session.py", athlete=number(STEADY), session=sessions_of(STEADY)[4])
    at.selectbox(key="choice-athlete").set_value(number(JUMP))
    well(at.run())
    assert at.selectbox(key="choice-session").value == sessions_of(JUMP)[0]
    assert "not here" not in words(at)


def test_the_session_page_opens_the_newest_that_counts_and_marks_the_others(home: Home, open_page: Open) -> None:
    home("team")
    newest, before, *_ = sessions_of(STEADY)
    with state.store().write() as conn:
        exclude(conn, state.viewer(), int(newest), "a second watch")
    at = open_page("session.py", athlete=number(STEADY))
    choice = at.selectbox(key="choice-session")
    assert choice.value == before
    assert [label.startswith("(not counted) ") for label in choice.options][:2] == [True, False]
    assert "Not counted in any sum" not in words(at)
    assert "Not counted in any sum: a second watch." in words(
        open_page("session.py", athlete=number(STEADY), session=newest)
    )


def test_reasons_in_the_table_of_methods_are_wrapped(home: Home, open_page: Open) -> None:
    home("team")
    methods, _ = open_page("session.py", athlete=number(STEADY)).table  # the second is of tissues
    assert methods.value["why not"].str.contains("set it on the page Runner").any()


def test_what_no_device_told_is_not_listed_as_a_dash(home: Home, open_page: Open) -> None:
    home("team")
    assert "The device itself says: distance " in words(open_page("session.py", athlete=number(STEADY)))
    assert "–" not in next(
        c for c in words(open_page("session.py", athlete=number(STEADY))).split("\n") if "itself" in c
    )
    assert "itself says" not in words(open_page("session.py", athlete=number(ONCE)))
