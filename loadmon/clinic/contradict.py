"""Values that cannot all be right together: each pair is named, so that whoever measured says which one is meant."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import product

from loadmon import evidence
from loadmon.clinic.assessment import SIDES, Assessment, Measured
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.names import value_words
from loadmon.clinic.severity import severity
from loadmon.refusal import Refusal

AGAINST_OTHER, FORCE = "hip_abductor_lsi_pct", "hip_abductor_force_pct_bw"
CADENCE, STEP = "cadence_spm", "step_length_m"
CONTACT_BEND, PEAK_BEND = "knee_flexion_ic_deg", "peak_knee_flexion_deg"
ONE_TEST = (("wblt_deg", "wblt_cm"),)
"""Measures that tell the same test in two units."""
POINTS = evidence.CLINIC_STRENGTH_APART.value
SPEED_PCT = evidence.CLINIC_SPEED_APART_PCT.value
OTHER = {"left": "right", "right": "left"}
OPEN = "Check which one is right, and leave the other open"


class ContradictoryValues(Refusal):
    """Two values of one assessment that cannot both be right."""

    name = "contradictory values"


def contradictions(assessment: Assessment, known: Knowledge) -> Iterator[Refusal]:
    """Every contradiction between values of an assessment; nothing is dropped for it, the person says which value is meant.

    Parameters
    ----------
    assessment : Assessment
    known : Knowledge

    Yields
    ------
    ContradictoryValues
    """
    yield from _knee(assessment)
    yield from _strength_of_both(assessment)
    yield from _strength_and_force(assessment)
    yield from _one_test(assessment, known)
    yield from _stride(assessment)


def _number(assessment: Assessment, measure: str, side: str) -> float | None:
    one = assessment.of(measure, side)
    return None if one is None or isinstance(one.value, str) else float(one.value)


def _knee(assessment: Assessment) -> Iterator[Refusal]:
    for side in SIDES:
        bent, peak = _number(assessment, CONTACT_BEND, side), _number(assessment, PEAK_BEND, side)
        if bent is not None and peak is not None and bent > peak:
            yield ContradictoryValues(
                "The knee is bent more at contact than at its peak.", "Check which of the two values is which."
            )


def _strength_of_both(assessment: Assessment) -> Iterator[Refusal]:
    """Each hip as a share of the other: one share is the other turned round."""
    left, right = (_number(assessment, AGAINST_OTHER, side) for side in ("left", "right"))
    if left is None or right is None or left <= 0 or right <= 0:
        return
    told = "weaker" if max(left, right) < 100 else "stronger" if min(left, right) > 100 else None
    if told:
        what = f"The hip abductors of each side are told to be {told} than the other's."
    elif abs(100.0 * 100.0 / left - right) > POINTS and abs(100.0 * 100.0 / right - left) > POINTS:
        what = f"Hip abductors of {left:g} % left and {right:g} % right, each of the other's, do not go together."
    else:
        return
    yield ContradictoryValues(
        what, "Tell the weaker side as a share of the stronger one, and leave the stronger one open."
    )


def _strength_and_force(assessment: Assessment) -> Iterator[Refusal]:
    """A side's share of the other's strength, beside the forces of both."""
    for side, other in OTHER.items():
        share = _number(assessment, AGAINST_OTHER, side)
        force, against = _number(assessment, FORCE, side), _number(assessment, FORCE, other)
        if share is None or force is None or not against or against < 0:
            continue
        if abs(100.0 * force / against - share) > POINTS:
            yield ContradictoryValues(
                f"Hip abductors, {side}: {share:g} % of the other side's is told, and the forces of {force:g} and {against:g} make "
                f"{100.0 * force / against:.0f} %.",
                f"{OPEN}; or check whether left and right were exchanged.",
            )


def _one_test(assessment: Assessment, known: Knowledge) -> Iterator[Refusal]:
    """The same test in two units: one cannot be at the usual end and the other at the severe one."""
    for (one, other), side in product(ONE_TEST, SIDES):
        pair = assessment.of(one, side), assessment.of(other, side)
        if pair[0] is None or pair[1] is None:
            continue
        told = {_severity(each, known) for each in (pair[0], pair[1])}
        if told == {0.0, 1.0}:
            where = "" if side == "both" else f", {side}"
            first, second = (value_words(each, known.measure[each.measure]) for each in (pair[0], pair[1]))
            yield ContradictoryValues(
                f"Knee to wall{where}: {first} and {second} do not go together; one is usual, the other far from it.",
                f"{OPEN}.",
            )


def _severity(one: Measured, known: Knowledge) -> float | None:
    measure = known.measure[one.measure]
    if measure.limits is None or measure.worse is None or isinstance(one.value, str):
        return None
    return severity(float(one.value), measure.limits, measure.worse)


def _stride(assessment: Assessment) -> Iterator[Refusal]:
    """Steps a minute times the length of a step is the speed."""
    cadence, step = _number(assessment, CADENCE, "both"), _number(assessment, STEP, "both")
    speed = assessment.circumstances.speed_mps
    if cadence is None or step is None or not speed or speed < 0:
        return
    made = cadence / 60.0 * step
    if abs(made - speed) > SPEED_PCT / 100.0 * speed:
        yield ContradictoryValues(
            f"{cadence:g} steps a minute of {step:g} m make {made:.1f} m/s, and the speed is told as {speed:g} m/s.",
            "A step is from one foot to the other, a stride of the same foot is two. Check which of the three is right, and leave open "
            "what was not measured at this speed.",
        )
