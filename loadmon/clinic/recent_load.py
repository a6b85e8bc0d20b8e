"""What a runner has run before an assessment: distance a week, the last week against those before, and the longest step."""

from __future__ import annotations

from datetime import date, timedelta

import numpy as np
import pandas as pd

from loadmon.clinic.assessment import RecentLoad
from loadmon.load.spike import BANDS, spikes

WEEKS = 4
"""So many weeks up to the assessment are looked at (loadmon convention)."""


def recent_load(runs: pd.DataFrame, on: date) -> RecentLoad:
    """Distance a week over four weeks, the last seven days against the three weeks before, and the largest spike of two weeks.

    Only whole days count as weeks: on the day of the assessment the runner may not have run yet. A run of that day still is
    a step that was made.

    Parameters
    ----------
    runs : DataFrame
        One runner's, as ``store.runs.runs_table`` gives them.
    on : date
        The day of the assessment.

    Returns
    -------
    RecentLoad
        None for what cannot be told: a run whose distance is missing makes its weeks unknown, never shorter.
    """
    day = pd.to_datetime(runs["local_day"])
    counted = (runs["is_running"] & ~runs["excluded"] & (day <= pd.Timestamp(on))).to_numpy(dtype=bool)
    kept, day = runs[counted], day[counted]
    ago = (pd.Timestamp(on) - day).dt.days.to_numpy()
    metres = kept["distance_m"].to_numpy(dtype=np.float64)
    whole, last = (ago >= 1) & (ago <= 7 * WEEKS), (ago >= 1) & (ago <= 7)
    if not whole.any() or np.isnan(metres[whole]).any():
        return RecentLoad(spike_band=_band(kept, on))
    begun = ago.max() >= 7 * WEEKS
    before = metres[whole & ~last].sum() / (WEEKS - 1)
    change = 100.0 * (metres[last].sum() / before - 1.0) if begun and before > 0 else None
    weekly = metres[whole].sum() / (WEEKS if begun else ago[whole].max() / 7.0)
    return RecentLoad(float(round(weekly)), None if change is None else float(round(change)), _band(kept, on))


def _band(kept: pd.DataFrame, on: date) -> str | None:
    if kept.empty:
        return None
    told = spikes(kept)
    late = told[pd.to_datetime(told["local_day"]) > pd.Timestamp(on - timedelta(days=14))]
    codes = late["band_told"].cat.codes.to_numpy()
    return BANDS[int(codes.max())] if len(codes) and codes.max() >= 0 else None
