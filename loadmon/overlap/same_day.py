"""A row of a table that tells a session's time only in part, and the file of the same session: found by day and distance."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt
import pandas as pd

from loadmon.overlap.together import MOST_TOGETHER, Flags, Lie, Places, Together, spans

ALIKE = 0.05
"""Distances that differ by so small a share are the same session's (loadmon convention)."""
ALIKE_TIME = 0.15
"""Times may differ by more: a table may hold the moving or the whole time."""


def same_day(runs: pd.DataFrame, standing: Flags, rank: Places) -> Together:
    """Which rows of tables are told by a file as well: each file stands for one row, each row for one session.

    Parameters
    ----------
    runs : DataFrame
        As for ``same_run``, with ``timeless`` and ``local_day``.
    standing : array of shape (n,) bool
        Sessions that count as far as hours tell: of two recordings of one run only one stands for a row.
    rank : array of shape (n,) int64
        An order of the sessions that does not depend on their numbers.

    Returns
    -------
    Together
        ``one`` is the file's session, ``other`` the table's row.
    """
    seen = spans(runs)
    samples = runs["samples"].to_numpy(float, na_value=0.0) if "samples" in runs else np.ones(len(runs))
    rows = np.flatnonzero(seen.timeless)
    files = np.flatnonzero(~seen.timeless & standing & (samples > 0))
    if not len(rows) or not len(files):
        return Together(*(np.empty(0, np.int64),) * 2, np.empty(0), np.empty(0, np.int64))
    day = runs["local_day"].to_numpy("datetime64[D]").astype(np.int64)
    whose = runs["athlete_id"].to_numpy()
    pairs = _of_a_day(rows, files, whose, day, rank)
    row, file = pairs["row"].to_numpy(), pairs["file"].to_numpy()
    moving = runs["moving_s"].to_numpy(float, na_value=np.nan) if "moving_s" in runs else np.full(len(runs), np.nan)
    same, apart = _alike(seen.metres, np.stack([seen.elapsed, moving]), row, file)
    row, file, apart = row[same], file[same], apart[same]
    order = np.lexsort((rank[file], rank[row], apart))
    taken: set[int] = set()
    kept = []
    for place in order.tolist():
        pair = {int(row[place]), int(file[place])}
        if not pair & taken:
            taken |= pair
            kept.append(place)
    found = np.array(sorted(kept), np.int64)
    n = len(found)
    return Together(file[found], row[found], np.full(n, np.nan), np.full(n, int(Lie.DAY), np.int64))


def _of_a_day(rows: Places, files: Places, whose: npt.NDArray[np.generic], day: Places, rank: Places) -> pd.DataFrame:
    """Every row beside every file of the same runner and day; of more than ``MOST_TOGETHER`` a day the first by rank."""
    sides = []
    for name, places in (("row", rows), ("file", files)):
        ordered = places[np.argsort(rank[places], kind="stable")]
        side = pd.DataFrame({name: ordered, "whose": whose[ordered], "day": day[ordered]})
        sides.append(side[side.groupby(["whose", "day"]).cumcount() < MOST_TOGETHER])
    return sides[0].merge(sides[1], on=["whose", "day"])


def _alike(
    metres: npt.NDArray[np.float64], times: npt.NDArray[np.float64], row: Places, file: Places
) -> tuple[Flags, npt.NDArray[np.float64]]:
    """The same distance, and one of the times the same; where one of the two is not told, the other alone. And how close."""
    far = (metres[row] > 0) & (metres[file] > 0)
    apart = np.where(far, _apart(metres[row], metres[file]), np.nan)
    timed = np.any(times[:, row] > 0, axis=0) & np.any(times[:, file] > 0, axis=0)
    gaps = np.stack([_apart(a, b) for a in times[:, row] for b in times[:, file]])
    gaps[np.isnan(gaps)] = np.inf
    nearest = gaps.min(axis=0)
    same = np.where(far, apart <= ALIKE, timed) & np.where(timed, nearest <= ALIKE_TIME, far)
    return same, np.where(far, np.nan_to_num(apart), 0.0) + np.where(timed, nearest, 0.0)


def _apart(one: npt.NDArray[np.float64], other: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """By which share of the larger two values differ; NaN where one is not told or nothing."""
    told = (one > 0) & (other > 0)
    return np.abs(one - other) / np.where(told, np.maximum(one, other), np.nan)
