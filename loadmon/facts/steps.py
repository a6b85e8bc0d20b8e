"""Steps of a session, and the peak force that they add up to."""

from __future__ import annotations

import numpy as np

from loadmon.facts.seconds import Flags, Floats
from loadmon.gait.stiffness import peak_force_bw
from loadmon.load.steps import cumulative_peak, steps_taken

WALKING_BELOW_MPS = 1.8
WALKING_BELOW_SPM = 130.0
LEAST_STEPS_TIMED = 0.8
"""Share of running steps whose ground contact was timed, below which their forces are not added up (loadmon convention)."""


def is_walking(cadence: Floats, speed: Floats) -> Flags:
    """True for samples of walking: fewer than 130 steps a minute, or slower than 1.8 m/s."""
    walking: Flags = (cadence < WALKING_BELOW_SPM) | (speed < WALKING_BELOW_MPS)
    return walking


def steps_of(seconds: Floats, cadence: Floats, speed: Floats) -> tuple[float | None, float | None, str | None]:
    """Running and walking steps: cadence over time, samples without cadence left out.

    Parameters
    ----------
    seconds, cadence, speed : arrays of shape (n,)
        What each sample stands for; steps of both feet a minute; m/s.
    """
    known = ~np.isnan(cadence)
    if not known.any():
        return None, None, "the file holds no cadence"
    walking = is_walking(cadence, speed)
    return steps_taken(cadence[~walking], seconds[~walking]), steps_taken(cadence[walking], seconds[walking]), None


def peak_force_bw_steps(seconds: Floats, cadence: Floats, speed: Floats, stance_time_s: Floats) -> float | None:
    """Peak vertical force of every running step, in body weights, added up over a session.

    Each peak follows from a half sine of force over ground contact: ``pi/2 · (1 + flight / contact)``, and contact and
    flight together are a step. What is added up is a product of a model, comparable with the runner's own only.

    Parameters
    ----------
    seconds, cadence, speed, stance_time_s : arrays of shape (n,)
        What each sample stands for; steps of both feet a minute; m/s; ground contact, s. NaN for missing.

    Returns
    -------
    float | None
        Body weights times steps; None where ground contact was timed for less than 80 % of the running steps. The others
        count at the mean of the timed ones, so that a sensor's gaps do not look like an easier run. Steps without flight
        are no running steps of this model and count as not timed.

    References
    ----------
    Morin et al. 2005, 10.1123/jab.21.2.167.
    """
    running = ~is_walking(cadence, speed) & (cadence > 0)
    contact, steps = stance_time_s[running], cadence[running] * seconds[running] / 60.0
    peak = peak_force_bw(contact, 60.0 / cadence[running] - contact)
    taken, timed = float(steps.sum()), float(steps[np.isfinite(peak)].sum())
    if taken <= 0 or timed < LEAST_STEPS_TIMED * taken:
        return None
    return cumulative_peak(steps, peak) * taken / timed
