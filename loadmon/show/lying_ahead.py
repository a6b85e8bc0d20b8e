"""Sessions whose day has not come: a clock that was set wrong must not stand in any sum or trend."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

import numpy as np
import pandas as pd

from loadmon.days import day_number, day_numbers

LIES_AHEAD = "its date lies ahead"


def wait_for_their_day(sessions: pd.DataFrame, today: Mapping[int, date]) -> pd.DataFrame:
    """The sessions, those dated after their runner's today taken out of every sum until the day comes.

    Parameters
    ----------
    sessions : DataFrame
        athlete_id, local_day, excluded, excluded_reason.
    today : mapping of athlete to date
        Each runner's own day.

    Returns
    -------
    DataFrame
        The same rows; those that wait are ``excluded`` with ``LIES_AHEAD``, unless they were for another reason.
    """
    athletes, code = np.unique(sessions["athlete_id"].to_numpy(dtype=np.int64), return_inverse=True)
    last = np.array([day_number(today[int(athlete)]) for athlete in athletes], dtype=np.int64)
    excluded = sessions["excluded"].to_numpy(dtype=bool)
    ahead = ~excluded & (day_numbers(sessions["local_day"]) > last[code])
    if not ahead.any():
        return sessions
    reason = sessions["excluded_reason"].astype(object).mask(ahead, LIES_AHEAD)
    return sessions.assign(excluded=excluded | ahead, excluded_reason=reason)
