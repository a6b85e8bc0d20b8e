"""How much a measured value speaks for a finding: severity by the limits, times the measure's weight, times the method."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from loadmon.clinic.assessment import Assessment, Measured
from loadmon.clinic.entry import Limits, Measure
from loadmon.clinic.knowledge import Knowledge
from loadmon.gait.baseline import prior_model

CADENCE, SHORTFALL = "cadence_spm", "cadence_deficit_spm"
COUNTED = 1.0
"""How far a cadence is trusted, whoever counted: steps over minutes are counted alike by eye, video and watch (loadmon convention)."""
PRIOR_SPEEDS_MPS = (2.2, 4.6)
"""Speeds at which other runners' cadences tell what to expect (loadmon convention, from de Ruiter, van Oeveren and Luedke)."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What one measured value says of one finding.

    Parameters
    ----------
    finding, side : str
    measured : Measured
        The value as it was entered.
    measure : str
        The measure it was judged by: another name where one is told of the entered one.
    severity : float
        0 usual, 0.5 flag, 1 severe.
    value : float
        Severity times weight times confidence.
    shown : float | str
        The number or word that was judged, in the measure's unit.
    """

    finding: str
    side: str
    measured: Measured
    measure: str
    severity: float
    value: float
    shown: float | str


@dataclass(frozen=True, slots=True)
class NotJudged:
    """A value that was measured and cannot be judged, and why."""

    measure: str
    reason: str


def severity(value: float, limits: Limits, worse: str) -> float:
    """0 up to the usual limit, 0.5 at the flag, 1 from the severe limit on, straight in between.

    Parameters
    ----------
    value : float
    limits : three float
        Usual, flag and severe.
    worse : str
        ``high`` or ``low``.
    """
    turned = 1.0 if worse == "high" else -1.0
    return float(np.interp(turned * value, [turned * limit for limit in limits], [0.0, 0.5, 1.0]))


def expected_cadence_spm(speed_mps: float, height_m: float) -> float:
    """Steps of both feet a minute that speed and height let expect, from other runners.

    The runner's own line of cadence and speed (twelve runs and more) tells whether they changed; against their own habit nobody's
    cadence could ever be low, so it does not stand in here.

    References
    ----------
    loadmon convention from de Ruiter 2020, 10.1080/17461391.2019.1626911, and van Oeveren 2017,
    10.1371/journal.pone.0184273; runners of one speed and height differ by 8 steps a minute (SD).
    """
    model = prior_model(100.0 * height_m)
    return model.level_spm + model.per_mps * (speed_mps - model.reference_mps)


def evidence_of(assessment: Assessment, known: Knowledge) -> tuple[list[Evidence], list[NotJudged]]:
    """What every measured value says, and which could not be judged.

    What was not measured is in neither: it is unknown, never 0.

    Parameters
    ----------
    assessment : Assessment
        Checked.
    known : Knowledge
    """
    told, not_judged = list[Evidence](), list[NotJudged]()
    for name, measure in known.measure.items():
        if measure.finding is None:
            continue
        for one in (one for one in assessment.measured if one.measure == (measure.taken_from or name)):
            number, reason = _judged(name, one, measure, assessment)
            if reason:
                not_judged.append(NotJudged(name, reason))
                continue
            severe = _severe(number, measure)
            trust = COUNTED if name == SHORTFALL else known.confidence[one.method]
            told.append(Evidence(measure.finding, one.side, one, name, severe, severe * measure.weight * trust, number))
    return told, not_judged


def _severe(number: float | str, measure: Measure) -> float:
    if measure.words is not None:
        return measure.words[str(number)]
    assert measure.limits is not None
    assert measure.worse is not None
    return severity(float(number), measure.limits, measure.worse)


def _judged(name: str, one: Measured, measure: Measure, assessment: Assessment) -> tuple[float | str, str | None]:
    speed = assessment.circumstances.speed_mps
    span = PRIOR_SPEEDS_MPS if name == SHORTFALL else measure.valid_speed_mps
    if span is not None:
        if speed is None:
            return one.value, f"{measure.name} depends on speed, which was not told."
        if not span[0] <= speed <= span[1]:
            return one.value, f"{measure.name} is judged from {span[0]:g} to {span[1]:g} m/s only."
    if name == SHORTFALL and speed is not None:
        if assessment.person.height_m is None:
            # 40 cm of height are 20 steps: a mean height would name a driver that nobody measured
            return one.value, "Cadence is judged for speed and height, and the height was not told."
        return expected_cadence_spm(speed, assessment.person.height_m) - float(one.value), None
    return one.value, None
