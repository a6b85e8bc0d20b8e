"""Exponentially weighted averages of days, each runner's from their own first day."""

from __future__ import annotations

import numpy as np
import pandas as pd

from loadmon.load.windows import Floats, Whole


def weighted_average(load: Floats, athlete: Whole, history: Whole, newest: float, seed: str = "adjusted") -> Floats:
    """Average of all days so far in which each day weighs less than the one after it.

    Parameters
    ----------
    load : array of float
        One a day, runner after runner, days in order; no gaps and nothing missing.
    athlete, history : array of int
        Whose day it is, and the how-many-eth of the record.
    newest : float
        Weight of the newest day, between 0 and 1; each day before weighs ``1 - newest`` times as much.
    seed : str
        What stands before the first day: ``"adjusted"`` nothing (the weights are made to add up to 1), ``"zero"`` rest,
        ``"first_value"`` days like the first.
    """
    weighed = pd.Series(load).groupby(athlete, sort=False).ewm(alpha=newest).mean()
    known: Floats = np.array(weighed, dtype=np.float64)  # a copy: what pandas hands out may not be written on
    if seed == "adjusted":
        return known
    before = (1.0 - newest) ** history  # weight of everything before the record
    if seed == "zero":
        return known * (1.0 - before)
    first = load[np.arange(len(load)) - (history - 1)] if len(load) else load
    return known * (1.0 - before) + first * before
