"""The first minute: nothing in it yet, and the app says what to do."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from loadmon.server import menu
from tests.browser.server import Served

pytestmark = pytest.mark.browser

Settled = Callable[[Page], Page]


def test_an_empty_home_opens_on_the_start_page_and_offers_both_ways_in(
    page: Page, empty_server: Served, settled: Settled, strangers: list[str]
) -> None:
    page.goto(empty_server.url)
    settled(page)
    main = page.get_by_test_id("stMain")
    expect(main).to_contain_text("sample squad")
    expect(main).to_contain_text("Import", ignore_case=True)
    assert page.title()
    assert strangers == []


@pytest.mark.parametrize(
    "place", [place for place in menu.places() if place != menu.HOME], ids=lambda place: place.address
)
def test_every_page_opens_by_its_address_even_with_nothing_in_it(
    page: Page, empty_server: Served, settled: Settled, strangers: list[str], place: menu.Place
) -> None:
    page.goto(f"{empty_server.url}/{place.address}")
    settled(page)
    expect(page.get_by_test_id("stSidebar")).to_contain_text(place.title)
    expect(page.get_by_text("Page not found")).to_have_count(0)
    expect(page.get_by_text("Something went wrong on this page")).to_have_count(0)
    assert strangers == []


def test_a_file_of_pages_cannot_be_reached_past_the_shell(page: Page, empty_server: Served, settled: Settled) -> None:
    page.goto(f"{empty_server.url}/import_files")
    settled(page)
    expect(page.get_by_text("Page not found")).to_be_visible()


def test_the_start_page_on_four_screens(empty_server: Served, screenshots: Callable[[str, str], list[Path]]) -> None:
    taken = screenshots(empty_server.url, "start-empty")
    assert len({path.stat().st_size for path in taken}) == 4, "two screens look exactly alike: a theme did not take"
