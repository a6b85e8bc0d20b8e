"""The alarm diary: which weeks would have been flagged in this squad's past, forward in time only, and what came of it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd

from loadmon import evidence
from loadmon.risk.design import Design
from loadmon.risk.estimate import interval
from loadmon.risk.fit import Fit, fitted, literature_fit
from loadmon.risk.outcome import HORIZON
from loadmon.risk.prior import Prior, default_prior
from loadmon.risk.windows import Whole

BLOCK = 28
"""Days after which the model is fitted anew, on what was over by then."""
LOOK_BACK = 21
"""Of an injury whose own week was not flagged, the last run of flags counts if it reached to within so many days of the onset."""
MONTH_WEEKS = 4
"""No Monday takes the room of more weeks than these (loadmon convention)."""
LEAST_PAST = 100
"""Rows of the past before the first alarm."""
BUDGETS = (2, 5, 10)
"""Alarms of 100 runner-weeks that are offered."""


@dataclass(frozen=True, slots=True, eq=False)
class AlarmDiary:
    """What would have been flagged at a budget.

    Parameters
    ----------
    budget : int
        Alarms of 100 runner-weeks that were allowed.
    weeks, alarms : int
        Runner-weeks at risk that were looked at, and how many were flagged.
    injuries, caught : int
        New injuries in those weeks, and how many of them came in a flagged week.
    chance : float
        How many would have, had as many runners of each Monday been drawn by lot.
    untold : int
        New injuries while nothing was told: just back from an injury, record too short, not running.
    flagged : DataFrame
        athlete_id, day, low, middle, high, injured: a row an alarm, newest first.
    injured : DataFrame
        athlete_id, onset, caught, lead_days, why: a row an injury. Lead is the days from the first flag of the run of flags
        that led up to it to the onset; NaN without one. A run is flags of weeks that follow one another without a break.
    """

    budget: int
    weeks: int
    alarms: int
    injuries: int
    caught: int
    chance: float
    untold: int
    flagged: pd.DataFrame
    injured: pd.DataFrame

    @property
    def precision(self) -> float | None:
        """Share of the alarms that an injury followed; None without alarms."""
        return self.caught / self.alarms if self.alarms else None


def alarm_diary(design: Design, budget: int = 5, prior: Prior | None = None) -> AlarmDiary:
    """Walk through the past in blocks of four weeks, each with a fit to what was over before it.

    Parameters
    ----------
    design : Design
        Weekly rows of a squad.
    budget : int
        Alarms of 100 runner-weeks. Each Monday the highest estimates of that day are flagged, never more in all than so many of
        100 weeks looked at by then.
    prior : Prior | None
        None for the one that ships with loadmon.
    """
    known = prior or default_prior()
    rows = design.labelled
    rows = rows.rows(np.lexsort((rows.athlete, rows.instant)))
    low, middle, high, flag, seen = _walk(rows, budget, known)
    flagged = pd.DataFrame(
        {
            "athlete_id": rows.athlete[flag],
            "day": _dates(rows.instant[flag]),
            "low": low[flag],
            "middle": middle[flag],
            "high": high[flag],
            "injured": rows.outcome[flag] > 0,
        }
    )
    injured = what_came(design, rows, flag, seen)
    return AlarmDiary(
        budget,
        int(seen.sum()),
        int(flag.sum()),
        int(rows.outcome[seen].sum()),
        int(rows.outcome[flag].sum()),
        _by_lot(rows, flag, seen),
        int((injured["why"] == _UNTOLD).sum()),
        flagged.iloc[::-1].reset_index(drop=True),
        injured,
    )


def _walk(rows: Design, budget: int, prior: Prior) -> tuple[np.ndarray, ...]:
    low, middle, high = (np.full(len(rows), np.nan) for _ in range(3))
    flag, seen = np.zeros(len(rows), dtype=np.bool_), np.zeros(len(rows), dtype=np.bool_)
    if not len(rows):
        return low, middle, high, flag, seen
    for begin in range(int(rows.instant.min()), int(rows.instant.max()) + 1, BLOCK):
        past = rows.instant + HORIZON <= begin
        here = (rows.instant >= begin) & (rows.instant < begin + BLOCK)
        if past.sum() < LEAST_PAST or not here.any():
            continue
        fit = _fit_then(rows.rows(past), prior)
        low[here], middle[here], high[here] = interval(rows.values[here], fit)
        seen |= here
    return low, middle, high, _highest(rows.instant, middle, seen, budget), seen


def _highest(instant: Whole, middle: np.ndarray, seen: np.ndarray, budget: int) -> np.ndarray:
    """The highest estimates of each Monday, as many as the budget has room for by then.

    What is not used is kept for later Mondays, but no Monday takes more than four weeks' worth. Of estimates that are alike, where there is not room for all, none is flagged.
    """
    flag = np.zeros(len(instant), dtype=np.bool_)
    looked = flagged = 0
    for monday in np.unique(instant[seen]).tolist():
        here = np.flatnonzero(seen & (instant == monday))
        looked += len(here)
        most = max(1, MONTH_WEEKS * budget * len(here) // 100)
        room = min(budget * looked // 100 - flagged, most)
        ordered = np.sort(middle[here])[::-1]
        chosen = here if room >= len(here) else here[middle[here] > ordered[room]]
        flag[chosen] = True
        flagged += len(chosen)
    return flag


def _by_lot(rows: Design, flag: np.ndarray, seen: np.ndarray) -> float:
    _, monday = np.unique(rows.instant, return_inverse=True)
    looked, flagged, hurt = (
        np.bincount(monday, weights=seen * each) for each in (1.0, flag, np.nan_to_num(rows.outcome))
    )
    return float(np.sum(flagged * hurt / np.maximum(looked, 1.0)))


def _fit_then(past: Design, prior: Prior) -> Fit:
    """What would have been in use: the literature until there are enough injuries."""
    if past.outcome.sum() < evidence.RISK_FIT_INJURIES.value:
        return literature_fit(prior)
    return fitted(past, prior)


_CAUGHT, _EARLIER, _MISSED = "flagged in its week", "flagged in the weeks before only", "not flagged"
_BEFORE, _UNTOLD = "before the diary begins", "nothing was told then"


def what_came(design: Design, rows: Design, flag: np.ndarray, seen: np.ndarray) -> pd.DataFrame:
    """Each new injury once: whether its week was flagged, and since when without a break.

    Parameters
    ----------
    design : Design
        All rows, those without an estimate too.
    rows : Design
        The labelled ones.
    flag, seen : arrays of bool, one a labelled row
        Which were flagged, and which were looked at.
    """
    with_onset = design.rows(design.onset >= 0)
    found = []
    for athlete, onset in sorted(set(zip(with_onset.athlete.tolist(), with_onset.onset.tolist(), strict=True))):
        mine = rows.athlete == athlete
        week = mine & (rows.onset == onset)
        flagged = rows.instant[mine & flag & (rows.instant <= onset)]
        caught = bool((week & flag).any())
        first = _run_of_flags(flagged, onset)
        if not week.any():
            why = _UNTOLD
        elif not (week & seen).any():
            why = _BEFORE
        else:
            why = _CAUGHT if caught else _EARLIER if first is not None else _MISSED
        lead = float("nan") if first is None else float(onset - first)
        found.append({"athlete_id": athlete, "onset": onset, "caught": caught, "lead_days": lead, "why": why})
    table = pd.DataFrame(found, columns=["athlete_id", "onset", "caught", "lead_days", "why"])
    table["onset"] = _dates(table["onset"].to_numpy(dtype=np.int64))
    return table.sort_values("onset", ascending=False, kind="stable").reset_index(drop=True)


def _run_of_flags(flagged: Whole, onset: int) -> int | None:
    """The day of the first flag of the last run before an onset; None if that run ended too long ago."""
    days = set(flagged.tolist())
    if not days or onset - max(days) >= LOOK_BACK:
        return None
    first = max(days)
    while first - HORIZON in days:
        first -= HORIZON
    return int(first)


def _dates(days: Whole) -> np.ndarray:
    return np.asarray(days, dtype=np.int64).astype("datetime64[D]").astype("datetime64[us]")
