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

WELLNESS = ("sleep", "fatigue")


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


def wellness_features(looks: Looks, told: pd.DataFrame | None) -> dict[str, Floats]:
    """Sleep and fatigue of the check-ins of 7 days against the runner's own earlier ones; NaN with fewer than two.

    Parameters
    ----------
    looks : Looks
    told : DataFrame | None
        athlete_id, local_day, sleep, fatigue: higher is worse, NaN where it was left open.
    """
    if told is None or not len(told):
        return {name: np.full(len(looks.athlete), np.nan) for name in WELLNESS}
    key = told["athlete_id"].to_numpy(dtype=np.int64) * DAY_SPAN + day_numbers(told["local_day"])
    order = np.argsort(key, kind="stable")
    now, far = looks.between(key[order], WEEK, 1), looks.between(key[order], None, EMBARGO + 1)
    tallies = {name: Tallied.of(told[name].to_numpy(dtype=np.float64)[order]) for name in WELLNESS}
    return {
        name: against_own(tally.mean(*now, 2), tally, *far, LEAST_RUNS, floor=0.5) for name, tally in tallies.items()
    }


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
