"""Figures as cards: a name, a number, what it is compared with, and its definition one click away."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape

import streamlit as st

_QUIET = "color:color-mix(in srgb,currentColor 72%,transparent)"
_GRID = "display:grid;grid-template-columns:repeat(auto-fill,minmax(10.5rem,1fr));gap:.75rem"
_CARD = "border:1px solid color-mix(in srgb,currentColor 18%,transparent);border-radius:.5rem;padding:.7rem .9rem"
_NUMBER = "font-size:1.55rem;line-height:1.3;font-variant-numeric:tabular-nums;overflow-wrap:anywhere"


@dataclass(frozen=True, slots=True)
class Card:
    """One figure.

    Parameters
    ----------
    name, number, words : str
        What it is, its value with unit (or "–"), and what it is compared with or why it is missing.
    definition : str
        Formula, source and limits, shown on demand.
    """

    name: str
    number: str
    words: str = ""
    definition: str = ""


def cards(shown: list[Card]) -> None:
    """Show figures side by side, as many to a row as the screen holds."""
    st.html(cards_html(shown))


def cards_html(shown: list[Card]) -> str:
    """The cards as one grid: numbers never cut off, legible on light and dark."""
    return f"<div style='{_GRID}'>{''.join(_card(card) for card in shown)}</div>"


def _card(card: Card) -> str:
    more = ""
    if card.definition:
        more = (
            "<details style='font-size:.82rem'><summary style='cursor:pointer'>What is this?</summary>"
            f"<div style='{_QUIET}'>{escape(card.definition)}</div></details>"
        )
    return (
        f"<div style='{_CARD}'><div style='font-size:.85rem'>{escape(card.name)}</div>"
        f"<div style='{_NUMBER}'>{escape(card.number)}</div>"
        f"<div style='font-size:.82rem;{_QUIET}'>{escape(card.words)}</div>{more}</div>"
    )
