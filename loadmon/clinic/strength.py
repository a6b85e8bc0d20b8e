"""Strength in three stages: alone, in movement, in running; exercises from what drives the fault, with their dose."""

from __future__ import annotations

from dataclasses import dataclass

from loadmon import evidence
from loadmon.clinic.assessment import Assessment
from loadmon.clinic.entry import Stage
from loadmon.clinic.knowledge import STAGES, Knowledge
from loadmon.clinic.load_change import held_back
from loadmon.clinic.reasoning import Reasoning
from loadmon.clinic.sore_limits import sore_limits

HOP_PAIN, HOPS = evidence.CLINIC_HOP_PAIN.value, "running_specific"


@dataclass(frozen=True, slots=True)
class StageOfStrength:
    """One stage.

    Parameters
    ----------
    stage : str
        ``isolated``, ``functional`` or ``running_specific``.
    dose : Stage
        How often, how much, its rule, and when it is time for the next.
    exercises : tuple of (exercise, findings)
        Each once, with what it is for.
    last : tuple of str
        Exercises on ground or at a speed that a sore tissue has last.
    held : str
        Why the stage does not begin yet; empty where it may.
    """

    stage: str
    dose: Stage
    exercises: tuple[tuple[str, tuple[str, ...]], ...]
    last: tuple[str, ...] = ()
    held: str = ""


def strength_stages(reasoning: Reasoning, known: Knowledge) -> tuple[StageOfStrength, ...]:
    """The stages for the primary drivers; empty where none of them asks for strength.

    Parameters
    ----------
    reasoning : Reasoning
    known : Knowledge

    References
    ----------
    Strength alone does not change how somebody runs: Davis and Futrell 2016, 10.1016/j.pmr.2015.09.002.
    """
    findings = dict.fromkeys(driver.node.finding for driver in reasoning.primary)
    sore = sore_limits(reasoning.assessment.symptoms, known)
    stages = []
    for stage in STAGES:
        wanted: dict[str, list[str]] = {}
        for finding in findings:
            if finding in known.correction:
                for exercise in getattr(known.strength_of(finding), stage):
                    wanted.setdefault(exercise, []).append(finding)
        if wanted:
            now = tuple((exercise, tuple(of)) for exercise, of in wanted.items() if not held_back(exercise, sore))
            last = tuple(exercise for exercise in wanted if held_back(exercise, sore))
            held = hops_held(reasoning.assessment) if stage == HOPS else ""
            stages.append(StageOfStrength(stage, known.stage[stage], now, last, held))
    return tuple(stages)


def hops_held(assessment: Assessment) -> str:
    """Why nothing that hops or lands begins yet: pain on hopping is not known, or too much; empty where it may."""
    told = [float(one.value) for one in assessment.measured if one.measure == "hop_pain_nrs"]
    if not told:
        return "pain on hopping on one leg is not known: test it first"
    return (
        f"hopping on one leg hurts {max(told):g}/10, and up to {HOP_PAIN:g}/10 may be" if max(told) > HOP_PAIN else ""
    )


def dose_words(stage: Stage) -> str:
    """How often and how much, in a line: ``3 a week, 2–3 × 12–15, weeks 1–3``."""
    parts = [f"{span_words(stage.per_week)} a week"]
    if stage.sets and stage.repetitions:
        parts.append(f"{span_words(stage.sets)} × {span_words(stage.repetitions)}")
    if stage.contacts:
        parts.append(f"{span_words(stage.contacts)} ground contacts a session")
    if stage.effort:
        parts.append(stage.effort)
    parts.append(f"weeks {span_words(stage.weeks)}")
    return ", ".join(parts)


def span_words(ends: tuple[int, int]) -> str:
    """A span of whole numbers: ``2–3``, or ``3`` where it is one."""
    return f"{ends[0]}" if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}"
