"""Recordings made for corrections: a steady run with its laps and events, and pieces to put into it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

from loadmon.correction import Correction, CorrectionKind
from loadmon.session import (
    EVENT_COLUMNS,
    LAP_COLUMNS,
    STREAM_COLUMNS,
    Device,
    DeviceTotals,
    OffsetOrigin,
    Session,
    Source,
    Sport,
)

START = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)


def run(
    seconds: int = 1800, *, sport: Sport = Sport.RUN, start: datetime = START, laps: int = 3, **columns: Any
) -> Session:
    """A run at 3 m/s, a sample a second, cadence 170, heart rate 150, level ground, at sea in no time zone's land."""
    t = np.arange(seconds + 1, dtype=float)
    told: dict[str, Any] = {
        "distance_m": 3.0 * t,
        "speed_mps": 3.0,
        "heart_rate_bpm": 150.0,
        "cadence_spm": 170.0,
        "altitude_m": 100.0,
        "step_length_m": 1.06,
        "vertical_ratio_pct": 8.0,
    } | columns
    stream = pd.DataFrame({"timestamp": pd.date_range(start, periods=len(t), freq="s", unit="us"), "t_s": t})
    for name in STREAM_COLUMNS[1:]:
        stream[name] = np.broadcast_to(np.asarray(told.get(name, np.nan), float), len(t)).copy()
    distance = stream["distance_m"].to_numpy()
    ends = np.linspace(0, seconds, laps + 1)
    lap = pd.DataFrame(
        {
            "start": pd.DatetimeIndex([start + timedelta(seconds=s) for s in ends[:-1]], tz="UTC").as_unit("us"),
            "elapsed_s": np.diff(ends),
            "timer_s": np.diff(ends),
            "distance_m": np.diff(np.interp(ends, t, distance)),
            "mean_heart_rate_bpm": 150.0,
            "max_heart_rate_bpm": 155.0,
            "mean_cadence_spm": 170.0,
            "ascent_m": 10.0,
        }
    )[list(LAP_COLUMNS)]
    events = pd.DataFrame(
        {
            "timestamp": pd.DatetimeIndex([start, start + timedelta(seconds=seconds)]).as_unit("us"),
            "kind": pd.array(["start", "stop_all"], dtype="str"),
        }
    )[list(EVENT_COLUMNS)]
    return Session(
        sport=sport,
        start=start,
        elapsed_s=float(seconds),
        timer_s=float(seconds),
        moving_s=float(seconds),
        stream=stream,
        source=Source("0" * 64, "made.fit", "fit", "made"),
        utc_offset_s=3600,
        offset_origin=OffsetOrigin.FILE,
        device=Device("Maker", "Watch"),
        totals=DeviceTotals(
            distance_m=float(distance[-1]), timer_s=float(seconds), ascent_m=30.0, mean_heart_rate_bpm=150
        ),
        laps=lap,
        events=events,
    )


def with_column(session: Session, name: str, values: Any) -> Session:
    """The same with one column written anew."""
    return replace(session, stream=session.stream.assign(**{name: values}))


def put(session: Session, name: str, first: int, values: Any) -> Session:
    """The same with some values of a column written over, from a sample on."""
    column = session.stream[name].to_numpy(float).copy()
    column[first : first + len(values)] = values
    return with_column(session, name, column)


def table_row(distance_m: float | None = 10_000.0) -> Session:
    """A session out of a table: no samples at all."""
    made = run(60)
    return replace(
        made,
        stream=made.stream.iloc[:0],
        laps=made.laps.iloc[:0],
        events=made.events.iloc[:0],
        source=Source("1" * 64, "made.csv", "table", "made"),
        totals=DeviceTotals(distance_m=distance_m, mean_heart_rate_bpm=140.0),
        moving_s=3000.0,
        timer_s=3000.0,
        elapsed_s=3000.0,
    )


def correction(kind: CorrectionKind, reason: str = "made for a test", **params: Any) -> Correction:
    """A person's correction."""
    return Correction(kind, params, reason)
