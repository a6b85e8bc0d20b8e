"""From what was measured to what drives it: primary drivers, compensations traced to their root, and what to test next.

The same measurements always lead to the same answer. Weights and limits are those of the clinical knowledge, most of them
working rules; the reasoning orders what a clinician sees and replaces nobody's judgement.
"""

from __future__ import annotations

from dataclasses import dataclass
from itertools import combinations

from loadmon import evidence
from loadmon.clinic.assessment import Assessment
from loadmon.clinic.at_risk import TissueAtRisk, load_stands_out, match_with_sore, tissues_at_risk, volume_multiplier
from loadmon.clinic.graph import ActiveLink, Graph, Node, NodeKey, graph_of
from loadmon.clinic.knowledge import Knowledge

EXPLAINS_AT = evidence.CLINIC_EXPLAINS_AT.value
PRIMARY_SHARE = evidence.CLINIC_PRIMARY_SHARE.value
KIND_FACTOR = {"impairment": 1.0, "fault": 0.9}
SORE_FACTOR = 0.5
IMPAIRMENT, SIGN = "impairment", "sign"


@dataclass(frozen=True, slots=True)
class Driver:
    """A finding that nothing else explains, and how much speaks for its being the driver.

    Parameters
    ----------
    node : Node
    score : float
    explained : float
        The evidence of compensations that it explains, each shared among its drivers.
    match : float
        How far it loads a sore tissue.
    """

    node: Node
    score: float
    explained: float
    match: float


@dataclass(frozen=True, slots=True)
class Compensation:
    """A finding that another explains.

    Parameters
    ----------
    node : Node
    by : ActiveLink
        The strongest that explains it.
    way : tuple of (finding, side)
        From the root down to it.
    """

    node: Node
    by: ActiveLink
    way: tuple[NodeKey, ...]

    @property
    def root(self) -> NodeKey:
        """Where the chain begins."""
        return self.way[0]


@dataclass(frozen=True, slots=True)
class TestNext:
    """A driver that may lie behind a finding and was not tested.

    Parameters
    ----------
    driver, side : str
        What may lie behind it, and on which side nobody looked.
    because : tuple of (finding, side)
        What it would explain.
    measures : tuple of str
        The tests that tell it.
    """

    __test__ = False  # pytest takes every class of such a name for its own

    driver: str
    side: str
    because: tuple[NodeKey, ...]
    measures: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reasoning:
    """Everything that follows from an assessment.

    Parameters
    ----------
    assessment : Assessment
    graph : Graph
    primary, contributing : tuple of Driver
        The strongest first.
    compensations : tuple of Compensation
    unexplained : tuple of Node
        Signs that nothing measured explains.
    tissues : tuple of TissueAtRisk
    multiplier : float
        What volume and a session spike make of it.
    load_flag : bool
        The load of the last weeks stands out by itself.
    test_next : tuple of TestNext
    """

    assessment: Assessment
    graph: Graph
    primary: tuple[Driver, ...]
    contributing: tuple[Driver, ...]
    compensations: tuple[Compensation, ...]
    unexplained: tuple[Node, ...]
    tissues: tuple[TissueAtRisk, ...]
    multiplier: float
    load_flag: bool
    test_next: tuple[TestNext, ...]

    def has(self, *findings: str) -> bool:
        """True where any of these was found."""
        return any(name in findings for name, _ in self.graph.present)

    def is_provisional(self, driver: Driver) -> bool:
        """True where something that was not tested may lie behind a driver."""
        return any(driver.node.key in one.because for one in self.test_next)


def reason(assessment: Assessment, known: Knowledge) -> Reasoning:
    """What drives the findings of an assessment, what compensates, which tissues take it, and what to test next.

    Parameters
    ----------
    assessment : Assessment
        Checked.
    known : Knowledge
        With the thresholds that hold for this clinician.
    """
    graph = graph_of(assessment, known)
    strongest = _strongest(graph, known)
    compensations = tuple(
        Compensation(graph.present[key], link, _way(key, strongest)) for key, link in strongest.items()
    )
    roots = [node for key, node in graph.present.items() if key not in strongest]
    drivers = [
        _scored(node, graph, strongest, assessment, known) for node in roots if known.finding[node.finding].kind != SIGN
    ]
    drivers.sort(key=lambda one: -one.score)
    line = PRIMARY_SHARE * drivers[0].score if drivers else 0.0
    return Reasoning(
        assessment=assessment,
        graph=graph,
        primary=_sore_side_first([one for one in drivers if one.score >= line]),
        contributing=tuple(one for one in drivers if one.score < line),
        compensations=compensations,
        unexplained=tuple(node for node in roots if known.finding[node.finding].kind == SIGN),
        tissues=tissues_at_risk(graph, assessment, known),
        multiplier=volume_multiplier(assessment.load),
        load_flag=load_stands_out(assessment.load),
        test_next=_test_next(roots, graph, known),
    )


def _sore_side_first(drivers: list[Driver]) -> tuple[Driver, ...]:
    """Drivers in their order; where one finding drives on both legs, the leg on which it loads what is sore stands first."""
    found = list(drivers)
    for first, second in combinations(range(len(found)), 2):
        one, other = found[first], found[second]
        if one.node.finding == other.node.finding and other.match > one.match:
            found[first], found[second] = other, one
    return tuple(found)


def _strongest(graph: Graph, known: Knowledge) -> dict[NodeKey, ActiveLink]:
    """Of each finding that another explains, by which most; an impairment is a root, and no sign explains anything."""
    found: dict[NodeKey, ActiveLink] = {}
    for link in graph.links:
        kinds = known.finding[link.driver[0]].kind, known.finding[link.leads_to[0]].kind
        if kinds[0] == SIGN or kinds[1] == IMPAIRMENT or link.strength < EXPLAINS_AT:
            continue
        if link.leads_to not in found or link.strength > found[link.leads_to].strength:
            found[link.leads_to] = link
    return {key: found[key] for key in graph.present if key in found}


def _way(key: NodeKey, strongest: dict[NodeKey, ActiveLink]) -> tuple[NodeKey, ...]:
    way = [key]
    while (link := strongest.get(way[-1])) is not None and link.driver not in way:
        way.append(link.driver)
    return tuple(reversed(way))


def _scored(
    node: Node, graph: Graph, strongest: dict[NodeKey, ActiveLink], assessment: Assessment, known: Knowledge
) -> Driver:
    explained = 0.0
    for link in graph.links:
        if link.driver == node.key and link.leads_to in strongest:
            whole = sum(other.strength for other in graph.links if other.leads_to == link.leads_to)
            explained += graph.present[link.leads_to].evidence * link.strength / whole
    match = match_with_sore(node, assessment.symptoms, known)
    factor = KIND_FACTOR[known.finding[node.finding].kind]
    return Driver(node, factor * node.evidence * (1.0 + explained + SORE_FACTOR * match), explained, match)


def _test_next(roots: list[Node], graph: Graph, known: Knowledge) -> tuple[TestNext, ...]:
    """Impairments that could explain a finding that nothing explains, of the side on which nobody looked for them."""
    wanted: dict[tuple[str, str], list[NodeKey]] = {}
    for node in roots:
        for link in known.link:
            could = link.leads_to == node.finding and link.weight >= EXPLAINS_AT
            if not could or known.finding[link.driver].kind != IMPAIRMENT:
                continue
            needed = {"left", "right"} if link.side == "any" or node.side == "both" else {node.side}
            open_sides = needed - graph.measured_sides(link.driver)
            there = any(name == link.driver for name, _ in graph.present)
            if open_sides and not (there and link.side == "any"):
                side = "both" if len(open_sides) == 2 else open_sides.pop()
                wanted.setdefault((link.driver, side), []).append(node.key)
    return tuple(
        TestNext(driver, side, tuple(because), known.measures_of(driver)) for (driver, side), because in wanted.items()
    )
