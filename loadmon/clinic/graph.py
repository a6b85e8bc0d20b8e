"""Findings that are there, and which of them lead to which: the graph that reasoning walks."""

from __future__ import annotations

from dataclasses import dataclass

from loadmon.clinic.assessment import Assessment, overlap
from loadmon.clinic.entry import Link
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.severity import Evidence, NotJudged, evidence_of

NodeKey = tuple[str, str]
"""A finding and its side."""


@dataclass(frozen=True, slots=True)
class Node:
    """A finding on a side, with all that speaks for it, the strongest first.

    Parameters
    ----------
    finding, side : str
    evidence : float
        0 to 1: that of the strongest value.
    told_by : tuple of Evidence
    """

    finding: str
    side: str
    evidence: float
    told_by: tuple[Evidence, ...]

    @property
    def key(self) -> NodeKey:
        """What it is called by."""
        return self.finding, self.side


@dataclass(frozen=True, slots=True)
class ActiveLink:
    """A link between two findings that are there, and how far its driver explains the other: weight times evidence."""

    driver: NodeKey
    leads_to: NodeKey
    link: Link
    strength: float


@dataclass(frozen=True, slots=True)
class Graph:
    """What was found.

    Parameters
    ----------
    present : dict of (finding, side) to Node
    absent : dict of (finding, side) to Node
        Measured, and not enough to count.
    links : tuple of ActiveLink
    not_judged : tuple of NotJudged
    """

    present: dict[NodeKey, Node]
    absent: dict[NodeKey, Node]
    links: tuple[ActiveLink, ...]
    not_judged: tuple[NotJudged, ...]

    def measured_sides(self, finding: str) -> frozenset[str]:
        """Legs of which a finding was looked for, whether it was there or not."""
        sides = {side for name, side in (*self.present, *self.absent) if name == finding}
        return frozenset({"left", "right"} if "both" in sides else sides)


def graph_of(assessment: Assessment, known: Knowledge) -> Graph:
    """Which findings are there and what leads to what among them.

    Parameters
    ----------
    assessment : Assessment
        Checked.
    known : Knowledge
    """
    told, not_judged = evidence_of(assessment, known)
    gathered: dict[NodeKey, list[Evidence]] = {}
    for one in told:
        gathered.setdefault((one.finding, one.side), []).append(one)
    nodes = {}
    for key in sorted(gathered, key=_order(known)):
        strongest = sorted(gathered[key], key=lambda one: -one.value)
        nodes[key] = Node(*key, strongest[0].value, tuple(strongest))
    present = {key: node for key, node in nodes.items() if node.evidence >= known.present_at}
    absent = {key: node for key, node in nodes.items() if key not in present}
    return Graph(present, absent, _one_way(_active(present, known)), tuple(not_judged))


def _order(known: Knowledge):  # type: ignore[no-untyped-def]  # a key for sorting
    place = {name: n for n, name in enumerate(known.finding)}
    sides = {"left": 0, "right": 1, "both": 2}
    return lambda key: (place[key[0]], sides[key[1]])


def _active(present: dict[NodeKey, Node], known: Knowledge) -> list[ActiveLink]:
    active = []
    for link in known.link:
        drivers = [node for node in present.values() if node.finding == link.driver]
        if link.one_sided_only and (len(drivers) != 1 or drivers[0].side == "both"):
            continue
        active += [
            ActiveLink(driver.key, node.key, link, link.weight * driver.evidence)
            for driver in drivers
            for node in present.values()
            if node.finding == link.leads_to and (link.side == "any" or overlap(driver.side, node.side))
        ]
    return active


def _one_way(links: list[ActiveLink]) -> tuple[ActiveLink, ...]:
    """Where two findings lead to each other the stronger way holds; of equal ones the first."""
    strongest: dict[frozenset[NodeKey], ActiveLink] = {}
    for link in links:
        pair = frozenset((link.driver, link.leads_to))
        if pair not in strongest or link.strength > strongest[pair].strength:
            strongest[pair] = link
    return tuple(link for link in links if strongest[frozenset((link.driver, link.leads_to))] is link)
