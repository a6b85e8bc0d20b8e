"""What sessions were worth, by the limits of those who ran them."""

from __future__ import annotations

import pandas as pd

from loadmon.athlete import Athlete, limits_on
from loadmon.load.session_load import session_loads
from loadmon.load.told import with_told


def with_loads(
    sessions: pd.DataFrame, heart_rate: pd.DataFrame, people: list[Athlete], told: pd.DataFrame | None = None
) -> pd.DataFrame:
    """The sessions with what each was worth by every method, by the limits that held on its day.

    Parameters
    ----------
    sessions : DataFrame
        As ``counted`` gives them, whole history of each runner.
    heart_rate : DataFrame
        Seconds at each beat, as ``store.runs.heart_rate`` gives them.
    people : list of Athlete
        With their limits and their order of methods.
    told : DataFrame | None
        What persons said that sessions were worth, as ``store.corrections.loads_told`` gives it: it stands before what is
        computed, and is marked.
    """
    orders = {athlete.id: athlete.load_order for athlete in people}
    found = session_loads(sessions, heart_rate, limits_on(people, sessions), orders)
    if told is not None:
        found = with_told(found, told)
    return sessions.join(found.drop(columns=[name for name in found if name in sessions]))
