"""The history's panels, one by one: heading with its definition, chart, sentence. Every number is made elsewhere."""

from __future__ import annotations

from typing import Any

import pandas as pd
import streamlit as st

from loadmon.load import fitness
from loadmon.load import variety as variety_of
from loadmon.load.kind import POINTS
from loadmon.show import history_words as words
from loadmon.show.charts import gait, history
from loadmon.show.charts import ribbon as ribbons
from loadmon.show.charts.panel import Domain
from loadmon.show.charts.session import span
from loadmon.show.charts.specification import drawn
from loadmon.show.history_table import marks
from loadmon.show.history_view import HistoryView
from loadmon.show.panel_heading import panel_heading
from loadmon.show.plain import plain
from loadmon.show.points_mixed import mixed_points_words
from loadmon.show.week_rows import MOST_DAYS, as_drawn
from loadmon.show.words import cadence_words, capital, stand_in_words
from loadmon.units import Units

LEAST_CADENCE_SPAN = 16.0


def load(view: HistoryView, table: pd.DataFrame, units: Units, days: Domain) -> None:
    """The load of each day, and the running week against the same days before."""
    unit = view.load.unit(units)
    bars = "bars" if len(table) <= MOST_DAYS else "bars, each the mean day of a week"
    panel_heading(
        view.load.title,
        f" ({unit}): {bars}; solid line, mean of 7 days; dashed, mean of the 21 days before those.",
        view.load.card,
        "running week",
        "days",
    )
    told = f"{words.load_sentence(table, view, units)} {words.week_sentence(view, units)}".strip()
    if not table["load"].gt(0).any():
        st.caption(words.no_load_words(view))
        return
    _draw(table, history.load_panel(unit, days), told)
    estimated = int(table["estimated"].sum())
    st.caption(told + (f" Hollow bars: {estimated} days with an estimate." if estimated else ""))


def averages(view: HistoryView, table: pd.DataFrame, units: Units, days: Domain) -> None:
    """Long-term and short-term load, and the balance between them."""
    unit, kind = view.load.unit(units), view.load.kind
    panel_heading(
        "Long and short term",
        f" ({unit} a day): thick, {fitness.definition('long_term', kind)}; thin, the same over {fitness.SHORT:g} d.",
        "long and short term",
    )
    told = words.averages_sentence(table, view, units)
    if not told:
        st.caption(plain(f"None in this span. {table['balance_words'].iloc[-1]}"))
        return
    _draw(table, history.averages_panel(unit, days), told)
    panel_heading("Balance", f" ({unit} a day): {fitness.definition('balance', kind)}.", "long and short term")
    _draw(table, history.balance_panel(unit, days), told)
    st.caption(told)


def ratio(view: HistoryView, table: pd.DataFrame, units: Units, days: Domain) -> None:
    """Acute to chronic by the definition that was chosen, with its band where it has one."""
    band = ("band",) if view.ratio.has_band else ()
    panel_heading("Acute:chronic", view.ratio.label(view.load.kind), view.ratio.card, *band)
    if table["ratio"].notna().any():
        told = words.ratio_sentence(table, view, units)
        _draw(table, history.ratio_panel(days), told)
        mixed = ""
        if view.load.kind == POINTS:
            mixed = mixed_points_words(view.sessions, table.dropna(subset=["ratio"])["day"].iloc[-1])
        st.caption(plain(f"{told} {mixed}".rstrip()))
    else:
        st.caption(plain(f"None in this span. {table['ratio_words'].iloc[-1]}"))


def variety(view: HistoryView, table: pd.DataFrame, units: Units, days: Domain) -> None:
    """Monotony and strain of seven days."""
    kind, unit = view.load.kind, view.load.unit(units)
    told = words.variety_sentence(table, view, units)
    panel_heading("Monotony", f", {variety_of.definition(kind)}.", "monotony")
    if table["monotony"].isna().all():
        st.caption(plain(f"None in this span. {told}"))
        return
    _draw(table, history.variety_panel("monotony", "ratio", days), told)
    panel_heading("Strain", f" ({unit}), {variety_of.definition(kind, strain=True)}.", "monotony")
    _draw(table, history.variety_panel("strain", unit, days), told)
    st.caption(told)


def cadence(view: HistoryView, table: pd.DataFrame, units: Units, days: Domain) -> None:
    """Cadence of each run at the common pace, its trend, its steps, and the watches it was measured by."""
    value, trend = cadence_words(view.cadence)
    panel_heading(
        f"Cadence at {units.pace(view.model.reference_mps)} on the flat",
        f", each run (steps/min). Latest {value}. {capital(trend.rstrip('.'))}.",
        "cadence",
        "steps",
    )
    known = pd.concat([table["cadence"], table["cadence_treadmill"]]).dropna()
    if known.empty:
        st.caption("No run of this span has two minutes of steady running with a cadence.")
        return
    low, high = span(known, LEAST_CADENCE_SPAN)
    told = " ".join(filter(None, (words.cadence_sentence(known, trend), words.steps_sentence(table))))
    _draw(table, gait.cadence_panel(days, low, high), told)
    said = [words.trend_test_sentence(view.cadence.trend), words.steps_sentence(table)]
    if view.model.is_prior:
        said.append(stand_in_words(view.model))
    if table["cadence"].notna().any() and table["cadence_treadmill"].notna().any():
        said.append("Filled: on the ground. Hollow: on a treadmill; the two are never compared.")
    if any(said):
        st.caption(" ".join(filter(None, said)))


def ribbon(view: HistoryView, days: Domain) -> None:
    """Injuries, days without data and changes of watch, under the labels of the days."""
    marked = marks(view)
    rows = tuple(row for row in ribbons.ROW_COLOURS if row in set(marked["row"]) or row == ribbons.INJURY)
    told = words.injury_sentence(view)
    _draw(marked, ribbons.ribbon_panel(days, rows), told)
    st.caption(" ".join([plain(told), *words.marks_explained(rows)]))


def _draw(table: pd.DataFrame, chart: dict[str, Any], told: str) -> None:
    """A chart with the columns it needs, and the sentence that stands for it."""
    rows = as_drawn(table) if "next_day" in table else table
    st.vega_lite_chart(drawn(rows, chart), chart, width="stretch", alt=told)
