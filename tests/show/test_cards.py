"""Figures as cards: whatever stands in them is shown as text."""

from __future__ import annotations

from html.parser import HTMLParser

from loadmon.show.cards import Card, cards_html
from loadmon.show.evidence import table_html
from loadmon.show.sparkline import week_bars


class Tags(HTMLParser):
    """Collects the elements and the text of a piece of HTML."""

    def __init__(self) -> None:
        super().__init__()
        self.names: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: object) -> None:
        self.names.add(tag)

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Tags:
    tags = Tags()
    tags.feed(html)
    return tags


EVIL = "<script>alert('x')</script>\"'&"


def test_markup_in_a_card_is_text() -> None:
    found = read(cards_html([Card(EVIL, EVIL, EVIL, EVIL)]))
    assert found.names <= {"div", "details", "summary"}
    assert found.text.count(EVIL) == 4


def test_a_card_without_a_definition_offers_none() -> None:
    assert "details" not in read(cards_html([Card("Distance", "5.0 km")])).names


def test_markup_in_a_thumbnails_words_stays_inside_its_description() -> None:
    found = read(week_bars([1000.0, None, 2000.0], EVIL))
    assert found.names == {"img"}
    assert found.text == ""


def test_markup_in_a_limit_is_text() -> None:
    import pandas as pd

    found = read(table_html(pd.DataFrame([[EVIL] * 5])))
    assert found.names <= {"div", "b", "br"}
    assert found.text.count(EVIL) == 5
