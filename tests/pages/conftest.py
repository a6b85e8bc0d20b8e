"""Pages without a browser: Streamlit's own test runner, on stores made once and copied for tests that write."""

from __future__ import annotations

import re
import shutil
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
import streamlit as st
from streamlit.testing.v1 import AppTest

from loadmon.paths import page_file
from loadmon.server.menu import places
from loadmon.show import state
from loadmon.store import Store, open_store
from tests.made_team import ONCE, take_in, team_files
from tests.paths import ROOT

NOW = datetime(2026, 5, 17, 18, 0, tzinfo=UTC)
SHELL = ROOT / "loadmon" / "server" / "shell.py"
RENAMED = {place.file for place in places() if place.address != place.file.removesuffix(".py")}
"""Pages whose address is not their file's name: known to the test runner after a first run only."""
IMPORT = "import_files.py"
WAIT_S = 60


def make_home(folder: Path, files: dict[str, bytes], athlete: str | None = None) -> Path:
    """A data folder into which these files were taken."""
    home = folder / "home"
    store = open_store(None, home)
    if files:
        take_in(store, files, folder, athlete)
    store.close()
    return home


@pytest.fixture(scope="session")
def made_homes(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    """Homes by what is in them: nothing, one runner with one run, the whole team."""
    team = team_files(NOW.date())
    once = {path: data for path, data in team.items() if path.startswith(ONCE)}
    return {
        "empty": make_home(tmp_path_factory.mktemp("empty"), {}),
        "once": make_home(tmp_path_factory.mktemp("once"), once, ONCE),
        "team": make_home(tmp_path_factory.mktemp("team"), team),
    }


@pytest.fixture(autouse=True)
def _fixed_clock(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """The evening for which the team was made; and nothing kept from the test before."""
    monkeypatch.setattr(state, "now", lambda: NOW)
    st.cache_data.clear()
    st.cache_resource.clear()
    yield
    state.store().close()
    st.cache_data.clear()
    st.cache_resource.clear()


@pytest.fixture
def home(made_homes: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[[str], Path]:
    """Puts a copy of a made home where the settings point to."""

    def use(name: str) -> Path:
        own = tmp_path / "own-home"
        shutil.copytree(made_homes[name], own)
        monkeypatch.setenv("LOADMON_HOME", str(own))
        return own

    return use


@pytest.fixture
def store() -> Callable[[], Store]:
    """The store that the pages look into."""
    return state.store


Open = Callable[..., AppTest]


@pytest.fixture
def open_page() -> Open:
    """Opens a page by its file's name, with what stands in the address; it must not fail."""

    def open_(page: str, **query: str) -> AppTest:
        at = AppTest.from_file(str(SHELL), default_timeout=WAIT_S)
        if page in RENAMED:
            at.run()
        for name, value in query.items():
            at.query_params[name] = value
        return well(at.switch_page(str(page_file(page))).run())

    return open_


def well(at: AppTest) -> AppTest:
    """The page, if it ran to its end without a failure."""
    assert not at.exception, [e.value for e in at.exception]
    assert "Something went wrong" not in words(at)
    return at


def words(at: AppTest) -> str:
    """Everything that is read on the page itself, as one text."""
    kinds = ("title", "header", "subheader", "markdown", "caption", "info", "warning", "error", "success")
    found = [str(element.value) for kind in kinds for element in getattr(at.main, kind)]
    found += [str(block.proto.body) for block in at.main.get("html")]
    found += [button.label for button in at.main.button]
    # Given text stands there with its signs made harmless (loadmon.show.plain); a person reads it without.
    return re.sub(r"\\([!-/:-@\[-`{-~])", r"\1", "\n".join(found)).replace("\u2060", "")
