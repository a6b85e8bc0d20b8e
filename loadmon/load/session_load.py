"""Session load: what one session was worth by each method there is, and why a method cannot tell."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loadmon import evidence, measure
from loadmon.load.effort import effort_load
from loadmon.load.graded_pace import pace_stress
from loadmon.load.heart_rate import HEART_RATE_BINS, banister, edwards, lucia, sex_codes, stress_of, threshold_or_usual
from loadmon.load.points import MEAN_SPEED, SEX_UNKNOWN, SLOPES_UNKNOWN, THRESHOLD_TAKEN, Told, points
from loadmon.load.power import power_stress
from loadmon.load.ratio_method import EDGE

Floats = NDArray[np.float64]
Flags = NDArray[np.bool_]
Checks = Sequence[tuple[Flags, str]]
Found = tuple[Floats, pd.Categorical]

METHOD_COLUMNS: tuple[str, ...] = (
    "distance_m",
    "moving_s",
    "effort_au",
    "trimp_banister",
    "trimp_edwards",
    "trimp_lucia",
    "heart_rate_stress",
    "pace_stress",
    "power_stress",
)
"""Every method, each with its reasons in the column of the same name and ``_reason``."""


def session_loads(
    runs: pd.DataFrame,
    heart_rate: pd.DataFrame,
    limits: pd.DataFrame,
    order: Mapping[int, tuple[str, ...] | None] | None = None,
) -> pd.DataFrame:
    """What each session was worth by every method, and by one scale of points that all sessions share.

    Parameters
    ----------
    runs : DataFrame
        One row a session, whole history of any number of runners: session_id, athlete_id, is_running, excluded,
        distance_m, moving_s, elapsed_s, mean_heart_rate_bpm; and where there are such columns effort (0 to 10),
        heart_rate_coverage (0 to 1), normalised_graded_mps, grade_known (whether slopes are in it), mean_speed_mps,
        weighted_power_w. NaN for missing.
    heart_rate : DataFrame
        Seconds at each of ``HEART_RATE_BINS`` (columns, in that order) of those sessions that have them (index session_id).
    limits : DataFrame
        One row a session, index as ``runs``, what held on its day: rest_heart_rate_bpm, max_heart_rate_bpm,
        threshold_heart_rate_bpm, first_threshold_heart_rate_bpm, second_threshold_heart_rate_bpm, threshold_speed_mps,
        critical_power_w (NaN for missing) and sex (``female``, ``male`` or None).
    order : mapping of athlete_id to tuple of methods, optional
        Best method first, of ``loadmon.athlete.LOAD_METHODS``; ``points.DEFAULT_ORDER`` for whom there is none.

    Returns
    -------
    DataFrame
        Index as ``runs``: session_id, each of ``METHOD_COLUMNS`` with its ``…_reason`` (categorical code of
        ``REASON_WORDS``, set exactly where the value is NaN), and of ``points.points``: points, points_reason, points_method,
        points_why_not, points_notes, points_estimated. A method that cannot tell is NaN, never 0.

    Raises
    ------
    ValueError
        If ``limits`` and ``runs`` do not have the same index, the beats are others, or an order names no known method.
    """
    if not limits.index.equals(runs.index):
        raise ValueError("limits need the same index as runs")
    if heart_rate.shape[1] != len(HEART_RATE_BINS):
        raise ValueError(f"heart rate needs one column for each of {len(HEART_RATE_BINS)} beats")
    found = _methods(runs, heart_rate, limits)
    columns: dict[str, Any] = {"session_id": runs["session_id"].to_numpy()}
    for name in METHOD_COLUMNS:
        columns[name], columns[f"{name}_reason"] = found[name]
    return pd.DataFrame(columns | points(runs, _for_points(runs, limits, found), order), index=runs.index)


def _methods(runs: pd.DataFrame, heart_rate: pd.DataFrame, limits: pd.DataFrame) -> dict[str, Found]:
    """Every method's value of each session, and why it has none."""
    distance, moving, elapsed = (_column(runs, name) for name in ("distance_m", "moving_s", "elapsed_s"))
    effort = _column(runs, "effort")
    speed, threshold = _speed(runs)[0], _limit(limits, "threshold_speed_mps")
    power, critical = _column(runs, "weighted_power_w"), _limit(limits, "critical_power_w")
    runs_only, still = _no_run(runs), (~(moving > 0.0), measure.NO_DURATION)
    told: dict[str, tuple[Floats, Checks]] = {
        "distance_m": (distance, [(np.isnan(distance), measure.DISTANCE_MISSING)]),
        "moving_s": (moving, [(np.isnan(moving), measure.NO_DURATION)]),
        "effort_au": (
            effort_load(effort, elapsed),
            [
                (np.isnan(effort), measure.NO_EFFORT),
                ((effort < 0.0) | (effort > evidence.EFFORT_HIGHEST.value), measure.EFFORT_RANGE),
                (~(elapsed > 0.0), measure.NO_DURATION),
            ],
        ),
        **_heart(runs, heart_rate, limits),
        "pace_stress": (
            pace_stress(moving, speed, threshold),
            [
                runs_only,
                (~(speed > 0.0), measure.NO_SPEED),
                (np.isnan(threshold), measure.NO_THRESHOLD_SPEED),
                still,
            ],
        ),
        "power_stress": (
            power_stress(moving, power, critical),
            [
                runs_only,
                (~(power > 0.0), measure.NO_POWER),
                (np.isnan(critical), measure.NO_CRITICAL_POWER),
                still,
            ],
        ),
    }
    return {name: _found(value, checks) for name, (value, checks) in told.items()}


def _for_points(runs: pd.DataFrame, limits: pd.DataFrame, found: Mapping[str, Found]) -> dict[str, Told]:
    """The methods that points are made of; nothing there is worth 0, which would be a rest day in disguise."""
    heart, heart_reason = found["heart_rate_stress"]
    effort, effort_reason = found["effort_au"]
    moving = _column(runs, "moving_s")
    minutes, minutes_reason = _found(moving / 60.0, [_no_run(runs), (~(moving > 0.0), measure.NO_DURATION)])
    guessed = np.isnan(_limit(limits, "threshold_heart_rate_bpm"))
    neither = sex_codes(_sexes(limits)) == 0.5
    by_mean = _speed(runs)[1]
    slopes_known = runs["grade_known"].to_numpy(dtype=bool) if "grade_known" in runs else np.ones(len(runs), dtype=bool)
    return {
        "heart rate": Told(
            np.where(heart > 0.0, heart, np.nan),
            _also(heart_reason, heart == 0.0, measure.HEART_AT_REST),
            ((guessed, THRESHOLD_TAKEN), (neither, SEX_UNKNOWN)),
        ),
        "pace": Told(*found["pace_stress"], ((by_mean, MEAN_SPEED), (~by_mean & ~slopes_known, SLOPES_UNKNOWN))),
        "power": Told(*found["power_stress"]),
        "effort": Told(
            np.where(effort > 0.0, effort, np.nan), _also(effort_reason, effort == 0.0, measure.EFFORT_ZERO)
        ),
        "minutes": Told(minutes, minutes_reason),
    }


def _heart(runs: pd.DataFrame, heart_rate: pd.DataFrame, limits: pd.DataFrame) -> dict[str, tuple[Floats, Checks]]:
    """The four heart-rate methods, each with what may stand in its way."""
    place = heart_rate.index.get_indexer(pd.Index(runs["session_id"]))
    seconds = heart_rate.to_numpy(dtype=np.float64)
    held = seconds.sum(axis=1)
    has = (place >= 0) & (np.append(held, 0.0)[place] > 0.0)
    coverage = _column(runs, "heart_rate_coverage")
    covered = has & (coverage >= evidence.HEART_RATE_COVERAGE.value - EDGE)
    rows = np.flatnonzero(covered)
    chosen = seconds if np.array_equal(place[rows], np.arange(len(seconds))) else seconds[place[rows]]

    low, high, at, first, second = (
        _limit(limits, f"{name}_heart_rate_bpm")
        for name in ("rest", "max", "threshold", "first_threshold", "second_threshold")
    )
    sex = _sexes(limits)
    usual = threshold_or_usual(low, high, at)

    def spread(found: Floats) -> Floats:
        out = np.full(len(runs), np.nan)
        out[rows] = found
        return out

    impulse = spread(banister(chosen, low[rows], high[rows], sex[rows]))
    recorded = [
        (~has & ~np.isnan(_column(runs, "mean_heart_rate_bpm")), measure.MEAN_HEART_RATE),
        (~has, measure.NO_HEART_RATE),
        (~covered, measure.HEART_RATE_SPARSE),
    ]
    maximum = [(np.isnan(high), measure.NO_MAX_HEART_RATE)]
    reserve = [
        *recorded,
        *maximum,
        (np.isnan(low), measure.NO_REST_HEART_RATE),
        (high <= low, measure.HEART_RATE_LIMITS),
    ]
    middle = [
        (np.isnan(first), measure.NO_FIRST_THRESHOLD),
        (np.isnan(second), measure.NO_SECOND_THRESHOLD),
        (second <= first, measure.THRESHOLDS_ORDER),
    ]
    outside = (usual <= low) | (usual > high)
    return {
        "trimp_banister": (impulse, reserve),
        "trimp_edwards": (spread(edwards(chosen, high[rows])), [*recorded, *maximum]),
        "trimp_lucia": (spread(lucia(chosen, first[rows], second[rows])), [*recorded, *middle]),
        "heart_rate_stress": (
            stress_of(impulse, low, high, usual, sex),
            [*reserve, (outside, measure.THRESHOLD_HEART_RATE_RANGE)],
        ),
    }


def _no_run(runs: pd.DataFrame) -> tuple[Flags, str]:
    return ~runs["is_running"].to_numpy(dtype=bool), measure.NOT_A_RUN


def _speed(runs: pd.DataFrame) -> tuple[Floats, Flags]:
    """Normalised graded speed, or the mean where that is not known (a typed-in session), with where it is the mean."""
    graded = _column(runs, "normalised_graded_mps")
    known = graded > 0.0
    return np.where(known, graded, _column(runs, "mean_speed_mps")), ~known


def _found(value: Floats, checks: Checks) -> Found:
    """The value where nothing stands in its way, and the first reason where something does."""
    names: list[Any] = list(dict.fromkeys(code for _, code in checks))
    code = np.select([fails for fails, _ in checks], [names.index(name) for _, name in checks], default=-1)
    kept: Floats = np.where(code < 0, value, np.nan)
    return kept, pd.Categorical.from_codes(code, categories=pd.Index(names))


def _also(reason: pd.Categorical, fails: Flags, code: str) -> pd.Categorical:
    """Reasons with one more, for rows that had none."""
    wider = reason.add_categories([code])
    wider[fails] = code
    return wider


def _column(runs: pd.DataFrame, name: str) -> Floats:
    """A column's numbers; all missing where a table does not have it (sessions typed in, facts of an earlier version)."""
    if name not in runs:
        return np.full(len(runs), np.nan)
    values: Floats = runs[name].to_numpy(dtype=np.float64)
    return values


def _limit(limits: pd.DataFrame, name: str) -> Floats:
    """A limit as a positive number; anything else counts as not known."""
    values = _column(limits, name)
    return np.where((values > 0.0) & np.isfinite(values), values, np.nan)


def _sexes(limits: pd.DataFrame) -> NDArray[Any]:
    return limits["sex"].to_numpy(dtype=object) if "sex" in limits else np.full(len(limits), None, dtype=object)
