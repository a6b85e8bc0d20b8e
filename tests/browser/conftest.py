"""What browser tests stand on: one server and one Chromium a worker, a fresh page a test, screenshots where asked.

Playwright's own ``page`` fixture is used, told which browser to start; ``settled`` waits for Streamlit.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser import chromium
from tests.browser.server import Served, served
from tests.paths import ROOT

WIDE = {"width": 1280, "height": 900}
PHONE = {"width": 390, "height": 844}
SETTLED = "[data-testid=stApp][data-test-script-state=notRunning]"
PATIENCE_MS = 30_000

expect.set_options(timeout=15_000)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The browser found on this machine, with flags that keep it from calling anywhere."""
    path = os.environ.get(chromium.VARIABLE) or chromium.find()
    if path is None:
        pytest.fail(
            "No Chrome or Chromium on this machine. `python tests/browser/chromium.py` installs one.", pytrace=False
        )
    return {"executable_path": path, "args": chromium.FLAGS, "headless": True}


@pytest.fixture(scope="session")
def browser_context_args() -> dict[str, Any]:
    """A desk's screen in light colours, unless a test asks for another."""
    return {"viewport": WIDE, "color_scheme": "light", "locale": "en-GB", "timezone_id": "Europe/London"}


@pytest.fixture(scope="session")
def empty_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with nobody and nothing in it. Tests that put something in ask for their own."""
    with served(tmp_path_factory.mktemp("served") / "home") as server:
        yield server


@pytest.fixture
def own_server(tmp_path: Path) -> Iterator[Served]:
    """A server of this test's own, to put things into."""
    with served(tmp_path / "own-home") as server:
        yield server


@pytest.fixture
def settled() -> Callable[[Page], Page]:
    """Waits until Streamlit has run the page to its end and shows no error."""

    def wait(page: Page) -> Page:
        page.wait_for_selector(SETTLED, timeout=PATIENCE_MS)
        # A click starts the next run a moment later: settled is settled for a little while.
        page.wait_for_timeout(150)
        page.wait_for_selector(SETTLED, timeout=PATIENCE_MS)
        for trouble in (page.get_by_test_id("stException"), page.get_by_text("Something went wrong on this page")):
            assert trouble.count() == 0, trouble.first.inner_text()
        return page

    return wait


@pytest.fixture
def strangers(page: Page) -> list[str]:
    """Every address outside this machine that the page asks for while the test runs; it should stay empty."""
    asked: list[str] = []
    page.on("request", lambda request: None if _local(request.url) else asked.append(request.url))
    return asked


def _local(url: str) -> bool:
    return bool(re.match(r"(https?|wss?)://(127\.0\.0\.1|localhost)[:/]|(data|blob|about):", url))


def photograph(page: Page, name: str) -> Path:
    """Photograph a page from its top to its bottom, into ``screenshots/``."""
    folder = Path(os.environ.get("LOADMON_TEST_SCREENSHOTS", ROOT / "screenshots"))
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.png"
    size = page.viewport_size or WIDE
    height = page.locator("[data-testid=stMain]").evaluate("main => main.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": max(size["height"], int(height))})
    page.wait_for_timeout(300)
    page.screenshot(path=path)
    return path


@pytest.fixture
def screenshots(browser: Browser, settled: Callable[[Page], Page]) -> Callable[[str, str], list[Path]]:
    """Photographs an address on a desk's and a phone's screen, in light and dark, into ``screenshots/``.

    The colours follow the system's choice, as they do for a person who never touched the theme menu.
    """

    def take(url: str, name: str) -> list[Path]:
        taken = []
        for screen, size in (("wide", WIDE), ("phone", PHONE)):
            for colours in ("light", "dark"):
                context = browser.new_context(viewport=size, color_scheme=colours, locale="en-GB")
                try:
                    page = context.new_page()
                    page.goto(url)
                    settled(page)
                    page.wait_for_timeout(600)  # charts draw after the script has ended
                    taken.append(photograph(page, f"{name}-{screen}-{colours}"))
                finally:
                    context.close()
        return taken

    return take
