"""The evidence page's parts: every threshold with its source, and what each figure means."""

from __future__ import annotations

from html import escape

import pandas as pd
import streamlit as st

from loadmon import evidence
from loadmon.evidence import Evidence
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
    """What the figures mean, in a few sentences each."""
    for name, words in DEFINITIONS.items():
        with st.expander(name):
            st.markdown(words)


DEFINITIONS = {
    "Session against the longest run of 30 days": (
        "`100 × (distance ÷ longest single run of the 30 days before − 1)`. Earlier runs of the same day count. "
        "Up to 10 % is the reference, to 30 % small, to 100 % moderate, above large (Frandsen et al. 2025). After 14 days "
        "without running the longest run since the return is told beside it (loadmon convention)."
    ),
    "Longest sensible next run": (
        "The same turned round: 1.10 × the longest single run of the last 30 days. References under 5 km or 30 minutes get "
        "five minutes more instead; after a lay-off it starts from the longest run since; while an injury is open there is "
        "none, because a clinician's plan decides."
    ),
    "Acute:chronic ratio": (
        "`mean of 7 days ÷ mean of the 21 days before them` (rolling, uncoupled). Not shown with under 28 days of history, "
        "over a fifth of the window unknown, or under 5 km (30 minutes) a week before. It describes and never raises a state."
    ),
    "This week against usual": (
        "Distance so far, against the least and the most that the four weeks before held by the same weekday, so that a Monday "
        "is not compared with a whole week."
    ),
    "Cadence at a common pace": (
        "Half minutes of steady running on nearly level ground, brought to 3.0 m/s by the runner's own rule (Huber "
        "regression on the first runs, then frozen). Trend of 8 weeks: Theil–Sen with 95 % range, Mann–Kendall corrected "
        "for autocorrelation; a change is named only from 2 steps a minute on."
    ),
    "Rest day and day without data": (
        "A day without a session is a rest day, a true zero. Days noted as missing (watch broken, away without it) are not: "
        "they count against what is known, and with over a fifth of a window unknown a figure is withheld."
    ),
}
