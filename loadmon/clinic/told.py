"""A reasoning in sentences, each step with the evidence behind it: what was measured, by which rule, from which source."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from loadmon.clinic.at_risk import of_soreness
from loadmon.clinic.entry import Link
from loadmon.clinic.graph import Node
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.names import METHOD_WORDS, key_name, shown_words, source_words, value_words
from loadmon.clinic.reasoning import Compensation, Driver, Reasoning
from loadmon.clinic.severity import Evidence

PICTURE = "A working picture from what was measured, by fixed rules: no diagnosis, and no forecast."


TISSUES_TOLD = 4
"""So many are told, and every sore one."""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the reasoning.

    Parameters
    ----------
    part : str
        Under which heading it stands.
    words : str
    evidence : tuple of str
        What it rests on.
    """

    part: str
    words: str
    evidence: tuple[str, ...]


def steps(reasoning: Reasoning, known: Knowledge) -> tuple[Step, ...]:
    """The reasoning in the order in which it is read."""
    told = [_driver(one, reasoning, known) for one in reasoning.primary]
    if not reasoning.primary:
        told.append(Step("Primary driver", _none_words(reasoning), ()))
    told += [_compensation(one, known) for one in reasoning.compensations]
    told += [_contributing(one, known) for one in reasoning.contributing]
    told += [
        Step(
            "Unexplained",
            f"{key_name(node.key, known)} is there, and nothing measured explains it.",
            _seen(node, known),
        )
        for node in reasoning.unexplained
    ]
    told += _tissues(reasoning, known)
    told += _test_next(reasoning, known)
    told += [Step("Not judged", one.reason, ()) for one in reasoning.graph.not_judged]
    return tuple(told)


def evidence_words(one: Evidence, known: Knowledge) -> str:
    """A measured value against its limits: ``Pelvic drop 8.5° (2-D video; usual 4, flag 6, severe 9): 0.83``."""
    measure = known.measure[one.measure]
    value = f"{measure.name}: {shown_words(one.shown if isinstance(one.shown, str) else round(one.shown, 1), measure)}"
    if one.measure != one.measured.measure:
        value += f" (from {value_words(one.measured, known.measure[one.measured.measure])})"
    limits = ""
    if measure.limits:
        limits = "; usual {:g}, flag {:g}, severe {:g}".format(*measure.limits).replace("-", "\N{MINUS SIGN}")
    return (
        f"{value}, {METHOD_WORDS[one.measured.method]}{limits}: evidence {one.value:.2f}. "
        f"Limits: {source_words(measure.label, measure.sources, known)}."
    )


def _seen(node: Node, known: Knowledge) -> tuple[str, ...]:
    return tuple(evidence_words(one, known) for one in node.told_by)


def _none_words(reasoning: Reasoning) -> str:
    if reasoning.unexplained:
        return "No driver is named: what was seen has none among what was measured. Test next what is listed below."
    return "Nothing measured stands out: no driver follows from it."


def _driver(one: Driver, reasoning: Reasoning, known: Knowledge) -> Step:
    article = "the" if len(reasoning.primary) == 1 else "a"
    words = f"{key_name(one.node.key, known)} is {article} likely primary driver"
    explains = [key_name(c.node.key, known).lower() for c in reasoning.compensations if c.root == one.node.key]
    words += f": it explains {', '.join(explains)}" if explains else ""
    words += ", and it loads what is sore" if one.match else _other_leg(one, reasoning, known)
    words += ". Provisional: what may lie behind it was not tested" if reasoning.is_provisional(one) else ""
    rank = f"Score {one.score:.2f}: evidence {one.node.evidence:.2f}, explained {one.explained:.2f}, match {one.match:.2f} (loadmon convention)."
    against = _disputed(one, reasoning, known)
    words += ". What it explains is disputed, see below" if against else ""
    seen = _seen(one.node, known)
    return Step("Primary driver", f"{words}.", (*seen, rank, *against, *_headings(one.node.finding, known)))


def _other_leg(one: Driver, reasoning: Reasoning, known: Knowledge) -> str:
    """That a driver is of the leg that is not sore, where it would load what is sore on the other; empty otherwise."""
    load = known.load.get(one.node.finding)
    sore = {symptom.tissue for symptom in reasoning.assessment.symptoms}
    return ", on the other leg than what is sore" if load and sore & set(load.weights) else ""


def _headings(finding: str, known: Knowledge) -> tuple[str, ...]:
    return tuple(
        f"Part of: {one.name}. {source_words(one.label, one.sources, known)}."
        for one in known.heading.values()
        if finding in one.findings
    )


def _compensation(one: Compensation, known: Knowledge) -> Step:
    way = " → ".join(key_name(key, known) for key in one.way)
    link = one.by.link
    disputed = "".join(f" Disputed: {_against(each, known)} found otherwise." for each in disputed_on(one, known)[:1])
    words = f"{key_name(one.node.key, known)} is likely a compensation: {way}.{disputed}"
    rule = (
        f"Weight {link.weight:g} × evidence = {one.by.strength:.2f}. {source_words(link.label, link.sources, known)}."
    )
    earlier = (line for each in disputed_on(one, known) if each != link for line in _mind(each, known))
    return Step("Compensation", words, (*_seen(one.node, known), rule, *_mind(link, known), *earlier))


def disputed_on(one: Compensation, known: Knowledge) -> list[Link]:
    """The links on the way from the root against which a source stands, the last first: a chain is as firm as each of them."""
    steps = [(driver[0], end[0]) for driver, end in pairwise(one.way)]
    found = [link for link in known.link if link.against and (link.driver, link.leads_to) in steps]
    return sorted(found, key=lambda link: -steps.index((link.driver, link.leads_to)))


def _against(link: Link, known: Knowledge) -> str:
    """The sources that found otherwise, shortly: ``Schache 2000 and Univ. Kentucky thesis``."""
    return " and ".join(_shortly(known.source[name].citation) for name in link.against)


def _shortly(citation: str) -> str:
    """``Schache 2000`` of a paper with its year; else what stands before a bracket."""
    paper = re.match(r"(\w[\w-]*) [A-Z]+\b.*\b(\d{4});", citation)
    return f"{paper[1]} {paper[2]}" if paper else citation.partition(" (")[0]


def _mind(link: Link, known: Knowledge) -> tuple[str, ...]:
    """What stands against a link, each source with what it says, and the note beside it."""
    told = [f"Mind: {link.note}."] if link.note else []
    for name in link.against:
        one = known.source[name]
        says = f" It says: {one.says}." if one.says else ""
        told.append(f"Against this link: {source_words(one.label, (name,), known)}.{says}")
    return tuple(told)


def _disputed(driver: Driver, reasoning: Reasoning, known: Knowledge) -> tuple[str, ...]:
    """What stands against anything that a driver is said to explain."""
    links = [one.by.link for one in reasoning.compensations if one.by.driver == driver.node.key]
    return tuple(dict.fromkeys(line for link in links for line in _mind(link, known) if link.against))


def _contributing(one: Driver, known: Knowledge) -> Step:
    words = f"{key_name(one.node.key, known)} contributes, less than the primary driver."
    return Step("Contributing", words, (*_seen(one.node, known), f"Score {one.score:.2f} (loadmon convention)."))


def _tissues(reasoning: Reasoning, known: Knowledge) -> list[Step]:
    steps = []
    for one in (one for place, one in enumerate(reasoning.tissues) if place < TISSUES_TOLD or one.sore):
        name = key_name((one.tissue, one.side), known)
        words = f"{name}: index {one.index:.1f}{', sore' if one.sore else ''}."
        rests = [f"Sore: adds {of_soreness(one):.2f} (loadmon convention)."] if one.sore else []
        for key, share in one.because:
            load = known.load[key[0]]
            why = f": {load.why}" if load.why else ""
            rests.append(
                f"{key_name(key, known)} adds {share:.2f}{why}. {source_words(load.label, load.sources, known)}."
            )
        rests.append(
            f"Volume and the longest run multiply the sum by {reasoning.multiplier:.2f} (loadmon convention): {one.index:.2f}. "
            "A ranking, no probability."
        )
        steps.append(Step("Tissues that take the load", words, tuple(rests)))
    if reasoning.load_flag:
        steps.append(
            Step(
                "Tissues that take the load",
                "The load of the last weeks stands out by itself: running volume multiplies every fault.",
                (),
            )
        )
    return steps


def _test_next(reasoning: Reasoning, known: Knowledge) -> list[Step]:
    steps = []
    for one in reasoning.test_next:
        tests = " or ".join(known.measure[name].name.lower() for name in one.measures)
        where = "" if one.side == "both" else f", {one.side}"
        because = ", ".join(key_name(key, known).lower() for key in one.because)
        words = f"Test next: {tests}{where}. {known.finding[one.driver].name} may lie behind {because}; it is not named before it was tested."
        steps.append(Step("Test next", words, ()))
    return steps
