"""Drift: how cadence at the same pace moved from the beginning of one run to its end."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from loadmon import evidence
from loadmon.gait.baseline import CadenceModel
from loadmon.measure import WINDOWS_6


@dataclass(frozen=True, slots=True)
class Drift:
    """Change of cadence within one run, at the same pace and slope.

    Parameters
    ----------
    per_minute_spm, per_hour_spm : float | None
        Theil-Sen slope of adjusted cadence over time; None with ``reason``.
    thirds_spm : float | None
        Median of the last third of the time minus median of the first.
    reason : str | None
        Code of ``loadmon.measure.REASON_WORDS`` where there is no drift to tell.
    """

    per_minute_spm: float | None
    per_hour_spm: float | None
    thirds_spm: float | None
    reason: str | None


def within_run_drift(minutes: np.ndarray, adjusted_spm: np.ndarray) -> Drift:
    """How adjusted cadence moved over one run; a reason instead with fewer than six values or no time between them.

    Parameters
    ----------
    minutes : array of float
        Minutes since the start.
    adjusted_spm : array of float
        ``CadenceModel.adjusted(windows, minutes=False)``.
    """
    minutes, adjusted_spm = np.asarray(minutes, dtype=np.float64), np.asarray(adjusted_spm, dtype=np.float64)
    if len(minutes) < evidence.CADENCE_DRIFT_WINDOWS.value or np.ptp(minutes) == 0:
        return Drift(None, None, None, WINDOWS_6)
    from scipy.stats import theilslopes

    slope = float(theilslopes(adjusted_spm, minutes)[0])
    third = np.ptp(minutes) / 3.0
    first = adjusted_spm[minutes <= minutes.min() + third]
    last = adjusted_spm[minutes >= minutes.max() - third]
    return Drift(slope, 60.0 * slope, float(np.median(last) - np.median(first)), None)


def drift_of(windows: pd.DataFrame, model: CadenceModel) -> Drift:
    """``within_run_drift`` of one run's windows: what speed and slope explain is taken out, what minutes do is not."""
    return within_run_drift(windows["t_min"].to_numpy(), model.adjusted(windows, minutes=False))
