"""The runner whom a run is told against: height, mass, and the speed, cadence, findings and surface of their reference epoch."""

from __future__ import annotations

import math
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import ArrayLike, NDArray

from loadmon.tissue.coefficients import Coefficients
from loadmon.tissue.findings import NO_FINDINGS, GaitFindings

Floats = NDArray[np.float64]

HEIGHT_ASSUMED = "height assumed"
MASS_ASSUMED = "mass assumed"
SPEED_ASSUMED = "reference speed assumed"
CADENCE_ASSUMED = "reference cadence assumed"


@dataclass(frozen=True, slots=True)
class RunnerReference:
    """What is known of a runner on the day of a run, and what held in the weeks they are compared with.

    Parameters
    ----------
    height_m : float | None
        None takes the stated default and flags it.
    mass_kg, mass_ref_kg : float | None
        On the day, and in the reference epoch; where either is None mass changes nothing, and that is flagged.
    speed_mps : float | None
        Middle speed of level running in the reference epoch; None takes 3 m/s and flags it.
    cadence_line : (float, float) | None
        Steps a minute at 3 m/s on the level, and what a m/s adds, as frozen for the epoch; None takes what runners of this
        height have, and flags it.
    findings : GaitFindings
        What was found in the reference epoch.
    treadmill : bool
        True where the runs of the reference epoch were on a treadmill.
    epoch : str | None
        Which reference epoch this is; stored beside everything told against it.

    Raises
    ------
    ValueError
        If a number is none a runner can have.
    """

    height_m: float | None = None
    mass_kg: float | None = None
    mass_ref_kg: float | None = None
    speed_mps: float | None = None
    cadence_line: tuple[float, float] | None = None
    findings: GaitFindings = field(default=NO_FINDINGS)
    treadmill: bool = False
    epoch: str | None = None

    def __post_init__(self) -> None:
        for name in ("height_m", "mass_kg", "mass_ref_kg", "speed_mps"):
            value = getattr(self, name)
            if value is not None and not (math.isfinite(value) and value > 0):
                raise ValueError(f"{name} is a number above 0 or None, not {value}")
        if self.cadence_line is not None and not is_a_cadence(self.cadence_line):
            raise ValueError(f"no runner's cadence follows {self.cadence_line}")

    def assumed(self) -> tuple[str, ...]:
        """What had to be assumed of the runner, to be said beside every number."""
        mass = self.mass_kg is None or self.mass_ref_kg is None
        lacking = {
            HEIGHT_ASSUMED: self.height_m is None and self.cadence_line is None,
            MASS_ASSUMED: mass,
            SPEED_ASSUMED: self.speed_mps is None,
            CADENCE_ASSUMED: self.cadence_line is None,
        }
        return tuple(name for name, is_lacking in lacking.items() if is_lacking)

    def mass_ratio(self) -> float:
        """Mass on the day over that of the reference epoch; 1 where either is not known."""
        if self.mass_kg is None or self.mass_ref_kg is None:
            return 1.0
        return self.mass_kg / self.mass_ref_kg


def is_a_cadence(line: tuple[float, float]) -> bool:
    """True where steps a minute follow this line at speeds of runners: its level at 3 m/s, and what a m/s adds."""
    level, per_mps = line
    return all(60.0 < level + per_mps * off < 300.0 for off in (-1.0, 0.0, 3.0))  # NaN is between no two


def usual_cadence(coefficients: Coefficients, height_m: float | None = None) -> tuple[float, float, float]:
    """Cadence of runners of a height on the level: steps a minute at 3 m/s, what a m/s adds, and its square.

    Parameters
    ----------
    coefficients : Coefficients
    height_m : float | None
        None for the stated default.

    References
    ----------
    Fukuchi 2017, 10.7717/peerj.3298; the influence of height is a loadmon convention.
    """
    one, reference = coefficients.cadence, coefficients.reference
    scale = ((height_m or reference.height_m) / reference.height_m) ** one.height_exponent
    off = reference.speed_mps - one.centre_mps
    level = one.at_centre_spm + one.per_mps * off + one.per_mps_squared * off**2
    return scale * level, scale * (one.per_mps + 2.0 * one.per_mps_squared * off), scale * one.per_mps_squared


def own_cadence(runner: RunnerReference, coefficients: Coefficients) -> tuple[float, float, float]:
    """The same three numbers of this runner: their own line where there is one, else what runners of their height have."""
    if runner.cadence_line is not None:
        return (*runner.cadence_line, 0.0)
    return usual_cadence(coefficients, runner.height_m)


def cadence_spm(
    runner: RunnerReference, coefficients: Coefficients, speed_mps: ArrayLike, slope: ArrayLike = 0.0
) -> Floats:
    """Steps a minute this runner takes by their own habit at a speed and a slope, both held at the ends of the domain.

    Parameters
    ----------
    runner : RunnerReference
    coefficients : Coefficients
    speed_mps, slope : array_like
        m/s, and rise over run.
    """
    level, per_mps, squared = own_cadence(runner, coefficients)
    x = np.clip(speed_mps, *coefficients.domain.speed_mps) - coefficients.reference.speed_mps
    hill = 1.0 + coefficients.cadence.per_slope.value * np.clip(slope, *coefficients.domain.slope)
    return np.asarray((level + per_mps * x + squared * x**2) * hill)


def contact_s(coefficients: Coefficients, speed_mps: ArrayLike, cadence_ratio: ArrayLike = 1.0) -> Floats:
    """Seconds a step is on the ground, at a speed and a cadence against the runner's own, held at the ends of the domain."""
    one = coefficients.contact
    x = np.clip(speed_mps, *coefficients.domain.speed_mps) - coefficients.reference.speed_mps
    ratio = np.clip(cadence_ratio, *coefficients.domain.cadence_ratio)
    return np.asarray(
        one.at_reference_s * np.exp(one.per_mps * x + one.per_mps_squared * x**2) * ratio**one.ratio_exponent
    )


def habit_level(runner: RunnerReference, coefficients: Coefficients) -> float | None:
    """The runner's own cadence at their reference speed over that of runners of their height: a note, never part of damage.

    None where the runner has no line of their own, or no height is known to compare with.
    """
    if runner.cadence_line is None or runner.height_m is None:
        return None
    speed = runner.speed_mps or coefficients.reference.speed_mps
    others = RunnerReference(height_m=runner.height_m)
    return float(cadence_spm(runner, coefficients, speed) / cadence_spm(others, coefficients, speed))
