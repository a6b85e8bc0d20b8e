"""The runs of a tissue sheet: each with its load, its damage, their intervals, or the reason why there is none."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loadmon.tissue.kept_loads import ToldRuns
from loadmon.tissue.loads import RunConditions
from loadmon.tissue.quantiles import quantiles_of
from loadmon.tissue.spike import TissueSpikes

Floats = NDArray[np.floating[Any]]


@dataclass(frozen=True, slots=True, eq=False)
class TissueRuns:
    """Every run that counts, in the order in which they were run; R runs, T tissues.

    NaN where a run has no exposure, and ``reason`` says why; where a run has both, it was recorded in part and its numbers are
    too low.

    Parameters
    ----------
    session_id : array of shape (R,), int
    day : list of date, length R
    reason : list of str | None, length R
        Code of ``loadmon.measure.REASON_WORDS``.
    distance_m, steps, walk_fraction, extrapolated_fraction : arrays of shape (R,)
        As the exposure tells them; steps of one leg.
    conditions : list of RunConditions | None, length R
        What held for the run; surface and quality of slopes are those of its exposure.
    flags : list of tuple of str, length R
        Keys of ``loadmon.tissue.flags.FLAG_WORDS``, without what was assumed of the runner.
    load_bws, damage_m : arrays of shape (R, T)
        By the nominal numbers.
    load_quantiles_bws, damage_quantiles_m : arrays of shape (3, R, T)
        10th, 50th and 90th percentile over the draws; NaN without draws.
    """

    session_id: NDArray[np.int64]
    day: list[date]
    reason: list[str | None]
    distance_m: Floats
    steps: Floats
    walk_fraction: Floats
    extrapolated_fraction: Floats
    conditions: list[RunConditions | None]
    flags: list[tuple[str, ...]]
    load_bws: Floats
    damage_m: Floats
    load_quantiles_bws: Floats
    damage_quantiles_m: Floats

    def row_of(self, session_id: int) -> int | None:
        """The row of a session; None where it does not count as a run."""
        found = np.flatnonzero(self.session_id == session_id)
        return int(found[0]) if len(found) else None


def runs_of(
    session_ids: NDArray[np.int64],
    days: list[date],
    reasons: list[str | None],
    has: NDArray[np.bool_],
    told: ToldRuns,
    conditions: list[RunConditions],
) -> TissueRuns:
    """The rows of a sheet from what was told of the runs that have an exposure."""

    def spread(values: Floats) -> Floats:
        """Values of the runs that have an exposure (…, r) to all runs."""
        out = np.full((*values.shape[:-1], len(has)), np.nan)
        out[..., has] = values
        return out

    def by_tissue(values: Floats) -> Floats:
        return np.swapaxes(spread(values), -1, -2)

    def interval(name: str) -> Floats:
        drawn = None if told.drawn is None else np.moveaxis(getattr(told.drawn, name), 0, -1)
        shape = (*told.told.damage_m.shape[1:], 0)
        return by_tissue(quantiles_of(np.empty(shape) if drawn is None else drawn))

    course, flags, held = told.told.course, iter(told.flags), iter(conditions)
    return TissueRuns(
        session_id=session_ids,
        day=days,
        reason=reasons,
        distance_m=spread(course.distance_m),
        steps=spread(told.told.steps[0]),
        walk_fraction=spread(course.walk_fraction),
        extrapolated_fraction=spread(course.extrapolated_fraction),
        conditions=[next(held) if one else None for one in has.tolist()],
        flags=[next(flags) if one else () for one in has.tolist()],
        load_bws=by_tissue(told.told.load_bws[0]),
        damage_m=by_tissue(told.told.damage_m[0]),
        load_quantiles_bws=interval("load_bws"),
        damage_quantiles_m=interval("damage_m"),
    )


def spikes_of(spikes: TissueSpikes, has: NDArray[np.bool_], reasons: list[str | None]) -> TissueSpikes:
    """The same with a row for every run; runs without exposure have their own reason."""

    def spread(values: NDArray[Any], *, otherwise: float = np.nan) -> NDArray[Any]:
        out = np.full((len(has), *values.shape[1:]), otherwise, dtype=values.dtype)
        out[has] = values
        return out

    told = iter(spikes.reason)
    return TissueSpikes(
        ratio=spread(spikes.ratio),
        low=spread(spikes.low),
        middle=spread(spikes.middle),
        high=spread(spikes.high),
        band=spread(spikes.band, otherwise=-1),
        shown=spread(spikes.shown, otherwise=False),
        distance_ratio=spread(spikes.distance_ratio),
        reason=[next(told) if one else code for one, code in zip(has.tolist(), reasons, strict=True)],
        provisional=spread(spikes.provisional, otherwise=True),
    )
