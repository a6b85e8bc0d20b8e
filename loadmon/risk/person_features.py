"""What the model knows of the person: how hard training felt, sex, body mass and height."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np
import pandas as pd

from loadmon.athlete import SEXES, Athlete, limits_on
from loadmon.days import day_numbers
from loadmon.load.running import DAY_SPAN
from loadmon.risk.load_features import LEAST_RUNS, WEEK
from loadmon.risk.windows import EMBARGO, Floats, Looks, Tallied, against_own


def felt(looks: Looks, runs: pd.DataFrame) -> Floats:
    """How hard the runs of 7 days felt against the runner's own earlier ones; NaN where nobody told.

    Parameters
    ----------
    looks : Looks
    runs : DataFrame
        Running sessions that count, ordered by runner and day; ``effort`` (0 to 10) where it was told.
    """
    if "effort" not in runs:
        return np.full(len(looks.athlete), np.nan)
    key = runs["athlete_id"].to_numpy() * DAY_SPAN + day_numbers(runs["local_day"])
    told = Tallied.of(runs["effort"].to_numpy(dtype=np.float64, na_value=np.nan))
    now = told.mean(*looks.between(key, WEEK, 1))
    opens, closes = looks.between(key, None, EMBARGO + 1)
    return against_own(now, told, opens, closes, LEAST_RUNS, floor=0.5)


def person_features(looks: Looks, athletes: Iterable[Athlete]) -> dict[str, Floats]:
    """Sex, and body mass index as it held the day before each look; NaN where nobody told."""
    days = pd.DataFrame(
        {
            "athlete_id": looks.athlete,
            "local_day": (looks.instant - 1).astype("datetime64[D]").astype("datetime64[us]"),
        }
    )
    limits = limits_on(athletes, days)
    sex = limits["sex"].to_numpy(dtype=object)
    female = np.where(sex == SEXES[0], 1.0, np.where(sex == SEXES[1], 0.0, np.nan))
    return {
        "female": female,
        "body_mass_index": limits["mass_kg"].to_numpy() / limits["height_m"].to_numpy() ** 2,
    }
