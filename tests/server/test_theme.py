"""The colours of both themes can be read: contrast by WCAG 2.2, and nothing is fetched from elsewhere."""

from __future__ import annotations

import tomllib
from itertools import product
from typing import Any

import pytest

from tests.paths import ROOT

CONFIG = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))


def _luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _contrast(one: str, other: str) -> float:
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _grounds(theme: dict[str, Any]) -> list[str]:
    return [
        part[name] for part in (theme, theme["sidebar"]) for name in ("backgroundColor", "secondaryBackgroundColor")
    ]


def test_contrast_is_measured_as_wcag_does() -> None:
    assert _contrast("#FFFFFF", "#000000") == pytest.approx(21)
    assert _contrast("#777777", "#FFFFFF") == pytest.approx(4.48, abs=0.01)


@pytest.mark.parametrize("name", ["light", "dark"])
def test_text_and_links_can_be_read_on_every_ground(name: str) -> None:
    theme = CONFIG["theme"][name]
    for ground, (role, least) in product(
        _grounds(theme), (("textColor", 7.0), ("linkColor", 4.5), ("primaryColor", 3.0))
    ):
        assert _contrast(theme[role], ground) >= least, f"{role} on {ground}"


def test_every_option_is_one_that_streamlit_knows() -> None:
    from streamlit import config

    from loadmon.server.launch import streamlit_options
    from loadmon.settings import read_settings

    assert not set(streamlit_options(read_settings())) - set(config.get_config_options())


def test_nothing_is_sent_out_and_nothing_is_fetched() -> None:
    assert CONFIG["browser"]["gatherUsageStats"] is False
    assert CONFIG["server"]["enableXsrfProtection"] is True
    assert CONFIG["server"]["enableCORS"] is True
    assert CONFIG["server"]["address"] == "127.0.0.1"
    assert "http" not in str(CONFIG["theme"])
