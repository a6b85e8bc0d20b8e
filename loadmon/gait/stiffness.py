"""Leg stiffness: the leg as a spring, from contact time, flight time, speed, mass and leg length."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import ArrayLike, NDArray

from loadmon import evidence
from loadmon.gait.dynamics import flight_s
from loadmon.measure import (
    CONTACT_TOO_LONG,
    MISSING_CONTACT,
    NO_CADENCE,
    NO_FLIGHT,
    NO_LEG_LENGTH,
    NO_MASS,
    NO_SPEED,
    STEEP,
    WALKING,
)

Floats = NDArray[np.float64]

REASONS: tuple[str, ...] = (
    MISSING_CONTACT,
    NO_CADENCE,
    WALKING,
    NO_FLIGHT,
    STEEP,
    NO_SPEED,
    NO_MASS,
    NO_LEG_LENGTH,
    CONTACT_TOO_LONG,
)
"""Why there is no stiffness, in the order in which it is told."""


@dataclass(frozen=True, slots=True, eq=False)
class Spring:
    """The leg as a spring at each step or window; arrays of one shape, NaN where the formula does not hold.

    Parameters
    ----------
    peak_force_n, peak_force_bw : array
        Greatest vertical force of a half sine, in newtons and in body weights.
    sink_m : array
        How far the body sinks while the foot stands.
    shortening_m : array
        How far the leg shortens.
    vertical_n_per_m, leg_n_per_m : array
        Peak force over either.
    reason : array of int
        Place in ``REASONS`` of why there is no leg stiffness, -1 where there is one.
    """

    peak_force_n: Floats
    peak_force_bw: Floats
    sink_m: Floats
    shortening_m: Floats
    vertical_n_per_m: Floats
    leg_n_per_m: Floats
    reason: NDArray[np.int64]


def peak_force_bw(contact_s: ArrayLike, flight_s: ArrayLike) -> Floats:
    """Greatest vertical force of a step in body weights, if the force rises and falls as half a sine.

    Parameters
    ----------
    contact_s, flight_s : array
        Seconds on the ground and in the air in each step; NaN where there is no flight.

    References
    ----------
    Morin et al. 2005, 10.1123/jab.21.2.167: π/2 · (flight / contact + 1). A model, not a measurement: a landing's first
    sharp peak is not in it. (Force summed over time is body weight times time however one runs, so it tells nothing.)
    """
    contact, flight = np.broadcast_arrays(np.asarray(contact_s, np.float64), np.asarray(flight_s, np.float64))
    out = np.full(contact.shape, np.nan)
    np.divide(flight, contact, out=out, where=(contact > 0) & (flight > 0))
    return np.pi / 2.0 * (out + 1.0)


def spring(mass_kg: ArrayLike, speed_mps: ArrayLike, leg_length_m: ArrayLike, contact_s: ArrayLike,
           flight_s: ArrayLike) -> Spring:  # fmt: skip
    """Leg stiffness from the times of a step.

    Parameters
    ----------
    mass_kg, speed_mps, leg_length_m, contact_s, flight_s : array
        Of one shape, or single numbers. Seconds of contact and flight are those of one step.

    References
    ----------
    Morin et al. 2005, 10.1123/jab.21.2.167.
    """
    given = (np.asarray(v, dtype=np.float64) for v in (mass_kg, speed_mps, leg_length_m, contact_s, flight_s))
    mass, speed, leg, contact, flight = np.broadcast_arrays(*given)
    gravity = evidence.GRAVITY_MPS2.value
    peak_bw = peak_force_bw(contact, flight)
    peak = peak_bw * mass * gravity
    reach = leg**2 - (speed * contact / 2.0) ** 2
    sink = peak_bw * gravity * contact**2 / np.pi**2 - gravity * contact**2 / 8.0
    shortening = leg - np.sqrt(np.where(reach > 0, reach, np.nan)) + sink
    missing = ((np.isnan(contact), MISSING_CONTACT), (~(flight > 0), NO_FLIGHT), (np.isnan(speed), NO_SPEED),
               (np.isnan(mass), NO_MASS), (np.isnan(leg), NO_LEG_LENGTH), (~(reach > 0), CONTACT_TOO_LONG))  # fmt: skip
    return Spring(peak, peak_bw, sink, shortening, peak / sink, peak / shortening, _first(missing))


def stiffness(
    mass_kg: ArrayLike, speed_mps: ArrayLike, leg_length_m: ArrayLike, cadence_spm: ArrayLike, contact_s: ArrayLike,
    grade: ArrayLike = 0.0,
) -> Spring:  # fmt: skip
    """Leg stiffness from what a watch measures, and nothing where the formula does not hold.

    Parameters
    ----------
    mass_kg, speed_mps, leg_length_m, cadence_spm, contact_s : array
        Of one shape, or single numbers; NaN for missing. Steps of both feet a minute.
    grade : array
        Rise over run; taken as flat where not given.

    Returns
    -------
    Spring
        All NaN, with the reason, where contact time is missing, below 1.8 m/s (walking), without flight, on slopes over
        2 % (Meyer et al. 2023, 10.1055/a-2044-4805), or without mass or leg length.
    """
    given = (np.asarray(v, dtype=np.float64) for v in
             (mass_kg, speed_mps, leg_length_m, cadence_spm, contact_s, grade))  # fmt: skip
    mass, speed, leg, cadence, contact, slope = np.broadcast_arrays(*given)
    flight = flight_s(cadence, contact)
    walking = speed < evidence.CADENCE_SLOWEST_MPS.value
    steep = np.abs(slope) > evidence.FLAT_GRADE.value
    found = spring(mass, speed, leg, np.where(walking | steep, np.nan, contact), flight)
    guards = ((np.isnan(contact), MISSING_CONTACT), (np.isnan(cadence), NO_CADENCE), (walking, WALKING),
              (~(flight > 0), NO_FLIGHT), (steep, STEEP))  # fmt: skip
    guarded = _first(guards)
    return replace(found, reason=np.where(guarded >= 0, guarded, found.reason))


def _first(missing: tuple[tuple[NDArray[np.bool_], str], ...]) -> NDArray[np.int64]:
    """Place in ``REASONS`` of the first that holds, -1 where none does."""
    return np.select([where for where, _ in missing], [REASONS.index(code) for _, code in missing], default=-1)
