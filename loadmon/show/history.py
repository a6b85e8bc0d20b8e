"""The history page's parts: span, load, ratio and further panels to choose, the panels, the sessions."""

from __future__ import annotations

import streamlit as st

from loadmon.show import choices, dynamics_panels, history_panels, parts, state
from loadmon.show.dynamics_shown import FIRST_SHOWN
from loadmon.show.dynamics_shown import SHOWN as DYNAMICS
from loadmon.show.history_table import domain, panel_table, table_behind
from loadmon.show.history_view import HistoryView
from loadmon.show.load_shown import SHOWN, ShownLoad
from loadmon.show.ratio_shown import RATIOS, ShownRatio
from loadmon.show.sessions_table import sessions_table
from loadmon.show.words import capital, day_of_year

SPANS: dict[str, int | None] = {"8 weeks": 56, "26 weeks": 182, "1 year": 365, "all": None}
AVERAGES, VARIETY, STEPS = "averages", "variety", "dynamics"
FURTHER = {AVERAGES: "Long and short term", VARIETY: "Monotony and strain", STEPS: "Running dynamics"}
"""Panels that are a second click: what stands on the screen, by what is kept."""


def choose_what() -> tuple[int | None, ShownLoad, ShownRatio]:
    """How far back to look (half a year unless chosen otherwise); which load and which ratio (both remembered)."""
    with st.container(horizontal=True):
        length = st.segmented_control("Span", list(SPANS), default="26 weeks", key="span")
        ratio = choices.one_of("Ratio", {key: shown.choice for key, shown in RATIOS.items()}, "history-ratio")
    # apart: within the row above its options would not go on in a second line on a phone
    load = choices.one_of("Load in", {key: capital(key) for key in SHOWN}, "history-load")
    return SPANS[length or "26 weeks"], SHOWN[load], RATIOS[ratio]


def where_it_ends(view: HistoryView) -> None:
    """A word where the span does not reach to today, because nothing was recorded since."""
    if view.ends != view.today:
        st.info(f"Nothing was recorded after {day_of_year(view.ends)}: the span ends there.")


def panels(view: HistoryView) -> None:
    """Load, ratio, cadence and injuries, one unit each, on one time axis, with what else was asked for; the table behind.

    The page opens on few panels: the others are there for whom they tell something, and stay once chosen.
    """
    if view.days.empty:
        st.info("No session in this span.")
        return
    further = choices.several_of("Also show", FURTHER, "history-also")
    named = {name: shown.title for name, shown in DYNAMICS.items()}
    dynamics = (
        choices.several_of("Running dynamics", named, "history-dynamics", FIRST_SHOWN) if STEPS in further else []
    )
    units = state.units()
    table = panel_table(view, units)
    days = domain(table, view)
    history_panels.load(view, table, units, days)
    if AVERAGES in further:
        history_panels.averages(view, table, units, days)
    history_panels.ratio(view, table, units, days)
    if VARIETY in further:
        history_panels.variety(view, table, units, days)
    history_panels.cadence(view, table, units, days)
    tables = {}
    if dynamics:
        tables = dynamics_panels.span_tables(state.runner_dynamics(view.athlete.id), view, dynamics)
        dynamics_panels.dynamics(tables, days)
    history_panels.ribbon(view, days)
    parts.table_behind("These days as a table", table_behind(table), f"days-{view.athlete.id}.csv")
    if tables:
        behind = dynamics_panels.behind(tables)
        parts.table_behind("Running dynamics as a table", behind, f"dynamics-{view.athlete.id}.csv")


def sessions(view: HistoryView) -> None:
    """Every session of the span, newest first."""
    if view.sessions.empty:
        st.caption("No session in this span.")
        return
    sessions_table(view.sessions, view.athlete, "history")
