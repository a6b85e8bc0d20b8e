"""A bone stress injury before, or too little energy, beside pain where bone may give way: what stops, and what is asked first."""

from __future__ import annotations

from loadmon.clinic.assessment import Assessment
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.names import key_name


def sore_near_bone(assessment: Assessment, known: Knowledge) -> tuple[str, ...]:
    """Sore tissues at shin, foot, groin and back, with their side, in words."""
    near = [one for one in assessment.symptoms if one.tissue in known.bone_screen.tissues]
    return tuple(dict.fromkeys(key_name((one.tissue, one.side), known).lower() for one in near))


def screen_stops(assessment: Assessment, known: Knowledge) -> tuple[str, ...]:
    """Why nobody runs before it was looked at: a positive screen with pain where bone may give way.

    Parameters
    ----------
    assessment : Assessment
    known : Knowledge
    """
    sore = sore_near_bone(assessment, known)
    if not (sore and assessment.person.low_energy_suspected):
        return ()
    before = ", after a bone stress injury before," if assessment.person.previous_bone_stress else ""
    return (f"the screen for low energy availability was positive{before} with pain at {', '.join(sore)}",)


def screen_asks(assessment: Assessment, known: Knowledge) -> tuple[str, ...]:
    """What is asked before running goes on, where it does not stop: bone is looked for, energy is screened or looked after.

    Parameters
    ----------
    assessment : Assessment
    known : Knowledge
    """
    person, sore = assessment.person, sore_near_bone(assessment, known)
    screen = known.bone_screen
    asked = []
    if person.previous_bone_stress and sore and not person.low_energy_suspected:
        asked.append(f"A bone stress injury before, and pain at {', '.join(sore)}: {screen.look}. {screen.screen}.")
    elif person.previous_bone_stress and not person.low_energy_suspected:
        asked.append(f"A bone stress injury before: {screen.screen[0].lower()}{screen.screen[1:]}.")
    if person.low_energy_suspected and not sore:
        asked.append(f"The screen for low energy availability was positive: {screen.positive}.")
    return tuple(asked)
