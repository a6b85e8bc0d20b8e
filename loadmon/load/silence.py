"""Days on which nothing has been heard of a runner for long: their zeros may be rest, or a watch that was not synced."""

from __future__ import annotations

import pandas as pd

from loadmon import evidence
from loadmon.days import DayState
from loadmon.load.windows import Flags, Floats, counted_since


def quiet_days(timeline: pd.DataFrame) -> Floats:
    """Known days since the last session of any sport, each day itself included; 0 on a day with one.

    Parameters
    ----------
    timeline : DataFrame
        As ``loadmon.timeline.timeline`` makes it; any number of runners.
    """
    seen = timeline["sessions"].to_numpy() > 0
    quiet = ~seen & (timeline["state"] != DayState.UNKNOWN.value).to_numpy()
    return counted_since(seen, quiet, timeline["history_days"].to_numpy())


def silent_days(timeline: pd.DataFrame) -> Flags:
    """True where nothing had been heard of the runner for so long on that day that its zero is no knowledge.

    Parameters
    ----------
    timeline : DataFrame
        As ``loadmon.timeline.timeline`` makes it; any number of runners.
    """
    silent: Flags = quiet_days(timeline) >= evidence.SILENT_DAYS.value
    return silent
