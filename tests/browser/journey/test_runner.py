"""The page Runner and the question how hard it was, by the keyboard alone and on a phone's screen."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from loadmon.store import open_store
from tests.browser.conftest import PHONE
from tests.browser.journey.conftest import go_to, no_error, numbers, today
from tests.browser.server import Served
from tests.made_team import ONCE, take_in, team_files

pytestmark = pytest.mark.browser

Settled = Callable[[Page], Page]


@pytest.fixture
def once(own_server: Served) -> str:
    """The number of a runner with one run."""
    store = open_store(None, own_server.home, migrate=False)
    files = {path: data for path, data in team_files(today()).items() if path.startswith(ONCE)}
    take_in(store, files, own_server.home.parent, ONCE)
    store.close()
    return str(numbers(own_server.home)[ONCE])


def tab_to(page: Page, target: Locator) -> None:
    """Reach something with the tab key, as somebody without a mouse does."""
    for _ in range(15):
        page.keyboard.press("Tab")
        page.wait_for_timeout(120)
        if target.evaluate("element => element === document.activeElement || element.contains(document.activeElement)"):
            return
    raise AssertionError("it cannot be reached by the tab key")


def test_a_limit_by_the_keyboard_on_a_phone(page: Page, own_server: Served, once: str, settled: Settled) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{own_server.url}/runner?athlete={once}")
    settled(page)
    value = page.get_by_role("spinbutton", name="Value, bpm")
    add = page.get_by_role("button", name="Add it")
    value.focus()
    page.keyboard.type("300")
    tab_to(page, add)
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("300 bpm is no maximum heart rate that a person has.")
    expect(value).to_have_value("300")
    value.focus()
    page.keyboard.press("Control+a")
    page.keyboard.type("188")
    tab_to(page, add)
    page.keyboard.press("Enter")
    line = page.get_by_text("Maximum heart rate: 188 bpm since")
    expect(line).to_be_visible()
    expect(page.get_by_role("alert")).to_have_count(0)
    expect(value).to_have_value("")
    page.get_by_role("button", name="Take back").press("Enter")
    expect(page.get_by_text("Taken back: Maximum heart rate 188 bpm.")).to_be_visible()
    expect(line).to_have_count(0)
    page.get_by_role("button", name="Undo").press("Enter")
    expect(line).to_be_visible()
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    no_error(page)


def test_what_was_begun_outlives_a_look_at_another_page(
    page: Page, own_server: Served, once: str, settled: Settled
) -> None:
    page.goto(f"{own_server.url}/runner?athlete={once}")
    settled(page)
    page.get_by_role("spinbutton", name="Value, bpm").fill("187")
    page.keyboard.press("Tab")
    settled(page)
    go_to(page, "My week")
    expect(page.get_by_role("heading", name=ONCE)).to_be_visible()
    go_to(page, "Runner")
    expect(page.get_by_role("spinbutton", name="Value, bpm")).to_have_value("187")


def test_how_hard_it_was_by_the_keyboard(page: Page, own_server: Served, once: str, settled: Settled) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{own_server.url}/session?athlete={once}")
    settled(page)
    expect(page.get_by_text("Not told yet. 0 is rest")).to_be_visible()
    steps = [page.get_by_test_id("stButtonGroup").get_by_text(str(step), exact=True) for step in range(11)]
    for step in steps:
        box = step.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= PHONE["width"], "a step lies beyond the screen"
    seven = page.get_by_role("radio", name="7", exact=True).or_(page.get_by_role("button", name="7", exact=True))
    seven.focus()
    page.keyboard.press("Space")
    expect(page.get_by_text("7 of 10: very hard, told on this page.")).to_be_visible()
    page.reload()
    settled(page)
    expect(page.get_by_text("7 of 10: very hard, told on this page.")).to_be_visible()
    no_error(page)
