"""Made sessions with all that their load is told from: facts, seconds at each heart rate, and the limits of the day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import numpy as np
import pandas as pd

from loadmon.load.heart_rate import HEART_RATE_BINS, heart_rate_seconds
from loadmon.load.session_load import session_loads
from tests.made_runs import START, made_runs, session

LIMITS: dict[str, Any] = {
    "rest_heart_rate_bpm": 50.0,
    "max_heart_rate_bpm": 190.0,
    "threshold_heart_rate_bpm": 170.0,
    "first_threshold_heart_rate_bpm": 145.0,
    "second_threshold_heart_rate_bpm": 168.0,
    "threshold_speed_mps": 4.0,
    "critical_power_w": 280.0,
    "sex": "female",
}
"""Everything known of a runner."""

FULL: dict[str, Any] = {
    "heart": ((45, 150),),
    "effort": 6.0,
    "normalised_graded_mps": 3.2,
    "mean_speed_mps": 3.0,
    "weighted_power_w": 240.0,
}
"""Everything measured in a run of three quarters of an hour."""


@dataclass(frozen=True)
class One:
    """One session: what was measured, what was known of the runner, and who and when."""

    measured: dict[str, Any]
    limits: dict[str, Any]
    where: dict[str, Any]


def one(day: int = 0, *, limits: dict[str, Any] | None = None, bare: bool = False, **given: Any) -> One:
    """A run of 45 min with everything measured (nothing where ``bare``) but what is given otherwise."""
    names = (*FULL, "heart_rate_coverage", "mean_heart_rate_bpm", "elapsed_s")
    measured = ({} if bare else dict(FULL)) | {name: given.pop(name) for name in names if name in given}
    where = {"distance_m": 8100.0, "moving_s": 2700.0} | given
    return One(measured, LIMITS if limits is None else limits, {"day": START + timedelta(days=day), **where})


def tables(sessions: Iterable[One]) -> tuple[pd.DataFrame, pd.DataFrame, pd.DataFrame]:
    """The sessions as ``session_loads`` wants them: runs, heart rate and limits."""
    rows = list(sessions)
    runs = made_runs([session(**row.where) for row in rows])
    runs.index = pd.Index(range(100, 100 + len(runs)))  # no row is found by its position by accident
    hearts = {}
    for number, row in zip(runs["session_id"].tolist(), rows, strict=True):
        if row.measured.get("heart"):
            minutes, beats = np.array(row.measured["heart"], dtype=float).T
            hearts[number] = heart_rate_seconds(beats, 60 * minutes)
    for name in ("effort", "normalised_graded_mps", "mean_speed_mps", "weighted_power_w"):
        runs[name] = np.array([row.measured.get(name, np.nan) for row in rows], dtype=float)
    runs["heart_rate_coverage"] = [
        row.measured.get("heart_rate_coverage", 1.0 if row.measured.get("heart") else 0.0) for row in rows
    ]
    runs["mean_heart_rate_bpm"] = np.array(
        [row.measured.get("mean_heart_rate_bpm", np.nan) for row in rows], dtype=float
    )
    runs["elapsed_s"] = np.array(
        [row.measured.get("elapsed_s", moving) for row, moving in zip(rows, runs["moving_s"], strict=True)], dtype=float
    )
    heart_rate = pd.DataFrame(
        np.array(list(hearts.values())).reshape(-1, len(HEART_RATE_BINS)),
        index=pd.Index(list(hearts), dtype="int64", name="session_id"),
        columns=HEART_RATE_BINS,
    )
    limits = pd.DataFrame(
        {
            name: np.array([row.limits.get(name, None if name == "sex" else np.nan) for row in rows], dtype=object)
            for name in LIMITS
        },
        index=runs.index,
    )
    numbers = [name for name in LIMITS if name != "sex"]
    return runs, heart_rate, limits.astype(dict.fromkeys(numbers, "float64"))


def loads(sessions: Iterable[One], order: Any = None) -> list[dict[str, Any]]:
    """The load of each session as plain values, None for missing."""
    found = session_loads(*tables(sessions), order)
    return [{name: _plain(value) for name, value in row.items()} for row in found.to_dict("records")]


def _plain(value: Any) -> Any:
    return None if isinstance(value, float) and np.isnan(value) else value
