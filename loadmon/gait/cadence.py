"""Cadence at one common pace: windows of steady running, the runner's own frozen rule, a value a run, a trend.

Cadence rises with speed and changes on slopes, so weeks of faster running would look like a change of form. Each step is a
file of its own; this is the door to them.
"""

from __future__ import annotations

from loadmon.gait.baseline import CadenceModel, fit_baseline, prior_model
from loadmon.gait.drift import Drift, drift_of, within_run_drift
from loadmon.gait.trend import CadenceStep, CadenceTrend, RunnerCadence, run_values, runner_cadence, trend
from loadmon.gait.windows import WINDOW_COLUMNS, cadence_windows

__all__ = [
    "WINDOW_COLUMNS",
    "CadenceModel",
    "CadenceStep",
    "CadenceTrend",
    "Drift",
    "RunnerCadence",
    "cadence_windows",
    "drift_of",
    "fit_baseline",
    "prior_model",
    "run_values",
    "runner_cadence",
    "trend",
    "within_run_drift",
]
