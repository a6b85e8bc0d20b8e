"""A runner's own table on the import page: what its columns hold is shown, asked, confirmed; then its sessions are in."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import PHONE
from tests.browser.journey.conftest import go_to, no_error
from tests.browser.journey.test_import import LONG_MS, give, payload, report, take_in
from tests.browser.server import Served

pytestmark = pytest.mark.browser

Settled = Callable[[Page], Page]
CONFIRM = "Yes, this is what the columns hold"
LOG = (
    "\ufeffDate;Start;Activity;Time;Distance (mi);Weather\r\n"
    "03/04/2026;06:30;Run;45:10;6,25;rain\r\n"
    "05/06/2026;18:00;Run;50:00;7,5;\r\n"
    "06/06/2026;18:00;Ride;1:20:00;20,25;sun\r\n"
    ";;;;;a line that is no session\r\n"
)
"""Semicolons, decimal commas, miles, days that can be read in two ways, a column loadmon has no use for."""


def choose(page: Page, label: str, option: str) -> None:
    """Choose in a box with the keyboard alone."""
    box = page.get_by_role("combobox", name=label, exact=True)
    box.focus()
    box.press("ArrowDown")
    box.press_sequentially(option)
    expect(page.get_by_role("option", name=option)).to_be_visible()
    box.press("Enter")
    expect(page.get_by_role("option")).to_have_count(0)


def test_a_table_is_asked_about_confirmed_and_taken_in(page: Page, own_server: Served, settled: Settled) -> None:
    page.goto(f"{own_server.url}/import")
    settled(page)
    give(page, payload("log.csv", LOG.encode()))
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("log.csv is a table of 4 rows", timeout=LONG_MS)
    held = page.get_by_role("table").first
    expect(held.get_by_role("row", name="Weather not used")).to_be_visible()
    expect(held.get_by_role("row", name="Activity sport Run, Run, Ride")).to_be_visible()
    # what can be read in two ways is asked, and cannot be confirmed before it is answered
    expect(main).to_contain_text("such as 03/04/2026 can be read with the day first or the month first")
    confirm = page.get_by_role("checkbox", name=CONFIRM)
    expect(confirm).to_be_disabled()
    choose(page, "Days are written with", "the month first")
    come = page.get_by_role("table").nth(1)
    expect(come.get_by_role("row", name="Wed 4 Mar 2026 06:30 run 10.1 km 45:10")).to_be_visible()
    choose(page, "Days are written with", "the day first")
    expect(come.get_by_role("row", name="Fri 3 Apr 2026 06:30 run 10.1 km 45:10")).to_be_visible()
    expect(main).to_contain_text("3 sessions would come in")
    expect(main).to_contain_text("1 row is no session and would be named in the report, such as row 5: it has no date.")
    page.get_by_text(CONFIRM).click()
    expect(confirm).to_be_checked()
    expect(page.get_by_text("Nothing says whose 3 of the sessions are")).to_be_visible()
    box = page.get_by_role("combobox", name="Whose files are these?")
    box.click()
    box.fill("Zoë New")
    page.keyboard.press("Enter")
    expect(page.get_by_text("3 sessions of 1 runner")).to_be_visible()
    take_in(page)
    expect(page.get_by_text("3 sessions stored")).to_be_visible(timeout=LONG_MS)
    assert {line["outcome"] for line in report(settled(page))} == {"imported", "not an activity"}
    go_to(page, "History")
    expect(page.get_by_role("heading", name="Zoë New: history")).to_be_visible()
    no_error(page)


def test_a_table_fits_a_phone(page: Page, empty_server: Served, settled: Settled) -> None:
    page.set_viewport_size(PHONE)
    page.goto(f"{empty_server.url}/import")
    settled(page)
    give(page, payload("log.csv", LOG.encode()))
    expect(page.get_by_text("log.csv is a table of 4 rows")).to_be_visible(timeout=LONG_MS)
    page.get_by_text("Other columns").click()
    settled(page)
    for table in page.get_by_role("table").all():
        box = table.bounding_box()
        assert box is not None
        assert box["x"] + box["width"] <= PHONE["width"], "the table is cut off"
    boxes = [box.bounding_box() for box in page.get_by_role("combobox").all()]
    assert all(box is not None and box["x"] + box["width"] <= PHONE["width"] for box in boxes)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
