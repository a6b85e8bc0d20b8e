"""What a watch measured lately, offered as a beginning: medians of recent runs' own facts, as measures of an assessment."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pandas as pd

from loadmon import evidence
from loadmon.clinic.assessment import Measured
from loadmon.clinic.knowledge import Knowledge

DAYS, LEAST_RUNS = int(evidence.CLINIC_WATCH_DAYS.value), int(evidence.CLINIC_WATCH_RUNS.value)
BALANCE = "gct_balance_dev_pp"
SPEED = "mean_speed_mps"


@dataclass(frozen=True, slots=True)
class WatchValue:
    """A measure as recent runs tell it.

    Parameters
    ----------
    measured : Measured
    runs : int
        Of which it is the median.
    speed_mps : float | None
        The median of their speeds: what the watch measured holds there.
    """

    measured: Measured
    runs: int
    speed_mps: float | None


def from_watch(runs: pd.DataFrame, on: date, known: Knowledge) -> tuple[WatchValue, ...]:
    """What the runs of the last four weeks tell, in the order of the form.

    Parameters
    ----------
    runs : DataFrame
        One runner's, as ``store.runs.runs_table`` gives them.
    on : date
        The day of the assessment: runs of this day and before count.
    known : Knowledge
    """
    days = pd.to_datetime(runs["local_day"])
    late = (days <= pd.Timestamp(on)) & (days > pd.Timestamp(on - timedelta(days=DAYS)))
    kept = runs[late & runs["is_running"] & ~runs["excluded"]]
    told = []
    for name, measure in known.measure.items():
        if measure.watch is None:
            continue
        values = kept[measure.watch].to_numpy(dtype=np.float64)
        has = np.isfinite(values)
        if has.sum() < LEAST_RUNS:
            continue
        median = float(np.median(values[has])) * measure.watch_factor
        if name == BALANCE:
            median = abs(median - 50.0)
        speeds = kept[SPEED].to_numpy(dtype=np.float64)[has]
        speed = float(np.nanmedian(speeds)) if np.isfinite(speeds).any() else None
        told.append(
            WatchValue(Measured(name, round(median, 1 if median >= 2 else 2), "both", "watch"), int(has.sum()), speed)
        )
    return tuple(told)
