"""The runner's own rule of how a figure follows speed and slope, learnt from the first runs that have it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loadmon import evidence
from loadmon.gait.baseline import first_runs, huber

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class OwnRule:
    """What a m/s and a grade of 1, up or down, add to one figure of one runner.

    Parameters
    ----------
    per_mps, per_uphill, per_downhill : float
        In the figure's unit; 0 for what the first runs could not show.
    n_runs, n_windows : int
        What it was learnt from.
    """

    per_mps: float
    per_uphill: float
    per_downhill: float
    n_runs: int
    n_windows: int

    def at_pace(self, values: Floats, windows: pd.DataFrame) -> Floats:
        """The figure of each window as it would be at 3.0 m/s on the flat.

        Parameters
        ----------
        values : array of shape (n,)
        windows : DataFrame of n rows
            speed_mps, uphill, downhill.
        """
        brought: Floats = (
            values
            - self.per_mps * (windows["speed_mps"].to_numpy(np.float64) - evidence.CADENCE_REFERENCE_MPS.value)
            - self.per_uphill * windows["uphill"].to_numpy(np.float64)
            - self.per_downhill * windows["downhill"].to_numpy(np.float64)
        )
        return brought


def own_rule(windows: pd.DataFrame, values: Floats) -> OwnRule | None:
    """Learns how one figure of one runner follows speed and slope. Later runs do not change it.

    Parameters
    ----------
    windows : DataFrame of n rows
        Of one runner: session_id, local_day, t_min, speed_mps, uphill, downhill, treadmill, stretch.
    values : array of shape (n,)
        The figure in each window; NaN is left out.

    Returns
    -------
    OwnRule | None
        From the watch and surface whose first runs were enough soonest (as for cadence: 12 runs or 60 days, and speeds
        that span 0.6 m/s): how a body follows speed is its own, whatever measures it. None where none is.

    References
    ----------
    Huber 1964, 10.1214/aoms/1177703732; the gates are a loadmon convention.
    """
    known = np.isfinite(values)
    table = windows[["session_id", "local_day", "t_min", "speed_mps", "uphill", "downhill", "treadmill", "stretch"]]
    table = table[known].assign(figure=values[known])
    gates = (evidence.CADENCE_BASELINE_RUNS, evidence.CADENCE_BASELINE_DAYS, evidence.CADENCE_BASELINE_WINDOWS)
    apart = table.groupby(["stretch", "treadmill"], sort=True)
    enough = [base for _, alike in apart if (base := first_runs(alike, *(int(e.value) for e in gates))) is not None]
    if not enough:
        return None
    # an older watch that is still worn and has enough runs only later would change the rule
    base = min(enough, key=lambda one: one["local_day"].max())
    columns = {name: base[name].to_numpy(np.float64) for name in ("speed_mps", "uphill", "downhill")}
    varied = {name: column for name, column in columns.items() if np.ptp(column) > 1e-9}
    _, *slopes = huber(base["figure"].to_numpy(np.float64), list(varied.values()))
    learnt = dict(zip(varied, slopes, strict=True))
    return OwnRule(
        per_mps=learnt["speed_mps"],  # the first runs span 0.6 m/s, or they would not be enough
        per_uphill=learnt.get("uphill", 0.0),
        per_downhill=learnt.get("downhill", 0.0),
        n_runs=int(base["session_id"].nunique()),
        n_windows=len(base),
    )
