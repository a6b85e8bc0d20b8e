"""Step changes: the runs from which on a figure stayed higher or lower than before."""

from __future__ import annotations

from itertools import compress, pairwise

import numpy as np
import pandas as pd
from numpy.typing import ArrayLike, NDArray

from loadmon import evidence
from loadmon.days import day_numbers
from loadmon.gait.gradual import gradual_edges

COLUMNS = ("session_id", "local_day", "before", "after", "change", "runs_before", "runs_after", "treadmill", "stretch",
           "since_day", "until_day")  # fmt: skip


def change_penalty(values: ArrayLike) -> float:
    """What one more step must gain to be told: 3 ln(n) times the variance between neighbouring runs.

    Parameters
    ----------
    values : array of shape (n,)
        One value a run, in order. The variance is that of differences between neighbours (median absolute deviation), so
        that the steps themselves do not count as noise; where most neighbours are equal, their plain standard deviation.
    """
    series = np.asarray(values, dtype=np.float64)
    return float(evidence.STEP_CHANGE_PENALTY.value * np.log(len(series)) * _noise(series) ** 2)


def _noise(values: NDArray[np.float64]) -> float:
    """Standard deviation of one run's value, from how neighbours differ."""
    gaps = np.diff(values)
    spread = evidence.ROBUST_SD.value * float(np.median(np.abs(gaps - np.median(gaps))))
    return float((spread if spread > 0 else np.std(gaps)) / np.sqrt(2.0))


def change_points(values: ArrayLike, *, minimum_runs: int = int(evidence.STEP_CHANGE_RUNS.value)) -> list[int]:
    """Places in a series from which on its level is another one.

    Parameters
    ----------
    values : array of shape (n,), no NaN
        One value a run, in order.
    minimum_runs : int
        Runs on either side.

    Returns
    -------
    list of int
        Index of the first value of each new level; empty with fewer than twice ``minimum_runs`` values.

    References
    ----------
    PELT, squared error (Killick et al. 2012, 10.1080/01621459.2012.737745), by ruptures (Truong et al. 2020,
    10.1016/j.sigpro.2019.107299). Its KernelCPD with a linear kernel is the same sum of squares and the same search in C:
    2,000 runs take 15 ms instead of 20 s.
    """
    series = np.asarray(values, dtype=np.float64)
    if len(series) < 2 * minimum_runs:
        return []
    penalty = change_penalty(series)
    if penalty <= 0:
        return []
    series = series - series.mean()
    try:
        from ruptures import KernelCPD  # loaded only where steps are asked for
    except ModuleNotFoundError:  # it refuses Python 3.14
        return exact_partition(series, penalty, minimum_runs)
    found = KernelCPD(kernel="linear", min_size=minimum_runs).fit(series).predict(pen=penalty)
    return [int(place) for place in found[:-1]]


def exact_partition(values: NDArray[np.float64], penalty: float, minimum_runs: int) -> list[int]:
    """What PELT finds, without its short cuts: for where ruptures cannot be installed. 2,000 runs take a tenth of a second.

    Parameters
    ----------
    values : array of shape (n,), no NaN
    penalty : float
        What one more level must gain in squared error.
    minimum_runs : int
        Runs of a level; n is at least that.

    Returns
    -------
    list of int
        Index of the first value of each new level.

    References
    ----------
    Optimal partitioning: Jackson et al. 2005, arXiv math/0309285; Killick et al. 2012 prove PELT finds the same.
    """
    n = len(values)
    total, squares = np.append(0.0, np.cumsum(values)), np.append(0.0, np.cumsum(values**2))
    cheapest = np.full(n + 1, np.inf)
    cheapest[0] = -penalty
    begins = np.zeros(n + 1, dtype=np.int64)
    for end in range(minimum_runs, n + 1):
        begin = np.arange(end - minimum_runs + 1)
        error = squares[end] - squares[begin] - (total[end] - total[begin]) ** 2 / (end - begin)
        costs = cheapest[begin] + error + penalty
        begins[end] = np.argmin(costs)
        cheapest[end] = costs[begins[end]]
    found, end = [], int(begins[n])
    while end > 0:
        found.append(end)
        end = int(begins[end])
    return found[::-1]


def step_changes(values: pd.DataFrame, column: str = "value_spm") -> pd.DataFrame:
    """Where a runner's figure changed from one run to the next and stayed so: steps of at least the noise of one run.

    A slope is no step, though squared errors cut it into levels (``gait.gradual``), and none lies across more than eight
    weeks without a value.

    Parameters
    ----------
    values : DataFrame
        One row a run of one runner: session_id, local_day, treadmill, ``column`` (NaN is left out) and, where watches are
        told apart, stretch (``gait.watch.watch_stretches``). Surfaces and watches are never mixed: a new watch is no step.
    column : str
        The figure.

    Returns
    -------
    DataFrame
        One row a step, by day: session_id and local_day (datetime64[us]) of the first run of the new level, before and
        after (medians of the levels on both sides), change, runs_before, runs_after, treadmill, stretch (-1 where not told
        apart); since_day and until_day, the first run of the level before and the last of the level after.
    """
    known = values[values[column].notna()]
    day, value = day_numbers(known["local_day"]), known[column].to_numpy(dtype=np.float64)
    session = known["session_id"].to_numpy()
    treadmill = known["treadmill"].to_numpy(dtype=bool)
    stretch = _stretch(known)
    found = []
    for at in sorted(set(zip(stretch.tolist(), treadmill.tolist(), strict=True))):
        own = np.flatnonzero((stretch == at[0]) & (treadmill == at[1]))
        own = own[np.argsort(day[own], kind="stable")]
        for runs in np.split(own, np.flatnonzero(np.diff(day[own]) > evidence.STEP_CHANGE_GAP.value) + 1):
            edges = _stayed(value[runs], change_points(value[runs]))
            slid = gradual_edges(value[runs], edges)
            for before, here, after in compress(zip(edges, edges[1:], edges[2:], strict=False), ~slid):
                low, high = float(np.median(value[runs[before:here]])), float(np.median(value[runs[here:after]]))
                first, ends = runs[here], (day[runs[before]], day[runs[after - 1]])
                found.append(
                    (
                        session[first],
                        day[first],
                        low,
                        high,
                        high - low,
                        here - before,
                        after - here,
                        at[1],
                        at[0],
                        *ends,
                    )
                )
    table = pd.DataFrame(found, columns=list(COLUMNS)).sort_values(["local_day", "session_id"], ignore_index=True)
    for name in ("local_day", "since_day", "until_day"):
        table[name] = table[name].to_numpy(dtype=np.int64).astype("datetime64[D]").astype("datetime64[us]")
    return table


def _stayed(values: NDArray[np.float64], points: list[int]) -> list[int]:
    """Edges of the levels. Squared errors make one very odd run a level of five: its middle run tells that nothing stayed."""
    edges = [0, *points, len(values)]
    while len(edges) > 2:
        middles = [np.median(values[begin:end]) for begin, end in pairwise(edges)]
        steps = np.abs(np.diff(middles))
        smallest = int(np.argmin(steps))
        if steps[smallest] >= _noise(values):
            break
        del edges[smallest + 1]
    return edges


def _stretch(values: pd.DataFrame) -> NDArray[np.int64]:
    """Number of each run's watch stretch; one for all where the table does not tell."""
    if "stretch" not in values:
        return np.full(len(values), -1, dtype=np.int64)
    return values["stretch"].to_numpy(dtype=np.int64)
