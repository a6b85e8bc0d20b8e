"""A runner's days as the history shows them: load, means, ratio, cadence, and what each day's record lacks."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pandas as pd

from loadmon import evidence
from loadmon.gait.cadence import RunnerCadence
from loadmon.injury import Injury
from loadmon.load.daily import rolling_week, unknown_days
from loadmon.load.kind import DISTANCE, LoadKind
from loadmon.load.ratio import ratio
from loadmon.measure import COVERAGE, reason_words
from loadmon.units import Units


def day_table(
    line: pd.DataFrame,
    runs: pd.DataFrame,
    values: pd.DataFrame,
    cadence: RunnerCadence,
    injuries: Mapping[int, Injury],
    units: Units,
    kind: LoadKind = DISTANCE,
) -> pd.DataFrame:
    """One row a day of one runner.

    Parameters
    ----------
    line : DataFrame
        The runner's timeline.
    runs : DataFrame
        Their sessions, ``excluded`` completed.
    values : DataFrame
        Cadence at the common pace a run, as ``gait.cadence.run_values`` gives it.
    cadence : RunnerCadence
        Its trend.
    injuries : mapping of number to Injury
        Of this runner.
    units : Units
        Units of the words.
    kind : LoadKind
        Which load is told.

    Returns
    -------
    DataFrame
        local_day, state, load (NaN where nothing is known of it), mean_7d, mean_before (all in the unit of the kind),
        ratio, ratio_words (why there is none), cadence_spm, cadence_on, cadence_trend_spm, device_change, injury.
    """
    ratios = ratio(line, kind)
    lost = pd.Series(unknown_days(line, kind), index=line.index)
    # A mean over days of which nothing is known would sink as if nobody had run: it is withheld like the ratio.
    thin = lost.rolling(7, min_periods=1).mean() > 1.0 - evidence.MINIMUM_COVERAGE.value
    mean_week = rolling_week(line, kind)["sum_7d"].to_numpy() / 7.0
    code = ratios["reason"].astype("str")
    table = pd.DataFrame(
        {
            "local_day": line["local_day"],
            "state": line["state"].astype("str"),
            "load": line[kind.column].where(~lost | (line[kind.column] > 0)),
            "mean_7d": np.where(thin, np.nan, mean_week),
            "mean_before": ratios["chronic"].where((code != COVERAGE).to_numpy()).to_numpy(),
            "ratio": ratios["value"].to_numpy(),
        }
    )
    table["ratio_words"] = [
        "" if known else reason_words(why, n_days=n, unit=kind.unit, units=units)
        for known, why, n in zip(table["ratio"].notna(), code, line["history_days"], strict=True)
    ]
    known = values.dropna(subset=["value_spm"])
    by_day = known.groupby("local_day")
    table["cadence_spm"] = table["local_day"].map(by_day["value_spm"].mean())
    table["cadence_on"] = table["local_day"].map(by_day["treadmill"].any().map({True: "treadmill", False: "ground"}))
    table["cadence_trend_spm"] = trend_line(table["local_day"], known, cadence)
    changes = device_changes(runs)
    table["device_change"] = [changes.get(day, "") for day in table["local_day"]]
    table["injury"] = [injured(injuries, day.date()) for day in table["local_day"]]
    return table


def trend_line(days: pd.Series, values: pd.DataFrame, cadence: RunnerCadence) -> pd.Series:
    """The trend's straight line over the days it was told from; missing elsewhere.

    Parameters
    ----------
    days : Series of datetime64
        The days to draw on.
    values : DataFrame
        local_day, treadmill, value_spm of the runs that have a value.
    cadence : RunnerCadence
        With its trend: the line has its slope and goes through the middle of the runs it was told from.
    """
    trend = cadence.trend
    line = pd.Series(float("nan"), index=days.index)
    if trend.slope_spm_per_day is None or trend.first_day is None or trend.last_day is None:
        return line
    first, last = pd.Timestamp(trend.first_day), pd.Timestamp(trend.last_day)
    used = values[values["local_day"].between(first, last)]
    if trend.surface is not None:
        used = used[used["treadmill"] == (trend.surface == "treadmill")]
    slope = trend.slope_spm_per_day
    level = (used["value_spm"] - slope * (used["local_day"] - first).dt.days).median()
    return (level + slope * (days - first).dt.days).where(days.between(first, last))


def device_changes(runs: pd.DataFrame) -> dict[pd.Timestamp, str]:
    """Days from which another watch recorded a runner's runs; a second watch on the same run is none.

    Parameters
    ----------
    runs : DataFrame
        Of one runner, by time. Runs of which no device is known change nothing.
    """
    kept = runs[~runs["excluded"] & runs["is_running"] & runs["device"].fillna("").ne("")]
    before = kept["device"].shift()
    changed = kept[kept["device"].ne(before) & before.notna()]
    return dict(zip(pd.to_datetime(changed["local_day"]), changed["device"], strict=True))


def injured(injuries: Mapping[int, Injury], day: object) -> str:
    """The areas hurt on a day, in words; empty if none."""
    return ", ".join(area_words(injury) for injury in injuries.values() if injury.open_on(day))  # type: ignore[arg-type]


def area_words(injury: Injury) -> str:
    """Where an injury is: ``Achilles tendon (left)``."""
    return injury.area + (f" ({injury.side})" if injury.side else "")
