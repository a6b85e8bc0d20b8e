"""What the model knows of how a runner runs: what a watch measured in the last 28 days, and what a clinician found."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from loadmon.days import day_number, day_numbers
from loadmon.finding import Finding
from loadmon.load.running import DAY_SPAN
from loadmon.risk.load_features import MONTH, believed_speed
from loadmon.risk.windows import Floats, Looks, Tallied
from loadmon.tissue.coefficients import default_coefficients

LEAST_MEASURED = 3
"""Runs of 28 days that measured it, before gait is told."""
MEASURED = ("median_cadence_spm", "median_stance_time_s", "median_vertical_oscillation_m", "median_step_length_m",
            "median_stance_balance_left_pct")  # fmt: skip


def gait_features(looks: Looks, runs: pd.DataFrame) -> dict[str, Floats]:
    """Means over 28 days, each run by its minutes; NaN with fewer than three runs that measured it.

    Parameters
    ----------
    looks : Looks
    runs : DataFrame
        Running sessions that count, ordered by runner and day; the columns of ``MEASURED`` where they are kept.
    """
    key = runs["athlete_id"].to_numpy() * DAY_SPAN + day_numbers(runs["local_day"])
    minutes = runs["moving_s"].to_numpy(dtype=np.float64, na_value=np.nan) / 60.0
    cadence, stance, oscillation, step, balance = (_column(runs, name) for name in MEASURED)
    told = {
        "cadence": cadence - expected_cadence(believed_speed(runs)),
        "duty_factor": 100.0 * stance * cadence / 120.0,  # a stride is two steps
        "oscillation": oscillation,
        "step_length": step,
        "contact_balance": np.abs(balance - 50.0),
    }
    opens, closes = looks.between(key, MONTH, 1)
    return {name: Tallied.of(value, minutes).mean(opens, closes, LEAST_MEASURED) for name, value in told.items()}


def expected_cadence(speed_mps: Floats) -> Floats:
    """Steps a minute of both feet that runners take at a speed, as the tissue coefficients have them."""
    rule = default_coefficients().cadence
    apart = speed_mps - rule.centre_mps
    return rule.at_centre_spm + rule.per_mps * apart + rule.per_mps_squared * apart**2


def found_features(looks: Looks, findings: Iterable[Finding]) -> dict[str, Floats]:
    """What a clinician found and still held before each look; NaN where nobody looked, or told no degrees."""
    told = {"pelvic_drop": np.full(len(looks.athlete), np.nan), "overstride": np.full(len(looks.athlete), np.nan)}
    for one in sorted(findings, key=lambda finding: finding.observed):
        if one.kind not in told:
            continue
        holds = (looks.athlete == one.athlete_id) & (looks.instant > day_number(one.observed))
        if one.until is not None:
            holds &= looks.instant <= day_number(one.until)
        if one.kind == "overstride":
            told[one.kind][holds] = 1.0
        elif one.value is not None:
            told[one.kind][holds] = one.value
    return told


def _column(runs: pd.DataFrame, name: str) -> Floats:
    if name not in runs:
        return np.full(len(runs), np.nan)
    values: Floats = runs[name].to_numpy(dtype=np.float64, na_value=np.nan)
    return values
