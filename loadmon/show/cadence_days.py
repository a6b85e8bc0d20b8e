"""Cadence at the common pace on a runner's days: each run, the trend's line, the levels between steps, new watches."""

from __future__ import annotations

from datetime import date

import numpy as np
import pandas as pd

from loadmon.gait.cadence import RunnerCadence
from loadmon.gait.step_change import step_changes
from loadmon.gait.watch import watch_stretches


def cadence_days(
    days: pd.Series, values: pd.DataFrame, cadence: RunnerCadence, runs: pd.DataFrame, since: date | None = None
) -> dict[str, pd.Series]:
    """What the cadence panel draws, a value a day.

    Parameters
    ----------
    days : Series of datetime64
        One runner's days, each once.
    values : DataFrame
        One row a run: session_id, local_day, treadmill, value_spm, stretch, as ``figures.cadence_of`` gives them.
    cadence : RunnerCadence
        With the trend.
    runs : DataFrame
        Their sessions, ``excluded`` completed.
    since : date | None
        First day that is shown: a level that began before is drawn from there.

    Returns
    -------
    dict of Series
        cadence_spm (on the ground), cadence_treadmill_spm, cadence_trend_spm; cadence_level_spm and cadence_level_until on the
        first day of each level that a step parts from another; cadence_step_spm on the first day after a step; and
        device_change, the new watch in words on the first day of its runs.
    """
    known = values.dropna(subset=["value_spm"])
    steps = step_changes(known)
    spans = levels(steps)
    if since is not None:
        opens = pd.Timestamp(since)
        spans = spans[spans["last"] >= opens]
        spans = spans.assign(first=spans["first"].where(spans["first"] >= opens, opens))
    at = spans.drop_duplicates("first", keep="last").set_index("first").reindex(days)
    changes = new_watches(runs)
    columns = {
        "cadence_spm": _by_day(known[~known["treadmill"].astype(bool)]).reindex(days),
        "cadence_treadmill_spm": _by_day(known[known["treadmill"].astype(bool)]).reindex(days),
        "cadence_level_spm": at["spm"],
        "cadence_level_until": at["last"],
        "cadence_step_spm": steps.drop_duplicates("local_day", keep="last")
        .set_index("local_day")["change"]
        .reindex(days),
        "device_change": pd.array([changes.get(day, "") for day in days], dtype="str"),
    }
    found = {name: pd.Series(np.asarray(values), index=days.index) for name, values in columns.items()}
    return found | {"cadence_trend_spm": trend_line(days, known, cadence)}


def _by_day(runs: pd.DataFrame) -> pd.Series:
    """One point a day and surface: ground and treadmill are never averaged."""
    return runs.groupby("local_day")["value_spm"].mean()


def levels(steps: pd.DataFrame) -> pd.DataFrame:
    """The level before and after each step, from its first run to its last: first, last, spm.

    Parameters
    ----------
    steps : DataFrame
        As ``gait.step_change.step_changes`` gives them. What slid gradually to or from these levels is no level.
    """
    before = pd.DataFrame({"first": steps["since_day"], "last": steps["local_day"], "spm": steps["before"]})
    after = pd.DataFrame({"first": steps["local_day"], "last": steps["until_day"], "spm": steps["after"]})
    # the level after one step is that before the next, which reaches to it
    after = after[~after["first"].isin(before["first"])]
    return pd.concat([before, after]).sort_values("first", kind="stable", ignore_index=True)


def trend_line(days: pd.Series, values: pd.DataFrame, cadence: RunnerCadence) -> pd.Series:
    """The trend's straight line over the days it was told from; missing elsewhere.

    Parameters
    ----------
    days : Series of datetime64
        The days to draw on.
    values : DataFrame
        local_day, treadmill, value_spm, stretch of the runs that have a value.
    cadence : RunnerCadence
        With its trend: the line has its slope and goes through the middle of the runs it was told from.
    """
    trend = cadence.trend
    line = pd.Series(float("nan"), index=days.index)
    if trend.slope_spm_per_day is None or trend.first_day is None or trend.last_day is None or trend.step is not None:
        return line  # the levels beside a step say how it was; a slope through them would not
    first, last = pd.Timestamp(trend.first_day), pd.Timestamp(trend.last_day)
    used = values[values["local_day"].between(first, last)]
    if trend.surface is not None:
        used = used[used["treadmill"] == (trend.surface == "treadmill")]
    if trend.stretch is not None:
        used = used[used["stretch"] == trend.stretch]
    slope = trend.slope_spm_per_day
    level = (used["value_spm"] - slope * (used["local_day"] - first).dt.days).median()
    return (level + slope * (days - first).dt.days).where(days.between(first, last))


def new_watches(runs: pd.DataFrame) -> dict[pd.Timestamp, str]:
    """Days from which a new watch recorded a runner's runs, and which; two watches in turn are none.

    Parameters
    ----------
    runs : DataFrame
        Of one runner; runs of which no device is known change nothing.
    """
    told = watch_stretches(runs[runs["device"].fillna("").ne("")])
    changed = told[told["new_watch"]]
    return dict(zip(changed["local_day"], changed["device"], strict=True))
