"""A run recorded on a watch and on a phone: seen side by side, merged, undone; and how it looks."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from loadmon.show.twins import HEADING, QUESTION, RUNNER_QUESTION
from loadmon.store import Viewer, open_store, runs
from tests.browser.conftest import PHONE, WIDE, photograph
from tests.browser.journey.conftest import numbers, today
from tests.browser.journey.test_looks import GRAVE, STREAMLITS_OWN, sideways
from tests.browser.server import Served, served
from tests.made_team import take_in
from tests.made_twice import TWICE, twice_files

Settled = Callable[[Page], Page]


@pytest.fixture
def twice_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    folder = tmp_path_factory.mktemp("twice-served")
    store = open_store(None, folder / "home")
    take_in(store, twice_files(today()), folder)
    store.close()
    with served(folder / "home") as server:
        yield server


def address(server: Served, name: str) -> str:
    store = open_store(None, server.home, migrate=False)
    with store.read() as conn:
        table = runs.runs_table(conn, Viewer.everyone()).set_index("file_name")
    store.close()
    runner = numbers(server.home)[TWICE]
    return f"{server.url}/session?athlete={runner}&session={table.loc[name, 'session_id']}"


def test_merged_by_a_click_and_undone_by_another(page: Page, twice_server: Served, settled: Settled) -> None:
    page.goto(address(twice_server, "watch 1.fit"))
    settled(page)
    expect(page.get_by_role("heading", name=HEADING)).to_be_visible()
    question = page.get_by_role("radiogroup", name=QUESTION)
    question.get_by_text("and takes what it lacks").last.click()
    settled(page)
    expect(page.get_by_text("It takes from the other: cadence.")).to_be_visible()
    page.locator(".st-key-undo-last button").click()  # beside it each correction may be taken back by itself
    settled(page)
    expect(page.get_by_text("It takes from the other")).to_have_count(0)
    page.get_by_role("link", name="Open the other recording").click()
    settled(page)
    expect(page.get_by_text("The other recording counts.", exact=True)).to_be_visible()
    expect(page.get_by_text("Not counted in any sum")).to_be_visible()


def test_how_it_looks_and_who_can_use_it(browser: Browser, twice_server: Served, settled: Settled) -> None:
    runner = f"{twice_server.url}/runner?athlete={numbers(twice_server.home)[TWICE]}"
    places = ((address(twice_server, "phone 1.gpx"), QUESTION, "session"), (runner, RUNNER_QUESTION, "runner"))
    for size, colours in ((PHONE, "dark"), (WIDE, "light")):
        context = browser.new_context(viewport=size, color_scheme=colours, locale="en-GB")  # type: ignore[arg-type]
        page = context.new_page()
        for url, words, name in places:
            page.goto(url)
            settled(page)
            expect(page.get_by_text(words).first).to_be_visible()
            assert sideways(page) == {"page": 0, "main": 0, "cut": []}
            found = Axe().run(page).response["violations"]
            assert [v["id"] for v in found if v["impact"] in GRAVE and v["id"] not in STREAMLITS_OWN] == []
            photograph(page, f"twins-{name}-{size['width']}-{colours}")
        context.close()
