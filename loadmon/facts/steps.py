"""Steps of a session, where cadence was measured for enough of it."""

from __future__ import annotations

import numpy as np

from loadmon import evidence
from loadmon.facts.seconds import Flags, Floats
from loadmon.load.steps import steps_taken
from loadmon.readers.moving import MOVING_MPS

WALKING_BELOW_MPS = evidence.WALKING_BELOW_MPS.value
WALKING_BELOW_SPM = evidence.WALKING_BELOW_SPM.value


def is_walking(cadence: Floats, speed: Floats) -> Flags:
    """True for samples of walking: too few steps a minute for running, or too slow."""
    walking: Flags = (cadence < WALKING_BELOW_SPM) | (speed < WALKING_BELOW_MPS)
    return walking


def steps_of(
    seconds: Floats, cadence: Floats, speed: Floats, unrecorded_s: float = 0.0
) -> tuple[float | None, float | None, str | None]:
    """Running and walking steps: cadence over time; neither where cadence is missing for too much of the movement.

    A sensor that fell silent after the first minute of an hour would otherwise tell of an hour with 165 steps.

    Parameters
    ----------
    seconds, cadence, speed : arrays of shape (n,)
        What each sample stands for; steps of both feet a minute; m/s. NaN for missing.
    unrecorded_s : float
        Seconds of movement that only the device tells of, without samples.

    Returns
    -------
    tuple of running steps, walking steps and the reason why there are none
        Samples without cadence add nothing; up to a fifth of the time in motion may lack it.
    """
    known = ~np.isnan(cadence)
    if not known.any():
        return None, None, "the file holds no cadence"
    # nobody moves without steps: a zero at speed is a sensor that lost them; without speed a gap may hide movement
    told = seconds[cadence > 0].sum()
    lost = seconds[((speed >= MOVING_MPS) & ~(cadence > 0)) | (np.isnan(speed) & ~known)].sum() + unrecorded_s
    least = evidence.STEPS_CADENCE_COVERAGE.value
    if told < least * (told + lost):
        share = 100.0 * told / (told + lost)
        return None, None, f"cadence is known for {share:.0f} % of the time in motion; steps need {100 * least:.0f} %"
    walking = is_walking(cadence, speed)
    return steps_taken(cadence[~walking], seconds[~walking]), steps_taken(cadence[walking], seconds[walking]), None
