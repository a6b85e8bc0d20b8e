"""The import page: whose files, taken in, a report of each; the same again changes nothing."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import FilePayload, Page, expect

from tests.browser.journey.conftest import go_to, no_error, today
from tests.browser.server import Served
from tests.made_team import BARE, JUMP, ONCE, STEADY, bad_files, team_files, zipped

pytestmark = pytest.mark.browser

Settled = Callable[[Page], Page]
LONG_MS = 60_000


def payload(name: str, data: bytes) -> FilePayload:
    return {"name": name, "mimeType": "application/octet-stream", "buffer": data}


def give(page: Page, *files: FilePayload) -> None:
    page.locator("[data-testid=stFileUploader] input[type=file]").set_input_files(list(files))


def take_in(page: Page) -> None:
    page.get_by_role("button", name="Import these files").click()


def report(page: Page) -> list[dict[str, str]]:
    with page.expect_download() as started:
        page.get_by_role("button", name="Download this report as CSV").click()
    return list(csv.DictReader(io.StringIO(Path(started.value.path()).read_text(encoding="utf-8"))))


def outcomes(lines: list[dict[str, str]]) -> dict[str, int]:
    found: dict[str, int] = {}
    for line in lines:
        found[line["outcome"]] = found.get(line["outcome"], 0) + 1
    return found


def test_a_teams_archive_twice(page: Page, own_server: Served, settled: Settled) -> None:
    files = team_files(today())
    archive = payload("team.zip", zipped(files | bad_files()))
    page.goto(f"{own_server.url}/import")
    settled(page)
    give(page, archive)
    # whose they are stands there before anything is taken in
    expect(page.get_by_text("36 files of 3 runners").or_(page.get_by_text("36 files of 4 runners"))).to_be_visible(
        timeout=LONG_MS
    )
    expect(page.get_by_test_id("stAlert")).to_contain_text("No folder says whose the file is, for example nobody.gpx")
    expect(page.get_by_text("1 other file is left out")).to_be_visible()
    take_in(page)
    expect(page.get_by_text("38 files looked at, 33 sessions stored")).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_text("imported (33)")).to_be_visible()
    expect(page.get_by_text("refused (3)")).to_be_visible()
    lines = report(settled(page))
    # what nobody is told for is read before anybody is asked: this one holds no activity
    assert outcomes(lines) == {"imported": 33, "refused": 3, "not an activity": 1, "foreign": 1}
    by_path = {line["path"]: line for line in lines}
    assert by_path[f"{STEADY}/report.fit"]["reason"] == "unknown format"
    assert by_path[f"{STEADY}/empty.fit"]["reason"] == "empty file"
    assert by_path[f"{STEADY}/report.fit"]["advice"]
    # the same again
    give(page, archive)
    take_in(page)
    expect(page.get_by_text("there already (33)")).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_text("38 files looked at, 0 sessions stored")).to_be_visible()
    assert outcomes(report(settled(page)))["duplicate"] == 33
    # and everyone is on the squad page
    go_to(page, "Squad")
    for name in (STEADY, JUMP, BARE, ONCE):
        expect(page.get_by_role("link", name=name)).to_be_visible()
    no_error(page)


def test_loose_files_ask_whose_they_are(page: Page, own_server: Served, settled: Settled) -> None:
    (path, data), *_ = team_files(today()).items()
    page.goto(f"{own_server.url}/import")
    settled(page)
    give(page, payload(Path(path).name, data))
    expect(page.get_by_text("No folder says whose the file is")).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_text("1 file needs somebody to say whose it is")).to_be_visible(timeout=LONG_MS)
    box = page.get_by_role("combobox", name="Whose files are these?")
    box.click()
    box.fill("Zoë New")
    page.keyboard.press("Enter")
    expect(page.get_by_text("1 file of 1 runner")).to_be_visible()
    take_in(page)
    expect(page.get_by_text("1 file looked at, 1 session stored")).to_be_visible(timeout=LONG_MS)
    go_to(page, "My week")
    expect(page.get_by_role("heading", name="Zoë New")).to_be_visible()


def test_a_folder_on_the_servers_computer(page: Page, own_server: Served, settled: Settled, tmp_path: Path) -> None:
    folder = tmp_path / "season"
    for path, data in team_files(today()).items():
        if path.startswith((BARE, ONCE)):
            (folder / path).parent.mkdir(parents=True, exist_ok=True)
            (folder / path).write_bytes(data)
    page.goto(f"{own_server.url}/import")
    settled(page)
    page.get_by_role("tab", name="From a folder").click()
    box = page.get_by_role("textbox", name="Folder, ZIP or file")
    box.fill(str(tmp_path / "nothing here"))
    box.press("Enter")
    expect(page.get_by_text(re.compile("There is nothing at .*nothing here"))).to_be_visible()
    box.fill(str(folder))
    box.press("Enter")
    expect(page.get_by_text("3 files of 2 runners")).to_be_visible()
    take_in(page)
    expect(page.get_by_text("3 files looked at, 3 sessions stored")).to_be_visible(timeout=LONG_MS)
    assert (folder / ONCE).is_dir(), "the folder itself is never touched"
    assert len(list(folder.rglob("*.*"))) == 3


def test_more_loose_files_than_a_browser_sends_reliably(page: Page, own_server: Served, settled: Settled) -> None:
    page.goto(f"{own_server.url}/import")
    settled(page)
    give(page, *[payload(f"{n}.gpx", b"<gpx></gpx>") for n in range(201)])
    expect(page.get_by_text("201 loose files are more than a browser sends reliably.")).to_be_visible(timeout=LONG_MS)
    expect(page.get_by_role("button", name="Import these files")).to_have_count(0)
