"""How it was on the day of an assessment: what hurt, which signs were there, how it was looked at, and what had been run."""

from __future__ import annotations

from loadmon.clinic.assessment import Assessment, Symptom
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.names import key_name

NOT_ASKED = "not asked"
MOMENTS = (("running", "pain_running"), ("at rest", "pain_rest"), ("next morning", "pain_morning"))
"""When pain is asked for, and the field of a symptom that holds it."""


def how_it_was(assessment: Assessment, known: Knowledge) -> dict[str, tuple[str, ...]]:
    """Everything beside the values, by heading; what nobody told is said to be open.

    Parameters
    ----------
    assessment : Assessment
    known : Knowledge
    """
    return {
        "What hurt": _hurt(assessment, known),
        "Warning signs": assessment.red_flags or ("none was ticked",),
        "How it was looked at": _looked(assessment),
        "The runner": _runner(assessment),
        "Run lately": _run(assessment),
    }


def symptom_words(one: Symptom, known: Knowledge) -> str:
    """A sore tissue with its numbers: ``Tibia, left: pain running 6/10, at rest 1/10, next morning not asked``."""
    pains = [f"{when} {_of_ten(getattr(one, field))}" for when, field in MOMENTS]
    tender = "; one spot of bone is tender under the finger" if one.bony_tenderness else ""
    return f"{key_name((one.tissue, one.side), known)}: pain {', '.join(pains)}{tender}"


def _hurt(assessment: Assessment, known: Knowledge) -> tuple[str, ...]:
    meanwhile = assessment.circumstances.pain_during
    lines = [symptom_words(one, known) for one in assessment.symptoms] or ["no sore tissue was named"]
    lines.append(f"while it was measured: pain {_of_ten(meanwhile)}")
    return tuple(lines)


def _looked(assessment: Assessment) -> tuple[str, ...]:
    seen = assessment.circumstances
    told = (
        _open("speed", seen.speed_mps, "m/s") + (", the speed that provokes" if seen.at_provoking_speed else ""),
        "" if seen.at_provoking_speed else _open("speed that provokes", seen.provoking_speed_mps, "m/s"),
        _open("slope", seen.slope_pct, "%"),
        f"surface: {seen.surface or NOT_ASKED}",
        f"shoes: {seen.shoes or NOT_ASKED}",
        f"fatigue: {seen.fatigue or NOT_ASKED}",
        _open("video", seen.frames_per_second, "frames a second"),
        _open("steps averaged", seen.steps_averaged, ""),
    )
    return tuple(line for line in told if line)


def _runner(assessment: Assessment) -> tuple[str, ...]:
    one = assessment.person
    height = None if one.height_m is None else round(100.0 * one.height_m, 1)
    along = (f"clinician who goes along: {one.clinician}",) if one.clinician.strip() else ()
    return (
        *along,
        _open("age", one.age, "years"),
        _open("height", height, "cm"),
        f"a bone stress injury before: {'yes' if one.previous_bone_stress else 'not ticked'}",
        f"screen for low energy availability: {'positive' if one.low_energy_suspected else 'not ticked'}",
    )


def _run(assessment: Assessment) -> tuple[str, ...]:
    load = assessment.load
    weekly = None if load.weekly_m is None else round(load.weekly_m / 1000.0, 1)
    change = "not known" if load.week_change_pct is None else f"{load.week_change_pct:+g} %"
    return (
        _open("a week", weekly, "km"),
        f"last week against the three before: {change}".replace("-", "\N{MINUS SIGN}"),
        f"longest step of a run: {load.spike_band or 'not known'}",
    )


def _open(name: str, value: float | None, unit: str) -> str:
    told = NOT_ASKED if value is None else f"{value:g} {unit}".strip().replace("-", "\N{MINUS SIGN}")
    return f"{name}: {told}"


def _of_ten(pain: float | None) -> str:
    return NOT_ASKED if pain is None else f"{pain:g}/10"
