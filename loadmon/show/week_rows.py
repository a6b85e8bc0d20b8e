"""Years of days drawn as weeks: a screen has fewer pixels than a long record has days."""

from __future__ import annotations

import numpy as np
import pandas as pd

from loadmon import evidence
from loadmon.days import DayState
from loadmon.measure import SILENT
from loadmon.show.charts.history import THIS_WEEK

MOST_DAYS = 800
"""More days than this are drawn as weeks; words and the table behind stay with the days."""

WEEK = 7
_MEANS = ("load", "strain", "balance", "cadence", "cadence_treadmill")
_FIRST_SAID = ("device_change", "injury", "frame", "frame_words")


def as_drawn(table: pd.DataFrame) -> pd.DataFrame:
    """The rows of days as they are drawn: as they are, or a row a week where they are too many."""
    return by_week(table) if len(table) > MOST_DAYS else table


def by_week(table: pd.DataFrame) -> pd.DataFrame:
    """One row a week in place of one a day, with the same columns.

    Parameters
    ----------
    table : DataFrame
        As ``history_table.panel_table`` makes it: every day of a span.

    Returns
    -------
    DataFrame
        Load, strain, balance and cadence are means of the week's known values; ratio, averages and monotony those of its
        last day that has one; a week is unknown with more than a fifth of its days unknown. Its load is missing then, and
        where the record begins within it. Weeks begin on the day on which the running one does.
    """
    place = np.arange(len(table))
    framed = np.flatnonzero((table["frame"] == THIS_WEEK).to_numpy())
    week = (place - (framed[0] if len(framed) else 0)) // WEEK
    grouped = table.groupby(week)
    out = grouped.last()
    for name in _MEANS:
        out[name] = grouped[name].mean()
    for name in _FIRST_SAID:
        said = table[name].mask(table[name] == "")
        out[name] = said.groupby(week).first().fillna("")
    for name in ("frame_after", "cadence_level", "cadence_level_until", "cadence_step"):
        out[name] = grouped[name].first()
    out["day"] = grouped["day"].first()
    out["estimated"] = grouped["estimated"].any()
    most_lost = 1.0 - evidence.MINIMUM_COVERAGE.value
    lost = (table["state"] == DayState.UNKNOWN.value).groupby(week).mean() > most_lost
    size = grouped.size()
    part = (size < WEEK) & (size.index != size.index[-1])
    # a week of which a part is known is no smaller week: its mean day would stand out like a hard one
    out["load"] = out["load"].mask(lost | part)
    ran = (table["state"] == DayState.OBSERVED.value).groupby(week).any()
    # a week in which the runner was heard of again is not drawn as silent
    silent = (table["state"].isin((SILENT, DayState.UNKNOWN.value)).groupby(week).mean() > most_lost) & ~ran
    states = [DayState.UNKNOWN.value, SILENT, DayState.OBSERVED.value]
    out["state"] = np.select([lost, silent, ran], states, DayState.REST.value)
    return out[table.columns].reset_index(drop=True)
