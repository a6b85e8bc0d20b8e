"""A run against the runner's own last eight weeks: the same figure, watch and surface, at the same pace."""

from __future__ import annotations

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loadmon import evidence
from loadmon.days import day_numbers
from loadmon.gait.run_dynamics import DYNAMICS
from loadmon.measure import DEVICE_NEW, OWN_ALIKE, OWN_RUNS, SPEED_DIFFERS

Floats = NDArray[np.float64]
Places = NDArray[np.int64]
_DAY_SPAN = 1 << 22
"""More days than any calendar holds: group * _DAY_SPAN + day is one sortable number."""
_NO_SPREAD = 1e-9


def against_own(dynamics: pd.DataFrame, name: str) -> pd.DataFrame:
    """How one figure of each run compares with the same runner's earlier runs of eight weeks.

    Parameters
    ----------
    dynamics : DataFrame
        As ``gait.run_dynamics.dynamics_by_run`` gives it: by runner and start.
    name : str
        One of ``DYNAMICS``.

    Returns
    -------
    DataFrame
        One row a run, in the order given: session_id, athlete_id, local_day, value (as it was), compared (at 3.0 m/s on the
        flat where the figure follows speed and the runner's rule is known, else as it was), at_pace (which of the two),
        usual (median), spread (1.4826 x median absolute deviation), low and high (usual ± 2 spreads), n_runs, difference
        (compared - usual), outside (beyond low or high), new_watch, reason (missing where there is a comparison).
        Compared are earlier runs of the 56 days before with the same watch and surface, at least 8. Without the runner's
        rule, a figure that follows speed is compared only with runs within 0.2 m/s (their median). Earlier runs that are
        more than half alike have no spread, and nothing is said against them.

    Raises
    ------
    KeyError
        For a name that is none of ``DYNAMICS``.
    """
    dynamic = {one.name: one for one in DYNAMICS}[name]
    value = dynamics[name].to_numpy(dtype=np.float64)
    brought = (
        dynamics[f"{name}_at_pace"].to_numpy(dtype=np.float64) if dynamic.with_speed else np.full(len(value), np.nan)
    )
    at_pace = np.isfinite(brought)
    compared = np.where(at_pace, brought, value)
    # figures brought to the common pace and others are two kinds: one is never the measure of the other
    kind = dynamics["stretch"].to_numpy(np.int64) * 4 + 2 * dynamics["treadmill"].to_numpy(bool) + at_pace
    day = day_numbers(dynamics["local_day"])
    has = np.flatnonzero(np.isfinite(compared))
    order = has[np.argsort(kind[has], kind="stable")]
    usual, spread, speed, n = _of_those_before(
        kind[order] * _DAY_SPAN + day[order], compared[order], dynamics["speed_mps"].to_numpy(np.float64)[order]
    )
    out = {key: np.full(len(value), np.nan) for key in ("usual", "spread", "speed")}
    n_runs = np.zeros(len(value), dtype=np.int64)
    out["usual"][order], out["spread"][order], out["speed"][order], n_runs[order] = usual, spread, speed, n
    reason = _reasons(dynamics, name, n_runs, day)
    if dynamic.with_speed:
        far = np.abs(dynamics["speed_mps"].to_numpy(np.float64) - out["speed"]) > evidence.OWN_SPEED_MPS.value
        reason[pd.isna(reason) & ~at_pace & far] = SPEED_DIFFERS
    # with no spread the smallest difference would be outside; the room is for rounding in the last digit
    reason[pd.isna(reason) & (out["spread"] <= _NO_SPREAD * np.abs(out["usual"]))] = OWN_ALIKE
    told = pd.isna(reason)
    usual, spread = np.where(told, out["usual"], np.nan), np.where(told, out["spread"], np.nan)
    reach = evidence.OUTSIDE_SPREAD.value * spread
    return pd.DataFrame(
        {
            **{key: dynamics[key].to_numpy() for key in ("session_id", "athlete_id", "local_day")},
            "value": value,
            "compared": compared,
            "at_pace": at_pace,
            "usual": usual,
            "spread": spread,
            "low": usual - reach,
            "high": usual + reach,
            "n_runs": n_runs,
            "difference": compared - usual,
            "outside": np.abs(compared - usual) > reach,
            "new_watch": dynamics["new_watch"].to_numpy(dtype=bool),
            "reason": pd.array(reason, dtype="str"),
        }
    )


def _reasons(dynamics: pd.DataFrame, name: str, n_runs: Places, day: Places) -> NDArray[np.object_]:
    """Why a run has no comparison: the figure's own reason, a watch that is new, or too few runs."""
    athlete, stretch = dynamics["athlete_id"].to_numpy(), dynamics["stretch"].to_numpy()
    first_day = pd.Series(day).groupby(stretch).transform("min").to_numpy()
    # stretches are numbered by time within a runner: only a runner's later watches can be new
    later = stretch > pd.Series(stretch).groupby(athlete).transform("min").to_numpy()
    new = later & (day - first_day < evidence.OWN_DAYS.value)
    reasons = dynamics[f"{name}_reason"].astype(object).to_numpy(copy=True)
    few = pd.isna(reasons) & (n_runs < evidence.OWN_RUNS.value)
    reasons[few] = OWN_RUNS
    reasons[few & new] = DEVICE_NEW
    return reasons


def _of_those_before(key: Places, values: Floats, speed: Floats) -> tuple[Floats, Floats, Floats, Places]:
    """Median, spread, median speed and number of the values before each one, of the same group and within the window.

    ``key`` holds group and day as one number, rising; values of one day follow each other in the order they were run.
    """
    place = np.arange(len(key))
    group_begins = np.searchsorted(key, key // _DAY_SPAN * _DAY_SPAN)
    begin = np.maximum(np.searchsorted(key, key - int(evidence.OWN_DAYS.value)), group_begins)
    n = place - begin
    enough = n >= evidence.OWN_RUNS.value
    owner = np.repeat(place[enough], n[enough])
    firsts = np.cumsum(n[enough]) - n[enough]
    member = np.arange(len(owner)) - np.repeat(firsts, n[enough]) + np.repeat(begin[enough], n[enough])
    out = [np.full(len(key), np.nan) for _ in range(3)]

    def middle(of: Floats) -> Floats:
        """Median of each owner's members: sorted within the owner, the middle one or the mean of the middle two."""
        ranked = of[np.lexsort((of, owner))]
        low, high = firsts + (n[enough] - 1) // 2, firsts + n[enough] // 2
        return np.asarray((ranked[low] + ranked[high]) / 2.0, dtype=np.float64)

    usual = middle(values[member])
    out[0][enough] = usual
    out[1][enough] = evidence.ROBUST_SD.value * middle(np.abs(values[member] - np.repeat(usual, n[enough])))
    out[2][enough] = middle(speed[member])
    return out[0], out[1], out[2], n
