"""Sessions that hold just what a test is about."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import numpy as np
import pandas as pd

from loadmon.session import STREAM_COLUMNS, DeviceTotals, Session, Source, Sport

START = datetime(2025, 3, 1, 9, 0, tzinfo=UTC)


def made(
    t_s: Any, *, sport: Sport = Sport.RUN, totals: DeviceTotals | None = None, file_format: str = "fit", **columns: Any
) -> Session:
    """A session whose stream holds these columns and nothing else."""
    t = np.asarray(t_s, float)
    stream = pd.DataFrame({name: np.full(len(t), np.nan) for name in STREAM_COLUMNS})
    stream["t_s"] = t
    for name, values in columns.items():
        stream[name] = np.broadcast_to(np.asarray(values, float), len(t))
    stream.insert(0, "timestamp", pd.Timestamp(START) + pd.to_timedelta(t, unit="s"))
    length = float(t[-1] - t[0])
    return Session(
        sport, START, length, length, length, stream, Source("0" * 64, f"x.{file_format}", file_format, "made"),
        totals=totals or DeviceTotals(),
    )  # fmt: skip
