"""The level before an injury, from the runner's own watch history: the goal of the way back."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np
import pandas as pd

from loadmon import evidence
from loadmon.days import day_number, day_numbers
from loadmon.planning.return_rules import ReturnRules, default_return_rules
from loadmon.refusal import Refusal


class NoHistory(Refusal):
    """There is nothing to tell a level from, and nobody gave one."""

    name = "no history"


@dataclass(frozen=True, slots=True)
class Level:
    """How a runner ran in an ordinary week, in SI units.

    Parameters
    ----------
    week_m, week_s : float
        Running of an ordinary week.
    runs_a_week : float
    longest_m, longest_s : float
        The longest single run.
    speed_mps : float
        The usual speed of a run.
    cadence_spm : float | None
        Steps a minute of both feet; None where no run has any.
    weeks : int
        Whole weeks with a run behind these numbers; 0 where a person gave them.
    told_by : str
        Where they come from, in words.
    """

    week_m: float
    week_s: float
    runs_a_week: float
    longest_m: float
    longest_s: float
    speed_mps: float
    cadence_spm: float | None
    weeks: int
    told_by: str


def pre_injury_level(runs: pd.DataFrame, onset: date, rules: ReturnRules | None = None) -> Level:
    """How a runner ran in the weeks before an injury: middle values of the whole weeks that held a run.

    Weeks are counted back from the day before the onset, so that none is cut short. A week without a run says nothing of
    an ordinary week and is left out.

    Parameters
    ----------
    runs : DataFrame
        One runner's sessions: local_day, is_running, excluded, distance_m, moving_s, median_cadence_spm.
    onset : date
        The local day it began.

    Raises
    ------
    NoHistory
        Fewer than three weeks with a run of known distance and time among the eight before.
    """
    rules = rules or default_return_rules()
    window, least = rules.whole("pre_injury_weeks"), rules.whole("pre_injury_least_weeks")
    kept = runs[(runs["is_running"].to_numpy(bool)) & ~(runs["excluded"].to_numpy(bool))]
    metres = kept["distance_m"].to_numpy(dtype=np.float64, na_value=np.nan)
    seconds = kept["moving_s"].to_numpy(dtype=np.float64, na_value=np.nan)
    cadence = kept["median_cadence_spm"].to_numpy(dtype=np.float64, na_value=np.nan)
    back = day_number(onset) - 1 - day_numbers(kept["local_day"]) if len(kept) else np.empty(0, np.int64)
    with np.errstate(invalid="ignore", divide="ignore"):
        speed = metres / seconds
    use = (back >= 0) & (back < 7 * window)
    use &= (metres >= evidence.LEAST_DISTANCE_M.value) & (seconds > 0)
    use &= (speed >= evidence.SLOWEST_MOVING_MPS.value) & (speed <= evidence.FASTEST_RUN_MPS.value)
    week = back[use] // 7
    ran = np.unique(week)
    if len(ran) < least:
        found = "no run" if not len(ran) else f"{len(ran)} of {window} weeks with a run"
        raise NoHistory(
            f"The watch history holds {found} before the injury; {least} weeks are needed to tell a level.",
            "Import earlier files, or give a usual week and pace by hand.",
        )
    metres, seconds, cadence, speed = metres[use], seconds[use], cadence[use], speed[use]
    by_week = [week == one for one in ran]
    known = cadence[~np.isnan(cadence)]
    return Level(
        week_m=float(np.median([metres[w].sum() for w in by_week])),
        week_s=float(np.median([seconds[w].sum() for w in by_week])),
        runs_a_week=float(np.median([w.sum() for w in by_week])),
        longest_m=float(metres.max()),
        longest_s=float(seconds.max()),
        speed_mps=float(np.median(speed)),
        cadence_spm=float(np.median(known)) if len(known) else None,
        weeks=len(ran),
        told_by=f"middle values of {len(ran)} weeks with a run among the {window} before the injury (loadmon convention)",
    )


def given_level(week_m: float, speed_mps: float, runs_a_week: float, longest_m: float | None = None) -> Level:
    """A level that a person gave by hand, for a runner without a history.

    Parameters
    ----------
    week_m, speed_mps, runs_a_week : float
        Metres of an ordinary week, the usual speed, runs a week.
    longest_m : float, optional
        The longest run; the week's mean run if not given.

    Raises
    ------
    NoHistory
        If a number is missing or cannot be.
    """
    longest = week_m / max(runs_a_week, 1.0) if longest_m is None else longest_m
    fits = 0.0 < week_m <= 300_000.0 and 1.0 <= runs_a_week <= 14.0 and 0.0 < longest <= week_m
    if not fits or not evidence.SLOWEST_MOVING_MPS.value <= speed_mps <= evidence.FASTEST_RUN_MPS.value:
        raise NoHistory(
            "The usual week that was given cannot be.",
            "Give a distance up to 300 km in 1 to 14 runs, none longer than the week, and a pace of running.",
        )
    return Level(
        week_m, week_m / speed_mps, runs_a_week, longest, longest / speed_mps, speed_mps, None, 0, "given by hand"
    )
