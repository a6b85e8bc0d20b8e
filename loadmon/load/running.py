"""The runs that count, in the order they were started."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loadmon.days import day_number, day_numbers

DAY_SPAN = 1 << 22
"""More days than any calendar holds: athlete * DAY_SPAN + day is one sortable number."""


def running(runs: pd.DataFrame) -> pd.DataFrame:
    """Running sessions that are not excluded, by runner and start; other sports and excluded ones are left out."""
    counts = runs["is_running"].to_numpy(dtype=bool) & ~runs["excluded"].to_numpy(dtype=bool)
    kept = runs[counts]
    order = np.lexsort((kept["session_id"].to_numpy(), instants(kept["start_utc"]), kept["athlete_id"].to_numpy()))
    ordered: pd.DataFrame = kept.iloc[order]
    return ordered


def instants(start_utc: pd.Series) -> NDArray[np.int64]:
    """Starts as whole microseconds since 1970, whatever resolution the table keeps them in."""
    naive = start_utc.dt.tz_localize(None) if isinstance(start_utc.dtype, pd.DatetimeTZDtype) else start_utc
    whole: NDArray[np.int64] = naive.to_numpy().astype("datetime64[us]").astype(np.int64)
    return whole


def history_begins(runs: pd.DataFrame, first: Mapping[int, date] | None = None) -> dict[int, int]:
    """Day number on which each runner's record begins: the first session of any sport, or earlier where that is known."""
    kept = runs[~runs["excluded"].to_numpy(dtype=bool)]
    athletes, code = np.unique(kept["athlete_id"].to_numpy(dtype=np.int64), return_inverse=True)
    begun = np.full(len(athletes), np.iinfo(np.int64).max)
    np.minimum.at(begun, code, day_numbers(kept["local_day"]))
    days = {int(a): int(d) for a, d in zip(athletes, begun, strict=True)}
    for athlete, day in (first or {}).items():
        if athlete in days:
            days[athlete] = min(days[athlete], day_number(day))
    return days
