"""Which tissues take the load of what was found, with volume as multiplier: a ranking within one runner, never a probability."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from loadmon import evidence
from loadmon.clinic.assessment import Assessment, RecentLoad, Symptom, overlap
from loadmon.clinic.graph import Graph, Node, NodeKey
from loadmon.clinic.knowledge import Knowledge
from loadmon.load.spike import BANDS

SORE = evidence.CLINIC_SORE.value
VOLUME_KM, VOLUME_FACTOR = (0.0, 40.0, 120.0), (0.5, 1.0, 2.0)
"""Kilometres a week, and by how much they multiply (loadmon convention: that volume multiplies is the founding article's)."""
SPIKE_FACTOR = dict(zip(BANDS, (1.0, 1.1, 1.25, 1.5), strict=True))
"""By how much a run longer than the runner is used to multiplies (loadmon convention)."""
JUMP_PCT = evidence.CLINIC_JUMP_PCT.value


@dataclass(frozen=True, slots=True)
class TissueAtRisk:
    """A tissue and what loads it.

    Parameters
    ----------
    tissue, side : str
        ``both`` where the two sides are alike, or the tissue has none.
    index : float
        The sum below, and 1 if it is sore, times the multiplier: to rank tissues of one runner by.
    sore : bool
    because : tuple of ((finding, side), share)
        What adds to it, the most first.
    """

    tissue: str
    side: str
    index: float
    sore: bool
    because: tuple[tuple[NodeKey, float], ...]


def volume_multiplier(load: RecentLoad) -> float:
    """By how much volume and a session spike multiply what was found; 1 where nothing is known of them."""
    factor = SPIKE_FACTOR.get(load.spike_band or BANDS[0], 1.0)
    if load.weekly_m is None:
        return factor
    return factor * float(np.interp(load.weekly_m / 1000.0, VOLUME_KM, VOLUME_FACTOR))


def load_stands_out(load: RecentLoad) -> bool:
    """True where a run was longer than the runner is used to, or the week much larger than those before."""
    spike = load.spike_band is not None and load.spike_band != BANDS[0]
    return spike or (load.week_change_pct is not None and load.week_change_pct >= JUMP_PCT)


def is_sore(symptoms: tuple[Symptom, ...], tissue: str, side: str, known: Knowledge) -> bool:
    """True where a tissue hurts on a side."""
    sides = known.tissue[tissue].sides
    return any(one.tissue == tissue and (not sides or overlap(one.side, side)) for one in symptoms)


def match_with_sore(node: Node, symptoms: tuple[Symptom, ...], known: Knowledge) -> float:
    """How far a finding loads a tissue that is sore: the largest of its weights there, 0 to 1."""
    load = known.load.get(node.finding)
    if load is None:
        return 0.0
    return max(
        (weight for tissue, weight in load.weights.items() if is_sore(symptoms, tissue, node.side, known)), default=0.0
    )


def tissues_at_risk(graph: Graph, assessment: Assessment, known: Knowledge) -> tuple[TissueAtRisk, ...]:
    """Tissues that take load or are sore, the most loaded first; of the two sides the one that takes more, and any that is sore.

    Parameters
    ----------
    graph : Graph
    assessment : Assessment
    known : Knowledge
    """
    factor = volume_multiplier(assessment.load)
    ranked = []
    for place, (tissue, entry) in enumerate(known.tissue.items()):
        sides = [_on_side(tissue, side, graph, assessment, known, factor) for side in ("left", "right")]
        worst = max(sides, key=lambda one: one.index)
        if worst.index <= 0.0:
            continue
        alike = not entry.sides or (abs(sides[0].index - sides[1].index) < 1e-9 and sides[0].sore == sides[1].sore)
        shown = [replace(worst, side="both") if alike else worst]
        # a sore leg is named also where the other one takes more
        shown += [one for one in sides if one.sore and not alike and one is not worst]
        ranked += [(-one.index, place, one) for one in shown]
    return tuple(one for _, _, one in sorted(ranked, key=lambda row: row[:2]))


def of_soreness(one: TissueAtRisk) -> float:
    """What being sore adds to a tissue's sum."""
    return SORE if one.sore else 0.0


def _on_side(
    tissue: str, side: str, graph: Graph, assessment: Assessment, known: Knowledge, factor: float
) -> TissueAtRisk:
    because = []
    for node in graph.present.values():
        load = known.load.get(node.finding)
        weight = load.weights.get(tissue, 0.0) if load else 0.0
        if weight and overlap(node.side, side):
            because.append((node.key, weight * node.evidence))
    sore = is_sore(assessment.symptoms, tissue, side, known)
    total = sum(share for _, share in because) + (SORE if sore else 0.0)
    return TissueAtRisk(tissue, side, total * factor, sore, tuple(sorted(because, key=lambda one: -one[1])))
