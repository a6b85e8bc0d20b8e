"""Loads of runs kept while loadmon runs: a run that has not changed, told against what has not changed, is not told anew."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, fields
from hashlib import blake2b
from itertools import count
from threading import Lock
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loadmon.tissue.cells import Cells
from loadmon.tissue.coefficients import Coefficients
from loadmon.tissue.course import Course
from loadmon.tissue.exposure_bytes import cells_of_bytes
from loadmon.tissue.loads import RunConditions, TissueLoads
from loadmon.tissue.recompute import told_and_drawn

Floats = NDArray[np.floating[Any]]
_Key = tuple[bytes, int, int | None]
"""A run's fingerprint, the number of its conditions, and the draws."""

MOST = 16_000
"""Runs that are kept: with 64 draws each about three kilobytes."""
_NOMINAL = ("load_bws", "damage_steps", "damage_m", "held_fraction")
_PEAKS = ("peak_steps", "peak_bw")
_DRAWN = ("load_bws", "damage_m")
_COURSE = tuple(one.name for one in fields(Course))


@dataclass(frozen=True, slots=True, eq=False)
class ToldRuns:
    """What R runs did, and what is to be said beside each.

    Parameters
    ----------
    told : TissueLoads
        By the nominal numbers, without peaks (NaN).
    drawn : TissueLoads | None
        By each draw, load and damage alone (the rest is NaN); None without draws.
    flags : list of tuple of str, length R
        Keys of ``loadmon.tissue.flags.FLAG_WORDS`` of the runs themselves; what was assumed of the runner is not among them.
    treadmill : array of shape (R,), bool
    """

    told: TissueLoads
    drawn: TissueLoads | None
    flags: list[tuple[str, ...]]
    treadmill: NDArray[np.bool_]


@dataclass(frozen=True, slots=True, eq=False)
class _Kept:
    nominal: Floats
    """One row for each of ``_NOMINAL``, a column a tissue."""
    shares: Floats | None
    """Draws of ``_DRAWN`` over the nominal ones, in half precision: finer than any interval."""
    steps: float
    drawn_steps: Floats | None
    course: Floats
    flags: tuple[str, ...]
    treadmill: bool


class KeptLoads:
    """Loads by what they were told from: a run's bytes, its conditions, the coefficients and the draws.

    Nothing has to be dropped when the store changes: what has changed has other bytes or other conditions. Safe to use from
    many threads.

    Parameters
    ----------
    most : int
        How many runs are kept; those not asked for the longest go first.
    """

    def __init__(self, most: int = MOST) -> None:
        self._most, self._lock = most, Lock()
        self._kept: dict[_Key, _Kept] = {}
        self._conditions: dict[RunConditions, int] = {}
        self._next = count()
        self._coefficients: Coefficients | None = None

    def __len__(self) -> int:
        return len(self._kept)

    def of(
        self,
        exposures: Sequence[bytes],
        conditions: Sequence[RunConditions],
        coefficients: Coefficients,
        draws: int | None = None,
    ) -> ToldRuns:
        """What R runs did.

        Parameters
        ----------
        exposures : sequence of bytes, length R
            As ``exposure_bytes`` made them.
        conditions : sequence of RunConditions, length R
        coefficients : Coefficients
        draws : int | None

        Raises
        ------
        DamagedFile
            If one of them is no exposure.
        """
        with self._lock:
            if self._coefficients is not coefficients:
                self._kept.clear()
                self._conditions.clear()
                self._coefficients = coefficients
            # runs share their conditions: each is looked at once
            distinct = {id(one): one for one in conditions}
            numbers = {place: self._number(one) for place, one in distinct.items()}
            keys = [
                (blake2b(data, digest_size=16).digest(), numbers[id(one)], draws)
                for data, one in zip(exposures, conditions, strict=True)
            ]
            found = {key: self._kept.pop(key) for key in dict.fromkeys(keys) if key in self._kept}
            self._kept.update(found)  # to the end: asked for last
        missing = {key: n for n, key in enumerate(keys) if key not in found}
        if missing:
            places = list(missing.values())
            cells = cells_of_bytes([exposures[n] for n in places])
            told, drawn = told_and_drawn(cells, [conditions[n] for n in places], coefficients, draws)
            fresh = _apart(cells, told, drawn, coefficients)
            found |= dict(zip(missing, fresh, strict=True))
            with self._lock:
                if self._coefficients is coefficients:
                    self._kept.update(zip(missing, fresh, strict=True))
                    self._drop_the_oldest()
        return _together([found[key] for key in keys], coefficients, draws)

    def _number(self, conditions: RunConditions) -> int:
        """The number that stands for some conditions; never given to others, or a run would be told against those."""
        if conditions not in self._conditions:
            self._conditions[conditions] = next(self._next)
        return self._conditions[conditions]

    def _drop_the_oldest(self) -> None:
        """No more runs than agreed, and no conditions of which no run is kept."""
        for old in list(self._kept)[: max(0, len(self._kept) - self._most)]:
            del self._kept[old]
        used = {number for _, number, _ in self._kept}
        if len(self._conditions) > len(used):
            self._conditions = {one: number for one, number in self._conditions.items() if number in used}


def _apart(cells: Cells, told: TissueLoads, drawn: TissueLoads | None, coefficients: Coefficients) -> list[_Kept]:
    nominal = np.stack([getattr(told, name)[0] for name in _NOMINAL])
    course = np.stack([getattr(told.course, name) for name in _COURSE])
    shares = None
    if drawn is not None:
        shares = np.empty((len(_DRAWN), *drawn.damage_m.shape), dtype=np.float16)
        for row, name in zip(shares, _DRAWN, strict=True):
            whole = getattr(told, name)
            row[:] = np.divide(getattr(drawn, name), whole, out=np.ones(row.shape), where=whole > 0)
    flagged = told.course.flagged(
        cells.slope_quality,
        coefficients.widening.outside_share,
        locked_s=cells.locked_s,
        held=told.held_fraction[0].max(axis=0),
    )
    # runs first: what is kept of one lies together, and does not hold on to all of them
    by_run = np.ascontiguousarray(np.moveaxis(nominal, -1, 0))
    shares_by_run = None if shares is None else np.ascontiguousarray(np.moveaxis(shares, -1, 0))
    steps_by_run = None if drawn is None else np.ascontiguousarray(drawn.steps.T, dtype=np.float32)
    course_by_run = np.ascontiguousarray(course.T)
    return [
        _Kept(
            nominal=by_run[n].copy(),
            shares=None if shares_by_run is None else shares_by_run[n].copy(),
            steps=steps,
            drawn_steps=None if steps_by_run is None else steps_by_run[n].copy(),
            course=course_by_run[n].copy(),
            flags=flagged[n],
            treadmill=cells.treadmill[n],
        )
        for n, steps in enumerate(told.steps[0].tolist())
    ]


def _together(runs: Sequence[_Kept], coefficients: Coefficients, draws: int | None) -> ToldRuns:
    none = len(coefficients.tissues), 0
    nominal = np.stack([one.nominal for one in runs], axis=-1) if runs else np.empty((len(_NOMINAL), *none))
    rows = np.stack([one.course for one in runs], axis=-1) if runs else np.empty((len(_COURSE), 0))
    course = Course(**dict(zip(_COURSE, rows, strict=True)))
    told = TissueLoads(
        coefficients.tissues,
        **dict.fromkeys(_PEAKS, np.full((1, *nominal.shape[1:]), np.nan))
        | {name: nominal[n][None] for n, name in enumerate(_NOMINAL)},
        steps=np.array([[one.steps for one in runs]], dtype=float),
        course=course,
    )
    drawn = None
    if draws is not None:
        shares = [one.shares for one in runs if one.shares is not None]
        drawn_steps = [one.drawn_steps for one in runs if one.drawn_steps is not None]
        parts = np.stack(shares, axis=-1).astype(np.float32) if runs else np.empty((len(_DRAWN), draws, *none))
        unknown = np.broadcast_to(np.float32(np.nan), parts.shape[1:])
        drawn = TissueLoads(
            coefficients.tissues,
            **dict.fromkeys((*_NOMINAL, *_PEAKS), unknown)
            | {name: parts[n] * getattr(told, name).astype(np.float32) for n, name in enumerate(_DRAWN)},
            steps=np.stack(drawn_steps, axis=-1) if runs else np.empty((draws, 0)),
            course=course,
        )
    return ToldRuns(told, drawn, [one.flags for one in runs], np.array([one.treadmill for one in runs], dtype=bool))
