"""What a session was worth: its points, which method was used, why the better ones were not possible, and every method."""

from __future__ import annotations

from dataclasses import dataclass

import pandas as pd
import streamlit as st

from loadmon.load.points import NOTE_WORDS
from loadmon.load.told import POINTS, TRIMP
from loadmon.measure import reason_words
from loadmon.paths import page_file
from loadmon.repair.words import sentence
from loadmon.show import parts
from loadmon.show.panel_heading import panel_heading
from loadmon.show.plain import plain
from loadmon.show.session_view import SessionLoad
from loadmon.show.words import capital
from loadmon.units import NOTHING, Units, duration

RUNNER_PAGE = "page Runner"
"""Reasons that can be mended there say so."""


@dataclass(frozen=True, slots=True)
class Method:
    """One method as the screen says it: column, name, unit."""

    column: str
    name: str
    unit: str


METHODS: tuple[Method, ...] = (
    Method("heart_rate_stress", "Heart-rate stress", "points"),
    Method("pace_stress", "Pace stress", "points"),
    Method("power_stress", "Power stress", "points"),
    Method("effort_au", "Effort × minutes", "AU"),
    Method("trimp_banister", "Heart-rate load, Banister", "TRIMP"),
    Method("trimp_edwards", "Heart-rate load, Edwards", "TRIMP"),
    Method("trimp_lucia", "Heart-rate load, Lucia", "TRIMP"),
    Method("distance_m", "Distance", ""),
    Method("moving_s", "Moving time", ""),
)
CARD_KEYS = ("points", "heart-rate stress", "pace stress", "power stress", "effort", "heart-rate load")


def load(found: SessionLoad, athlete_id: int, units: Units) -> None:
    """Points with their method first, then what stood in the way of better ones, then every method in a table."""
    st.header("Load")
    panel_heading(headline(found), f" {how(found)}", *CARD_KEYS)
    told = told_words(found) + why_not(found) + [NOTE_WORDS[code] for code in found.notes]
    if told:
        st.markdown("\n".join(f"- {plain(sentence)}" for sentence in told))
    rows = method_rows(found, units)
    if any(RUNNER_PAGE in sentence for sentence in told):
        label = "Set limits on the page Runner →"
        st.page_link(page_file("runner.py"), label=label, query_params={parts.ATHLETE: str(athlete_id)})
    parts.table_behind("Load by every method", rows, f"load-{athlete_id}.csv", sentences=rows)


def headline(found: SessionLoad) -> str:
    """Its points in two words."""
    if found.points is None:
        return "No load can be told"
    return f"{'About ' if found.estimated else ''}{found.points:.0f} points"


def how(found: SessionLoad) -> str:
    """By which method the points were told; an hour at threshold is 100."""
    if found.method is None:
        return f"({reason_words(found.reason)})" if found.reason else ""
    return f"by {found.method}{', estimated' if found.estimated else ''} (an hour at threshold is 100)."


def told_words(found: SessionLoad) -> list[str]:
    """What a person told, why, and what it stands in the place of."""
    said = []
    if POINTS in found.told:
        words = f"Told by a person, and it counts: {sentence(found.told[POINTS])}"
        if found.computed is not None:
            points, method = found.computed
            words += f" Computed it would be {points:.0f} points by {method}."
        said.append(words)
    if TRIMP in found.told:
        said.append(
            f"Heart-rate load after Banister was told by a person, and it counts: {sentence(found.told[TRIMP])}"
        )
    return said


def why_not(found: SessionLoad) -> list[str]:
    """The better methods, each with what it lacked."""
    return [f"{capital(method)} was not possible: {reason_words(code)}" for method, code in found.why_not]


def method_rows(found: SessionLoad, units: Units) -> pd.DataFrame:
    """Every method in words: its value with unit, or why it has none."""
    rows = []
    for method in METHODS:
        value, code = found.methods[method.column]
        rows.append(
            {
                "method": method.name,
                "value": NOTHING if value is None else _words(method, value, units),
                "why not": reason_words(code) if code else "",
            }
        )
    return pd.DataFrame(rows)


def _words(method: Method, value: float, units: Units) -> str:
    if method.column == "distance_m":
        return units.distance(value, 2)
    if method.column == "moving_s":
        return duration(value)
    return f"{value:,.0f} {method.unit}"
