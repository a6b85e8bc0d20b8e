"""The cadence that was agreed with a runner: that of the latest assessment whose block aims at one."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from loadmon.clinic.cadence_target import CAP_PCT, CadenceTarget, cadence_target, is_excluded, raised
from loadmon.clinic.correction_plan import correction_plan
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.reasoning import Reasoning, reason
from loadmon.clinic.standing import Standing


@dataclass(frozen=True, slots=True)
class AgreedCadence:
    """Steps a minute that a runner is to keep, and the day of the assessment that says so."""

    target_spm: int
    day: date


def chosen_target(told: Reasoning, known: Knowledge, chosen_pct: float | None) -> CadenceTarget | None:
    """The rule's cadence, or what a clinician chose instead, within its cap; None where no cadence was measured.

    Parameters
    ----------
    told : Reasoning
    known : Knowledge
    chosen_pct : float | None
        None where nobody chose another.
    """
    target = cadence_target(told, known)
    if target is None or chosen_pct is None:
        return target
    most = most_pct(told, known, target)
    if not most:
        return target
    pct = min(chosen_pct, most)
    if pct == target.change_pct:
        return target
    return raised(target.now_spm, pct, f"Chosen here; the rule says {target.change_pct:+g}%.", aid=target.aid)


def most_pct(told: Reasoning, known: Knowledge, target: CadenceTarget) -> float:
    """The most that may be chosen: where no load may move to calf, Achilles tendon or sole, the rule is the most there is."""
    return target.change_pct if is_excluded(told, known) else CAP_PCT


def agreed_cadence(beside: Standing, known: Knowledge, chosen_pct: float | None) -> AgreedCadence | None:
    """The cadence to keep, where the block of an assessment aims at one; None where it does not, or running was stopped.

    Parameters
    ----------
    beside : Standing
        The assessment with what still stands from those before it.
    known : Knowledge
    chosen_pct : float | None
        What a clinician chose instead of the rule's.
    """
    told = reason(beside.whole, known)
    target = chosen_target(told, known, chosen_pct)
    made = correction_plan(told, known, cadence=target, beside=beside)
    if made.stops or made.withheld or target is None or not target.changes or not made.retraining.by_cadence:
        return None
    return AgreedCadence(target.target_spm, beside.whole.circumstances.day)
