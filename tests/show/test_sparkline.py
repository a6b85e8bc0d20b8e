"""Twelve weeks in a thumbnail: heights to one scale, unknown weeks and the unfinished one told apart."""

from __future__ import annotations

import re
from base64 import b64decode
from xml.etree import ElementTree

from loadmon.show.sparkline import HEIGHT, WIDTH, week_bars

SVG = "{http://www.w3.org/2000/svg}"


def bars(weeks: list[float | None], **given: bool) -> list[dict[str, str]]:
    picture = re.search(r"base64,([^\"]+)", week_bars(weeks, "words", **given))
    assert picture
    drawing = ElementTree.fromstring(b64decode(picture.group(1)))
    return [dict(bar.attrib) for bar in drawing.iter(f"{SVG}rect")]


def test_bars_are_to_one_scale_and_inside_the_picture() -> None:
    found = bars([10_000.0, 20_000.0, 40_000.0], unfinished=False)
    heights = [float(bar["height"]) for bar in found]
    assert heights[2] == HEIGHT - 4
    assert abs(heights[1] - heights[2] / 2) < 0.1
    for bar in found:
        assert float(bar["x"]) >= 0 and float(bar["x"]) + float(bar["width"]) <= WIDTH
        assert float(bar["y"]) >= 0 and float(bar["y"]) + float(bar["height"]) <= HEIGHT


def test_a_week_of_nothing_and_a_week_of_which_nothing_is_known_differ() -> None:
    zero, unknown, ran = bars([0.0, None, 10_000.0], unfinished=False)
    assert zero["fill"] != "none"
    assert unknown["fill"] == "none"
    assert float(ran["height"]) > float(zero["height"])


def test_the_running_week_is_hollow() -> None:
    assert [bar["fill"] == "none" for bar in bars([5.0, 5.0])] == [False, True]


def test_only_the_last_twelve_weeks_are_drawn_and_fewer_stand_at_the_right() -> None:
    assert len(bars([1.0] * 30)) == 12
    (only,) = bars([1.0])
    assert float(only["x"]) > WIDTH * 10 / 12


def test_weeks_of_nothing_but_zero_are_drawn_flat() -> None:
    assert {bar["height"] for bar in bars([0.0, 0.0], unfinished=False)} == {"1.5"}
