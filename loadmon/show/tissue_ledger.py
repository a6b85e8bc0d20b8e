"""The tissue ledger as rows to take away: every day and tissue, load and damage side by side, SI units in the names."""

from __future__ import annotations

import numpy as np
import pandas as pd

from loadmon.days import day_of_number
from loadmon.tissue.acceleration import HISTORY_STATES
from loadmon.tissue.coefficients import Coefficients
from loadmon.tissue.ledger import TISSUE_DAYS
from loadmon.tissue.sheet import TissueSheet


def ledger_rows(sheet: TissueSheet, coefficients: Coefficients) -> pd.DataFrame:
    """Every day of every tissue.

    Parameters
    ----------
    sheet : TissueSheet
        N days, T tissues.
    coefficients : Coefficients
        For the tissues' names and grades.

    Returns
    -------
    DataFrame
        N × T rows; cells of a day of which nothing is known are empty, and so is the damage of a day that was mostly walked: day (ISO text), tissue, grade, state, runs, distance_m, steps_one_leg, load_bws, damage_equivalent_m,
        damage_low_m and damage_high_m (10th and 90th percentile), against_steps, against_steps_low, against_steps_high (the
        divergence as a share; empty where it cannot be told), history (why), coefficients (their version).
    """
    ledger, found = sheet.days, sheet.divergence
    n, tissues = len(ledger.known), len(ledger.tissues)
    low, _, high = sheet.day_quantiles_m
    untold = np.repeat(ledger.untold, tissues)
    bare = untold | np.repeat(sheet.walked_days, tissues)
    named = [coefficients.tissue[tissue] for tissue in ledger.tissues]
    return pd.DataFrame(
        {
            "day": np.repeat([day_of_number(int(day)).isoformat() for day in ledger.days], tissues),
            "tissue": [one.name for one in named] * n,
            "grade": [one.grade for one in named] * n,
            "state": np.repeat([TISSUE_DAYS[int(code)].value for code in ledger.state], tissues),
            "runs": pd.Series(np.repeat(ledger.runs, tissues)).astype("Int64").mask(untold),
            "distance_m": np.where(untold, np.nan, np.repeat(ledger.distance_m, tissues).round(1)),
            "steps_one_leg": np.where(untold, np.nan, np.repeat(ledger.steps, tissues).round(1)),
            "load_bws": np.where(untold, np.nan, ledger.load_bws.ravel().round(2)),
            "damage_equivalent_m": np.where(bare, np.nan, ledger.damage_m.ravel().round(1)),
            "damage_low_m": np.where(bare, np.nan, low.ravel().round(1)),
            "damage_high_m": np.where(bare, np.nan, high.ravel().round(1)),
            "against_steps": np.expm1(found.middle).ravel().round(3),
            "against_steps_low": np.expm1(found.low).ravel().round(3),
            "against_steps_high": np.expm1(found.high).ravel().round(3),
            "history": [HISTORY_STATES[int(code)].value for code in found.state.ravel()],
            "coefficients": sheet.version,
        }
    )
