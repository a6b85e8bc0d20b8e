"""A run as the tissue model reads it: seconds at a speed, a cadence and a slope, cleaned, with what was poor about them."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

import numpy as np
from numpy.typing import NDArray

from loadmon import evidence

Floats = NDArray[np.floating[Any]]
Flags = NDArray[np.bool_]

STANDING_MPS = 0.5
"""At this speed and below nobody runs or walks: the sample adds nothing."""


class Heights(StrEnum):
    """Where the heights of a run come from."""

    MAP = "map"
    """A terrain model."""
    BAROMETER = "barometer"
    SATELLITES = "satellites"
    """They wander by metres within a minute: slopes from them are poor."""
    NONE = "none"


class SlopeQuality(StrEnum):
    """How far the slopes of a run can be trusted."""

    GOOD = "good"
    LOW = "low"
    """From satellites alone: the spread of every slope number is doubled."""
    UNKNOWN = "unknown"
    """No heights: taken as level in the middle, as sloping in the interval."""
    INDOORS = "indoors"
    """A treadmill: the slope that was entered, else level in the middle and sloping in the interval."""
    SHIVERING = "shivering"
    """Heights of a watch that shiver as satellites' do. Told from what is kept, and never kept itself."""


ROUGH = (SlopeQuality.LOW, SlopeQuality.SHIVERING)
"""Qualities for which the spread of every slope number is doubled."""


def believed_quality(kept: SlopeQuality, noise: float | None) -> SlopeQuality:
    """How far the slopes of a run can be trusted, from where its heights came from and how much they shiver."""
    shivers = noise is not None and noise > evidence.SLOPE_NOISE.value
    return SlopeQuality.SHIVERING if kept is SlopeQuality.GOOD and shivers else kept


@dataclass(frozen=True, slots=True, eq=False)
class TissueStream:
    """One cleaned run, n samples.

    Parameters
    ----------
    seconds : array of shape (n,)
        What each sample stands for; 0 across pauses.
    speed_mps : array of shape (n,)
        NaN where it is not known: the sample adds nothing.
    cadence_spm : array of shape (n,)
        Both feet; NaN (or nothing above 0) where it is not known: the runner's own at that speed and slope stands in.
    slope : array of shape (n,)
        Rise over run; NaN where it is not known.
    slope_quality : SlopeQuality
    treadmill : bool
    locked_s : float
        Seconds of cadence that followed heart rate and were not believed.
    slope_noise : float | None
        Standard deviation of the slope about its own course over more than 50 m; None where there is none.
    balance_left_pct : float | None
        Middle share of ground contact of the left foot: told, never multiplied (nothing shows that tissue follows it).
    """

    seconds: Floats
    speed_mps: Floats
    cadence_spm: Floats
    slope: Floats
    slope_quality: SlopeQuality = SlopeQuality.GOOD
    treadmill: bool = False
    locked_s: float = 0.0
    slope_noise: float | None = None
    balance_left_pct: float | None = None

    def __post_init__(self) -> None:
        if len({len(self.seconds), len(self.speed_mps), len(self.cadence_spm), len(self.slope)}) != 1:
            raise ValueError("the columns of a run are of different lengths")


@dataclass(frozen=True, slots=True, eq=False)
class Pieces:
    """Running of one or many runs, n pieces each at one speed, cadence and slope; walking summed up.

    A sample of a stream is a piece, and so is a cell of an exposure histogram: the model knows no other food.

    Parameters
    ----------
    seconds, speed_mps, cadence_spm, slope : arrays of shape (n,)
        Runs one after the other; NaN in cadence and slope where not known.
    starts : array of shape (R,), int
        Where each run begins; every run has at least one piece (of no seconds, if need be).
    walked_steps, walked_unknown_s, walked_s, walked_m : arrays of shape (R,)
        Steps of one leg while walking, seconds of walking without cadence, seconds and metres of all walking.
    unknown_s : array of shape (R,)
        Seconds in motion whose speed is not known: they add nothing to any sum.
    """

    seconds: Floats
    speed_mps: Floats
    cadence_spm: Floats
    slope: Floats
    starts: NDArray[np.intp]
    walked_steps: Floats
    walked_unknown_s: Floats
    walked_s: Floats
    walked_m: Floats
    unknown_s: Floats = field(default_factory=lambda: np.zeros(1))

    @property
    def runs(self) -> int:
        """How many runs there are."""
        return len(self.starts)


def is_walking(speed_mps: Floats, cadence_spm: Floats, below_mps: float, below_spm: float) -> Flags:
    """True where somebody walks: too slow for running, or with too few steps a minute."""
    with np.errstate(invalid="ignore"):
        return np.asarray((speed_mps < below_mps) | (cadence_spm < below_spm), dtype=np.bool_)


def pieces_of(stream: TissueStream, below_mps: float, below_spm: float) -> Pieces:
    """The samples of one run as pieces; walking begins below these limits."""
    seconds = np.where(stream.seconds > 0, stream.seconds, 0.0)
    cadence = np.where(stream.cadence_spm > 0, stream.cadence_spm, np.nan)
    speed = stream.speed_mps
    with np.errstate(invalid="ignore"):
        moving = (speed > STANDING_MPS) & (seconds > 0)
    walking = moving & is_walking(speed, cadence, below_mps, below_spm)
    running = moving & ~walking
    paced = walking & ~np.isnan(cadence)

    def chosen(values: Floats) -> Floats:
        kept = values[running]
        return kept if len(kept) else np.full(1, np.nan)

    return Pieces(
        seconds=seconds[running] if running.any() else np.zeros(1),
        speed_mps=chosen(speed) if running.any() else np.full(1, below_mps),
        cadence_spm=chosen(cadence),
        slope=chosen(stream.slope),
        starts=np.zeros(1, dtype=np.intp),
        walked_steps=np.array([float(cadence[paced] @ seconds[paced]) / 120.0]),
        walked_unknown_s=np.array([float(seconds[walking & ~paced].sum())]),
        walked_s=np.array([float(seconds[walking].sum())]),
        walked_m=np.array([float(speed[walking] @ seconds[walking])]),
        unknown_s=np.array([float(seconds[np.isnan(speed)].sum())]),
    )
