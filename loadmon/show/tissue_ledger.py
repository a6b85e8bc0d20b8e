"""The tissue ledger as rows to take away: every day and tissue, load and damage side by side, SI units in the names."""

from __future__ import annotations

import numpy as np
import pandas as pd

from loadmon.days import day_of_number
from loadmon.tissue.coefficients import Coefficients
from loadmon.tissue.ledger import Ledger
from loadmon.tissue.loads import QUANTILES


def ledger_rows(ledger: Ledger, coefficients: Coefficients) -> pd.DataFrame:
    """Every day of every tissue.

    Parameters
    ----------
    ledger : Ledger
        N days, T tissues.
    coefficients : Coefficients
        For the tissues' names and grades, and the version that stands in every row.

    Returns
    -------
    DataFrame
        N × T rows: day (ISO text), tissue, grade, known, runs, distance_m, steps_one_leg, load_bws, damage_equivalent_m,
        damage_low_m and damage_high_m (10th and 90th percentile; empty without draws), coefficients.
    """
    n, tissues = len(ledger.known), len(ledger.tissues)
    drawn = ledger.drawn_damage_m
    low, _, high = np.quantile(drawn, QUANTILES, axis=-1) if drawn.shape[-1] else np.full((3, n, tissues), np.nan)
    named = [coefficients.tissue[tissue] for tissue in ledger.tissues]
    return pd.DataFrame(
        {
            "day": np.repeat([day_of_number(int(day)).isoformat() for day in ledger.days], tissues),
            "tissue": [one.name for one in named] * n,
            "grade": [one.grade for one in named] * n,
            "known": np.repeat(ledger.known, tissues),
            "runs": np.repeat(ledger.runs, tissues),
            "distance_m": np.repeat(ledger.distance_m, tissues).round(1),
            "steps_one_leg": np.repeat(ledger.steps, tissues).round(1),
            "load_bws": ledger.load_bws.ravel().round(2),
            "damage_equivalent_m": ledger.damage_m.ravel().round(1),
            "damage_low_m": low.ravel().round(1),
            "damage_high_m": high.ravel().round(1),
            "coefficients": coefficients.version,
        }
    )
