"""Gradual changes: where a figure slid from one level to another instead of stepping there."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]


def gradual_edges(values: Floats, edges: Sequence[int]) -> NDArray[np.bool_]:
    """Which steps are only cuts through a slope: no single run is where the figure changed.

    A search for steps cuts every slope into levels. So each run of neighbouring steps in one direction is held against one
    slope that begins or ends with a flat stretch of any length, or none.

    Parameters
    ----------
    values : array of shape (n,), no NaN
        One value a run, in order.
    edges : sequence of k + 2 int
        0, the first run of each level but the first, n.

    Returns
    -------
    array of bool of shape (k,)
        One a step.

    References
    ----------
    Schwarz 1978, 10.1214/aos/1176344136: a step more costs two numbers more, its place and its height. That of equals the
    slope is told is a loadmon convention.
    """
    count = len(edges) - 2
    up = np.diff([float(values[begin:end].mean()) for begin, end in pairwise(edges)]) > 0
    found = np.zeros(max(count, 0), dtype=np.bool_)
    for first in range(count):
        for last in range(first, count):
            if up[last] != up[first]:
                break
            if _slope_explains(
                values[edges[first] : edges[last + 2]], np.array(edges[first : last + 3]) - edges[first]
            ):
                found[first : last + 1] = True
    return found


def _slope_explains(values: Floats, edges: NDArray[np.int64]) -> bool:
    """Whether one slope beside a flat stretch does as well as these levels."""
    stepped = sum(float(np.sum((values[a:b] - values[a:b].mean()) ** 2)) for a, b in pairwise(edges))
    sloped = min(_flat_then_slope(values), _flat_then_slope(values[::-1]))
    n, steps = len(values), len(edges) - 2
    if stepped <= 0 or sloped <= 0:
        return sloped <= stepped
    return bool(n * np.log(sloped / stepped) <= (2 * steps - 1) * np.log(n))


def _flat_then_slope(values: Floats) -> float:
    """Least squared error of a level that turns into a slope at some run; a slope from the first run on is one of them."""
    n = len(values)
    centred = values - values.mean()
    after = np.arange(n - 1, 0, -1, dtype=np.float64)  # runs after each knot: the slope counts them 1, 2, 3, …
    suffix = np.cumsum(centred[::-1])[::-1]
    together = np.cumsum(suffix[:0:-1])[::-1]
    spread = after * (after + 1) * (2 * after + 1) / 6 - (after * (after + 1) / 2) ** 2 / n
    return float(np.sum(centred**2) - np.max(together**2 / spread))
