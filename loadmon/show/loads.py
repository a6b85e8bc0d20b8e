"""What sessions were worth, by the limits of those who ran them."""

from __future__ import annotations

import pandas as pd

from loadmon.athlete import Athlete, limits_on
from loadmon.load.session_load import session_loads


def with_loads(sessions: pd.DataFrame, heart_rate: pd.DataFrame, people: list[Athlete]) -> pd.DataFrame:
    """The sessions with what each was worth by every method, by the limits that held on its day.

    Parameters
    ----------
    sessions : DataFrame
        As ``counted`` gives them, whole history of each runner.
    heart_rate : DataFrame
        Seconds at each beat, as ``store.runs.heart_rate`` gives them.
    people : list of Athlete
        With their limits and their order of methods.
    """
    orders = {athlete.id: athlete.load_order for athlete in people}
    found = session_loads(sessions, heart_rate, limits_on(people, sessions), orders)
    return sessions.join(found.drop(columns=[name for name in found if name in sessions]))
