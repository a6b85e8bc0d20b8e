"""Findings of an assessment in the words of the tissue ledger, so that tissue load counts them from that day on."""

from __future__ import annotations

from loadmon.clinic.assessment import Assessment
from loadmon.clinic.reasoning import Reasoning
from loadmon.finding import Finding
from loadmon.tissue.found import ANGLES, ONE_SIDED

KINDS = {
    "overstriding": "overstride",
    "contralateral_pelvic_drop": "pelvic_drop",
    "dynamic_valgus": "dynamic_knee_valgus",
    "restricted_dorsiflexion": "restricted_dorsiflexion",
    "excessive_knee_flexion": "crouched_knee",
    "overpronation": "overpronation",
    "crossover": "crossover_gait",
}
"""What the ledger calls a finding of the clinic; the others it does not know."""
DEGREES = {
    "pelvic_drop": "cpd_deg",
    "restricted_dorsiflexion": "wblt_deg",
    "crouched_knee": "peak_knee_flexion_deg",
    "overpronation": "rearfoot_eversion_deg",
}
"""The measure whose degrees the ledger keeps beside a finding."""
STRIKE = "foot_strike"


def ledger_findings(reasoning: Reasoning, before: Reasoning | None = None) -> tuple[Finding, ...]:
    """What an assessment found, as findings that the ledger knows; each kind and side once.

    What an earlier assessment looked for and did not find is new; of everything else nobody knows since when it is so.

    Parameters
    ----------
    reasoning : Reasoning
    before : Reasoning | None
        Of the assessment before it, if there was one.
    """
    one = reasoning.assessment
    told: dict[tuple[str, str | None], Finding] = {}
    for name, side in reasoning.graph.present:
        kind = KINDS.get(name)
        if kind is None:
            continue
        where = side if kind in ONE_SIDED else None
        is_new = before is not None and (name, side) in before.graph.absent
        told.setdefault((kind, where), _finding(one, kind, where, _degrees(one, kind, side), always=not is_new))
    strike, earlier = _strike(one), None if before is None else _strike(before.assessment)
    if strike is not None:
        told[strike, None] = _finding(one, strike, None, None, always=earlier in (None, strike))
    return tuple(told.values())


def _strike(assessment: Assessment) -> str | None:
    """The one way both feet land, or None: the ledger tells it of the whole runner."""
    strikes = {str(found.value) for found in assessment.measured if found.measure == STRIKE}
    return strikes.pop() if len(strikes) == 1 else None


def _degrees(assessment: Assessment, kind: str, side: str) -> float | None:
    measured = assessment.of(DEGREES[kind], side) if kind in DEGREES else None
    if measured is None or kind not in ANGLES:
        return None
    low, high = ANGLES[kind]
    return float(measured.value) if low <= float(measured.value) <= high else None


def _finding(assessment: Assessment, kind: str, side: str | None, value: float | None, *, always: bool) -> Finding:
    seen = assessment.circumstances
    return Finding(assessment.athlete_id, kind, seen.day, seen.assessor, side, value, always=always)
