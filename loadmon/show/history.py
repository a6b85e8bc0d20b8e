"""The history page's parts: span and load, stacked panels on one time axis, the sessions."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from loadmon.load.ratio import definition
from loadmon.show import history_words as words
from loadmon.show import parts, state
from loadmon.show.charts import history as charts
from loadmon.show.charts.panel import Domain
from loadmon.show.charts.session import span
from loadmon.show.history_table import domain, marks, panel_table
from loadmon.show.history_view import HistoryView
from loadmon.show.load_shown import SHOWN, ShownLoad
from loadmon.show.panel_heading import panel_heading
from loadmon.show.plain import plain
from loadmon.show.sessions_table import sessions_table
from loadmon.show.words import cadence_words, capital, day_of_year
from loadmon.units import Units

SPANS: dict[str, int | None] = {"8 weeks": 56, "26 weeks": 182, "1 year": 365, "all": None}
LEAST_CADENCE_SPAN = 16.0
LOAD = "history-load"
"""Under this name the kind of load is remembered."""


def choose_span_and_load() -> tuple[int | None, ShownLoad]:
    """How far back to look (half a year unless chosen otherwise), and which load (remembered)."""
    with st.container(horizontal=True):
        length = st.segmented_control("Span", list(SPANS), default="26 weeks", key="span")
        load = st.segmented_control(
            "Load in",
            list(SHOWN),
            default=_remembered_load(),
            format_func=capital,
            key=LOAD,
            on_change=_remember_load,
        )
    return SPANS[length or "26 weeks"], SHOWN[load or _remembered_load()]


def _remembered_load() -> str:
    kept = state.chosen(LOAD, next(iter(SHOWN)))
    return kept if kept in SHOWN else next(iter(SHOWN))


def _remember_load() -> None:
    if st.session_state.get(LOAD):
        state.remember(LOAD, st.session_state[LOAD])


def where_it_ends(view: HistoryView) -> None:
    """A word where the span does not reach to today, because nothing was recorded since."""
    if view.ends != view.today:
        st.info(f"Nothing was recorded after {day_of_year(view.ends)}: the span ends there.")


def panels(view: HistoryView) -> None:
    """Load, ratio, cadence and injuries, one unit each, on one time axis; the table behind them."""
    if view.days.empty:
        st.info("No session in this span.")
        return
    units = state.units()
    table = panel_table(view, units)
    days = domain(table, view)
    _load_panel(view, table, units, days)
    _ratio_panel(view, table, days)
    _cadence_panel(view, table, units, days)
    marked = marks(view)
    rows = tuple(row for row in charts.ROW_COLOURS if row in set(marked["row"]) or row == charts.INJURY)
    told = words.injury_sentence(view)
    st.vega_lite_chart(marked, charts.ribbon_panel(days, rows), width="stretch", alt=told)
    st.caption(" ".join([plain(told), *words.marks_explained(rows)]))
    shown = table.drop(columns=["next_day", "frame", "frame_after", "frame_words"])
    parts.table_behind("These days as a table", shown.assign(day=shown["day"].dt.date), f"days-{view.athlete.id}.csv")


def _load_panel(view: HistoryView, table: pd.DataFrame, units: Units, days: Domain) -> None:
    unit = view.load.unit(units)
    panel_heading(
        view.load.title,
        f" ({unit}): bars; solid line, mean of 7 days; dashed, mean of the 21 days before those.",
        view.load.card,
        "running week",
        "days",
    )
    told = f"{words.load_sentence(table, view, units)} {words.week_sentence(view, units)}".strip()
    st.vega_lite_chart(table, charts.load_panel(unit, days), width="stretch", alt=told)
    st.caption(told)


def _ratio_panel(view: HistoryView, table: pd.DataFrame, days: Domain) -> None:
    panel_heading("Acute:chronic", f", {definition(view.load.kind)}. Description only.", "ratio")
    if table["ratio"].notna().any():
        st.vega_lite_chart(table, charts.ratio_panel(days), width="stretch", alt=words.ratio_sentence(table))
    else:
        st.caption(plain(f"None in this span. {table['ratio_words'].iloc[-1]}"))


def _cadence_panel(view: HistoryView, table: pd.DataFrame, units: Units, days: Domain) -> None:
    value, trend = cadence_words(view.cadence)
    panel_heading(
        f"Cadence at {units.pace(view.model.reference_mps)} on the flat",
        f", each run (steps/min). Latest {value}; {trend}.",
        "cadence",
    )
    known = table["cadence"].dropna()
    if known.empty:
        st.caption("No run of this span has two minutes of steady running with a cadence.")
        return
    low, high = span(known, LEAST_CADENCE_SPAN)
    st.vega_lite_chart(
        table, charts.cadence_panel(days, low, high), width="stretch", alt=words.cadence_sentence(known, trend)
    )
    if len(set(table["cadence_on"].dropna())) > 1:
        st.caption("Filled: on the ground. Hollow: on a treadmill; the two are never compared.")


def sessions(view: HistoryView) -> None:
    """Every session of the span, newest first."""
    if view.sessions.empty:
        st.caption("No session in this span.")
        return
    sessions_table(view.sessions, view.athlete, "history")
