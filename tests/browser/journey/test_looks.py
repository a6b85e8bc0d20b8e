"""Every page on a desk's and a phone's screen, light and dark: readable by machines too, nothing cut off, nothing sideways."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect

from loadmon.show.dynamics_shown import SHOWN as DYNAMICS
from loadmon.show.history import FURTHER
from loadmon.store import open_store, preferences
from tests.browser.conftest import PHONE, WIDE, photograph
from tests.browser.journey.conftest import no_error, numbers, today
from tests.browser.server import Served, served
from tests.made_team import JUMP, take_in, team_files

pytestmark = pytest.mark.browser

Settled = Callable[[Page], Page]
PLACES = (
    "squad", "week", "check-in", "history", "tissues", "risk", "session", "clinic", "return", "injuries", "runner", "import", "evidence",
)  # fmt: skip
PHONES_COLOURS = ("light", "dark") if "LOADMON_TEST_SCREENSHOTS" in os.environ else ("dark",)
"""Colours push nothing sideways: a phone is looked at in both only where the pictures are wanted."""
GRAVE = ("serious", "critical")
STREAMLITS_OWN: dict[str, str] = {}
"""Rules broken by Streamlit's own parts, with why we cannot mend them; empty is what we want."""


@pytest.fixture(params=["light", "dark"])
def colours(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture
def on(browser: Browser, colours: str) -> Iterator[Callable[[dict[str, int]], Page]]:
    """Opens a screen of a size, in the colours of this test."""
    contexts = []

    def open_(size: dict[str, int]) -> Page:
        context = browser.new_context(viewport=size, color_scheme=colours, locale="en-GB")  # type: ignore[arg-type]
        contexts.append(context)
        return context.new_page()

    yield open_
    for context in contexts:
        context.close()


def show(page: Page, server: Served, place: str, runner: dict[str, int], settled: Settled) -> Page:
    page.goto(f"{server.url}/{place}?athlete={runner[JUMP]}")
    settled(page)
    page.wait_for_timeout(900)  # charts draw after the script has ended
    no_error(page)
    return page


@pytest.mark.parametrize("place", PLACES)
def test_no_grave_barrier_on_a_desk(
    place: str,
    colours: str,
    on: Callable[[dict[str, int]], Page],
    team_server: Served,
    runner: dict[str, int],
    settled: Settled,
) -> None:
    page = show(on(WIDE), team_server, place, runner, settled)
    photograph(page, f"team-{place}-wide-{colours}")
    found = Axe().run(page).response["violations"]
    grave = [
        f"{v['id']} ({v['impact']}): {v['help']}: " + "; ".join(node["html"][:160] for node in v["nodes"][:3])
        for v in found
        if v["impact"] in GRAVE and v["id"] not in STREAMLITS_OWN
    ]
    assert grave == []


def sideways(page: Page) -> dict[str, object]:
    """How far the page can be pushed sideways, and which texts of ours are cut off at their right."""
    return page.evaluate(
        """() => {
            const main = document.querySelector('[data-testid=stMain]');
            const cut = [];
            // a table that scrolls by itself is read by pushing it, and so is what is in it
            const scrolls = box => box.closest('table') && ['auto', 'scroll'].includes(
                getComputedStyle(box.closest('table')).overflowX);
            for (const box of main.querySelectorAll('[data-testid=stHtml] *, [data-testid=stMarkdownContainer] *')) {
                if (scrolls(box)) continue;
                const style = getComputedStyle(box);
                if (box.scrollWidth > box.clientWidth + 1 && box.clientWidth > 0 && style.overflowX !== 'visible')
                    cut.push(box.textContent.slice(0, 60));
                const right = box.getBoundingClientRect().right;
                if (right > window.innerWidth + 1 && box.textContent.trim()) cut.push(box.textContent.slice(0, 60));
            }
            return {page: document.documentElement.scrollWidth - window.innerWidth,
                    main: main.scrollWidth - main.clientWidth, cut};
        }"""
    )


@pytest.mark.parametrize("place", PLACES)
@pytest.mark.parametrize("colours", PHONES_COLOURS, indirect=True)
def test_a_phone_shows_everything_without_pushing_sideways(
    place: str,
    colours: str,
    on: Callable[[dict[str, int]], Page],
    team_server: Served,
    runner: dict[str, int],
    settled: Settled,
) -> None:
    page = show(on(PHONE), team_server, place, runner, settled)
    assert sideways(page) == {"page": 0, "main": 0, "cut": []}
    photograph(page, f"team-{place}-phone-{colours}")


@pytest.fixture(scope="module")
def full_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A server with the made team in it and every further panel of the history asked for."""
    folder = tmp_path_factory.mktemp("full-served")
    store = open_store(None, folder / "home")
    take_in(store, team_files(today()), folder)
    with store.write() as conn:
        preferences.set_preference(conn, "history-also", ",".join(FURTHER))
        preferences.set_preference(conn, "history-dynamics", ",".join(DYNAMICS))
        preferences.set_preference(conn, "history-load", "points")
    store.close()
    with served(folder / "home") as server:
        yield server


def test_a_history_with_every_panel_has_no_grave_barrier_and_fits_a_phone(
    on: Callable[[dict[str, int]], Page], full_server: Served, settled: Settled
) -> None:
    page = show(on(PHONE), full_server, "history", numbers(full_server.home), settled)
    expect(page.get_by_text("Strain", exact=True)).to_have_count(1)
    page.get_by_text("What is this?").first.click()  # a card opens beside its panel
    expect(page.get_by_text("Formula.").first).to_be_visible()
    assert sideways(page) == {"page": 0, "main": 0, "cut": []}
    found = Axe().run(page).response["violations"]
    assert [v["id"] for v in found if v["impact"] in GRAVE and v["id"] not in STREAMLITS_OWN] == []


def test_the_menu_on_a_phone_makes_room_for_the_page_chosen(
    on: Callable[[dict[str, int]], Page], team_server: Served, runner: dict[str, int], settled: Settled
) -> None:
    page = show(on(PHONE), team_server, "week", runner, settled)
    page.get_by_test_id("stExpandSidebarButton").click()
    link = page.get_by_test_id("stSidebar").get_by_role("link", name="History")
    link.click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"{JUMP}: history")
    expect(link).not_to_be_in_viewport()
