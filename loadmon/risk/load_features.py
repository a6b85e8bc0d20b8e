"""What the model knows of a runner's load: spikes, volume, change, variety and speed, all from days before the look."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loadmon import evidence
from loadmon.days import day_numbers
from loadmon.load.daily import rolling_week, unknown_days
from loadmon.load.kind import DISTANCE
from loadmon.load.longest import longest_between
from loadmon.load.ratio import ratio
from loadmon.load.running import DAY_SPAN
from loadmon.load.spike import BANDS, spikes
from loadmon.load.variety import rolling_variety
from loadmon.load.windows import trailing_sum
from loadmon.risk.windows import EMBARGO, Floats, Looks, Tallied, Whole, against_own

WEEK, MONTH = 7, 28
CLEARLY_FASTER = 1.12
"""A run this much faster than the runner's usual one is called fast (loadmon convention)."""
LEAST_WEEKS_OF_DAYS = 28
LEAST_RUNS = 8


def load_features(
    looks: Looks, place: Whole, timeline: pd.DataFrame, runs: pd.DataFrame, unknown: pd.DataFrame | None
) -> dict[str, Floats]:
    """Load before each look, in the features' own units; NaN where it is not known.

    Parameters
    ----------
    looks : Looks
    place : array of int
        Row of the timeline that holds the last day before each look.
    timeline : DataFrame
        As ``loadmon.timeline.timeline`` makes it.
    runs : DataFrame
        Running sessions that count, ordered by runner and day.
    unknown : DataFrame | None
        Days declared missing.
    """
    km28 = trailing_sum(DISTANCE.of(timeline), MONTH) / 4000.0
    lost = trailing_sum(unknown_days(timeline, DISTANCE), MONTH) / MONTH
    thin = (timeline["history_days"].to_numpy() < MONTH) | (1.0 - lost < evidence.MINIMUM_COVERAGE.value)
    km28[thin] = np.nan
    change = rolling_week(timeline)
    over = change["change_pct"].to_numpy()
    variety = rolling_variety(timeline, DISTANCE)
    told = {
        "week_change": np.where(np.isnan(over), np.nan, (over > evidence.SPIKE_MODERATE.value).astype(np.float64)),
        "volume": np.log(np.maximum(km28, 1.0)),
        "acute_chronic": ratio(timeline)["value"].to_numpy(dtype=np.float64),
        "monotony": variety["monotony"].to_numpy(dtype=np.float64),
        "strain": np.log(np.maximum(variety["strain"].to_numpy(dtype=np.float64) / 1000.0, 1.0)),
    }
    return (
        {name: values[place] for name, values in told.items()}
        | {"volume_own": _volume_own(looks, timeline, change["sum_7d"].to_numpy(), place)}
        | _spikes(looks, runs, unknown, _thin_week(timeline)[place])
        | {"speed_work": _speed_work(looks, runs)}
    )


def _volume_own(looks: Looks, timeline: pd.DataFrame, metres: Floats, place: Whole) -> Floats:
    """The week's distance against weeks of the runner's own that ended at least 29 days earlier."""
    week = np.log1p(metres / 1000.0)
    key = timeline["athlete_id"].to_numpy() * DAY_SPAN + day_numbers(timeline["local_day"])
    opens, closes = looks.between(key, None, EMBARGO + 1)
    return against_own(week[place], Tallied.of(week), opens, closes, LEAST_WEEKS_OF_DAYS, floor=0.15)


def _thin_week(timeline: pd.DataFrame) -> NDArray[np.bool_]:
    """Days by which more of the last 7 is unknown than a window may hold."""
    lost = trailing_sum(unknown_days(timeline, DISTANCE), WEEK) / WEEK
    thin: NDArray[np.bool_] = 1.0 - lost < evidence.MINIMUM_COVERAGE.value
    return thin


def _spikes(
    looks: Looks, runs: pd.DataFrame, unknown: pd.DataFrame | None, thin: NDArray[np.bool_]
) -> dict[str, Floats]:
    """The widest band among the runs of the last 7 days; no run at all is no spike, runs without a distance tell nothing.

    In a ``thin`` week, with too many days unknown, a spike that was seen is one, and that none was seen tells nothing.
    """
    found = spikes(runs, unknown=unknown)
    key = found["athlete_id"].to_numpy() * DAY_SPAN + day_numbers(found["local_day"])
    order = np.argsort(key, kind="stable")
    code = found["band"].cat.codes.to_numpy()[order]
    opens, closes = looks.between(key[order], WEEK, 1)
    told = Tallied.of(np.where(code >= 0, 1.0, np.nan)).counted(opens, closes) > 0
    widest = np.zeros(len(opens), dtype=np.int64)
    for band in range(1, len(BANDS)):
        here = Tallied.of(np.where(code == band, 1.0, np.nan)).counted(opens, closes) > 0
        widest = np.where(here, band, widest)
    nothing_told = ((closes > opens) & ~told) | (thin & (widest == 0))
    return {
        f"spike_{name}": np.where(nothing_told, np.nan, (widest == band).astype(np.float64))
        for band, name in enumerate(BANDS)
        if band
    }


def _speed_work(looks: Looks, runs: pd.DataFrame) -> Floats:
    """A run within 28 days that was clearly faster than the middle of the runner's own earlier ones."""
    key = runs["athlete_id"].to_numpy() * DAY_SPAN + day_numbers(runs["local_day"])
    speed = np.log(believed_speed(runs))
    past = Tallied.of(speed)
    opens, closes = looks.between(key, None, EMBARGO + 1)
    usual = past.mean(opens, closes, LEAST_RUNS)
    begin, end = looks.between(key, MONTH, 1)
    fastest = longest_between(speed, begin, end)
    now = np.full(len(fastest), np.nan)
    now[fastest >= 0] = speed[fastest[fastest >= 0]]
    known = ~np.isnan(now) & ~np.isnan(usual)
    return np.where(known, (now > usual + np.log(CLEARLY_FASTER)).astype(np.float64), np.nan)


def believed_speed(runs: pd.DataFrame) -> Floats:
    """Metres a second of each run, graded where that is known; NaN where nobody runs like that."""
    distance, moving = (runs[name].to_numpy(dtype=np.float64, na_value=np.nan) for name in ("distance_m", "moving_s"))
    speed = np.divide(distance, moving, out=np.full(len(runs), np.nan), where=moving > 0)
    if "normalised_graded_mps" in runs:
        graded = runs["normalised_graded_mps"].to_numpy(dtype=np.float64, na_value=np.nan)
        speed = np.where(np.isnan(graded), speed, graded)
    believed = (speed >= evidence.SLOWEST_MOVING_MPS.value) & (speed <= evidence.FASTEST_RUN_MPS.value)
    return np.where(believed, speed, np.nan)
