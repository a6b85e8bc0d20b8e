"""Made streams and windows: runs whose cadence follows a known rule."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import numpy as np
import pandas as pd

from loadmon.session import STREAM_COLUMNS


def made_stream(
    seconds: np.ndarray,
    *,
    speed: Callable[[np.ndarray], np.ndarray] | float = 3.0,
    cadence: Callable[[np.ndarray], np.ndarray] | float = 166.0,
    grade: float | None = 0.0,
    record_speed: bool = True,
    record_distance: bool = True,
) -> pd.DataFrame:
    """A run with samples at the given seconds; ``grade=None`` records no height."""
    t = np.asarray(seconds, dtype=float)
    pace = np.asarray(speed(t) if callable(speed) else np.full(len(t), speed), dtype=float)
    steps = np.asarray(cadence(t) if callable(cadence) else np.full(len(t), cadence), dtype=float)
    distance = np.concatenate(([0.0], np.cumsum(pace[:-1] * np.diff(t))))
    stream = pd.DataFrame({name: np.full(len(t), np.nan) for name in STREAM_COLUMNS})
    stream["t_s"], stream["cadence_spm"] = t, steps
    if record_speed:
        stream["speed_mps"] = pace
    if record_distance:
        stream["distance_m"] = distance
    if grade is not None:
        stream["altitude_m"] = 100.0 + grade * distance
    return stream


def made_windows(
    runs: int,
    *,
    every_days: int = 3,
    speeds: tuple[float, ...] = (2.6, 2.8, 3.0, 3.2, 3.4),
    shift: Callable[[int], float] = lambda _: 0.0,
    noise: float = 0.4,
    windows: int = 20,
    seed: int = 1,
) -> pd.DataFrame:
    """Windows of many runs of one runner: 166 + 9 (v - 3) - 40 uphill + 30 downhill - 0.05 minute, plus ``shift(run)``."""
    random = np.random.default_rng(seed)
    parts = []
    for run in range(runs):
        v = np.array(speeds)[np.arange(windows) % len(speeds)] + random.normal(0, 0.03, windows)
        slope = random.normal(0, 0.015, windows)
        up, down = np.maximum(slope, 0), np.maximum(-slope, 0)
        minute = 5.25 + 0.5 * np.arange(windows)
        spm = 166 + 9 * (v - 3) - 40 * up + 30 * down - 0.05 * minute + shift(run) + random.normal(0, noise, windows)
        parts.append(
            pd.DataFrame(
                {
                    "session_id": run + 1,
                    "local_day": date(2025, 1, 1) + timedelta(days=every_days * run),
                    "start_s": 60 * minute - 15,
                    "t_min": minute,
                    "speed_mps": v,
                    "cadence_spm": spm,
                    "uphill": up,
                    "downhill": down,
                    "treadmill": False,
                    "grade_known": True,
                }
            )
        )
    return pd.concat(parts, ignore_index=True)
