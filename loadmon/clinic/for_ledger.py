"""Findings of an assessment in the words of the tissue ledger, so that tissue load counts them from that day on."""

from __future__ import annotations

from loadmon.clinic.assessment import Assessment
from loadmon.clinic.compared import Change, Compared, compared
from loadmon.clinic.graph import NodeKey
from loadmon.clinic.knowledge import Knowledge
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


def ledger_findings(reasoning: Reasoning, before: Reasoning | None, known: Knowledge) -> tuple[Finding, ...]:
    """What an assessment found, as findings that the ledger knows; each kind and side once.

    What an earlier assessment looked for and did not find is new where it changed by more than can be chance, and is left out
    where it did not (``not_told_apart``); of everything else nobody knows since when it is so.

    Parameters
    ----------
    reasoning : Reasoning
    before : Reasoning | None
        Of the assessment before it, if there was one.
    known : Knowledge
    """
    one = reasoning.assessment
    told: dict[tuple[str, str | None], Finding] = {}
    changes = _changes(reasoning, before, known)
    for name, side in reasoning.graph.present:
        kind = KINDS.get(name)
        found = {row.change for row in changes.get((name, side), ())}
        if kind is None or _is_chance(found):
            continue
        where = side if kind in ONE_SIDED else None
        told.setdefault((kind, where), _finding(one, kind, where, _degrees(one, kind, side), always=not found & NEW))
    strike, earlier = _strike(one), None if before is None else _strike(before.assessment)
    if strike is not None:
        told[strike, None] = _finding(one, strike, None, None, always=earlier in (None, strike))
    return tuple(told.values())


def not_told_apart(
    reasoning: Reasoning, before: Reasoning | None, known: Knowledge
) -> tuple[tuple[NodeKey, Compared], ...]:
    """Findings that are there now and were not before, with no more between the two than may be chance: no news for the ledger.

    Parameters
    ----------
    reasoning, before, known
        As for ``ledger_findings``.

    References
    ----------
    Smallest detectable differences: Dingenen 2018, 10.1016/j.ptsp.2018.06.009.
    """
    return tuple(
        (key, next(row for row in rows if row.change is Change.NOT_TOLD_APART))
        for key, rows in _changes(reasoning, before, known).items()
        if key[0] in KINDS and _is_chance({row.change for row in rows})
    )


NEW = frozenset({Change.CHANGED, Change.OTHER_ANSWER})


def _is_chance(found: set[Change]) -> bool:
    return Change.NOT_TOLD_APART in found and not found & NEW


def _changes(reasoning: Reasoning, before: Reasoning | None, known: Knowledge) -> dict[NodeKey, tuple[Compared, ...]]:
    """Of each finding that was looked for before and not there: what it is told by, compared."""
    if before is None:
        return {}
    rows = {(row.measure, row.side): row for row in compared(before.assessment, reasoning.assessment, known)}
    return {
        key: tuple(
            rows[one.measured.measure, one.measured.side] for one in node.told_by if one.value >= known.present_at
        )
        for key, node in reasoning.graph.present.items()
        if key in before.graph.absent
    }


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
