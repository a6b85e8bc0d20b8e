"""A tissue's time line on the screen: its panels on one time axis, and what they say in words."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pandas as pd
import streamlit as st

from loadmon.show import choices, state, tissue_limits
from loadmon.show.charts.panel import Domain
from loadmon.show.charts.specification import drawn
from loadmon.show.charts.tissue_line import ROWS, SPIKE, damage_panel, index_panel, marks_panel
from loadmon.show.plain import plain
from loadmon.show.tissue_line import day_rows, index_reach, line_sentence, mark_rows, week_rows
from loadmon.show.tissue_view import TissueView, spikes_of
from loadmon.tissue.spike import EXTRAPOLATED
from loadmon.tissue.week import WEEK

WEEKS, DAYS = "weeks", "days"
SPANS = {WEEKS: "26 weeks", DAYS: "8 weeks, day by day"}
_LENGTH = {WEEKS: 26 * WEEK, DAYS: 8 * WEEK}


def time_line(view: TissueView, chosen: str) -> None:
    """One tissue over the weeks up to the chosen one, its spikes and what was found in how the runner runs."""
    units, name = state.units(), view.coefficients.tissue[chosen].name
    by = choices.one_of("Time line", SPANS, "tissues-span")
    spikes = spikes_of(view.sheet, chosen)
    days = day_rows(view.sheet, chosen, units, spikes)
    shown = days.tail(_LENGTH[by])
    bars = shown
    if by == WEEKS:
        weeks = week_rows(view.sheet, days, chosen, units, spikes)
        bars = weeks[weeks["next_day"] > shown["day"].iloc[0]]
    begin, domain = axis(bars, view.sheet.today)
    told = line_sentence(bars, name, units.length)
    st.markdown(
        f"**{plain(name)}**, {units.length} of level running at your usual pace, with the 10th to 90th percentile"
    )
    _draw(bars, damage_panel(domain, units.length), told)
    st.markdown(
        "Solid: this tissue against its own longer average, 100 where they are alike. Dashed: your steps, likewise"
    )
    _draw(shown, index_panel(domain, *index_reach(shown)), told)
    marks = mark_rows(spikes, view.findings, view.coefficients, chosen, begin, view.sheet.today)
    _draw(marks, marks_panel(domain, ROWS), " ".join(marks["words"]) or "No spike and no finding in this span.")
    st.caption(plain(" ".join(filter(None, (told, spike_words(marks))))))
    tissue_limits.limits("line")


def axis(bars: pd.DataFrame, today: date) -> tuple[date, Domain]:
    """First day shown, and the axis all panels share: up to the end of the running week, so that its bar is whole."""
    begin, after = bars["day"].iloc[0].date(), bars["next_day"].iloc[-1].date()
    return begin, (begin.isoformat(), max(after, today + timedelta(days=1)).isoformat())


def spike_words(marks: pd.DataFrame) -> str:
    """The latest spike in words, and that its bands are borrowed; empty where there is none."""
    found = marks.loc[marks["row"] == SPIKE, "words"]
    return f"Latest spike, {found.iloc[-1]} {EXTRAPOLATED}" if len(found) else ""


def _draw(table: pd.DataFrame, chart: dict[str, Any], told: str) -> None:
    st.vega_lite_chart(drawn(table, chart), chart, width="stretch", alt=told)
