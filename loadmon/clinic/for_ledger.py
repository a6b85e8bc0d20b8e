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


def ledger_findings(reasoning: Reasoning) -> tuple[Finding, ...]:
    """What an assessment found, as findings that the ledger knows; each kind and side once.

    Parameters
    ----------
    reasoning : Reasoning
    """
    one = reasoning.assessment
    told: dict[tuple[str, str | None], Finding] = {}
    for name, side in reasoning.graph.present:
        kind = KINDS.get(name)
        if kind is None:
            continue
        where = side if kind in ONE_SIDED else None
        told.setdefault((kind, where), _finding(one, kind, where, _degrees(one, kind, side)))
    strikes = {str(found.value) for found in one.measured if found.measure == STRIKE}
    if len(strikes) == 1:  # the ledger tells the strike of the whole runner
        strike = strikes.pop()
        told[strike, None] = _finding(one, strike, None, None)
    return tuple(told.values())


def _degrees(assessment: Assessment, kind: str, side: str) -> float | None:
    measured = assessment.of(DEGREES[kind], side) if kind in DEGREES else None
    if measured is None or kind not in ANGLES:
        return None
    low, high = ANGLES[kind]
    return float(measured.value) if low <= float(measured.value) <= high else None


def _finding(assessment: Assessment, kind: str, side: str | None, value: float | None) -> Finding:
    seen = assessment.circumstances
    return Finding(assessment.athlete_id, kind, seen.day, seen.assessor, side, value)
