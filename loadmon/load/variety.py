"""Monotony and strain: how alike the days of a week are, and the week's load times that."""

from __future__ import annotations

import numpy as np
import pandas as pd

from loadmon import evidence
from loadmon.days import WeekStart
from loadmon.load.daily import unknown_days, week_edges
from loadmon.load.kind import EFFORT, LoadKind
from loadmon.load.ratio_method import EDGE
from loadmon.load.windows import Flags, Floats, Whole, trailing_count, trailing_sum
from loadmon.measure import INCOMPLETE_WEEK, NO_LOAD, SD_ZERO

DAYS = int(evidence.MONOTONY_DAYS.value)
DDOF = int(evidence.MONOTONY_DDOF.value)
REASONS = (INCOMPLETE_WEEK, NO_LOAD, SD_ZERO)


def definition(kind: LoadKind = EFFORT, *, strain: bool = False, ddof: int = DDOF) -> str:
    """What is computed, for the label: days, spread and load."""
    spread = "sample" if ddof else "population"
    monotony = f"mean ÷ {spread} SD of {DAYS} whole days"
    return f"sum × monotony ({monotony}), {kind.name}" if strain else f"{monotony}, {kind.name}"


def rolling_variety(timeline: pd.DataFrame, kind: LoadKind = EFFORT, *, ddof: int = DDOF) -> pd.DataFrame:
    """Monotony and strain of the seven days up to each day, rest days counted as 0.

    Parameters
    ----------
    timeline : DataFrame
        As ``loadmon.timeline.timeline`` makes it; any number of runners. Its last day of each runner is today, which is not
        over: the newest value stands on yesterday.
    kind : LoadKind
        What is compared.
    ddof : int
        1, sample standard deviation; 0, population, for comparing with other software.

    Returns
    -------
    DataFrame
        athlete_id, local_day, load, mean, sd (of the seven days, unit of the kind), monotony (mean ÷ sd), strain
        (load × monotony), reason: a code exactly where monotony and strain are NaN (a day of the seven is not over or not
        known; no load at all; every day the same).

    References
    ----------
    Foster 1998, 10.1097/00005768-199807000-00023.
    """
    load = kind.of(timeline)
    history = timeline["history_days"].to_numpy()
    whole = (history >= DAYS) & (trailing_count(unknown_days(timeline, kind), DAYS, history) == 0) & ~_today(history)
    mean = trailing_sum(load, DAYS) / DAYS
    sd = np.sqrt(_squares(load, mean) / (DAYS - ddof))
    mean[~whole] = np.nan
    sd[~whole] = np.nan
    # days that are the same but for rounding are the same
    code = np.select([~whole, mean == 0.0, sd <= EDGE * mean], list(range(len(REASONS))), default=-1)
    monotony = np.divide(mean, sd, out=np.full(len(load), np.nan), where=code < 0)
    return pd.DataFrame(
        {
            "athlete_id": timeline["athlete_id"].to_numpy(),
            "local_day": timeline["local_day"].to_numpy(),
            "load": DAYS * mean,
            "mean": mean,
            "sd": sd,
            "monotony": monotony,
            "strain": DAYS * mean * monotony,
            "reason": pd.Categorical.from_codes(code, categories=pd.Index(REASONS)),
        }
    )


def weekly_variety(
    timeline: pd.DataFrame, kind: LoadKind = EFFORT, first: WeekStart = WeekStart.MONDAY, *, ddof: int = DDOF
) -> pd.DataFrame:
    """Monotony and strain of each training week; the running week, and one the record begins in, has none yet.

    Parameters
    ----------
    timeline, kind, ddof
        As for ``rolling_variety``.
    first : WeekStart
        Weekday on which weeks begin.

    Returns
    -------
    DataFrame
        athlete_id, week_start (datetime64[us]), label, days_so_far, and load, mean, sd, monotony, strain, reason as
        ``rolling_variety`` gives them for the week's last day. One row for each row of ``load.daily.weeks``.
    """
    edges = week_edges(timeline, first)
    # of a week that is not whole the last day is today, or too near the first: neither has a number
    found = rolling_variety(timeline, kind, ddof=ddof).iloc[edges.begin + edges.size - 1]
    return pd.DataFrame(
        {
            "athlete_id": found["athlete_id"].to_numpy(),
            "week_start": edges.start_day.astype("datetime64[D]").astype("datetime64[us]"),
            "label": edges.labels,
            "days_so_far": edges.size,
            **{name: found[name].array for name in ("load", "mean", "sd", "monotony", "strain", "reason")},
        }
    )


def _squares(load: Floats, mean: Floats) -> Floats:
    """Sum of the squared distances of the seven days from their mean, day by day so that nothing cancels."""
    total = np.zeros(len(load))
    for back in range(min(DAYS, len(load))):
        total[back:] += (load[: len(load) - back] - mean[back:]) ** 2
    return total


def _today(history: Whole) -> Flags:
    """The last row of each runner."""
    last = np.ones(len(history), dtype=bool)
    last[:-1] = history[1:] == 1
    return last
