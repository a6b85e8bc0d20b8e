"""An assessment back in the form's fields: to put it right, or to begin another from it."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from loadmon.clinic.answers import (
    PHYSICAL,
    SELF_REPORTED,
    gone_key,
    method_key,
    sides_of,
    sign_key,
    sore_key,
    value_key,
    watch_key,
)
from loadmon.clinic.assessment import Assessment
from loadmon.clinic.knowledge import Knowledge


def filled_in(one: Assessment, known: Knowledge) -> dict[str, Any]:
    """What stands in each field of a form that makes this assessment; what was told of both legs at once stands in each leg's.

    Parameters
    ----------
    one : Assessment
    known : Knowledge
    """
    seen, person, load = one.circumstances, one.person, one.load
    answers: dict[str, Any] = {
        "day": seen.day.isoformat(),
        "assessor": seen.assessor or None,
        "speed_mps": seen.speed_mps,
        "provoking_speed_mps": seen.provoking_speed_mps,
        "slope_pct": seen.slope_pct,
        "surface": seen.surface,
        "shoes": seen.shoes or None,
        "frames_per_second": seen.frames_per_second,
        "steps_averaged": seen.steps_averaged,
        "fatigue": seen.fatigue,
        "pain_during": seen.pain_during,
        "age": person.age,
        "height_cm": None if person.height_m is None else round(100.0 * person.height_m, 1),
        "previous_bone_stress": person.previous_bone_stress or None,
        "low_energy_suspected": person.low_energy_suspected or None,
        "clinician": person.clinician or None,
        "weekly_km": None if load.weekly_m is None else load.weekly_m / 1000.0,
        "week_change_pct": load.week_change_pct,
        "spike_band": load.spike_band,
        "note": one.note or None,
    }
    answers |= {sign_key(sign): True for sign in one.red_flags}
    answers |= {gone_key(tissue, side): True for tissue, side in one.gone}
    for measured in one.measured:
        asked = sides_of(known.measure[measured.measure])
        for side in (measured.side,) if measured.side in asked else asked:
            answers[value_key(measured.measure, side)] = measured.value
        answers[method_key(measured.measure)] = measured.method
        answers[watch_key(measured.measure)] = measured.watch
    for row, sore in enumerate(one.symptoms):
        told = {
            "tissue": sore.tissue,
            "side": sore.side,
            "running": sore.pain_running,
            "rest": sore.pain_rest,
            "morning": sore.pain_morning,
            "bone": sore.bony_tenderness or None,
        }
        answers |= {sore_key(row, what): answer for what, answer in told.items()}
    return {field: answer for field, answer in answers.items() if answer is not None}


def provoking_answers(easy: Assessment, known: Knowledge) -> dict[str, Any]:
    """What the form of a second look of the same day, at the provoking speed, begins with.

    All that does not depend on the speed is filled in; gait, pain and fatigue at it are left open.

    Parameters
    ----------
    easy : Assessment
        With the provoking speed told.
    known : Knowledge
    """
    seen = replace(
        easy.circumstances,
        speed_mps=easy.circumstances.provoking_speed_mps,
        steps_averaged=None,
        fatigue=None,
        pain_during=None,
    )
    standing = tuple(
        one
        for one in easy.measured
        if known.measure[one.measure].domain == PHYSICAL and one.measure not in SELF_REPORTED
    )
    return filled_in(replace(easy, circumstances=seen, measured=standing, note=""), known)
