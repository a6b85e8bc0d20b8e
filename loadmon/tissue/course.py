"""What a run was made of before any tissue is asked: distance, walking, and how much of it lies beyond what was studied."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loadmon import evidence
from loadmon.tissue import flags
from loadmon.tissue.coefficients import Coefficients
from loadmon.tissue.stream import Pieces, SlopeQuality

Floats = NDArray[np.floating[Any]]

MOSTLY_WALKED = evidence.MOSTLY_WALKED.value
"""Of a run of which a larger share was walked no damage is told: its numbers are those of running."""
_ROUNDED = 1e-6
"""What lies beyond a limit by less than this lies on it: single precision is no finer."""


@dataclass(frozen=True, slots=True, eq=False)
class Course:
    """Seconds and metres of R runs; every array has shape (R,).

    Parameters
    ----------
    distance_m, running_s, walking_s : arrays
        Metres run and walked, and their seconds.
    outside_s : array
        Seconds of running at a speed, on a slope or with a cadence beyond what was studied.
    steeper_s, sprint_s : arrays
        Seconds of running steeper than load was measured at, and faster than the domain.
    imputed_s, slope_unknown_s : arrays
        Seconds of running or walking without cadence, and of running without slope.
    unknown_s : array
        Seconds without speed.
    """

    distance_m: Floats
    running_s: Floats
    walking_s: Floats
    outside_s: Floats
    steeper_s: Floats
    sprint_s: Floats
    imputed_s: Floats
    slope_unknown_s: Floats
    unknown_s: Floats

    @property
    def moving_s(self) -> Floats:
        """Seconds of running and walking."""
        return self.running_s + self.walking_s

    @property
    def walk_fraction(self) -> Floats:
        """Share of the moving time that was walked; 0 where nobody moved."""
        return share(self.walking_s, self.moving_s)

    @property
    def extrapolated_fraction(self) -> Floats:
        """Share of the running time beyond what was studied."""
        return share(self.outside_s, self.running_s)

    def flagged(
        self,
        quality: Sequence[SlopeQuality],
        outside_share: float,
        *,
        locked_s: Floats | float = 0.0,
        held: Floats | float = 0.0,
    ) -> list[tuple[str, ...]]:
        """What to say beside each run, in the order of ``FLAG_WORDS``.

        Parameters
        ----------
        quality : sequence of SlopeQuality, length R
        outside_share : float
            From which share of running beyond what was studied on that is said.
        locked_s : array of shape (R,)
            Seconds of cadence that were not believed.
        held : array of shape (R,)
            Share of steps held at a limit, of the tissue that has most of them.
        """
        moving = self.moving_s
        enough = 0.01 * moving  # a sample or two of an hour say nothing worth reading
        indoors = np.array([one is SlopeQuality.INDOORS for one in quality], dtype=bool)
        told = {
            flags.CADENCE_IMPUTED: self.imputed_s > enough,
            flags.CADENCE_LOCKED: np.broadcast_to(np.asarray(locked_s) > 0, moving.shape),
            flags.SLOPE_SATELLITES: np.array([one is SlopeQuality.LOW for one in quality], dtype=bool),
            flags.SLOPE_SHIVERS: np.array([one is SlopeQuality.SHIVERING for one in quality], dtype=bool),
            flags.SLOPE_UNKNOWN: ~indoors & (self.slope_unknown_s > enough),
            flags.INCLINE_UNKNOWN: indoors & (self.slope_unknown_s > enough),
            flags.SPEED_UNKNOWN: self.unknown_s > 0.01 * (moving + self.unknown_s),
            flags.PARTLY_OUTSIDE: self.extrapolated_fraction > outside_share,
            flags.STEEPER_THAN_MEASURED: self.steeper_s > enough,
            flags.MOSTLY_WALKING: self.walk_fraction > MOSTLY_WALKED,
            flags.SPRINTS: self.sprint_s > 0,
            flags.HELD: np.broadcast_to(np.asarray(held) > 0.01, moving.shape),
        }
        rows = np.stack(list(told.values()), axis=1).tolist()
        return [tuple(name for name, holds in zip(told, row, strict=True) if holds) for row in rows]


def share(part: Floats, whole: Floats) -> Floats:
    """Part of a whole, 0 where there is no whole."""
    return np.divide(part, whole, out=np.zeros_like(part), where=whole > 0)


def course_of(pieces: Pieces, cadence: Floats, coefficients: Coefficients) -> Course:
    """What R runs were made of.

    Parameters
    ----------
    pieces : Pieces
    cadence : array of shape (R, 3)
        The runners' own, as ``own_cadence`` has it.
    coefficients : Coefficients
    """
    domain = coefficients.domain
    lengths = np.diff(pieces.starts, append=len(pieces.seconds))

    level, per_mps, squared = np.repeat(cadence.T.astype(pieces.seconds.dtype), lengths, axis=1)
    x = np.clip(pieces.speed_mps, *domain.speed_mps) - coefficients.reference.speed_mps
    slope = np.where(np.isnan(pieces.slope), 0.0, pieces.slope)
    hill = 1.0 + coefficients.cadence.per_slope.value * np.clip(slope, *domain.slope)
    ratio = pieces.cadence_spm / ((level + per_mps * x + squared * x * x) * hill)

    def beyond(values: Floats, span: tuple[float, float]) -> NDArray[np.bool_]:
        return np.asarray((values < span[0] - _ROUNDED) | (values > span[1] + _ROUNDED))

    fast = pieces.speed_mps > domain.speed_mps[1] + _ROUNDED
    outside = beyond(pieces.speed_mps, domain.speed_mps) | beyond(slope, domain.slope)
    outside |= beyond(ratio, domain.cadence_ratio)
    steeper = beyond(slope, domain.slope_measured)
    chosen = (outside, steeper, fast, np.isnan(pieces.cadence_spm), np.isnan(pieces.slope))
    held = np.stack([pieces.seconds, pieces.seconds * pieces.speed_mps, *(pieces.seconds * one for one in chosen)])
    run_s, run_m, outside_s, steeper_s, fast_s, unpaced_s, unsloped_s = np.add.reduceat(
        held, pieces.starts, axis=1, dtype=np.float64
    )
    return Course(
        distance_m=run_m + pieces.walked_m,
        running_s=run_s,
        walking_s=pieces.walked_s,
        outside_s=outside_s,
        steeper_s=steeper_s,
        sprint_s=fast_s,
        imputed_s=unpaced_s + pieces.walked_unknown_s,
        slope_unknown_s=unsloped_s,
        unknown_s=pieces.unknown_s,
    )
