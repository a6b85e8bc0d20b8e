"""The correction plan: load first, then cadence and cue, and the strength that holds it; all from one reasoning."""

from __future__ import annotations

from dataclasses import dataclass, replace

from loadmon.clinic.assessment import Symptom
from loadmon.clinic.cadence_target import CadenceTarget, cadence_target
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.load_change import UNTIL_WORDS, LoadPlan, load_plan, sorest
from loadmon.clinic.names import key_name
from loadmon.clinic.reasoning import Reasoning
from loadmon.clinic.retraining import RetrainingPlan, retraining_plan
from loadmon.clinic.strength import StageOfStrength, dose_words, strength_stages
from loadmon.clinic.young import goes_along, withheld

REFILM_WEEKS = 6


@dataclass(frozen=True, slots=True)
class CorrectionPlan:
    """What a clinician may agree with a runner.

    Parameters
    ----------
    reasoning : Reasoning
    sore : Symptom | None
        The sorest tissue.
    load : LoadPlan
    cadence : CadenceTarget | None
    retraining : RetrainingPlan
    strength : tuple of StageOfStrength
    """

    reasoning: Reasoning
    sore: Symptom | None
    load: LoadPlan
    cadence: CadenceTarget | None
    retraining: RetrainingPlan
    strength: tuple[StageOfStrength, ...]

    @property
    def stops(self) -> bool:
        """True where nobody runs before it was looked at."""
        return bool(self.load.stop)

    @property
    def withheld(self) -> bool:
        """True where nothing of it is given before a clinician is named."""
        return bool(self.load.decide)


def correction_plan(reasoning: Reasoning, known: Knowledge, *, cadence: CadenceTarget | None = None) -> CorrectionPlan:
    """The plan that follows from a reasoning.

    Parameters
    ----------
    reasoning : Reasoning
    known : Knowledge
    cadence : CadenceTarget | None
        What a clinician chose instead of the rule's (``cadence_target.raised`` keeps to the cap).
    """
    target, load = cadence or cadence_target(reasoning, known), load_plan(reasoning, known)
    if load.decide:  # nothing to begin with, in words or in files
        nothing = retraining_plan(replace(reasoning, primary=()), None, known)
        return CorrectionPlan(reasoning, sorest(reasoning.assessment.symptoms), load, None, nothing, ())
    return CorrectionPlan(
        reasoning=reasoning,
        sore=sorest(reasoning.assessment.symptoms),
        load=load,
        cadence=target,
        retraining=retraining_plan(reasoning, target, known),
        strength=strength_stages(reasoning, known)[: 1 if load.stop else None],
    )


def plan_lines(plan: CorrectionPlan, known: Knowledge) -> dict[str, tuple[str, ...]]:
    """The plan as sentences, by heading, in the order in which they are read."""
    lines = {
        "Load": _load_lines(plan, known),
        "Cadence": _cadence_lines(plan),
        "Retraining": _retraining_lines(plan),
        "Strength": _strength_lines(plan, known),
        "Look again": _again_lines(plan, known),
    }
    return withheld(lines, plan.load.decide, stops=plan.stops) if plan.withheld else lines


def plan_text(plan: CorrectionPlan, known: Knowledge) -> str:
    """The whole plan as plain text."""
    parts = [
        f"{heading}\n" + "\n".join(f"- {line}" for line in lines) for heading, lines in plan_lines(plan, known).items()
    ]
    return "\n\n".join(parts)


def _load_lines(plan: CorrectionPlan, known: Knowledge) -> tuple[str, ...]:
    load, lines = plan.load, list[str]()
    if young := goes_along(plan.reasoning.assessment.person):
        lines.append(young)
    if plan.sore:
        lines.append(f"Sore: {key_name((plan.sore.tissue, plan.sore.side), known)}.")
    if load.stop:
        lines.append(
            f"Stop running for now and refer for a medical look, with images if needed: {'; '.join(load.stop)}."
        )
        lines.append(f"Running begins again only once {', '.join(UNTIL_WORDS[one] for one in load.blocked_until)}.")
    else:
        lines.append(load.volume)
    if load.limit:
        lines += [f"{'Then' if load.stop else 'Allowed'}: {load.limit}.", f"{load.terrain}."]
    lines += [
        f"For {known.finding[finding].name.lower()}: {text}." for finding, text in load.for_drivers if not load.stop
    ]
    return tuple(lines)


def _cadence_lines(plan: CorrectionPlan) -> tuple[str, ...]:
    target = plan.cadence
    if target is None:
        return ("No cadence was measured: count steps for a minute at the easy speed, or take it from the watch.",)
    if not target.changes:
        return (f"{target.target_spm} steps a minute, unchanged. {target.rule}",)
    when = "Once running has begun again: " if plan.stops else ""
    return (f"{when}{target.now_spm:.0f} -> {target.target_spm} steps a minute at the same speed. {target.rule}",)


def _retraining_lines(plan: CorrectionPlan) -> tuple[str, ...]:
    one = plan.retraining
    lines = ["Begins once running has begun again."] if plan.stops and one.sessions else []
    lines.append(f"Target: {one.target}." if one.of else one.target)
    if one.cues:
        lines.append("One cue a session, by outcome: " + "; ".join(f"“{cue}”" for cue in one.cues) + ".")
    if one.feedback:
        lines.append(f"Feedback: {', '.join(one.feedback)}.")
    if one.sessions:
        told = ", ".join(f"{s.minutes:g} min ({s.feedback_share:.0%})" for s in one.sessions)
        lines.append(f"{len(one.sessions)} faded sessions, with the share of feedback: {told}. {one.rule}")
        lines.append(f"It is learnt when: {one.success}")
    if one.left_out:
        lines.append("Left out: " + "; ".join(f"“{cue}”" for cue in one.left_out) + ".")
    lines += [f"Mind: {caution.rstrip('.')}." for caution in one.cautions]
    if one.later:
        lines.append(f"One target at a time; after this block: {'; '.join(one.later)}.")
    return tuple(lines)


def _strength_lines(plan: CorrectionPlan, known: Knowledge) -> tuple[str, ...]:
    if not plan.strength:
        return ("None follows from what drives this.",)
    lines = [
        f"{one.dose.name} ({dose_words(one.dose)}): {'; '.join(exercise for exercise, _ in one.exercises)}."
        for one in plan.strength
    ]
    if plan.stops:
        lines.append("Nothing that hops or lands before running is cleared; the later stages follow then.")
    names = dict.fromkeys(
        known.finding[finding].name.lower() for one in plan.strength for _, of in one.exercises for finding in of
    )
    return (f"For: {', '.join(names)}.", *lines, known.strength_caution.text)


def _again_lines(plan: CorrectionPlan, known: Knowledge) -> tuple[str, ...]:
    lines = [
        f"Re-film at the same speed after {REFILM_WEEKS} weeks and re-check each test; a change counts beyond what can be told."
    ]
    if days := plan.retraining.retention_days:
        lines.append(f"After the block: on day {', '.join(str(day) for day in days)}.")
    watched = [key_name(one.node.key, known) for one in plan.reasoning.compensations]
    if watched:
        lines.append(f"Not treated for themselves, re-check whether they go with the driver: {'; '.join(watched)}.")
    if plan.reasoning.has("lateral_trunk_lean"):
        lines.append("When the trunk stays tall, re-check that the pelvis does not drop instead.")
    return tuple(lines)
