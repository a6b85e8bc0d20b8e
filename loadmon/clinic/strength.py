"""Strength in three stages: alone, in movement, in running; exercises from what drives the fault, with their dose."""

from __future__ import annotations

from dataclasses import dataclass

from loadmon.clinic.entry import Stage
from loadmon.clinic.knowledge import STAGES, Knowledge
from loadmon.clinic.reasoning import Reasoning


@dataclass(frozen=True, slots=True)
class StageOfStrength:
    """One stage.

    Parameters
    ----------
    stage : str
        ``isolated``, ``functional`` or ``running_specific``.
    dose : Stage
        How often, how much, and when it is time for the next.
    exercises : tuple of (exercise, findings)
        Each once, with what it is for.
    """

    stage: str
    dose: Stage
    exercises: tuple[tuple[str, tuple[str, ...]], ...]


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
    stages = []
    for stage in STAGES:
        wanted: dict[str, list[str]] = {}
        for finding in findings:
            if finding in known.correction:
                for exercise in getattr(known.strength_of(finding), stage):
                    wanted.setdefault(exercise, []).append(finding)
        if wanted:
            exercises = tuple((exercise, tuple(of)) for exercise, of in wanted.items())
            stages.append(StageOfStrength(stage, known.stage[stage], exercises))
    return tuple(stages)


def dose_words(stage: Stage) -> str:
    """How often and how much, in a line: ``3 a week, 2–3 × 12–15, weeks 1–3``."""
    parts = [f"{_span(stage.per_week)} a week"]
    if stage.sets and stage.repetitions:
        parts.append(f"{_span(stage.sets)} × {_span(stage.repetitions)}")
    if stage.contacts:
        parts.append(f"{_span(stage.contacts)} ground contacts a session")
    if stage.effort:
        parts.append(stage.effort)
    parts.append(f"weeks {_span(stage.weeks)}")
    return ", ".join(parts)


def _span(ends: tuple[int, int]) -> str:
    return f"{ends[0]}" if ends[0] == ends[1] else f"{ends[0]}–{ends[1]}"
