"""Acute to chronic: the last seven days against the weeks before, with every reason not to show it."""

from __future__ import annotations

import numpy as np
import pandas as pd

from loadmon import evidence
from loadmon.days import DayState
from loadmon.load.daily import Flags, Floats, shifted, trailing_sum, unknown_days
from loadmon.load.kind import DISTANCE, LoadKind
from loadmon.measure import CHRONIC_FLOOR, COVERAGE, HISTORY_28, NO_SESSIONS, Measure

ACUTE = int(evidence.ACUTE_DAYS.value)
CHRONIC = int(evidence.CHRONIC_DAYS.value)
REASONS = (HISTORY_28, COVERAGE, CHRONIC_FLOOR)
AFTER_LAY_OFF = "after lay-off"

EDGE = 1e-9
"""Relative room at a limit, so that rounding in the last digit does not decide."""


def definition(kind: LoadKind = DISTANCE, *, coupled: bool = False) -> str:
    """What the ratio is, for its label: windows, coupling, average and load."""
    if coupled:
        return f"{ACUTE} d ÷ {ACUTE + CHRONIC} d that include them (coupled), rolling mean, {kind.name}"
    return f"{ACUTE} d ÷ the {CHRONIC} d before (uncoupled), rolling mean, {kind.name}"


def ratio(timeline: pd.DataFrame, kind: LoadKind = DISTANCE, *, coupled: bool = False) -> pd.DataFrame:
    """How the last seven days compare with the three weeks before them, for every day. Description only.

    Parameters
    ----------
    timeline : DataFrame
        As ``loadmon.timeline.timeline`` makes it; any number of runners, whole history.
    kind : LoadKind
        What is compared.
    coupled : bool
        Divide by all 28 days, the acute ones included, as older imports did; such a ratio can never exceed 4.

    Returns
    -------
    DataFrame
        athlete_id, local_day, acute and chronic (mean a day, unit of the kind), value (NaN where it would mean nothing),
        reason (a code exactly where value is NaN), n_days, coverage, after_lay_off (14 days without running within the
        28). Chart and badge both read ``value``.

    References
    ----------
    Windt & Gabbett 2019, 10.1136/bjsports-2017-098925; the gates are a loadmon convention.
    """
    load = timeline[kind.column].fillna(0.0).to_numpy()
    history = timeline["history_days"].to_numpy()
    short = history < evidence.MINIMUM_HISTORY_DAYS.value
    lost = unknown_days(timeline, kind)
    span = ACUTE + CHRONIC if coupled else CHRONIC
    back = 0 if coupled else ACUTE

    acute = trailing_sum(load, ACUTE) / ACUTE
    chronic = shifted(trailing_sum(load, span), back) / span
    acute[history < ACUTE] = np.nan
    chronic[short] = np.nan
    coverage = 1.0 - np.fmax(trailing_sum(lost, ACUTE) / ACUTE, shifted(trailing_sum(lost, span), back) / span)
    coverage[short] = np.nan
    fails = [
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


def ratio_today(
    timeline: pd.DataFrame, kind: LoadKind = DISTANCE, *, coupled: bool = False, athlete_id: int | None = None
) -> Measure:
    """The ratio on a runner's last day, from the same array as the chart.

    Parameters
    ----------
    timeline : DataFrame
        Of one runner, or of several with ``athlete_id`` naming the one that is meant.
    """
    mine = timeline if athlete_id is None else timeline[timeline["athlete_id"] == athlete_id]
    return ratio_measures(ratio(mine, kind, coupled=coupled), kind, coupled=coupled).get(
        int(mine["athlete_id"].iloc[-1]) if len(mine) else -1, no_ratio(kind, coupled=coupled)
    )


def no_ratio(kind: LoadKind = DISTANCE, *, coupled: bool = False) -> Measure:
    """The ratio of a runner without any session."""
    return Measure(
        value=None,
        unit="ratio",
        reason=NO_SESSIONS,
        provisional=True,
        n_days=0,
        coverage=None,
        definition=definition(kind, coupled=coupled),
    )


def ratio_measures(ratios: pd.DataFrame, kind: LoadKind = DISTANCE, *, coupled: bool = False) -> dict[int, Measure]:
    """The last row of each runner in a table of ratios, as measures for badges; by athlete_id."""
    last = ratios.drop_duplicates("athlete_id", keep="last")
    label = definition(kind, coupled=coupled)
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
    history = timeline["history_days"].to_numpy()
    long = days_without_run(timeline) >= evidence.LAY_OFF_DAYS.value
    cumulated = np.cumsum(long)
    # counted from 28 days back, or from the runner's own first day where that is later
    at_start = np.maximum.accumulate(np.where(history == 1, cumulated - long, 0))
    at_window = np.concatenate((np.zeros(ACUTE + CHRONIC, dtype=cumulated.dtype), cumulated))[: len(cumulated)]
    return np.asarray(cumulated - np.maximum(at_start, at_window) > 0, dtype=np.bool_)


def days_without_run(timeline: pd.DataFrame) -> Floats:
    """Known days since the last run (0 on a day with one); before the first run, since the record begins."""
    runs = timeline["runs"].to_numpy() > 0
    idle = ~runs & (timeline["state"] != DayState.UNKNOWN.value).to_numpy()
    cumulated = np.cumsum(idle).astype(np.float64)
    opens = timeline["history_days"].to_numpy() == 1
    anchor = np.where(runs, cumulated, np.where(opens, cumulated - idle, 0.0))
    streak: Floats = cumulated - np.maximum.accumulate(anchor)
    return streak
