"""Exposure: how many steps a run took at each speed, slope and cadence. All that any later numbers need of its stream."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from loadmon.tissue.cells import CADENCE, PARTS, SLOPE, SPEED, UNKNOWN, Axis, Bytes, Cells
from loadmon.tissue.stream import Pieces, SlopeQuality, TissueStream, believed_quality, pieces_of

if TYPE_CHECKING:
    from loadmon.tissue.coefficients import Coefficients

Floats = NDArray[np.floating[Any]]
_LAST = UNKNOWN - 1


@dataclass(frozen=True, slots=True, eq=False)
class Exposure:
    """Steps of one run by speed, slope and cadence; k cells.

    Parameters
    ----------
    speed, slope, cadence : arrays of shape (k,), uint8
        Numbers of the cells; ``UNKNOWN`` for a slope or a cadence that was not recorded.
    amount : array of shape (k,)
        Steps of one leg in the cell; seconds where the cadence is unknown, since the steps then follow from the reference.
    speed_inside, slope_inside, cadence_inside : arrays of shape (256,), uint8
        Where within each speed, slope and cadence the mean of the run lies, in 256 parts of its width.
    walked_steps, walked_unknown_s, walked_s, walked_m, unknown_s : float
        As ``Pieces`` has them.
    slope_quality : SlopeQuality
    treadmill : bool
    locked_s : float
    slope_noise, balance_left_pct : float | None
        As the stream had them.
    """

    speed: Bytes
    slope: Bytes
    cadence: Bytes
    amount: Floats
    speed_inside: Bytes
    slope_inside: Bytes
    cadence_inside: Bytes
    walked_steps: float = 0.0
    walked_unknown_s: float = 0.0
    walked_s: float = 0.0
    walked_m: float = 0.0
    unknown_s: float = 0.0
    slope_quality: SlopeQuality = SlopeQuality.GOOD
    treadmill: bool = False
    locked_s: float = 0.0
    slope_noise: float | None = None
    balance_left_pct: float | None = None

    @property
    def believed_quality(self) -> SlopeQuality:
        """How far its slopes can be trusted, their shivering counted in."""
        return believed_quality(self.slope_quality, self.slope_noise)

    @property
    def cells(self) -> int:
        """How many cells hold something."""
        return len(self.amount)


def exposure_of(stream: TissueStream, coefficients: Coefficients | None = None) -> Exposure:
    """How many steps a run took at each speed, slope and cadence.

    Parameters
    ----------
    stream : TissueStream
    coefficients : Coefficients | None
        Only for where walking begins: walking is kept as sums.
    """
    if coefficients is None:
        from loadmon.tissue.coefficients import default_coefficients  # whoever only stores exposures needs no model

        coefficients = default_coefficients()
    domain = coefficients.domain
    pieces = pieces_of(stream, domain.walking_below_mps, domain.walking_below_spm)
    speed, speed_inside = _cells(pieces.speed_mps, SPEED, pieces.seconds)
    slope, slope_inside = _cells(pieces.slope, SLOPE, pieces.seconds)
    cadence, cadence_inside = _cells(pieces.cadence_spm, CADENCE, pieces.seconds)
    key = (speed.astype(np.int64) << 16) | (slope.astype(np.int64) << 8) | cadence
    amount = np.where(cadence == UNKNOWN, 1.0, np.nan_to_num(pieces.cadence_spm) / 120.0) * pieces.seconds
    kept = pieces.seconds > 0
    cell, which = np.unique(key[kept], return_inverse=True)
    return Exposure(
        speed=(cell >> 16).astype(np.uint8),
        slope=(cell >> 8 & 255).astype(np.uint8),
        cadence=(cell & 255).astype(np.uint8),
        amount=_added(which, amount[kept], len(cell)),
        speed_inside=speed_inside,
        slope_inside=slope_inside,
        cadence_inside=cadence_inside,
        walked_steps=float(pieces.walked_steps[0]),
        walked_unknown_s=float(pieces.walked_unknown_s[0]),
        walked_s=float(pieces.walked_s[0]),
        walked_m=float(pieces.walked_m[0]),
        unknown_s=float(pieces.unknown_s[0]),
        slope_quality=stream.slope_quality,
        treadmill=stream.treadmill,
        locked_s=stream.locked_s,
        slope_noise=stream.slope_noise,
        balance_left_pct=stream.balance_left_pct,
    )


def _cells(values: Floats, axis: Axis, seconds: Floats) -> tuple[Bytes, Bytes]:
    """The cell of each value, and where within each cell the mean of its values lies.

    Keeping that mean leaves hardly any error where a value stays within one cell for a whole run, as on a treadmill.
    """
    known = ~np.isnan(values)
    position = np.clip((np.where(known, values, axis.first) - axis.first) / axis.width, 0.0, _LAST + 0.999)
    cell = np.where(known, position, UNKNOWN).astype(np.uint8)
    held = np.bincount(cell, weights=seconds, minlength=PARTS)
    inside = np.bincount(cell, weights=seconds * (position - np.floor(position)), minlength=PARTS)
    mean = np.divide(inside, held, out=np.full(PARTS, 0.5), where=held > 0)
    return cell, np.minimum(mean * PARTS, PARTS - 1.0).astype(np.uint8)


def _added(which: NDArray[np.intp], amount: Floats, cells: int) -> Floats:
    return np.asarray(np.bincount(which, weights=amount, minlength=cells), dtype=np.float64)


def pieces_from(exposures: Sequence[Exposure]) -> Pieces:
    """The cells of many runs as pieces, ready for the model; in single precision, which is finer than any cell.

    Parameters
    ----------
    exposures : sequence of Exposure, length R
    """
    return cells_from(exposures).pieces()


def cells_from(exposures: Sequence[Exposure]) -> Cells:
    """The cells of many runs side by side.

    Parameters
    ----------
    exposures : sequence of Exposure, length R
    """
    first, means = np.zeros(1, dtype=np.uint8), np.zeros(PARTS, dtype=np.uint8)
    none = Exposure(first, first, first, np.zeros(1), means, means, means)
    held = [one if one.cells else none for one in exposures]
    sums = ("walked_steps", "walked_unknown_s", "walked_s", "walked_m", "unknown_s")
    return Cells(
        cell=np.stack([np.concatenate([getattr(one, name) for one in held]) for name in ("speed", "slope", "cadence")]),
        amount=np.concatenate([one.amount for one in held]).astype(np.float32),
        inside=np.stack([np.stack((one.speed_inside, one.slope_inside, one.cadence_inside)) for one in exposures]),
        lengths=np.array([one.cells for one in held]),
        sums=np.array([[getattr(one, name) for one in exposures] for name in sums]),
        locked_s=np.array([one.locked_s for one in exposures]),
        slope_quality=[one.believed_quality for one in exposures],
        treadmill=[one.treadmill for one in exposures],
    )
