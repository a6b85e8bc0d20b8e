"""Acute to chronic: the last seven days against the weeks before, with every reason not to show it."""

from __future__ import annotations

from typing import Unpack

import numpy as np
import pandas as pd

from loadmon import evidence
from loadmon.days import DayState
from loadmon.load.daily import unknown_days
from loadmon.load.kind import DISTANCE, LoadKind
from loadmon.load.ratio_method import EDGE, RatioChoice, RatioMethod
from loadmon.load.windows import Flags, Floats, Whole, counted_since, trailing_count
from loadmon.measure import CHRONIC_FLOOR, COVERAGE, HISTORY_28, HISTORY_WINDOW, NO_SESSIONS, Measure

REASONS = (HISTORY_28, HISTORY_WINDOW, COVERAGE, CHRONIC_FLOOR)
AFTER_LAY_OFF = "after lay-off"
LAY_OFF_SEEN_DAYS = int(evidence.MINIMUM_HISTORY_DAYS.value)


def definition(kind: LoadKind = DISTANCE, **how: Unpack[RatioChoice]) -> str:
    """What the ratio is, for its label: windows, coupling, average and load."""
    return f"{RatioMethod(**how).words}, {kind.name}"


def ratio(timeline: pd.DataFrame, kind: LoadKind = DISTANCE, **how: Unpack[RatioChoice]) -> pd.DataFrame:
    """How the last seven days compare with the three weeks before them, for every day. Description only.

    Parameters
    ----------
    timeline : DataFrame
        As ``loadmon.timeline.timeline`` makes it; any number of runners, whole history.
    kind : LoadKind
        What is compared.
    how : RatioChoice
        coupled, average, seed, acute_days, chronic_days, as ``RatioMethod`` explains them.

    Returns
    -------
    DataFrame
        athlete_id, local_day, acute and chronic (mean a day, unit of the kind), value (NaN where it would mean nothing),
        reason (a code exactly where value is NaN), n_days, coverage, after_lay_off (14 days without running within the
        28). Chart and badge both read ``value``.

    Raises
    ------
    UnusableWindows
        If the windows do not fit into each other.
    LoadNotInTable
        If the timeline does not hold this kind of load.

    References
    ----------
    Windt & Gabbett 2019, 10.1136/bjsports-2017-098925 (rolling); Williams et al. 2017, 10.1136/bjsports-2016-096589
    (exponentially weighted); the gates are a loadmon convention.
    """
    method = RatioMethod(**how)
    load = kind.of(timeline)
    history = timeline["history_days"].to_numpy()
    acute, chronic = method.averages(load, timeline["athlete_id"].to_numpy(), history)
    young = history < evidence.MINIMUM_HISTORY_DAYS.value
    short = young | (history < method.chronic_days)
    acute[history < method.acute_days] = np.nan
    chronic[short] = np.nan
    coverage = _coverage(unknown_days(timeline, kind), method, history)
    coverage[short] = np.nan
    fails = [
        young,
        short,
        coverage < evidence.MINIMUM_COVERAGE.value - EDGE,
        chronic * 7 < kind.floor.value * (1.0 - EDGE),
    ]
    code = np.select(fails, list(range(len(REASONS))), default=-1)
    value = np.divide(acute, chronic, out=np.full(len(load), np.nan), where=code < 0)
    return pd.DataFrame(
        {
            "athlete_id": timeline["athlete_id"].to_numpy(),
            "local_day": timeline["local_day"].to_numpy(),
            "acute": acute,
            "chronic": chronic,
            "value": value,
            "reason": pd.Categorical.from_codes(code, categories=pd.Index(REASONS)),
            "n_days": history,
            "coverage": coverage,
            "after_lay_off": _lay_off_within(timeline),
        }
    )


def _coverage(lost: Flags, method: RatioMethod, history: Whole) -> Floats:
    """Known share of the worse of the two windows."""
    acute, chronic, back = method.acute_days, method.denominator_days, method.denominator_starts_back
    before = trailing_count(lost, chronic + back, history)
    if back:
        before = before - trailing_count(lost, back, history)
    return 1.0 - np.fmax(trailing_count(lost, acute, history) / acute, before / chronic)


def ratio_today(
    timeline: pd.DataFrame, kind: LoadKind = DISTANCE, *, athlete_id: int | None = None, **how: Unpack[RatioChoice]
) -> Measure:
    """The ratio on a runner's last day, from the same array as the chart.

    Parameters
    ----------
    timeline : DataFrame
        Of one runner, or of several with ``athlete_id`` naming the one that is meant.
    how : RatioChoice
        As for ``ratio``.
    """
    mine = timeline if athlete_id is None else timeline[timeline["athlete_id"] == athlete_id]
    return ratio_measures(ratio(mine, kind, **how), kind, **how).get(
        int(mine["athlete_id"].iloc[-1]) if len(mine) else -1, no_ratio(kind, **how)
    )


def no_ratio(kind: LoadKind = DISTANCE, **how: Unpack[RatioChoice]) -> Measure:
    """The ratio of a runner without any session."""
    return Measure(
        value=None,
        unit="ratio",
        reason=NO_SESSIONS,
        provisional=True,
        n_days=0,
        coverage=None,
        definition=definition(kind, **how),
    )


def ratio_measures(ratios: pd.DataFrame, kind: LoadKind = DISTANCE, **how: Unpack[RatioChoice]) -> dict[int, Measure]:
    """The last row of each runner in a table of ratios made with the same choice, as measures for badges; by athlete_id."""
    last = ratios.drop_duplicates("athlete_id", keep="last")
    label = definition(kind, **how)
    return {
        int(row["athlete_id"]): Measure(
            value=None if np.isnan(row["value"]) else float(row["value"]),
            unit="ratio",
            reason=row["reason"] if isinstance(row["reason"], str) else None,
            provisional=bool(not row["coverage"] >= 1.0),
            n_days=int(row["n_days"]),
            coverage=None if np.isnan(row["coverage"]) else float(row["coverage"]),
            definition=label,
            notes=(AFTER_LAY_OFF,) if row["after_lay_off"] else (),
        )
        for row in last.to_dict("records")
    }


def _lay_off_within(timeline: pd.DataFrame) -> Flags:
    """True where a stretch of 14 known days without running lies within the last 28 days."""
    long = days_without_run(timeline) >= evidence.LAY_OFF_DAYS.value
    return np.asarray(trailing_count(long, LAY_OFF_SEEN_DAYS, timeline["history_days"].to_numpy()) > 0, dtype=np.bool_)


def days_without_run(timeline: pd.DataFrame) -> Floats:
    """Known days since the last run (0 on a day with one); before the first run, since the record begins."""
    runs = timeline["runs"].to_numpy() > 0
    idle = ~runs & (timeline["state"] != DayState.UNKNOWN.value).to_numpy()
    return counted_since(runs, idle, timeline["history_days"].to_numpy())
