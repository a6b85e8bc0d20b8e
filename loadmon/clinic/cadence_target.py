"""The cadence a runner aims at: by which rule, from which cadence, and never more than a tenth above their own."""

from __future__ import annotations

import math
from dataclasses import dataclass

from loadmon import evidence
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.reasoning import Reasoning
from loadmon.clinic.severity import SHORTFALL
from loadmon.refusal import Refusal

CAP_PCT = evidence.CADENCE_TARGET_CAP_PCT.value
LOW_PCT, SOME_PCT = evidence.CADENCE_TARGET_LOW_PCT.value, evidence.CADENCE_TARGET_SOME_PCT.value
QUICK_SPM = evidence.CADENCE_TARGET_QUICK_SPM.value
KNEE_AND_SHIN = ("patellofemoral_joint", "patellar_tendon", "medial_knee", "tibia", "medial_tibial_border")
AT_THE_HIP = ("contralateral_pelvic_drop", "dynamic_valgus", "lateral_trunk_lean")


class TargetBeyondCap(Refusal):
    """A cadence was asked for that lies beyond what a runner is asked to change in one block."""

    name = "cadence target beyond its cap"


class NoCadence(Refusal):
    """There is no cadence to start from."""

    name = "no cadence"


@dataclass(frozen=True, slots=True)
class CadenceTarget:
    """A target and its rule.

    Parameters
    ----------
    now_spm : float
        Steps of both feet a minute, as measured.
    target_spm : int
    change_pct : float
        0 where cadence stays as it is.
    rule : str
        Why, in a sentence.
    aid : bool
        It helps something else and is no aim of its own.
    """

    now_spm: float
    target_spm: int
    change_pct: float
    rule: str
    aid: bool = False

    @property
    def changes(self) -> bool:
        """True where the runner is asked for more steps."""
        return self.change_pct > 0.0


def is_excluded(reasoning: Reasoning, known: Knowledge) -> bool:
    """True where no load may be moved to calf, Achilles tendon or sole."""
    sore = {one.tissue for one in reasoning.assessment.symptoms}
    return bool(sore & set(known.exclusion.tissues)) or reasoning.has(*known.exclusion.findings)


def cadence_target(reasoning: Reasoning, known: Knowledge) -> CadenceTarget | None:
    """The target that follows from a reasoning; None where no cadence was measured.

    Parameters
    ----------
    reasoning : Reasoning
    known : Knowledge

    References
    ----------
    Heiderscheit 2011, 10.1249/MSS.0b013e3181ebedf4; Willy 2016, 10.1111/sms.12413; which rule holds when is a loadmon convention.
    """
    measured = reasoning.assessment.of("cadence_spm")
    if measured is None:
        return None
    now = float(measured.value)
    sore = {one.tissue for one in reasoning.assessment.symptoms}
    excluded = is_excluded(reasoning, known)
    if reasoning.has("low_cadence"):
        pct = SOME_PCT if excluded else LOW_PCT
        why = ", and no more than that with a sore or weak calf, Achilles tendon or sole" if excluded else ""
        return raised(now, pct, f"Cadence is low for speed and height: {_more(pct)}{why}.")
    if excluded:
        return raised(
            now, 0.0, "Cadence stays as it is: quicker steps ask more of a sore or weak calf, Achilles tendon or sole."
        )
    if reasoning.has("overstriding"):
        return raised(now, SOME_PCT, f"The foot lands ahead of the knee: {_more(SOME_PCT)} brings it closer.")
    if now < QUICK_SPM and (reasoning.has(*AT_THE_HIP) or sore & set(KNEE_AND_SHIN)):
        return raised(now, SOME_PCT, f"{_more(SOME_PCT)} takes load off hip and knee; an aid, not the aim.", aid=True)
    unknown = next((one.reason for one in reasoning.graph.not_judged if one.measure == SHORTFALL), None)
    if unknown:
        return raised(now, 0.0, f"Whether it is low was not judged. {unknown}")
    return raised(now, 0.0, "Nothing found asks for another cadence: it stays as it is.")


def raised(now_spm: float, pct: float, rule: str, *, aid: bool = False) -> CadenceTarget:
    """A cadence so many percent above the runner's own, rounded to a whole step.

    Raises
    ------
    TargetBeyondCap
        Below 0 % or above ``CAP_PCT``.
    NoCadence
        If there is none to start from.
    """
    if not math.isfinite(now_spm) or now_spm <= 0:
        raise NoCadence("There is no cadence to start from.", "Measure it, or take it from the watch.")
    within_cap(pct)
    most = math.floor(now_spm * (1.0 + CAP_PCT / 100.0) + 1e-9)
    return CadenceTarget(now_spm, min(math.floor(now_spm * (1.0 + pct / 100.0) + 0.5), most), pct, rule, aid)


def within_cap(pct: float) -> None:
    """Raise ``TargetBeyondCap`` for a change that one block does not ask for."""
    if not 0.0 <= pct <= CAP_PCT:
        raise TargetBeyondCap(
            f"A change of {pct:+g}% is more than one block asks for.",
            f"Choose from 0 to {CAP_PCT:g}% above the runner's own.",
        )


def _more(pct: float) -> str:
    return f"{pct:+g}%"
