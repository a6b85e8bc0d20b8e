"""Session spike: how long each run was against the longest of the 30 days before it, and what a lay-off hides."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loadmon import evidence
from loadmon.days import day_numbers
from loadmon.load.longest import Whole, longest_between
from loadmon.load.ratio_method import EDGE
from loadmon.load.running import DAY_SPAN, history_begins, instants, running
from loadmon.measure import DISTANCE_MISSING, HISTORY_30, NO_RUN_30_DAYS

BANDS = ("reference", "small", "moderate", "large")
LIMITS_PCT = (evidence.SPIKE_SMALL.value, evidence.SPIKE_MODERATE.value, evidence.SPIKE_LARGE.value)
REASONS = (DISTANCE_MISSING, HISTORY_30, NO_RUN_30_DAYS)
WINDOW = int(evidence.SPIKE_WINDOW_DAYS.value)


def band_codes(distance_m: NDArray[np.float64], reference_m: NDArray[np.float64]) -> Whole:
    """Position in ``BANDS`` of each run against its reference; -1 where either is missing."""
    with np.errstate(invalid="ignore"):
        over = [distance_m > reference_m * (1.0 + limit / 100.0) * (1.0 + EDGE) for limit in LIMITS_PCT]
    code = np.sum(over, axis=0)
    code[np.isnan(distance_m) | np.isnan(reference_m)] = -1
    return np.asarray(code, dtype=np.int64)


def longest_in_reference_band(reference_m: float) -> float:
    """The longest distance that the study still counts as usual after a longest run, in metres: the spike turned round."""
    return reference_m * (1.0 + evidence.SPIKE_SMALL.value / 100.0)


def jump_since_return(
    distance_m: NDArray[np.float64], change_since_return_pct: NDArray[np.float64]
) -> NDArray[np.bool_]:
    """Runs more than twice as long as any since the return from a lay-off, and by over a kilometre."""
    longer_m = distance_m * (1.0 - 1.0 / (1.0 + change_since_return_pct / 100.0))
    return np.asarray(
        (change_since_return_pct > evidence.SPIKE_LARGE.value) & (longer_m > evidence.RETURN_STEP_M.value),
        dtype=np.bool_,
    )


def spikes(
    runs: pd.DataFrame, *, first: Mapping[int, date] | None = None, unknown: pd.DataFrame | None = None
) -> pd.DataFrame:
    """Every run against the longest single run of the 30 days before it. The day itself counts up to the run's start.

    Parameters
    ----------
    runs : DataFrame
        One row a session, any number of runners: athlete_id, session_id, start_utc, local_day, is_running, excluded,
        distance_m, moving_s (SI, NaN for missing).
    first : mapping of athlete to date, optional
        Where the record is known to begin before the first session.
    unknown : DataFrame, optional
        athlete_id, first_day, last_day of days declared missing; they do not make a lay-off.

    Returns
    -------
    DataFrame
        One row a running session, by runner and start: athlete_id, session_id, start_utc, local_day, distance_m, moving_s,
        reference_m, reference_day, reference_session_id (-1 for none), change_pct, band (the published one), reason (code
        where change_pct is NaN), provisional (less than 30 days of record), short_reference (under 5 km or 30 min), step_s
        (longer than the reference run by so much), band_told (the published one, but "reference" for a short reference
        and a step of up to 5 min), lay_off_note (14 days or more without running between reference and run), return_day
        and lay_off_days (the latest lay-off so far), longest_since_return_m, change_since_return_pct.

    References
    ----------
    Frandsen et al. 2025, 10.1136/bjsports-2024-109380; lay-off and short reference are a loadmon convention.
    """
    kept = running(runs)
    athlete = kept["athlete_id"].to_numpy(dtype=np.int64)
    begins = history_begins(runs, first)
    distance = kept["distance_m"].to_numpy(dtype=np.float64, na_value=np.nan).copy()
    distance[distance < evidence.LEAST_DISTANCE_M.value] = np.nan  # a run of 0 m is one whose distance is not known
    moving = kept["moving_s"].to_numpy(dtype=np.float64, na_value=np.nan)
    local = day_numbers(kept["local_day"])
    day = _days_in_order(athlete, local)
    key = athlete * DAY_SPAN + day

    earlier = _first_of_start(athlete, instants(kept["start_utc"]))
    opens = np.searchsorted(key, key - WINDOW, side="left")
    # a false start of a few metres is a session, but no measure of the next one
    reference = longest_between(np.where(distance < evidence.LEAST_REFERENCE_M.value, np.nan, distance), opens, earlier)
    has = reference >= 0
    reference_m = np.where(has, distance[reference], np.nan)
    change = 100.0 * (distance / reference_m - 1.0)
    owners, owner = np.unique(athlete, return_inverse=True)
    begun = np.array([begins[int(a)] for a in owners], dtype=np.int64)[owner]
    young = day - begun < WINDOW
    lost = np.concatenate(([0], np.cumsum(np.isnan(distance))))
    unmeasured = np.isnan(distance) | (~has & (lost[earlier] > lost[opens]))
    reason = np.select([~np.isnan(change), unmeasured, young], [-1, 0, 1], default=2)

    session = kept["session_id"].to_numpy()
    return pd.DataFrame(
        {
            "athlete_id": athlete,
            "session_id": session,
            "start_utc": kept["start_utc"].array,
            "local_day": _dates(local, np.ones(len(day), dtype=bool)),
            "distance_m": distance,
            "moving_s": moving,
            "reference_m": reference_m,
            "reference_day": _dates(local[reference], has),
            "reference_session_id": np.where(has, session[reference], -1),
            "change_pct": change,
            "reason": pd.Categorical.from_codes(reason, categories=pd.Index(REASONS)),
            "provisional": young,
            **_bands(distance, reference_m, moving - np.where(has, moving[reference], np.nan), moving),
            **_breaks(athlete, day, local, distance, reference, earlier, unknown),
        }
    )


def _bands(
    distance: NDArray[np.float64],
    reference_m: NDArray[np.float64],
    step_s: NDArray[np.float64],
    moving: NDArray[np.float64],
) -> dict[str, Any]:
    """The published band, and the one that is told: five minutes more than a short reference are no spike."""
    band = band_codes(distance, reference_m)
    short = (reference_m < evidence.SHORT_REFERENCE_M.value) | (moving - step_s < evidence.SHORT_REFERENCE_S.value)
    told = np.where(short & (step_s <= evidence.SHORT_STEP_S.value), np.minimum(band, 0), band)
    return {
        "band": pd.Categorical.from_codes(band, categories=pd.Index(BANDS), ordered=True),
        "short_reference": short,
        "step_s": step_s,
        "band_told": pd.Categorical.from_codes(told, categories=pd.Index(BANDS), ordered=True),
    }


def _breaks(
    athlete: Whole,
    day: Whole,
    local: Whole,
    distance: NDArray[np.float64],
    reference: Whole,
    earlier: Whole,
    unknown: pd.DataFrame | None,
) -> dict[str, NDArray[Any]]:
    """What a lay-off between reference and run hides: when the runner came back, and the longest run since."""
    back, gap = _latest_return(athlete, day, unknown)
    note = (reference >= 0) & (back > reference)
    since = longest_between(distance, np.where(back >= 0, back, earlier), earlier)
    since_m = np.where(note & (since >= 0), distance[since], np.nan)
    return {
        "lay_off_note": note,
        "return_day": _dates(local[back], back >= 0),
        "lay_off_days": np.where(back >= 0, gap, 0),
        "longest_since_return_m": since_m,
        "change_since_return_pct": 100.0 * (distance / since_m - 1.0),
    }


def _days_in_order(athlete: Whole, day: Whole) -> Whole:
    """Days that never step back: after flying east over the date line a later run may bear an earlier date."""
    if not len(day):
        return day
    lifted: Whole = np.maximum.accumulate(athlete * DAY_SPAN + day) - athlete * DAY_SPAN
    return lifted


def _first_of_start(athlete: Whole, start: Whole) -> Whole:
    """For each run the first row with the same start: two watches on one run are not each other's reference."""
    rows = np.arange(len(start), dtype=np.int64)
    fresh = np.ones(len(start), dtype=bool)
    fresh[1:] = (athlete[1:] != athlete[:-1]) | (start[1:] != start[:-1])
    return np.maximum.accumulate(np.where(fresh, rows, 0)) if len(rows) else rows


def _latest_return(athlete: Whole, day: Whole, unknown: pd.DataFrame | None) -> tuple[Whole, Whole]:
    """Row of the first run after the latest lay-off so far (-1 for none), and how many days that lay-off had."""
    rows = np.arange(len(day), dtype=np.int64)
    if not len(rows):
        return rows, rows
    same = np.zeros(len(day), dtype=bool)
    same[1:] = athlete[1:] == athlete[:-1]
    gap = np.zeros(len(day), dtype=np.int64)
    gap[1:] = day[1:] - day[:-1] - 1
    gap[1:] -= unknown_between(athlete[1:], day[:-1], day[1:], unknown)
    returned = same & (gap >= evidence.LAY_OFF_DAYS.value)
    opening = np.maximum.accumulate(np.where(~same, rows, 0))
    back = np.maximum.accumulate(np.where(returned, rows, -1))
    back = np.where(back >= opening, back, -1)
    return back, np.where(back >= 0, gap[back], 0)


def unknown_between(athlete: Whole, after: Whole, before: Whole, unknown: pd.DataFrame | None) -> Whole:
    """How many days strictly between two days of each runner are declared missing."""
    if unknown is None or not len(unknown):
        return np.zeros(len(after), dtype=np.int64)
    opening, closing = day_numbers(unknown["first_day"]), day_numbers(unknown["last_day"])
    owner = unknown["athlete_id"].to_numpy(dtype=np.int64)
    spans = [np.arange(a, b + 1) + o * DAY_SPAN for o, a, b in zip(owner, opening, closing, strict=True)]
    keys = np.unique(np.concatenate(spans))
    base = athlete * DAY_SPAN
    return np.searchsorted(keys, base + before, side="left") - np.searchsorted(keys, base + after, side="right")


def _dates(day: Whole, known: NDArray[np.bool_]) -> NDArray[np.datetime64]:
    dates: NDArray[np.datetime64] = np.asarray(day, dtype=np.int64).astype("datetime64[D]").astype("datetime64[us]")
    dates[~known] = np.datetime64("NaT")
    return dates
