"""Cells of many runs' exposures side by side, as the model takes them: thousands of runs without an object for each."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loadmon.tissue.stream import Pieces, SlopeQuality

Floats = NDArray[np.floating[Any]]
Bytes = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Axis:
    """Where the cells of a quantity begin, and how wide they are."""

    first: float
    width: float


SPEED, SLOPE, CADENCE = Axis(0.0, 0.05), Axis(-0.45, 0.005), Axis(0.0, 1.0)
"""How finely exposure is kept: m/s, rise over run, steps a minute. Cadence is kept as it is, not against the runner's own: a
reference that is learnt later, or corrected, then needs no stream either."""
AXES = (SPEED, SLOPE, CADENCE)
PARTS = 256
"""Cells of an axis, and parts into which a cell's width is told."""
UNKNOWN = 255
"""The cell of a slope or cadence that was not recorded."""


@dataclass(frozen=True, slots=True, eq=False)
class Cells:
    """Cells of R runs one after the other; K in all, every run has at least one (of nothing, if need be).

    Parameters
    ----------
    cell : array of shape (3, K), uint8
        Numbers of the cells by speed, slope and cadence; ``UNKNOWN`` for what was not recorded.
    amount : array of shape (K,), float32
        As ``Exposure`` has it.
    inside : array of shape (R, 3, 256), uint8
        Where within each speed, slope and cadence the mean of the run lies.
    lengths : array of shape (R,), int
        How many cells each run has.
    sums : array of shape (5, R)
        walked_steps, walked_unknown_s, walked_s, walked_m and unknown_s, as ``Pieces`` has them.
    locked_s : array of shape (R,)
    slope_quality : sequence of SlopeQuality, length R
    treadmill : sequence of bool, length R
    """

    cell: Bytes
    amount: NDArray[np.float32]
    inside: Bytes
    lengths: NDArray[np.int64]
    sums: Floats
    locked_s: Floats
    slope_quality: Sequence[SlopeQuality]
    treadmill: Sequence[bool]

    def batches(self, most: int) -> Iterator[tuple[slice, Cells]]:
        """Some runs after the other, with so many cells at most where one run does not have more."""
        ends = np.cumsum(self.lengths)
        first = 0
        while first < len(self.lengths):
            before = int(ends[first] - self.lengths[first])
            last = max(first + 1, int(np.searchsorted(ends, before + most, side="right")))
            runs, cells = slice(first, last), slice(before, int(ends[last - 1]))
            yield (
                runs,
                Cells(
                    self.cell[:, cells],
                    self.amount[cells],
                    self.inside[runs],
                    self.lengths[runs],
                    self.sums[:, runs],
                    self.locked_s[runs],
                    self.slope_quality[runs],
                    self.treadmill[runs],
                ),
            )
            first = last

    def pieces(self) -> Pieces:
        """The cells as pieces, in single precision, which is finer than any cell."""
        run = np.repeat(np.arange(len(self.lengths)) * (len(AXES) * PARTS), self.lengths)
        inside = self.inside.reshape(-1)
        indoors = np.array([one is SlopeQuality.INDOORS for one in self.slope_quality], dtype=np.bool_)

        def middle(number: int) -> NDArray[np.float32]:
            cell, axis = self.cell[number], AXES[number]
            values = inside[run + (number * PARTS) + cell] + np.float32(0.5)
            values *= np.float32(1.0 / PARTS)
            values += cell
            values *= np.float32(axis.width)
            values += np.float32(axis.first)
            values[cell == UNKNOWN] = np.nan
            if axis is SLOPE and indoors.any():
                # no file tells a treadmill's slope: those told before that was kept as unknown lie in the cell of level
                values[np.repeat(indoors, self.lengths) & (np.abs(values) < axis.width / 2.0)] = np.nan
            return np.asarray(values)

        speed, slope, cadence = (middle(number) for number in range(len(AXES)))
        return Pieces(
            np.where(np.isnan(cadence), self.amount, self.amount * np.float32(120.0) / cadence),
            speed,
            cadence,
            slope,
            np.cumsum(self.lengths) - self.lengths,
            *self.sums,
        )
