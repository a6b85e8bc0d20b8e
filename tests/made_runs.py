"""Made sessions for tests of load and planning: one row a session, as the store hands them over."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, date, datetime, timedelta
from typing import Any

import numpy as np
import pandas as pd

START = date(2025, 1, 6)
D84_WEEKS_KM = (31, 33, 35, 26, 37, 40, 49, 0, 0, 7, 10, 15)
D84_KM = (
    0, 6, 0, 8, 0, 5, 12,
    0, 6, 0, 8, 0, 6, 13,
    0, 7, 0, 8, 0, 6, 14,
    0, 5, 0, 6, 0, 5, 10,
    0, 7, 0, 9, 0, 6, 15,
    0, 8, 0, 9, 0, 7, 16,
    0, 8, 0, 10, 0, 7, 24,
    0, 0, 0, 0, 0, 0, 0,
    0, 0, 0, 0, 0, 0, 0,
    0, 2, 0, 2, 0, 3, 0,
    0, 3, 0, 3, 0, 4, 0,
    0, 4, 0, 5, 0, 6, 0,
)  # fmt: skip
"""Twelve weeks with a long run that outgrows the rest, a lay-off of fifteen days and a slow return."""


def session(
    day: date,
    distance_m: float | None = 8000.0,
    *,
    athlete_id: int = 1,
    clock: str = "07:00",
    running: bool = True,
    excluded: bool = False,
    moving_s: float | None = -1.0,
    timer_s: float | None = None,
    utc_offset_h: int = 0,
    steps: float | None = None,
    walk_steps: float | None = None,
) -> dict[str, Any]:
    """One session that began at ``clock`` on the runner's own ``day``; moving time follows from 3 m/s unless given."""
    hour, minute = (int(part) for part in clock.split(":"))
    local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=UTC)
    if moving_s == -1.0:
        moving_s = None if distance_m is None else distance_m / 3.0
    return {
        "athlete_id": athlete_id,
        "start_utc": local - timedelta(hours=utc_offset_h),
        "local_day": day,
        "sport": "run" if running else "ride",
        "is_running": running,
        "indoor": False,
        "distance_m": distance_m,
        "moving_s": moving_s,
        "elapsed_s": moving_s,
        "timer_s": timer_s,
        "steps": steps,
        "walk_steps": walk_steps,
        "mean_heart_rate_bpm": None,
        "median_cadence_spm": None,
        "ascent_m": None,
        "device": "made watch",
        "excluded": excluded,
    }


def made_runs(sessions: Iterable[dict[str, Any]]) -> pd.DataFrame:
    """Sessions as a table, numbered in the order given, with the column types of the store."""
    rows = list(sessions)
    table = pd.DataFrame(rows, columns=list(session(START)))
    table["start_utc"] = pd.to_datetime(table["start_utc"], utc=True).astype("datetime64[us, UTC]")
    table["local_day"] = table["local_day"].astype(object)
    for name in table.columns[7:15]:
        table[name] = table[name].astype("float64")
    for name in ("is_running", "indoor", "excluded"):
        table[name] = table[name].astype(bool)
    table["session_id"] = range(1, len(table) + 1)
    return table


def daily(kilometres: Sequence[float], start: date = START, **given: Any) -> list[dict[str, Any]]:
    """One session a day for a row of daily kilometres; 0 is a day without a session."""
    return [session(start + timedelta(days=n), 1000.0 * km, **given) for n, km in enumerate(kilometres) if km > 0]


def day_at(n: int, start: date = START) -> date:
    """The n-th day after the start."""
    return start + timedelta(days=n)


def many_runs(runners: int, days: int) -> pd.DataFrame:
    """A large squad with about two sessions in three days, made without a loop over sessions."""
    random = np.random.default_rng(4)
    who, day = np.nonzero(random.random((runners, days)) < 0.63)
    count = len(who)
    metres = np.round(random.gamma(6.0, 1600.0, count))
    start = np.datetime64(START) + day
    instant = start.astype("datetime64[us]") + random.integers(5, 22, count).astype("timedelta64[h]")
    missing = np.full(count, np.nan)
    return pd.DataFrame(
        {
            "athlete_id": who + 1,
            "session_id": np.arange(count) + 1,
            "start_utc": pd.Series(instant).dt.tz_localize("UTC"),
            "local_day": pd.Series(start.astype("datetime64[us]")).dt.date.astype(object),
            "is_running": random.random(count) < 0.85,
            "distance_m": metres,
            "moving_s": metres / 3.0,
            "timer_s": metres / 3.0,
            "steps": metres * 0.9,
            "walk_steps": missing,
            "excluded": random.random(count) < 0.01,
        }
    )
