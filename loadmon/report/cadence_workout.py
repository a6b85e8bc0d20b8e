"""Retraining sessions for the watch: running with the cadence range as a live target, on for the share that feedback has left."""

from __future__ import annotations

import math

from loadmon.clinic.adherence import WITHIN_SPM
from loadmon.clinic.retraining import Session
from loadmon.report.workout import Intensity, Repeat, Step, Target, TargetKind, Workout

WARM_UP_S = COOL_DOWN_S = 300.0
BLOCK_S = 600.0
"""Feedback comes and goes about every ten minutes: as long as the first studies had it on of every twenty."""


def cadence_range_spm(target_spm: float, within_spm: float = WITHIN_SPM) -> tuple[int, int]:
    """The range the watch keeps to, in steps of both feet; even numbers, since a watch counts one foot in whole steps.

    Parameters
    ----------
    target_spm : float
    within_spm : float
        It is never narrower than this on either side.
    """
    return 2 * math.floor((target_spm - within_spm) / 2.0), 2 * math.ceil((target_spm + within_spm) / 2.0)


def cadence_workout(session: Session, target_spm: float) -> Workout:
    """One retraining session: five minutes without a target, running with it, five minutes without.

    Parameters
    ----------
    session : Session
    target_spm : float

    Raises
    ------
    ImpossibleWorkout
        No watch could hold it.
    """
    low, high = cadence_range_spm(target_spm)
    target = Target(TargetKind.CADENCE, float(low), float(high))
    seconds = 60.0 * session.minutes
    blocks = 1 if session.feedback_share >= 1.0 else max(1, round(seconds / BLOCK_S))
    shown = round(seconds * session.feedback_share / blocks)
    steps = [Step(seconds=float(shown), target=target, name=f"{low}-{high} steps")]
    if rest := round(seconds / blocks) - shown:
        steps.append(Step(seconds=float(rest), name="Same rhythm"))
    main = (Repeat(blocks, tuple(steps)),) if blocks > 1 else tuple(steps)
    return Workout(
        watch_name(session, target_spm),
        (
            Step(seconds=WARM_UP_S, intensity=Intensity.WARM_UP, name="Easy"),
            *main,
            Step(seconds=COOL_DOWN_S, intensity=Intensity.COOL_DOWN, name="Easy"),
        ),
    ).checked()


def watch_name(session: Session, target_spm: float) -> str:
    """A name that a watch does not cut off, with what tells sessions apart: it has 19 letters.

    Parameters
    ----------
    session : Session
    target_spm : float
    """
    return f"Steps {target_spm:.0f}, no. {session.number}"
