"""Shapes and lines stand out from light and from dark ground, and no state is told by colour alone."""

from __future__ import annotations

import itertools
import tomllib

import pytest

from loadmon.planning.attention import State
from loadmon.show import palette
from loadmon.show.charts.ribbon import ROW_COLOURS
from loadmon.show.charts.session import PANELS
from loadmon.show.parts import badge_html
from tests.paths import ROOT

GRAPHICS = 3.0
"""WCAG 2, 1.4.11: what a graphic needs to stand out."""
COLOURS = {name: value for name, value in vars(palette).items() if isinstance(value, str) and value.startswith("#")}


def luminance(colour: str) -> float:
    channels = [int(colour[place : place + 2], 16) / 255 for place in (1, 3, 5)]
    linear = [c / 12.92 if c <= 0.03928 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    high, low = sorted((luminance(one), luminance(other)), reverse=True)
    return (high + 0.05) / (low + 0.05)


def grounds() -> dict[str, str]:
    theme = tomllib.loads((ROOT / ".streamlit" / "config.toml").read_text(encoding="utf-8"))["theme"]
    return {mode: theme[mode]["backgroundColor"] for mode in ("light", "dark")}


@pytest.mark.parametrize(("name", "mode"), list(itertools.product(COLOURS, ("light", "dark"))))
def test_every_colour_stands_out_from_both_grounds(name: str, mode: str) -> None:
    assert contrast(COLOURS[name], grounds()[mode]) >= GRAPHICS


@pytest.mark.parametrize("mode", ["light", "dark"])
def test_the_colour_of_most_thin_lines_and_dots_is_dim_on_neither_ground(mode: str) -> None:
    assert contrast(palette.BLUE, grounds()[mode]) >= 4.0


def test_there_are_colours_to_test_and_charts_use_no_others() -> None:
    assert len(COLOURS) >= 6
    assert {panel.colour for panel in PANELS} | set(ROW_COLOURS.values()) <= set(COLOURS.values())


def test_each_state_has_a_word_a_shape_and_a_colour_of_its_own() -> None:
    assert set(palette.BADGES) == set(State)
    for part in ("word", "shape", "colour"):
        assert len({getattr(badge, part) for badge in palette.BADGES.values()}) == len(State)


@pytest.mark.parametrize("state", State)
def test_the_word_is_never_coloured_and_the_shape_is_not_read_aloud(state: State) -> None:
    badge = palette.BADGES[state]
    html = badge_html(badge)
    shape, _, rest = html.partition("</span>")
    assert f"color:{badge.colour}" in shape
    assert 'aria-hidden="true"' in shape
    assert badge.word in rest
    assert badge.colour not in rest
