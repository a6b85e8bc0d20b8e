"""Starting the server from Python: which options Streamlit gets, and when a browser may open."""

from __future__ import annotations

import sys

import pytest

from loadmon.server.launch import has_screen, streamlit_options
from loadmon.settings import read_settings


def test_our_settings_go_over_the_file(monkeypatch: pytest.MonkeyPatch) -> None:
    options = streamlit_options(read_settings(address="0.0.0.0", max_upload_mb=7, port=9009))
    assert options["server.address"] == "0.0.0.0"
    assert options["server.maxUploadSize"] == 7
    assert options["server.port"] == 9009
    assert options["runner.postScriptGC"] is False
    assert options["theme.dark.sidebar.backgroundColor"].startswith("#")


def test_a_port_nobody_asked_for_may_give_way() -> None:
    assert "server.port" not in streamlit_options(read_settings())


def test_a_port_in_the_environment_was_asked_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOADMON_PORT", "8501")
    assert streamlit_options(read_settings())["server.port"] == 8501


@pytest.mark.skipif(sys.platform in {"win32", "darwin"}, reason="these always have a screen")
def test_no_browser_opens_where_nobody_would_see_it(monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("CI", "DISPLAY", "WAYLAND_DISPLAY"):
        monkeypatch.delenv(name, raising=False)
    assert not has_screen()
    monkeypatch.setenv("DISPLAY", ":0")
    assert has_screen()
    monkeypatch.setenv("CI", "true")
    assert not has_screen()
