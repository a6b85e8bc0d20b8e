"""Every figure has a card with formula, source and limits, drawn from the same thresholds that the figure uses."""

from __future__ import annotations

import re

import pytest

from loadmon import evidence
from loadmon.show.load_shown import SHOWN
from loadmon.show.metric_card import MetricCard
from loadmon.show.metric_cards import CARDS
from loadmon.show.panel_heading import card_html, panel_heading_html
from tests.show.test_cards import EVIL, read

NEVER = ("sweet spot", "danger", "safe", "will prevent", "tss", "ctl", "atl", "tsb")
NO_LABEL = ("fitness", "fatigue", "form")


@pytest.mark.parametrize("key", CARDS)
def test_a_card_says_what_it_is_how_from_where_and_what_it_cannot(key: str) -> None:
    card = CARDS[key]
    assert card.name
    assert card.meaning.endswith(".")
    assert card.formula
    assert card.limits.endswith(".")
    assert card.sources
    html = read(card_html(card)).text
    for part in (card.name, card.meaning, card.formula, card.sources, card.limits):
        assert part in html


@pytest.mark.parametrize("key", CARDS)
def test_a_card_is_read_in_a_minute(key: str) -> None:
    card = CARDS[key]
    assert len(f"{card.meaning} {card.formula} {card.limits}".split()) <= 130


@pytest.mark.parametrize("key", CARDS)
def test_a_card_promises_nothing(key: str) -> None:
    words = f"{CARDS[key].name} {CARDS[key].meaning} {CARDS[key].formula} {CARDS[key].limits}".lower()
    for never in NEVER:
        assert not re.search(rf"\b{never}\b", words)
    for model_term in NO_LABEL:
        assert not re.search(rf"\b{model_term}\b", CARDS[key].name.lower())


def test_what_is_ours_is_called_ours_and_stands_last() -> None:
    card = MetricCard("a", "b.", "c", (evidence.MINIMUM_COVERAGE, evidence.ACUTE_DAYS), "d.", ("Foster 1998",))
    assert card.sources == f"Foster 1998; {evidence.ACUTE_DAYS.source}; {evidence.OURS}"


def test_every_load_that_can_be_shown_has_a_card() -> None:
    assert {shown.card for shown in SHOWN.values()} <= set(CARDS)


def test_the_heading_holds_the_definition_and_opens_to_the_cards() -> None:
    found = read(panel_heading_html(EVIL, EVIL, "ratio", "days"))
    assert found.names <= {"details", "summary", "div", "span", "b"}
    assert found.text.count(EVIL) == 2
    for key in ("ratio", "days"):
        assert CARDS[key].formula in found.text


def test_a_graded_pace_without_slopes_is_not_called_the_pace_over_the_ground() -> None:
    limits = CARDS["graded pace"].limits
    assert "over the ground" not in limits
    assert "hard minutes count more and standing is left out" in limits
