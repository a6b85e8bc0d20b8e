"""A panel's heading: what it shows with its definition, and the card with formula, source and limits one click away."""

from __future__ import annotations

from html import escape

import streamlit as st

from loadmon.show.metric_card import MetricCard
from loadmon.show.metric_cards import CARDS

_QUIET = "color:color-mix(in srgb,currentColor 72%,transparent)"
_SUMMARY = "cursor:pointer;list-style:none;font-size:1rem;line-height:1.5"
_BOX = (
    "font-size:.88rem;line-height:1.5;margin:.35rem 0 .2rem;padding:.55rem .8rem;border-radius:.4rem;"
    "border:1px solid color-mix(in srgb,currentColor 18%,transparent)"
)


def panel_heading(title: str, words: str, *keys: str) -> None:
    """Draw a panel's heading; a click on it opens the cards of ``keys``."""
    st.html(panel_heading_html(title, words, *keys))


def panel_heading_html(title: str, words: str, *keys: str) -> str:
    """The heading as a line that opens.

    Parameters
    ----------
    title, words : str
        Its name, and what is drawn and by which definition; shown as text.
    keys : str
        Of ``metric_cards.CARDS``.
    """
    boxes = "".join(card_html(CARDS[key]) for key in keys)
    return (
        f"<details><summary style='{_SUMMARY}'><b>{escape(title)}</b>{escape(words)} "
        f"<span style='font-size:.82rem;{_QUIET};text-decoration:underline dotted;white-space:nowrap'>What is this?</span>"
        f"</summary>{boxes}</details>"
    )


def card_html(card: MetricCard) -> str:
    """One figure explained: sentence, formula, source, limits."""
    rows = "".join(
        f"<div><b>{name}</b> <span style='{_QUIET}'>{escape(words)}</span></div>"
        for name, words in (("Formula.", card.formula), ("Source.", card.sources), ("Limits.", card.limits))
    )
    return f"<div style='{_BOX}'><div><b>{escape(card.name)}.</b> {escape(card.meaning)}</div>{rows}</div>"
