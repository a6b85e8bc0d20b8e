"""What a run's tissues were exposed to, told from its samples: the food of every tissue number, kept in their place."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import numpy as np

from loadmon import evidence
from loadmon.facts.ground import BAROMETRIC_FORMATS, Ground
from loadmon.facts.seconds import Floats, unrecorded_seconds
from loadmon.measure import HEIGHTS_WRONG, NO_SAMPLES, NO_SPEED, SPEED_COVERAGE
from loadmon.readers.moving import MOVING_SPM
from loadmon.session import Session
from loadmon.tissue.cleaning import tissue_stream
from loadmon.tissue.exposure import exposure_of
from loadmon.tissue.stream import STANDING_MPS, Heights


def exposure_facts(
    session: Session, columns: dict[str, Floats], seconds: Floats, ground: Ground, indoor: bool
) -> dict[str, Any]:
    """The exposure of a run, and the code why there is none or why it tells of a part only.

    Parameters
    ----------
    session : Session
    columns : dict of arrays of shape (n,)
        Its stream's columns by name.
    seconds : array of shape (n,)
        What each sample stands for.
    ground : Ground
        Its speeds, and whether its heights can be believed.
    indoor : bool
        On a treadmill: level, since no file tells how steep it stood.
    """
    if len(seconds) < 2:
        return {"exposure": None, "exposure_reason": NO_SAMPLES}
    if np.isnan(ground.speed_mps).all():
        return {"exposure": None, "exposure_reason": NO_SPEED}
    speed = ground.speed_mps * agreeing(columns["distance_m"], ground.speed_mps, seconds)
    stream = tissue_stream(columns, seconds, heights=_heights(session, ground), treadmill=indoor, speed_mps=speed)
    known_s = float(stream.seconds[~np.isnan(stream.speed_mps)].sum())
    # nobody takes steps and stands still: a treadmill whose speed the watch lost, or time that only its totals tell of
    with np.errstate(invalid="ignore"):
        lost_s = float(seconds[(speed <= STANDING_MPS) & (columns["cadence_spm"] >= MOVING_SPM)].sum())
    lost_s += unrecorded_seconds(session, seconds)
    exposure = exposure_of(stream)
    exposure = replace(exposure, unknown_s=exposure.unknown_s + lost_s)
    if known_s <= 0 < exposure.unknown_s:
        return {"exposure": None, "exposure_reason": NO_SPEED}
    part_only = known_s < evidence.SPEED_COVERAGE.value * (known_s + exposure.unknown_s)
    return {"exposure": exposure, "exposure_reason": SPEED_COVERAGE if part_only else None}


def agreeing(distance_m: Floats, speed_mps: Floats, seconds: Floats) -> float:
    """By what all speeds of a run are multiplied so that they add up to the metres its watch counted; 1 where none tells.

    Some watches write speeds that are a tenth too low all along, and nobody knows a run by another distance than its own.

    Parameters
    ----------
    distance_m, speed_mps, seconds : arrays of shape (n,)
        So far; at each sample; what each stands for.
    """
    metres = np.diff(distance_m, append=np.nan)
    both = ~np.isnan(metres) & ~np.isnan(speed_mps) & (seconds > 0)
    by_speed = float(speed_mps[both] @ seconds[both])
    known = float(seconds[both].sum())
    if by_speed <= 0 or known < evidence.SPEED_COVERAGE.value * float(seconds[~np.isnan(speed_mps)].sum()):
        return 1.0
    factor = float(metres[both].sum()) / by_speed
    apart = 1.0 + evidence.SPEED_AGREES.value
    return factor if 1.0 / apart <= factor <= apart else 1.0


def _heights(session: Session, ground: Ground) -> Heights:
    if ground.reason == HEIGHTS_WRONG:
        return Heights.NONE
    return Heights.BAROMETER if session.source.format in BAROMETRIC_FORMATS else Heights.SATELLITES
