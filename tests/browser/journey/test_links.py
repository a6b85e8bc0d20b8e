"""A runner stays chosen through reloads, pages and the browser's own buttons; the keyboard reaches everything."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.journey.conftest import address, go_to, no_error, open_first_row
from tests.browser.server import Served
from tests.made_team import BARE, JUMP, STEADY

pytestmark = pytest.mark.browser

Settled = Callable[[Page], Page]
STREAMLITS_OWN = ("/_stcore/health", "/_stcore/host-config")
"""On a deep link Streamlit's own page asks for these below the page's path first (a server may stand behind a longer
path) and then at the root: the first two answers are 404 by design."""


def heading(page: Page) -> object:
    return page.get_by_test_id("stMain").get_by_role("heading", level=1)


def test_a_link_a_reload_and_the_menu_keep_the_runner(
    page: Page, team_server: Served, runner: dict[str, int], settled: Settled
) -> None:
    page.goto(f"{team_server.url}/week?athlete={runner[JUMP]}")
    settled(page)
    expect(heading(page)).to_have_text(JUMP)
    page.reload()
    settled(page)
    expect(heading(page)).to_have_text(JUMP)
    go_to(page, "History")
    expect(heading(page)).to_have_text(f"{JUMP}: history")
    assert address(settled(page)) == f"/history?athlete={runner[JUMP]}"
    go_to(page, "One session")
    expect(page.get_by_text("· Other watch")).to_be_visible()
    assert address(settled(page)) == f"/session?athlete={runner[JUMP]}"
    go_to(page, "Squad")
    expect(heading(page)).to_have_text("Squad")
    go_to(page, "My week")
    expect(heading(page)).to_have_text(JUMP)


def test_the_browsers_back_button_leads_back(
    page: Page, team_server: Served, runner: dict[str, int], settled: Settled
) -> None:
    page.goto(f"{team_server.url}/squad")
    settled(page)
    page.get_by_role("link", name=STEADY).click()
    expect(heading(page)).to_have_text(STEADY)
    settled(page)
    go_to(page, "History")
    expect(heading(page)).to_have_text(f"{STEADY}: history")
    settled(page)
    open_first_row(page)
    expect(page).to_have_url(re.compile(rf"/session\?athlete={runner[STEADY]}&session=\d+$"))
    expect(page.get_by_text(STEADY).first).to_be_visible()
    settled(page)
    page.go_back()
    expect(heading(page)).to_have_text(f"{STEADY}: history")
    settled(page)
    page.go_back()
    settled(page)
    page.wait_for_timeout(1000)
    if heading(page).inner_text() == f"{STEADY}: history":
        # choosing a row leaves a second step at the history page (Streamlit's switch of pages); no other page may
        page.go_back()
    expect(heading(page)).to_have_text(STEADY)
    settled(page)
    page.go_back()
    expect(heading(page)).to_have_text("Squad")
    no_error(settled(page))


def test_choosing_another_runner_stays_chosen(
    page: Page, team_server: Served, runner: dict[str, int], settled: Settled
) -> None:
    page.goto(f"{team_server.url}/week?athlete={runner[STEADY]}")
    settled(page)
    box = page.get_by_role("combobox", name="Runner")
    box.click()
    box.fill("Cem")
    page.get_by_role("option", name=BARE).click()
    expect(heading(page)).to_have_text(BARE)
    assert address(settled(page)) == f"/week?athlete={runner[BARE]}"
    page.reload()
    settled(page)
    expect(heading(page)).to_have_text(BARE)


def test_a_link_to_nobody_says_so(page: Page, team_server: Served, settled: Settled) -> None:
    page.goto(f"{team_server.url}/week?athlete=999")
    settled(page)
    expect(page.get_by_text("asks for a runner that is not here")).to_be_visible()


def test_with_the_keyboard_alone_a_runner_is_opened(page: Page, team_server: Served, settled: Settled) -> None:
    page.goto(f"{team_server.url}/squad")
    settled(page)
    for _ in range(60):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.textContent") == JUMP:
            break
    else:
        pytest.fail("the runner's link is not reached with the Tab key")
    outline = page.evaluate(
        "(() => { const s = getComputedStyle(document.activeElement);"
        " return s.outlineStyle !== 'none' || s.boxShadow !== 'none' })()"
    )
    assert outline, "where the keyboard is cannot be seen"
    page.keyboard.press("Enter")
    expect(heading(page)).to_have_text(JUMP)
    no_error(settled(page))


@pytest.mark.parametrize("place", ["", "squad", "week", "history", "session", "import", "evidence"])
def test_nothing_is_asked_of_anybody_else_and_nothing_is_missing(
    place: str, page: Page, team_server: Served, settled: Settled, strangers: list[str]
) -> None:
    missing: list[str] = []
    page.on("response", lambda answer: missing.append(answer.url) if answer.status >= 400 else None)
    troubles: list[str] = []
    page.on("pageerror", lambda error: troubles.append(str(error)))
    page.goto(f"{team_server.url}/{place}")
    settled(page)
    page.wait_for_timeout(800)  # charts and fonts come after the script
    assert strangers == []
    assert [url for url in missing if not url.endswith(STREAMLITS_OWN)] == []
    assert troubles == []
