"""Watches: two of them do not measure alike, so runs are compared only within one watch's stretch."""

from __future__ import annotations

import numpy as np
import pandas as pd

from loadmon import evidence
from loadmon.days import day_numbers


def watch_stretches(runs: pd.DataFrame) -> pd.DataFrame:
    """Which runs were measured by the same watch, and where a new one began.

    Runners who use two watches in turn keep both stretches; a watch that comes back after eight weeks of another begins
    a new one. A pause of the runner alone ends nothing.

    Parameters
    ----------
    runs : DataFrame
        One row a session, of one or many runners: session_id, athlete_id, start_utc, local_day, is_running, excluded,
        device, device_serial_hash (missing where not told).

    Returns
    -------
    DataFrame
        One row a counted run, by runner and start: session_id, athlete_id, local_day (datetime64[us]), stretch (int64, one
        number a stretch over all runners), device (words), new_watch (True for the first run of a stretch, except for the
        runner's very first run).
    """
    counts = runs["is_running"].to_numpy(dtype=bool) & ~runs["excluded"].to_numpy(dtype=bool)
    kept = runs[counts].sort_values(["athlete_id", "start_utc", "session_id"], kind="stable")
    athlete = kept["athlete_id"].to_numpy(dtype=np.int64)
    day = day_numbers(kept["local_day"])
    names = kept["device"].fillna("").astype(str)
    watch = pd.factorize(names + "\x00" + kept["device_serial_hash"].fillna("").astype(str))[0]
    place = np.arange(len(kept))
    before = pd.DataFrame({"athlete": athlete, "watch": watch, "place": place, "day": day})
    earlier = before.groupby(["athlete", "watch"])[["place", "day"]].shift()
    seen = earlier["place"].notna().to_numpy()
    another_between = seen & (earlier["place"].to_numpy() < place - 1)
    away = day - earlier["day"].fillna(0).to_numpy() > evidence.DEVICE_BACK_DAYS.value
    begins = ~seen | (another_between & away)
    # a run that begins a stretch gives it its own place as a number; the runs after it take it over
    number = pd.Series(np.where(begins, place, np.nan)).groupby([athlete, watch]).ffill()
    first_of_runner = np.append(True, athlete[1:] != athlete[:-1])[: len(athlete)]
    return pd.DataFrame(
        {
            "session_id": kept["session_id"].to_numpy(),
            "athlete_id": athlete,
            "local_day": day.astype("datetime64[D]").astype("datetime64[us]"),
            "stretch": number.to_numpy().astype(np.int64),
            "device": names.to_numpy(),
            "new_watch": begins & ~first_of_runner,
        }
    )


def with_watches(values: pd.DataFrame, runs: pd.DataFrame) -> pd.DataFrame:
    """The values of many runs with the watch each was measured by; runs that do not count are left out.

    Parameters
    ----------
    values : DataFrame
        One row a run: session_id and anything else.
    runs : DataFrame
        As for ``watch_stretches``.

    Returns
    -------
    DataFrame
        ``values`` in their order with stretch, device and new_watch.
    """
    stretches = watch_stretches(runs)[["session_id", "stretch", "device", "new_watch"]]
    return values.merge(stretches, on="session_id", how="inner", validate="one_to_one")
