"""The first five minutes of somebody new: an empty home, the sample squad, a runner, a session, and back."""

from __future__ import annotations

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.journey.conftest import go_to, no_error, open_first_row
from tests.browser.server import Served

pytestmark = pytest.mark.browser

Settled = Callable[[Page], Page]
COMING_IN_MS = 240_000
"""The sample squad is promised in two minutes on two quiet cores; these may be busy with other tests."""


@pytest.mark.timeout(420)
def test_from_an_empty_home_to_one_session_of_the_sample_squad(
    page: Page, own_server: Served, settled: Settled, strangers: list[str]
) -> None:
    page.goto(own_server.url)
    settled(page)
    page.get_by_role("button", name="Load the sample squad").click()
    sidebar = page.get_by_test_id("stSidebar")
    expect(sidebar.get_by_role("progressbar")).to_be_visible()
    # nobody touches anything now: the start page leads on by itself, and the page fills
    main = page.get_by_test_id("stMain")
    expect(main.get_by_role("heading", name="Squad", exact=True)).to_be_visible(timeout=COMING_IN_MS)
    expect(page.get_by_text("Files are still coming in")).to_be_visible()
    rate = re.compile(
        r"Reading: [\d,]+ of [\d,]+ files(?: \([\d,]+ of [\d,]+ MB\))?, ([\d,]+ a second|one every \d+ s), about .+ left"
    )
    expect(sidebar.get_by_text(rate)).to_be_visible(timeout=COMING_IN_MS)
    expect(page.get_by_text("Sample data")).to_be_visible()
    expect(main.get_by_test_id("stPageLink")).to_have_count(12, timeout=COMING_IN_MS)
    expect(sidebar.get_by_role("progressbar")).to_have_count(0, timeout=COMING_IN_MS)
    expect(page.get_by_text("Files are still coming in")).to_have_count(0)

    first = main.get_by_test_id("stPageLink").first
    name = first.inner_text()
    first.click()
    expect(main.get_by_role("heading", level=1)).to_have_text(name)
    expect(page.get_by_text("Longest sensible next run").first).to_be_visible()
    settled(page)
    go_to(page, "History")
    expect(main.get_by_role("heading", level=1)).to_have_text(f"{name}: history")
    settled(page)
    open_first_row(page)
    expect(page).to_have_url(re.compile(r"/session\?athlete=\d+&session=\d+"))
    expect(main.get_by_role("heading", level=1)).to_contain_text("202")
    settled(page)
    page.go_back()
    expect(main.get_by_role("heading", level=1)).to_have_text(f"{name}: history")
    no_error(settled(page))
    for place in ("week", "history", "session", "import", "evidence", "squad"):
        page.goto(f"{own_server.url}/{place}")
        settled(page)
        expect(page.get_by_text("Sample data")).to_be_visible()
    assert strangers == []
