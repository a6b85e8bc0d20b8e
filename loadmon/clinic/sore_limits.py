"""How much pain each sore tissue may have, and which of them sets the limit: the strictest holds for all."""

from __future__ import annotations

from dataclasses import dataclass

from loadmon.clinic.assessment import Symptom
from loadmon.clinic.entry import PainLimit
from loadmon.clinic.knowledge import Knowledge

BONE = ("bone_low_risk", "bone_high_risk")
ON_ONE_SPOT = "bone_low_risk"
"""Whose limit holds where one spot of bone is tender, whatever tissue it was told of."""


@dataclass(frozen=True, slots=True)
class SoreLimit:
    """A sore tissue and its rule.

    Parameters
    ----------
    symptom : Symptom
    profile : str
        By which its return to running goes.
    rule : PainLimit
        Most pain, in words too, the ground, and where it comes from.
    """

    symptom: Symptom
    profile: str
    rule: PainLimit


def sore_limits(symptoms: tuple[Symptom, ...], known: Knowledge) -> tuple[SoreLimit, ...]:
    """Every sore tissue with its own limit, the strictest first; of equal ones bone, then what hurts most while running.

    Parameters
    ----------
    symptoms : tuple of Symptom
    known : Knowledge
    """
    told = [_limit(one, known) for one in symptoms]
    return tuple(sorted(told, key=_strictness))


def _limit(one: Symptom, known: Knowledge) -> SoreLimit:
    profile = known.tissue[one.tissue].profile
    if one.bony_tenderness and profile not in BONE:
        profile = ON_ONE_SPOT
    return SoreLimit(one, profile, known.pain_limit[profile])


def _strictness(one: SoreLimit) -> tuple[float, ...]:
    place = -BONE.index(one.profile) if one.profile in BONE else 1  # high risk before low, bone before the rest
    return one.rule.most, place, not one.symptom.bony_tenderness, -(one.symptom.pain_running or 0.0)
