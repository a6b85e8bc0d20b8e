"""Many runs told anew from their exposures, no stream read: after new coefficients, a new reference, or for intervals."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import numpy as np

from loadmon.tissue.cells import Cells
from loadmon.tissue.coefficients import Coefficients
from loadmon.tissue.course import Course
from loadmon.tissue.exposure import Exposure, cells_from
from loadmon.tissue.loads import RunConditions, TissueLoads, loads_of
from loadmon.tissue.wider import wider

CELLS_AT_ONCE = 10_000
"""More would not stay in the processor's cache."""


def recomputed(
    exposures: Sequence[Exposure],
    conditions: Sequence[RunConditions],
    coefficients: Coefficients,
    draws: int | None = None,
) -> TissueLoads:
    """What R runs did to every tissue, by the nominal numbers or by each of so many drawn sets.

    Parameters
    ----------
    exposures, conditions : sequences of length R
        Surface and quality of slopes are those of the exposure; of a condition its runner and findings count.
    coefficients : Coefficients
    draws : int | None
        None for the nominal numbers. Draws are told from wider cells, and each brought to what the nominal numbers give
        from the fine ones: a fifth of the work, and the ends of an interval move by 1 % at most. Peaks are not drawn (NaN).

    Raises
    ------
    ValueError
        If there are no runs, or not as many conditions as exposures.
    """
    if not exposures or len(exposures) != len(conditions):
        raise ValueError("as many conditions as exposures are needed, and at least one")
    told, drawn = told_and_drawn(cells_from(exposures), conditions, coefficients, draws, peaks=draws is None)
    return told if drawn is None else drawn


def told_and_drawn(
    cells: Cells,
    conditions: Sequence[RunConditions],
    coefficients: Coefficients,
    draws: int | None = None,
    *,
    peaks: bool = False,
) -> tuple[TissueLoads, TissueLoads | None]:
    """By the nominal numbers (with what was held at a limit), and by each drawn set, as ``recomputed`` has them.

    Parameters
    ----------
    cells : Cells
        Of R runs, at least one.
    conditions, coefficients, draws
        As ``recomputed`` has them.
    peaks : bool
        Also tell peaks by the nominal numbers; else they are NaN.
    """
    held = [
        one
        if (one.treadmill, one.slope_quality) == (treadmill, quality)
        else RunConditions(one.runner, one.findings, treadmill, quality)
        for one, treadmill, quality in zip(conditions, cells.treadmill, cells.slope_quality, strict=True)
    ]
    fine, wide = [], []
    for n, some in cells.batches(CELLS_AT_ONCE):
        pieces = some.pieces()
        told = loads_of(pieces, held[n], coefficients, count_held=True, peaks=peaks)
        fine.append(told)
        if draws is not None:
            pieces = wider(pieces)
            nominal, drawn = (loads_of(pieces, held[n], coefficients, draws=d, peaks=False) for d in (None, draws))
            wide.append(_scaled(drawn, nominal, told))
    return _joined(fine), _joined(wide) if wide else None


_SUMS = ("load_bws", "peak_steps", "damage_steps", "damage_m", "peak_bw")
_BESIDE = ("held_fraction", "steps")


def _scaled(drawn: TissueLoads, nominal: TissueLoads, fine: TissueLoads) -> TissueLoads:
    """The draws of wide cells, each brought to the level of the fine ones."""
    changed = {}
    for name in _SUMS:
        wide, whole = getattr(nominal, name), getattr(fine, name)
        changed[name] = getattr(drawn, name) * np.divide(whole, wide, out=np.ones_like(whole), where=wide > 0)
    return TissueLoads(
        drawn.tissues, **changed, held_fraction=drawn.held_fraction, steps=drawn.steps, course=fine.course
    )


def _joined(parts: Sequence[TissueLoads]) -> TissueLoads:
    if len(parts) == 1:
        return parts[0]
    arrays = {name: np.concatenate([getattr(p, name) for p in parts], axis=-1) for name in (*_SUMS, *_BESIDE)}
    course = {f.name: np.concatenate([getattr(p.course, f.name) for p in parts]) for f in fields(Course)}
    return TissueLoads(parts[0].tissues, **arrays, course=Course(**course))
