"""A runner and a file named with markup: the screen shows the very letters, and nothing is obeyed."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from loadmon.injury import Injury
from loadmon.store import Viewer, injury_record, open_store, squad
from tests.browser.journey.conftest import today
from tests.browser.server import served
from tests.made_team import take_in, team_files

pytestmark = pytest.mark.browser

Settled = Callable[[Page], Page]
NAMES = (
    "<script>window.evil=1</script><img src=x onerror='window.evil=1'> [a link](https://example.org) ![](https://example.org/x.png)",
    ":red[hot] :material/home: :smile: $x^2$ `code` **bold** ~gone~ https://example.org www.example.org me@example.org -> --",
)


@pytest.mark.timeout(420)  # every page with every name
def test_names_are_shown_by_their_very_letters(
    page: Page, tmp_path: Path, settled: Settled, strangers: list[str]
) -> None:
    store = open_store(None, tmp_path / "home")
    run = next(data for path, data in team_files(today()).items() if path.endswith(".gpx"))
    with store.write() as conn:
        runners = [squad.add_athlete(conn, name).id for name in NAMES]
        for number, name in zip(runners, NAMES, strict=True):
            injury_record.add_injury(conn, Viewer.everyone(), Injury(number, today(), None, name, "left", name))
    take_in(store, {"<img src=x onerror='window.evil=1'> [x](https://example.org).gpx": run}, tmp_path, NAMES[0])
    store.close()
    with served(tmp_path / "home") as server:
        page.goto(f"{server.url}/squad")
        settled(page)
        links = page.get_by_test_id("stMain").get_by_test_id("stPageLink")
        expect(links).to_have_count(len(NAMES))
        seen = {text.replace("\u2060", "") for text in links.all_inner_texts()}
        assert seen == set(NAMES)
        for number, name in zip(runners, NAMES, strict=True):
            for place in ("week", "history", "session"):
                page.goto(f"{server.url}/{place}?athlete={number}")
                settled(page)
                text = page.get_by_test_id("stMain").inner_text().replace("\u2060", "")
                assert name in text
        page.goto(f"{server.url}/import")
        settled(page)
        assert page.get_by_test_id("stMain").locator("a[href*=example], img[src*=example]").count() == 0
        assert page.evaluate("window.evil") is None
    assert strangers == []
