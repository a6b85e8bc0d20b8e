"""In how many ways a plan of least and most can turn out: all short, all long, one long alone, and on the edges of the bands."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime

import numpy as np
import pandas as pd

from loadmon.days import day_number
from loadmon.load.spike import LIMITS_PCT, spikes
from loadmon.risk.design import Record
from loadmon.risk.diary_begin import diary_begins
from loadmon.timeline import timeline

Ways = tuple[tuple[float, ...], ...]
_NO_SPEED = 2.8
_OVER = 1.0005
"""Just beyond the edge of a band."""


@dataclass(frozen=True, slots=True)
class PlannedDistance:
    """One run that is planned: at least and at most so many metres."""

    day: date
    low_m: float
    high_m: float


def ways(own: pd.DataFrame, plan: Sequence[PlannedDistance], half: date, athlete_id: int) -> Ways:
    """Metres of each run, for every way that is tried; the first is all short, the second all long.

    A long run alone can be the wider spike, as other long ones before it would have made it usual; and since a small spike may
    count for more than a moderate one, the edges between bands are tried too.

    Parameters
    ----------
    own : DataFrame
        The runner's sessions.
    plan : sequence of PlannedDistance
    half : date
        Last day of the first of the two weeks: one week short and the other long is tried as well.
    athlete_id : int
    """
    low, high = tuple(one.low_m for one in plan), tuple(one.high_m for one in plan)
    found = [
        low,
        high,
        tuple(one.high_m if one.day <= half else one.low_m for one in plan),
        tuple(one.low_m if one.day <= half else one.high_m for one in plan),
    ]
    for place, metres in _alone(own, plan, low, athlete_id):
        found.append((*low[:place], metres, *low[place + 1 :]))
    return (low, high, *dict.fromkeys(way for way in found if way not in (low, high)))


def _alone(
    own: pd.DataFrame, plan: Sequence[PlannedDistance], low: Sequence[float], athlete_id: int
) -> list[tuple[int, float]]:
    """Each run with its most metres, and with those on either side of a band's edge that lie within its plan."""
    told = spikes(with_planned(own, plan, low, athlete_id))
    reference = dict(zip(told["session_id"].tolist(), told["reference_m"].tolist(), strict=True))
    found = []
    for place, one in enumerate(plan):
        longest = reference.get(-1 - place, float("nan"))
        edges = [longest * (1.0 + limit / 100.0) * over for limit in LIMITS_PCT for over in (1.0, _OVER)]
        found += [(place, metres) for metres in (one.high_m, *edges) if one.low_m < metres <= one.high_m]
    return found


def lived(record: Record, athlete_id: int, plan: Sequence[PlannedDistance], tried: Ways, end: date) -> Record:
    """The record as each way would make it by ``end``: one runner a way, numbered from 1 in their order."""
    own = record.runs[record.runs["athlete_id"] == athlete_id]
    each = range(1, len(tried) + 1)
    parts = [with_planned(own, plan, way, athlete_id).assign(athlete_id=n) for n, way in zip(each, tried, strict=True)]
    runs = pd.concat(parts, ignore_index=True)
    runs["session_id"] = np.arange(len(runs), dtype=np.int64)
    unknown, wellness = (_of_each(table, athlete_id, each) for table in (record.unknown, record.wellness))
    injuries = [one for one in record.injuries if one.athlete_id == athlete_id]
    begins = record.diary
    if begins is None:
        since = min(own["local_day"], default=end)
        onsets = [(one.athlete_id, day_number(one.onset)) for one in injuries if one.onset >= since]
        begins = diary_begins((), [athlete_id], onsets)
    return Record(
        timeline(runs, today=end, unknown=unknown),
        runs,
        [replace(one, athlete_id=n) for n in each for one in injuries],
        [replace(one, athlete_id=n) for n in each for one in record.findings if one.athlete_id == athlete_id],
        [replace(one, id=n) for n in each for one in record.athletes if one.id == athlete_id],
        unknown,
        None,
        wellness,
        {n: begins[athlete_id] for n in each if athlete_id in begins},
    )


def _of_each(table: pd.DataFrame | None, athlete_id: int, each: range) -> pd.DataFrame | None:
    """A runner's rows once for every way."""
    if table is None:
        return None
    own = table[table["athlete_id"] == athlete_id]
    return pd.concat([own.assign(athlete_id=n) for n in each], ignore_index=True) if len(own) else own


def with_planned(
    own: pd.DataFrame, plan: Sequence[PlannedDistance], metres: Sequence[float], athlete_id: int
) -> pd.DataFrame:
    """A runner's sessions with planned runs behind them, at the runner's own middle speed; theirs are numbered -1, -2 …"""
    if not plan:
        return own
    speed = (own["distance_m"] / own["moving_s"]).where(own["is_running"] & (own["moving_s"] > 0)).tail(60).median()
    usual = float(speed) if speed > 0 else _NO_SPEED
    added = pd.DataFrame(
        {
            "athlete_id": np.full(len(plan), athlete_id, dtype=np.int64),
            "session_id": -1 - np.arange(len(plan)),
            "start_utc": pd.to_datetime(
                [datetime(one.day.year, one.day.month, one.day.day, 12, tzinfo=UTC) for one in plan], utc=True
            ).astype(own["start_utc"].dtype),
            "local_day": pd.Series([one.day for one in plan]).astype(own["local_day"].dtype),
            "is_running": True,
            "excluded": False,
            "distance_m": list(metres),
            "moving_s": np.array(metres) / usual,
        }
    )
    return pd.concat([own, added], ignore_index=True).astype({"is_running": bool, "excluded": bool})
