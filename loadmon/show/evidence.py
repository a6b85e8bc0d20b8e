"""The evidence page's parts: every threshold with its source, and what each figure means."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from loadmon import evidence


def rows() -> pd.DataFrame:
    """Every threshold in use, as rows."""
    return pd.DataFrame(
        [
            {
                "what": e.name,
                "value": e.value,
                "unit": e.unit,
                "from": e.grade.value,
                "source": e.source,
                "what it cannot say": e.caveat,
            }
            for e in evidence.cited()
        ]
    )


def table() -> None:
    """Every threshold in use."""
    found = rows()
    for e in found.itertuples(index=False):
        with st.container(border=True):
            st.markdown(f"**{e.what}**: {e.value:g} {e.unit}")
            st.caption(f"{e[3]} · {e.source}. {e[5]}")


def definitions() -> None:
    """What the figures mean, in a few sentences each."""
    st.subheader("What the figures mean")
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
