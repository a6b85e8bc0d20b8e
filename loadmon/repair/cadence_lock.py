"""Cadence and heart rate that are one number written twice."""

from __future__ import annotations

import numpy as np

from loadmon import evidence
from loadmon.correction import Correction, CorrectionKind, MadeBy
from loadmon.readers.moving import MOVING_MPS
from loadmon.repair.channels import Flags, Floats, Samples
from loadmon.repair.spans import spans_of
from loadmon.units import clock

ALIKE_BPM = 2.0
LEAST_S = 60.0
"""How near the two are, and for how long at least (loadmon convention). In 5,181 hours of real cadence laid beside the heart
rate of other runs of the same five runners it happened 7 times, once in 740 hours; in the runs themselves of one of
the five, who wears an optical sensor, 20 times as often."""
LEAST_SAMPLES = 12
GAP_S = 10.0
STANDING_SHARE = 0.1


def cadence_locks(samples: Samples) -> list[Correction]:
    """Where cadence and heart rate are the same number for more than a minute, and which of the two is the copy.

    An optical sensor at the wrist may take the rhythm of the steps for the pulse ("signal crossover", Bent et al. 2020,
    10.1038/s41746-020-0226-6): then heart rate is left out. Where the numbers are no cadence (a runner would have to
    take too few steps for the speed, or steps while standing), an app wrote heart rate as cadence: then cadence is.
    """
    heart, cadence = samples["heart_rate_bpm"], samples["cadence_spm"]
    alike: Flags = (np.abs(cadence - heart) < ALIKE_BPM) & (cadence > 0)
    if np.count_nonzero(alike) < LEAST_SAMPLES:
        return []
    t, speed = samples["t_s"], samples["speed_mps"]
    known = np.isfinite(heart) & np.isfinite(cadence)
    found = []
    for first, last in spans_of(t[known], alike[known], GAP_S):
        here = known & (t >= first) & (t <= last)
        if last - first <= LEAST_S or np.count_nonzero(here) < LEAST_SAMPLES:
            continue
        copy = "heart_rate_bpm" if _is_cadence(cadence[here], speed[here]) else "cadence_spm"
        found.append(
            Correction(
                CorrectionKind.CADENCE_LOCK,
                {"channel": copy, "from_s": round(first, 3), "to_s": round(last, 3)},
                _reason(copy, first, last),
                MadeBy.RULE,
            )
        )
    return found


def _is_cadence(cadence: Floats, speed: Floats) -> bool:
    """Whether numbers can be a runner's or walker's cadence at these speeds."""
    standing = np.count_nonzero(speed < MOVING_MPS) > STANDING_SHARE * len(speed)
    running = speed >= evidence.RUN_SLOWEST_MPS.value + MOVING_MPS
    too_few = running.any() and float(np.median(cadence[running])) < evidence.WALKING_BELOW_SPM.value
    return not standing and not too_few


def _reason(copy: str, first: float, last: float) -> str:
    when = f"from {clock(first)} to {clock(last)}"
    if copy == "heart_rate_bpm":
        return f"Heart rate is the cadence {when}: the sensor took the rhythm of the steps for the pulse."
    return f"Cadence is the heart rate {when}: numbers that no step rate can be at that speed."
