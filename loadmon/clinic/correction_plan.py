"""The correction plan: load first, then cadence and cue, and the strength that holds it; all from one reasoning."""

from __future__ import annotations

from dataclasses import dataclass, replace

from loadmon.clinic.cadence_target import CadenceTarget, cadence_target
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.load_change import LoadPlan, load_plan
from loadmon.clinic.reasoning import Reasoning
from loadmon.clinic.retraining import RetrainingPlan, Session, cadence_sessions, retraining_plan
from loadmon.clinic.standing import Standing
from loadmon.clinic.strength import StageOfStrength, strength_stages


@dataclass(frozen=True, slots=True)
class CorrectionPlan:
    """What a clinician may agree with a runner.

    Parameters
    ----------
    reasoning : Reasoning
        Of the assessment with all that is still sore.
    beside : Standing
        The assessment as it was finished, and what stands from earlier ones.
    load : LoadPlan
    cadence : CadenceTarget | None
    retraining : RetrainingPlan
        The first block.
    cadence_sessions : tuple of Session
        At the target cadence: of the first block, or of the one after it.
    strength : tuple of StageOfStrength
    """

    reasoning: Reasoning
    beside: Standing
    load: LoadPlan
    cadence: CadenceTarget | None
    retraining: RetrainingPlan
    cadence_sessions: tuple[Session, ...]
    strength: tuple[StageOfStrength, ...]

    @property
    def stops(self) -> bool:
        """True where nobody runs before it was looked at."""
        return bool(self.load.stop)

    @property
    def withheld(self) -> bool:
        """True where nothing of it is given before a clinician is named."""
        return bool(self.load.decide)


def correction_plan(
    reasoning: Reasoning, known: Knowledge, *, cadence: CadenceTarget | None = None, beside: Standing | None = None
) -> CorrectionPlan:
    """The plan that follows from a reasoning.

    Parameters
    ----------
    reasoning : Reasoning
        Of ``beside.whole`` where there is something beside it.
    known : Knowledge
    cadence : CadenceTarget | None
        What a clinician chose instead of the rule's (``cadence_target.raised`` keeps to the cap).
    beside : Standing, optional
        What still stands from earlier assessments.
    """
    beside = beside or Standing(reasoning.assessment)
    target, load = cadence or cadence_target(reasoning, known), load_plan(reasoning, known, beside)
    if load.decide:  # nothing to begin with, in words or in files
        nothing = retraining_plan(replace(reasoning, primary=()), None, known)
        return CorrectionPlan(reasoning, beside, load, None, nothing, (), ())
    block = retraining_plan(reasoning, target, known)
    return CorrectionPlan(
        reasoning=reasoning,
        beside=beside,
        load=load,
        cadence=target,
        retraining=block,
        cadence_sessions=cadence_sessions(block, target, known),
        strength=strength_stages(reasoning, known)[: 1 if load.stop else None],
    )
