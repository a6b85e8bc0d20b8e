"""The model's numbers as arrays: the nominal set, or many sets drawn from their spreads."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from loadmon.tissue.coefficient import Coefficient
from loadmon.tissue.coefficients import Coefficients, TissueCoefficients
from loadmon.tissue.draws import normals, shares

Floats = NDArray[np.float64]

FEATURES: tuple[str, ...] = (
    "speed",
    "speed squared",
    "slope",
    "slope squared",
    "more steps",
    "fewer steps",
    "steps by speed",
    "outside",
    "slope from satellites",
    "slope squared from satellites",
)
"""What ``ln(peak)`` and ``ln(impulse)`` of a step are weighed sums of. Speed is in m/s above 3, steps are logarithms of
cadence against the runner's own. "Outside" is how far a step lies beyond what was studied; the two of satellites carry what
their poor slopes add to a drawn number."""
STEPS_BY_SPEED, OUTSIDE, SLOPE_FROM_SATELLITES = 6, 7, slice(8, 10)
_PEAK = ("peak_speed", "peak_speed_squared", "peak_slope", "peak_slope_squared", "peak_more_steps", "peak_fewer_steps")
_IMPULSE = tuple(name.replace("peak", "impulse") for name in _PEAK)
_SLOPES = slice(2, 4)


@dataclass(frozen=True, slots=True, eq=False)
class Parameters:
    """One or several sets of the model's numbers: D sets, T tissues, F features.

    Parameters
    ----------
    log_peak, log_impulse : arrays of shape (D, T, F)
        Weights of ``FEATURES``.
    peak, impulse : arrays of shape (D, T), BW and BW·s
        Of a step at 3 m/s on the level with the runner's own cadence: nominal scales.
    exponent : array of shape (D, T)
        Of damage.
    mass : array of shape (D, T)
        Elasticity of peak and impulse to body mass.
    cadence_per_slope, unknown_slope : arrays of shape (D,)
        How cadence follows the slope, and the slope taken where none is known.
    findings : mapping of (finding, tissue) to arrays of shape (D,)
        Standard normal values for the factor of a finding; empty in the nominal set.
    """

    log_peak: Floats
    log_impulse: Floats
    peak: Floats
    impulse: Floats
    exponent: Floats
    mass: Floats
    cadence_per_slope: Floats
    unknown_slope: Floats
    findings: Mapping[tuple[str, str], Floats]

    @property
    def sets(self) -> int:
        """How many sets of numbers there are."""
        return len(self.peak)


def parameters_of(coefficients: Coefficients, draws: int | None = None) -> Parameters:
    """The nominal numbers, or so many sets drawn from their spreads.

    Parameters
    ----------
    coefficients : Coefficients
    draws : int | None
        None for the one nominal set. The same number of draws always gives the same sets.

    Raises
    ------
    ValueError
        If fewer than one set is asked for.
    """
    if draws is not None and draws < 1:
        raise ValueError("no interval can be told from fewer than one draw")
    return _made(_Key(coefficients), draws)


@dataclass(frozen=True, slots=True, eq=False)
class _Key:
    """Coefficients by identity: they are frozen, and comparing all their numbers would cost as much as drawing them."""

    coefficients: Coefficients

    def __hash__(self) -> int:
        return id(self.coefficients)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Key) and other.coefficients is self.coefficients


@lru_cache(maxsize=16)
def _made(key: _Key, draws: int | None) -> Parameters:
    coefficients = key.coefficients
    names, tissues = coefficients.tissues, tuple(coefficients.tissue.values())
    sets = draws or 1

    def drawn(what: str, one: Coefficient) -> Floats:
        spread = one.sd if draws and one.sd else 0.0
        return one.value + spread * normals(what, sets) if spread else np.full(sets, one.value)

    def of(field: str) -> Floats:
        """Shape (D, T)."""
        return np.stack([drawn(f"{n}.{field}", getattr(t, field)) for n, t in zip(names, tissues, strict=True)], axis=1)

    widening = coefficients.widening
    weights = []
    for fields, last in ((_PEAK, None), (_IMPULSE, "impulse_steps_by_speed")):
        weight = np.zeros((sets, len(tissues), len(FEATURES)))
        for place, field in enumerate(fields):
            weight[:, :, place] = of(field)
        nominal = np.array([[getattr(t, f).value for f in fields[_SLOPES]] for t in tissues])
        apart = weight[:, :, _SLOPES] - nominal
        weight[:, :, SLOPE_FROM_SATELLITES] = (widening.satellite_slope_factor - 1.0) * apart
        if last:
            weight[:, :, STEPS_BY_SPEED] = of(last)
        elif draws:
            outside = [widening.outside_sd * normals(f"{name}.outside", sets) for name in names]
            weight[:, :, OUTSIDE] = np.stack(outside, axis=1)
        weights.append(weight)
    pairs = [(name, t) for name, one in coefficients.finding.items() for t in {*one.factors, *one.degrees, *one.widens}]
    nobody = np.zeros(sets)
    return Parameters(
        log_peak=weights[0],
        log_impulse=weights[1],
        # a draw far out in the tail of a wide spread must not turn a force into a pull the other way
        peak=np.maximum(of("peak"), 0.1 * np.array([t.peak.value for t in tissues])),
        impulse=np.maximum(of("impulse"), 0.1 * np.array([t.impulse.value for t in tissues])),
        exponent=np.stack([_exponents(n, t, draws) for n, t in zip(names, tissues, strict=True)], axis=1),
        mass=of("mass"),
        cadence_per_slope=drawn("cadence.per_slope", coefficients.cadence.per_slope),
        unknown_slope=widening.unknown_slope_sd * normals("unknown slope", sets) if draws else nobody,
        findings={pair: normals("finding {}.{}".format(*pair), sets) for pair in pairs} if draws else {},
    )


def _exponents(name: str, tissue: TissueCoefficients, draws: int | None) -> Floats:
    """As often below the nominal exponent as above it, evenly on either side; shape (D,)."""
    one = tissue.damage_exponent
    if not draws:
        return np.array([one.nominal])
    return np.interp(shares(f"{name}.damage_exponent", draws), (0.0, 0.5, 1.0), (one.low, one.nominal, one.high))
