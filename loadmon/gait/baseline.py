"""The runner's own rule of cadence and speed, learnt once from the first runs and then left alone."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loadmon import evidence
from loadmon.days import day_numbers, day_of_number

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class CadenceModel:
    """How a runner's cadence follows speed, slope, minutes and surface.

    Parameters
    ----------
    level_spm : float
        Cadence at ``reference_mps`` on the flat, outdoors, ``reference_min`` minutes into a run.
    per_mps, per_uphill, per_downhill, per_minute, treadmill_spm : float
        What a m/s, a grade of 1, a minute and a treadmill add. 0 for what the baseline could not show.
    is_prior : bool
        True where there was too little data and other runners' numbers stand in: fit to compare speeds, not runners.
    height_assumed : bool
        True where the stand-in also had to assume a height.
    n_runs, n_windows : int
        What it was learnt from.
    first_day, last_day : date | None
        The baseline it was learnt from.
    runs_so_far, windows_so_far : int
        What there is where other runners' numbers stand in.
    days_so_far : int
        From the first to the last of these runs.
    spread_so_far_mps : float | None
        What the speeds of those windows span (5th to 95th percentile); None without any.
    """

    level_spm: float
    per_mps: float
    per_uphill: float = 0.0
    per_downhill: float = 0.0
    per_minute: float = 0.0
    treadmill_spm: float = 0.0
    reference_mps: float = evidence.CADENCE_REFERENCE_MPS.value
    reference_min: float = 0.0
    is_prior: bool = False
    height_assumed: bool = False
    n_runs: int = 0
    n_windows: int = 0
    first_day: date | None = None
    last_day: date | None = None
    runs_so_far: int = 0
    windows_so_far: int = 0
    days_so_far: int = 0
    spread_so_far_mps: float | None = None

    def adjusted(self, windows: pd.DataFrame, *, minutes: bool = True) -> Floats:
        """Cadence of each window as it would be at the common pace on the flat, in steps a minute.

        Parameters
        ----------
        windows : DataFrame
            speed_mps, cadence_spm, uphill, downhill, t_min, treadmill.
        minutes : bool
            Also bring every window to the same minute of the run; False where the drift within a run is the question.
        """
        values: Floats = (
            windows["cadence_spm"].to_numpy(dtype=np.float64)
            - self.per_mps * (windows["speed_mps"].to_numpy(dtype=np.float64) - self.reference_mps)
            - self.per_uphill * windows["uphill"].to_numpy(dtype=np.float64)
            - self.per_downhill * windows["downhill"].to_numpy(dtype=np.float64)
            - self.treadmill_spm * windows["treadmill"].to_numpy(dtype=np.float64)
        )
        if minutes and self.per_minute:
            values = values - self.per_minute * (windows["t_min"].to_numpy(dtype=np.float64) - self.reference_min)
        return values


def prior_model(height_cm: float | None = None) -> CadenceModel:
    """What stands in for a runner's own rule until there are enough runs; other people's numbers, marked as such."""
    reference = evidence.CADENCE_REFERENCE_MPS.value
    height = evidence.CADENCE_PRIOR_HEIGHT_CM.value if height_cm is None else height_cm
    return CadenceModel(
        level_spm=evidence.CADENCE_PRIOR_SPM.value
        + evidence.CADENCE_PRIOR_PER_MPS.value * (reference - evidence.CADENCE_PRIOR_SPEED_MPS.value)
        + evidence.CADENCE_PRIOR_PER_CM.value * (height - evidence.CADENCE_PRIOR_HEIGHT_CM.value),
        per_mps=evidence.CADENCE_PRIOR_PER_MPS.value,
        is_prior=True,
        height_assumed=height_cm is None,
    )


def fit_baseline(
    windows: pd.DataFrame,
    *,
    height_cm: float | None = None,
    minimum_runs: int = int(evidence.CADENCE_BASELINE_RUNS.value),
    days: int | None = int(evidence.CADENCE_BASELINE_DAYS.value),
    minimum_windows: int = int(evidence.CADENCE_BASELINE_WINDOWS.value),
) -> CadenceModel:
    """Learns how a runner's cadence follows speed and slope from their first runs. Later runs do not change it.

    Parameters
    ----------
    windows : DataFrame
        Windows of many runs: session_id, local_day and ``WINDOW_COLUMNS``.
    height_cm : float | None
        For the stand-in where there is too little data.
    minimum_runs, days : int
        The baseline ends with the run that makes so many runs, or so many days, once the speeds of its windows (5th to
        95th percentile) span 0.6 m/s. ``days=None`` counts runs alone.
    minimum_windows : int
        Fewer windows than these are too little data.

    Returns
    -------
    CadenceModel
        Fitted, or ``prior_model`` where no stretch of first runs is enough.

    References
    ----------
    Huber 1964, 10.1214/aoms/1177703732; the gates are a loadmon convention.
    """
    base = first_runs(windows, minimum_runs, days, minimum_windows)
    if base is None:
        return _with_what_there_is(prior_model(height_cm), windows)
    reference_min = float(base["t_min"].median())
    columns = {
        "per_mps": base["speed_mps"].to_numpy(dtype=np.float64) - evidence.CADENCE_REFERENCE_MPS.value,
        "per_uphill": base["uphill"].to_numpy(dtype=np.float64),
        "per_downhill": base["downhill"].to_numpy(dtype=np.float64),
        "per_minute": base["t_min"].to_numpy(dtype=np.float64) - reference_min,
        "treadmill_spm": base["treadmill"].to_numpy(dtype=np.float64),
    }
    # what never varied in the baseline cannot be learnt from it
    varied = {name: values for name, values in columns.items() if np.ptp(values) > 1e-9}
    level, *slopes = huber(base["cadence_spm"].to_numpy(dtype=np.float64), list(varied.values()))
    learnt = dict(zip(varied, slopes, strict=True))
    day = day_numbers(base["local_day"])
    return CadenceModel(
        level_spm=level,
        reference_min=reference_min,
        n_runs=int(base["session_id"].nunique()),
        n_windows=len(base),
        first_day=day_of_number(int(day.min())),
        last_day=day_of_number(int(day.max())),
        per_mps=learnt.get("per_mps", 0.0),
        per_uphill=learnt.get("per_uphill", 0.0),
        per_downhill=learnt.get("per_downhill", 0.0),
        per_minute=learnt.get("per_minute", 0.0),
        treadmill_spm=learnt.get("treadmill_spm", 0.0),
    )


def _with_what_there_is(stand_in: CadenceModel, windows: pd.DataFrame) -> CadenceModel:
    """The stand-in with what the runner has so far, so that it can be said what is lacking."""
    if not len(windows):
        return stand_in
    slow, fast = np.percentile(windows["speed_mps"].to_numpy(dtype=np.float64), (5.0, 95.0))
    return replace(
        stand_in,
        runs_so_far=int(windows["session_id"].nunique()),
        windows_so_far=len(windows),
        days_so_far=int(np.ptp(day_numbers(windows["local_day"]))),
        spread_so_far_mps=float(fast - slow),
    )


def first_runs(windows: pd.DataFrame, minimum_runs: int, days: int | None, minimum_windows: int) -> pd.DataFrame | None:
    """The shortest stretch of first runs that is enough, or None. Being a beginning, it stays the same as runs are added."""
    if not len(windows):
        return None
    day = day_numbers(windows["local_day"])
    order = np.lexsort((windows["t_min"].to_numpy(), windows["session_id"].to_numpy(), day))
    ordered, day = windows.iloc[order], day[order]
    session = ordered["session_id"].to_numpy()
    ends = np.append(np.flatnonzero((session[1:] != session[:-1]) | (day[1:] != day[:-1])) + 1, len(session))
    speed = ordered["speed_mps"].to_numpy(dtype=np.float64)
    for runs, end in enumerate(ends, start=1):
        long_enough = runs >= minimum_runs or (days is not None and day[end - 1] - day[0] >= days)
        if long_enough and end >= minimum_windows:
            slow, fast = np.percentile(speed[:end], (5.0, 95.0))
            if fast - slow >= evidence.CADENCE_BASELINE_SPREAD_MPS.value:
                return ordered.iloc[:end]
    return None


def huber(values: Floats, columns: list[Floats]) -> list[float]:
    """Robust straight-line fit: odd runs count less. Intercept first, then one slope a column."""
    from statsmodels.robust.norms import HuberT  # loaded only here: a second of import that most pages do not need
    from statsmodels.robust.robust_linear_model import RLM

    design = np.column_stack([np.ones(len(values)), *columns])
    return [float(b) for b in RLM(values, design, M=HuberT(t=evidence.HUBER_TUNING.value)).fit().params]
