"""A second look at the provoking speed: an assessment of its own of the same day, begun from the one at the easy speed."""

from __future__ import annotations

from typing import Any

from loadmon.clinic.answers import PHYSICAL, SELF_REPORTED, method_key, sides_of, sign_key, sore_key, value_key
from loadmon.clinic.assessment import Assessment
from loadmon.clinic.knowledge import Knowledge


def provoking_answers(easy: Assessment, known: Knowledge) -> dict[str, Any]:
    """What the form of the second look begins with: all that does not depend on the speed; gait and pain at it are left open.

    Parameters
    ----------
    easy : Assessment
        With the provoking speed told.
    known : Knowledge
    """
    seen, person, load = easy.circumstances, easy.person, easy.load
    answers: dict[str, Any] = {
        "day": seen.day.isoformat(),
        "assessor": seen.assessor,
        "speed_mps": seen.provoking_speed_mps,
        "provoking_speed_mps": seen.provoking_speed_mps,
        "slope_pct": seen.slope_pct,
        "surface": seen.surface,
        "shoes": seen.shoes or None,
        "frames_per_second": seen.frames_per_second,
        "age": person.age,
        "height_cm": None if person.height_m is None else round(100.0 * person.height_m, 1),
        "previous_bone_stress": person.previous_bone_stress or None,
        "low_energy_suspected": person.low_energy_suspected or None,
        "weekly_km": None if load.weekly_m is None else round(load.weekly_m / 1000.0, 1),
        "week_change_pct": load.week_change_pct,
        "spike_band": load.spike_band,
    }
    answers |= {sign_key(sign): True for sign in easy.red_flags}
    for one in easy.measured:
        measure = known.measure[one.measure]
        standing = measure.domain == PHYSICAL and one.measure not in SELF_REPORTED
        if standing and one.side in sides_of(measure):
            answers |= {value_key(one.measure, one.side): one.value, method_key(one.measure): one.method}
    for row, sore in enumerate(easy.symptoms):
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
