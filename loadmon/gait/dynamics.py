"""Running dynamics: contact, flight and step, from what the watch measures. Numbers or arrays of one shape in, the same out."""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from loadmon import evidence

Floats = NDArray[np.float64]


def _floats(values: ArrayLike) -> Floats:
    return np.asarray(values, dtype=np.float64)


def _over(above: ArrayLike, below: ArrayLike) -> Floats:
    """A quotient; NaN where there is nothing to divide by."""
    top, bottom = np.broadcast_arrays(_floats(above), _floats(below))
    out = np.full(top.shape, np.nan)
    np.divide(top, bottom, out=out, where=bottom > 0)
    return out


def step_time_s(cadence_spm: ArrayLike) -> Floats:
    """Seconds from one foot's landing to the other's.

    Parameters
    ----------
    cadence_spm : array
        Steps of both feet a minute; NaN for missing.
    """
    return _over(60.0, cadence_spm)


def flight_s(cadence_spm: ArrayLike, contact_s: ArrayLike) -> Floats:
    """Seconds in the air in each step; negative where contact time and cadence do not fit together.

    Parameters
    ----------
    cadence_spm, contact_s : array
        Steps of both feet a minute; seconds of ground contact a step.
    """
    return step_time_s(cadence_spm) - _floats(contact_s)


def contact_fraction(cadence_spm: ArrayLike, contact_s: ArrayLike) -> Floats:
    """Share of each step spent on the ground (contact over step time): one tool's "stance time %", twice the duty factor."""
    return _over(contact_s, step_time_s(cadence_spm))


def duty_factor(cadence_spm: ArrayLike, contact_s: ArrayLike) -> Floats:
    """Share of one leg's stride that it stands on the ground: contact over two steps. Below one half is running."""
    return contact_fraction(cadence_spm, contact_s) / 2.0


def step_length_m(speed_mps: ArrayLike, cadence_spm: ArrayLike) -> Floats:
    """Metres from one foot's landing to the other's: speed over steps a second."""
    return _floats(speed_mps) * step_time_s(cadence_spm)


def step_length_per_leg(length_m: ArrayLike, leg_length_m: ArrayLike) -> Floats:
    """Step length in leg lengths, so that tall and short runners can be told apart from long and short steps."""
    return _over(length_m, leg_length_m)


def vertical_ratio_pct(vertical_oscillation_m: ArrayLike, length_m: ArrayLike) -> Floats:
    """How far the body rises in each step, in percent of the step's length.

    Parameters
    ----------
    vertical_oscillation_m, length_m : array
        Rise and step length, both in metres.
    """
    return 100.0 * _over(vertical_oscillation_m, length_m)


def leg_length(leg_length_m: ArrayLike, height_m: ArrayLike) -> tuple[Floats, NDArray[np.bool_]]:
    """Leg length in metres: measured where it was, else 0.53 of height; and where it is such an estimate.

    Parameters
    ----------
    leg_length_m, height_m : array
        NaN for not known. From the greater trochanter to the floor; standing height.

    Returns
    -------
    (length, estimated) : arrays, NaN where neither is known
    """
    measured, height = np.broadcast_arrays(_floats(leg_length_m), _floats(height_m))
    estimated = np.isnan(measured) & ~np.isnan(height)
    return np.where(np.isnan(measured), evidence.LEG_PER_HEIGHT.value * height, measured), estimated
