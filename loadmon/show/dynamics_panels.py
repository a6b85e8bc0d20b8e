"""Running dynamics on the history's time axis: each figure of each run beside the runner's own eight weeks before."""

from __future__ import annotations

import pandas as pd
import streamlit as st

from loadmon import evidence
from loadmon.show.charts.gait import dynamics_panel
from loadmon.show.charts.panel import Domain
from loadmon.show.charts.session import span
from loadmon.show.charts.specification import drawn
from loadmon.show.dynamics_shown import SHOWN, ShownDynamic, compared, definition, where_words
from loadmon.show.history_view import HistoryView
from loadmon.show.panel_heading import panel_heading
from loadmon.show.plain import plain
from loadmon.show.words import day_of_year, plural


def dynamics(tables: dict[str, pd.DataFrame], days: Domain) -> None:
    """A panel a figure that was measured; those that were not are named together, with the reason.

    Parameters
    ----------
    tables : dict
        As ``span_tables`` makes them.
    days : Domain
        Of the shared time axis.
    """
    missing: dict[str, list[str]] = {}
    for name, table in tables.items():
        shown = SHOWN[name]
        if table["value"].notna().any():
            _panel(shown, table, days)
        else:
            why = table["words"].iloc[-1] if len(table) else "No run in this span."
            missing.setdefault(why, []).append(shown.title)
    for why, titles in missing.items():
        st.markdown(f"**{', '.join(titles)}**: none in this span.")
        st.caption(plain(why))


def span_tables(found: pd.DataFrame, view: HistoryView, names: list[str]) -> dict[str, pd.DataFrame]:
    """Each figure of the span's runs beside the runner's own usual, by its name.

    Parameters
    ----------
    found : DataFrame
        As ``dynamics_view`` gives it.
    view : HistoryView
        With the days of the span.
    names : list of str
        Of ``dynamics_shown.SHOWN``.
    """
    inside = found["local_day"].between(view.days["local_day"].iloc[0], view.days["local_day"].iloc[-1]).to_numpy()
    return {name: compared(found, SHOWN[name])[inside] for name in names}


def behind(tables: dict[str, pd.DataFrame]) -> pd.DataFrame:
    """All figures as one table to be read and downloaded: one row a run and figure."""
    told = [table.assign(figure=SHOWN[name].title, unit=SHOWN[name].unit) for name, table in tables.items()]
    columns = [
        "day",
        "figure",
        "unit",
        "value",
        "usual",
        "low",
        "high",
        "outside",
        "n_runs",
        "at_pace",
        "provisional",
        "words",
    ]
    return pd.concat(told, ignore_index=True).assign(day=lambda rows: rows["day"].dt.date)[columns]


def _panel(shown: ShownDynamic, table: pd.DataFrame, days: Domain) -> None:
    told = sentence(shown, table)
    unit = f" ({shown.unit})" if shown.unit else ""
    panel_heading(shown.title, f"{unit}: {definition(shown.name)}. {_how(table)}", shown.name)
    edges = pd.concat([table[name] for name in ("value", "low", "high")]).dropna()
    low, high = (round(end, shown.digits + 1) for end in span(edges, shown.least_span))
    chart = dynamics_panel(days, shown.unit or "share", low, high, shown.digits)
    st.vega_lite_chart(drawn(table, chart), chart, width="stretch", alt=told)
    st.caption(plain(told))


def _how(table: pd.DataFrame) -> str:
    """How the runs of a span were made comparable."""
    if table["at_pace"].any():
        return f"Each run brought to {evidence.CADENCE_REFERENCE_MPS.value:g} m/s on the flat."
    return "Each run as it was."


def sentence(shown: ShownDynamic, table: pd.DataFrame) -> str:
    """One figure over a span in a sentence: the newest run against its usual, and how many runs were outside theirs.

    Parameters
    ----------
    shown : ShownDynamic
        Which.
    table : DataFrame
        As ``compared`` makes it; at least one run has a value.
    """
    known = table.dropna(subset=["value"])
    latest = known.iloc[-1]
    day = day_of_year(latest["day"])
    provisional = f" {latest['provisional']}" if latest["provisional"] else ""
    if latest["words"]:
        value = f"{latest['value']:.{shown.digits}f} {shown.unit}".strip()
        return f"{value} on {day}. {latest['words']}{provisional}"
    value, low, high = shown.beside(latest)
    where = "" if not latest["outside"] else f", {where_words(latest)} what is usual"
    return (
        f"{f'{value} {shown.unit}'.strip()} on {day}{where}; usual {low} to {high} "
        f"({plural(int(latest['n_runs']), 'run')} before). {counted_outside(known)}{provisional}"
    )


def counted_outside(known: pd.DataFrame) -> str:
    """How many runs lie outside their band, of those that have one: the first ones have nothing to be compared with."""
    banded, outside = int(known["usual"].notna().sum()), int(known["outside"].sum())
    return f"{plural(banded, 'run')} with a band, {outside} outside it (squares)."
