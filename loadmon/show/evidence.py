"""The evidence page's parts: every threshold with its source, and what each figure means."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from loadmon import evidence
from loadmon.evidence import Evidence
from loadmon.show.metric_cards import CARDS
from loadmon.show.panel_heading import card_html
from loadmon.show.words import capital
from loadmon.units import Units, duration

_BLOCK = (
    "display:grid;grid-template-columns:repeat(auto-fit,minmax(min(17rem,100%),1fr));gap:.1rem 1.5rem;padding:.6rem 0;"
    "border-top:1px solid color-mix(in srgb,currentColor 18%,transparent)"
)
_QUIET = "font-size:.88rem;color:color-mix(in srgb,currentColor 72%,transparent)"


def rows(units: Units) -> pd.DataFrame:
    """Every threshold in use, as rows."""
    return pd.DataFrame(
        [
            {
                "what": capital(e.name),
                "value": value_words(e, units),
                "from": e.grade.value,
                "source": "" if e.source == e.grade.value else e.source,
                "what it cannot say": e.caveat,
            }
            for e in evidence.cited()
        ]
    )


def value_words(e: Evidence, units: Units) -> str:
    """A threshold's value as it is said: minutes instead of 1800 s, kilometres or miles instead of 5000 m."""
    unit, _, rest = e.unit.partition(" ")
    if unit == "s" and e.value >= 120:
        words = duration(e.value)
    elif unit == "m" and e.value >= 1000:
        words = units.distance(e.value)
    else:
        words, rest = f"{e.value:g}", e.unit
    return f"{words} {rest}".strip()


def table(units: Units) -> None:
    """Every threshold in use: what and how much, where from, what it cannot say."""
    st.html(table_html(rows(units)))


def table_html(found: pd.DataFrame) -> str:
    """The thresholds as blocks of two columns that fold into one on a phone."""
    blocks = [
        f"<div style='{_BLOCK}'><div><b>{escape(what)}</b><br>{escape(value)}</div>"
        f"<div style='{_QUIET}'>{escape(caveat)}<br>{escape(' · '.join(w for w in (grade, source) if w))}</div></div>"
        for what, value, grade, source, caveat in found.itertuples(index=False, name=None)
    ]
    return "".join(blocks)


def definitions() -> None:
    """What the figures mean: a card each, with formula, source and limits."""
    for card in CARDS.values():
        with st.expander(card.name):
            st.html(card_html(card))
