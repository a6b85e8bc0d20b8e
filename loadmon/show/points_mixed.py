"""Load points told in several ways within one ratio: a threshold that holds only from a day on changes the way there."""

from __future__ import annotations

from datetime import date

import pandas as pd

from loadmon.load.ratio_method import RatioMethod
from loadmon.show.words import plural

RATIO_DAYS = RatioMethod().chronic_days


def mixed_points_words(sessions: pd.DataFrame, last: date) -> str:
    """By which methods the points of a ratio's days were told, in a sentence; empty where they all are of one.

    Parameters
    ----------
    sessions : DataFrame
        One runner's, with their loads: local_day, is_running, excluded, points, points_method.
    last : date
        The day the ratio is told on; its windows end there.
    """
    days = pd.to_datetime(sessions["local_day"])
    after = pd.Timestamp(last) - pd.Timedelta(days=RATIO_DAYS)
    counted = sessions["is_running"].astype(bool) & ~sessions["excluded"].astype(bool) & sessions["points"].notna()
    methods = sessions[counted & (days > after) & (days <= pd.Timestamp(last))]["points_method"].astype("str")
    if methods.nunique() < 2:
        return ""
    told = ", ".join(f"{plural(int(count), 'run')} by {name}" for name, count in methods.value_counts().items())
    return (
        f"The points of its {RATIO_DAYS} days were told in several ways ({told}), which do not weigh alike: a part of the "
        "ratio may come from that. A threshold on the page Runner holds from its date on; date it back if it held before."
    )
