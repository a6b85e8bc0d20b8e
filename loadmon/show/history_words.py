"""The history's panels in sentences, made from the same rows that are drawn."""

from __future__ import annotations

import pandas as pd

from loadmon.days import DayState
from loadmon.show.charts import history as charts
from loadmon.show.history_table import injury_words, load_words
from loadmon.show.history_view import HistoryView
from loadmon.show.words import day_of_year, plural
from loadmon.units import Units


def load_sentence(table: pd.DataFrame, view: HistoryView, units: Units) -> str:
    """The load panel in a sentence."""
    known = table[table["state"] != DayState.UNKNOWN.value]
    total, ran = known["load"].sum(), int((known["load"] > 0).sum())
    lost = len(table) - len(known)
    lacking = int(known["load"].isna().sum())
    words = f"{total:,.0f} {view.load.unit(units)} on {ran} of {plural(len(known), 'known day')}"
    words += f"; {plural(lacking, 'day')} with a run of unknown {view.load.noun}" if lacking else ""
    return words + (f"; {plural(lost, 'day')} without data." if lost else ".")


def week_sentence(view: HistoryView, units: Units) -> str:
    """The running week against the same days of the weeks before; empty where the span ends before it."""
    week = view.week
    if week is None:
        return ""
    so_much = "nothing is known of them" if week.load is None else load_words(week.load, view, units)
    words = f"This week, {week.days} of 7 days (dashed frame): {so_much}"
    if week.usual is None:
        return words + "; what is usual is not known yet."
    low, high = week.usual
    held = load_words(high, view, units)
    if round(low / view.load.per(units), 1) != round(high / view.load.per(units), 1):
        held = f"{low / view.load.per(units):,.1f} to {held}"
    return words + f"; the same days of the weeks before (grey brackets) held {held}."


def ratio_sentence(table: pd.DataFrame) -> str:
    """The ratio panel in a sentence."""
    known = table.dropna(subset=["ratio"])
    latest = known.iloc[-1]
    return (
        f"Acute to chronic between {known['ratio'].min():.2f} and {known['ratio'].max():.2f}; "
        f"{latest['ratio']:.2f} on {day_of_year(latest['day'])}."
    )


def cadence_sentence(known: pd.Series, trend: str) -> str:
    """The cadence panel in a sentence.

    Parameters
    ----------
    known : Series of float
        Steps a minute at the common pace, of the runs that have a value.
    trend : str
        The trend in words.
    """
    return f"Cadence at the common pace between {known.min():.0f} and {known.max():.0f} steps a minute; {trend}."


def injury_sentence(view: HistoryView) -> str:
    """The ribbon in a sentence."""
    first = view.days["local_day"].iloc[0].date()
    seen = [i for i in view.injuries.values() if i.returned is None or i.returned >= first]
    if not seen:
        return "No injury was noted in this span."
    return "Injuries: " + "; ".join(injury_words(injury) for injury in seen) + "."


def marks_explained(rows: tuple[str, ...]) -> list[str]:
    """What the marks of the ribbon mean that occur."""
    words = {
        charts.NO_DATA: "Hatched: days noted as missing; they count as not known, not as rest.",
        charts.WATCH: "Ticks and dashed uprights: another watch recorded from then on.",
    }
    return [words[row] for row in rows if row in words]
