"""The history page's parts: a span, stacked panels on one time axis, the sessions, the diary."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from loadmon.days import DayState
from loadmon.injury import Injury
from loadmon.load.kind import DISTANCE
from loadmon.load.ratio import definition
from loadmon.show import parts, state
from loadmon.show.charts import history as charts
from loadmon.show.charts.session import span
from loadmon.show.day_table import area_words
from loadmon.show.diary import gaps
from loadmon.show.figures import HistoryView
from loadmon.show.plain import plain
from loadmon.show.sessions_table import sessions_table
from loadmon.show.words import cadence_words, capital, day_of_year, plural
from loadmon.units import Units

SPANS: dict[str, int | None] = {"8 weeks": 56, "26 weeks": 182, "1 year": 365, "all": None}
LEAST_CADENCE_SPAN = 16.0
DAY = pd.Timedelta(days=1)


def choose_span() -> int | None:
    """How far back to look; half a year unless chosen otherwise."""
    chosen = st.segmented_control("Span", list(SPANS), default="26 weeks", label_visibility="collapsed", key="span")
    return SPANS[chosen or "26 weeks"]


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
    domain = (f"{table['day'].iloc[0]:%Y-%m-%d}", f"{table['next_day'].iloc[-1]:%Y-%m-%d}")
    st.markdown(
        f"**Distance a day** ({units.length}): bars; solid line, mean of 7 days; dashed, mean of the 21 days before those"
    )
    st.vega_lite_chart(
        table, charts.distance_panel(units.length, domain), width="stretch", alt=load_sentence(table, units)
    )
    st.markdown(f"**Acute:chronic**, {definition(DISTANCE)}. Description only.")
    if table["ratio"].notna().any():
        st.vega_lite_chart(table, charts.ratio_panel(domain), width="stretch", alt=ratio_sentence(table))
    else:
        st.caption(plain(f"None in this span. {table['ratio_words'].iloc[-1]}"))
    _cadence_panel(view, table, units, domain)
    marked = marks(view)
    rows = tuple(row for row in charts.ROW_COLOURS if row in set(marked["row"]) or row == charts.INJURY)
    st.vega_lite_chart(marked, charts.ribbon_panel(domain, rows), width="stretch", alt=injury_sentence(view))
    st.caption(" ".join([load_sentence(table, units), plain(injury_sentence(view)), *_explained(rows)]))
    shown = table.drop(columns=["next_day"])
    parts.table_behind("These days as a table", shown.assign(day=shown["day"].dt.date), f"days-{view.athlete.id}.csv")


def _cadence_panel(view: HistoryView, table: pd.DataFrame, units: Units, domain: tuple[str, str]) -> None:
    value, trend = cadence_words(view.cadence)
    st.markdown(
        f"**Cadence at {units.pace(view.model.reference_mps)} on the flat**, each run. Latest {value}; {plain(trend)}"
    )
    known = table["cadence"].dropna()
    if known.empty:
        st.caption("No run of this span has two minutes of steady running with a cadence.")
        return
    low, high = span(known, LEAST_CADENCE_SPAN)
    st.vega_lite_chart(
        table,
        charts.cadence_panel(domain, low, high),
        width="stretch",
        alt=f"Cadence at the common pace between {known.min():.0f} and {known.max():.0f} steps a minute; {trend}.",
    )
    indoors = set(table["cadence_on"].dropna())
    if len(indoors) > 1:
        st.caption("Filled: on the ground. Hollow: on a treadmill; the two are never compared.")


def _explained(rows: tuple[str, ...]) -> list[str]:
    """What the marks mean that occur."""
    words = {
        charts.NO_DATA: "Grey bands: days noted as missing; they count as not known, not as rest.",
        charts.WATCH: "Ticks and dashed uprights: another watch recorded from then on.",
    }
    return [words[row] for row in rows if row in words]


def panel_table(view: HistoryView, units: Units) -> pd.DataFrame:
    """The rows behind the panels, in the user's unit."""
    days = view.days
    return pd.DataFrame(
        {
            "day": days["local_day"],
            "next_day": days["local_day"] + pd.Timedelta(days=1),
            "state": days["state"],
            "distance": (days["distance_m"] / units.metres).round(3),
            "mean_7d": (days["mean_7d_m"] / units.metres).round(3),
            "mean_before": (days["mean_before_m"] / units.metres).round(3),
            "ratio": days["ratio"].round(3),
            "ratio_words": days["ratio_words"],
            "cadence": days["cadence_spm"].round(1),
            "cadence_on": days["cadence_on"],
            "cadence_trend": days["cadence_trend_spm"].round(2),
            "device_change": days["device_change"],
            "injury": days["injury"],
        }
    )


def marks(view: HistoryView) -> pd.DataFrame:
    """What the ribbon under the panels shows: a row an injury, a stretch without data, a change of watch."""
    first, last = view.days["local_day"].iloc[0], view.days["local_day"].iloc[-1]
    found: list[tuple[str, pd.Timestamp, pd.Timestamp, str]] = []
    for injury in view.injuries.values():
        after = last + DAY if injury.returned is None else pd.Timestamp(injury.returned)
        found.append(
            (charts.INJURY, pd.Timestamp(injury.onset), max(after, pd.Timestamp(injury.onset) + DAY), _told(injury))
        )
    found += [
        (charts.NO_DATA, pd.Timestamp(gap.first), pd.Timestamp(gap.last) + DAY, gap.words())
        for gap in gaps(view.unknown).values()
    ]
    changed = view.days[view.days["device_change"] != ""]
    for day, device in zip(changed["local_day"], changed["device_change"], strict=True):
        found.append((charts.WATCH, day, day, f"{device} from {day_of_year(day)} on"))
    inside = [
        (row, max(begin, first), min(after, last + DAY), words)
        for row, begin, after, words in found
        if after >= first and begin <= last
    ]
    table = pd.DataFrame(inside, columns=["row", "first", "after", "words"])
    return table.astype({"first": "datetime64[us]", "after": "datetime64[us]"})


def load_sentence(table: pd.DataFrame, units: Units) -> str:
    """The load panel in a sentence."""
    known = table[table["state"] != DayState.UNKNOWN.value]
    total, ran = known["distance"].sum(), int((known["distance"] > 0).sum())
    lost = len(table) - len(known)
    lacking = int(known["distance"].isna().sum())
    words = f"{total:,.0f} {units.length} on {ran} of {plural(len(known), 'known day')}"
    words += f"; {plural(lacking, 'day')} with a run of unknown distance" if lacking else ""
    return words + (f"; {plural(lost, 'day')} without data." if lost else ".")


def ratio_sentence(table: pd.DataFrame) -> str:
    """The ratio panel in a sentence."""
    known = table.dropna(subset=["ratio"])
    latest = known.iloc[-1]
    return (
        f"Acute to chronic between {known['ratio'].min():.2f} and {known['ratio'].max():.2f}; "
        f"{latest['ratio']:.2f} on {day_of_year(latest['day'])}."
    )


def injury_sentence(view: HistoryView) -> str:
    """The ribbon in a sentence."""
    first = view.days["local_day"].iloc[0].date()
    seen = [i for i in view.injuries.values() if i.returned is None or i.returned >= first]
    if not seen:
        return "No injury was noted in this span."
    return "Injuries: " + "; ".join(_told(injury) for injury in seen) + "."


def _told(injury: Injury) -> str:
    until = f" to {day_of_year(injury.returned)}" if injury.returned else ", open"
    return f"{capital(area_words(injury))} from {day_of_year(injury.onset)}{until}"


def sessions(view: HistoryView) -> None:
    """Every session of the span, newest first."""
    if view.sessions.empty:
        st.caption("No session in this span.")
        return
    sessions_table(view.sessions, view.athlete, "history")
