"""Running and walking in turn, as a stream has them."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from loadmon.facts.steps import is_walking
from loadmon.planning.ladder import RUN, WALK

Floats = NDArray[np.float64]
SMOOTH_S = 9.0
"""Over so many seconds a stretch is told to be running or walking (loadmon convention): a step of the watch's smoothing."""
LEAST_BOUT_S = 12.0
"""A shorter bout is taken into those beside it (loadmon convention): the shortest of a ladder has 30 s."""


@dataclass(frozen=True, slots=True)
class Bout:
    """A stretch of one kind, ``run`` or ``walk``; seconds from the start of the recording."""

    kind: str
    start_s: float
    seconds: float


def bouts(t_s: Floats, speed_mps: Floats, cadence_spm: Floats) -> tuple[Bout, ...]:
    """Running and walking in turn, as a stream has them.

    Parameters
    ----------
    t_s : array of shape (n,)
        Seconds from the start, rising.
    speed_mps, cadence_spm : arrays of shape (n,)
        NaN where not measured. Walking is below 130 steps a minute or below 1.8 m/s, as everywhere in loadmon; standing is
        counted with walking. Where neither was measured nothing can be told, and that stretch is left out.
    """
    if len(t_s) < 2:
        return ()
    seconds = np.diff(t_s, append=t_s[-1])
    step = float(np.median(seconds[:-1])) or 1.0
    width = max(round(SMOOTH_S / step) | 1, 1)
    known = ~(np.isnan(speed_mps) & np.isnan(cadence_spm))
    walking = np.where(known, is_walking(_middle(cadence_spm, width), _middle(speed_mps, width)), -1).astype(np.int64)
    edge = np.flatnonzero(np.diff(walking)) + 1
    begins, ends = np.append(0, edge), np.append(edge, len(walking))
    found = [
        (int(walking[a]), float(t_s[a]), float(t_s[b - 1] + seconds[b - 1] - t_s[a]))
        for a, b in zip(begins, ends, strict=True)
    ]
    return tuple(Bout(WALK if kind else RUN, start, long) for kind, start, long in _joined(found) if kind >= 0)


def _middle(values: Floats, width: int) -> Floats:
    """The running middle of the known values; NaN where none is known."""
    if width <= 1 or len(values) <= width or np.isnan(values).all():
        return values
    edge = width // 2
    padded = np.pad(values, edge, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, width)
    gaps = np.isnan(windows)
    if not gaps.any():
        return np.median(windows, axis=1)
    order = np.sort(windows, axis=1)  # NaN sorts last
    count = width - gaps.sum(axis=1)
    rows = np.arange(len(values))
    low = order[rows, np.maximum((count - 1) // 2, 0)]
    high = order[rows, np.minimum(count // 2, width - 1)]
    return np.where(count > 0, (low + high) / 2.0, np.nan)


def _joined(found: list[tuple[int, float, float]]) -> list[tuple[int, float, float]]:
    """Bouts that are too short taken into the one before (or after, for the first), and equal neighbours made one."""
    kept = [list(one) for one in found]
    while len(kept) > 1:
        place = min(range(len(kept)), key=lambda n: kept[n][2])
        if kept[place][2] >= LEAST_BOUT_S:
            break
        kept[place][0] = kept[place - 1][0] if place else kept[1][0]
        kept = _merged(kept)
    return [(int(kind), start, seconds) for kind, start, seconds in _merged(kept)]


def _merged(kept: list[list[float]]) -> list[list[float]]:
    out: list[list[float]] = []
    for kind, start, seconds in kept:
        if out and out[-1][0] == kind:
            out[-1][2] += seconds
        else:
            out.append([kind, start, seconds])
    return out
