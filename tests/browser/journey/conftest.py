"""A server with a small made team in it, shared by the tests of one worker that only look; and words for what people do."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from loadmon.store import Viewer, open_store, squad
from tests.browser.server import Served, served
from tests.made_team import take_in, team_files

WAIT_MS = 30_000


def today() -> date:
    """The day in UTC, by which the made team's runs lie in this week."""
    return datetime.now(UTC).date()


@pytest.fixture(scope="session")
def team_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with the made team in it. Tests that change something ask for ``own_server``."""
    folder = tmp_path_factory.mktemp("team-served")
    store = open_store(None, folder / "home")
    take_in(store, team_files(today()), folder)
    store.close()
    with served(folder / "home") as server:
        yield server


@pytest.fixture
def runner(team_server: Served) -> dict[str, int]:
    """Numbers of the team's runners by their names."""
    return numbers(team_server.home)


def numbers(home: Path) -> dict[str, int]:
    """Numbers of a store's runners by their names."""
    store = open_store(None, home, migrate=False)
    try:
        with store.read() as conn:
            return {athlete.name: athlete.id for athlete in squad.athletes(conn, Viewer.everyone())}
    finally:
        store.close()


def go_to(page: Page, title: str) -> None:
    """Choose a page in the menu."""
    page.get_by_test_id("stSidebar").get_by_role("link", name=title, exact=True).click()


def open_first_row(page: Page) -> None:
    """Choose the first row of the page's last table: its box lies at the left, below the heading."""
    grid = page.get_by_test_id("stDataFrame").last
    expect(grid.locator("canvas").first).to_be_visible()
    grid.scroll_into_view_if_needed()
    box = grid.bounding_box()
    assert box is not None
    page.mouse.click(box["x"] + 18, box["y"] + 52)


def no_error(page: Page) -> None:
    """Neither a failure of the page nor a page that is not there."""
    for words in ("Something went wrong on this page", "Page not found"):
        expect(page.get_by_text(words)).to_have_count(0)


def address(page: Page) -> str:
    """Path and query of where the browser is."""
    return re.sub(r"^https?://[^/]+", "", page.url)
