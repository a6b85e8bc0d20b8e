"""The clinical knowledge: measures, findings, what leads to what, tissues and corrections, read once and checked whole."""

from __future__ import annotations

import tomllib
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, Self

from pydantic import BaseModel, ValidationError, model_validator

from loadmon.clinic.entry import (
    BoneScreen,
    Correction,
    Dose,
    Exclusion,
    FindingEntry,
    Heading,
    Link,
    LoadChange,
    Measure,
    PainLimit,
    RedFlags,
    Reference,
    Retraining,
    Said,
    Share,
    Stage,
    Strength,
    TissueEntry,
    TissueLoad,
)
from loadmon.paths import data_file
from loadmon.refusal import Refusal
from loadmon.tissue.coefficient import Part

FILES = ("sources.toml", "measures.toml", "chains.toml", "tissues.toml", "corrections.toml")
"""The files in ``data/knowledge/`` it is read from, a topic each."""
STAGES = ("isolated", "functional", "running_specific")
_ADVICE = "Install loadmon again, or mend the file."


class UnusableKnowledge(Refusal):
    """A file of the clinical knowledge is missing, damaged, or contradicts itself."""

    name = "unusable knowledge"


class UnknownEntry(UnusableKnowledge):
    """The clinical knowledge holds a key or a name that nothing knows."""

    name = "unknown entry"


class UnknownReference(UnusableKnowledge):
    """The clinical knowledge cites a source that is not listed, or lists one that nothing cites."""

    name = "unknown reference"


class LinkToNothing(UnusableKnowledge):
    """A link of the clinical knowledge begins or ends at a finding that is not there."""

    name = "link to nothing"


class Knowledge(Part):
    """All that the clinic reasons from."""

    version: str
    present_at: Share
    confidence: dict[str, Share]
    domain: dict[str, str]
    measure: dict[str, Measure]
    finding: dict[str, FindingEntry]
    link: tuple[Link, ...]
    tissue: dict[str, TissueEntry]
    load: dict[str, TissueLoad]
    cue_rule: Said
    dose: dict[str, Dose]
    stage: dict[str, Stage]
    strength_caution: Said
    correction: dict[str, Correction]
    heading: dict[str, Heading]
    pain_limit: dict[str, PainLimit]
    exclusion: Exclusion
    red_flags: RedFlags
    bone_screen: BoneScreen
    source: dict[str, Reference]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        _check_links(self)
        _check_names(self)
        _check_circles(self)
        cited = _cited_in(self)
        if cited != self.source.keys():
            odd = ", ".join(sorted(cited ^ self.source.keys()))
            raise UnknownReference(f"Sources that are cited and not listed, or listed and not cited: {odd}.", _ADVICE)
        return self

    def retraining_of(self, finding: str) -> Retraining:
        """How a finding is retrained, wherever it stands."""
        one = self.correction[finding].retraining
        return self.retraining_of(one.see) if one.see else one

    def strength_of(self, finding: str) -> Strength:
        """Which strength holds a finding's correction, wherever it stands."""
        one = self.correction[finding].strength
        return self.strength_of(one.see) if one.see else one

    def load_of(self, finding: str) -> LoadChange:
        """How running is changed for a finding, wherever it stands."""
        one = self.correction[finding].load
        return self.load_of(one.see) if one.see else one

    def measures_of(self, finding: str) -> tuple[str, ...]:
        """Names of the measures that speak for a finding, as somebody enters them."""
        told = (one.taken_from or name for name, one in self.measure.items() if one.finding == finding)
        return tuple(dict.fromkeys(told))

    def entered(self) -> tuple[str, ...]:
        """Names of the measures that somebody enters, in the order of the form."""
        return tuple(name for name, one in self.measure.items() if one.taken_from is None)


def _check_links(known: Knowledge) -> None:
    seen = set()
    for link in known.link:
        for end in (link.driver, link.leads_to):
            if end not in known.finding:
                raise LinkToNothing(f"A link names the finding {end!r}, which is not there.", _ADVICE)
        if (link.driver, link.leads_to) in seen or link.driver == link.leads_to:
            raise UnusableKnowledge(f"The link from {link.driver} to {link.leads_to} stands twice.", _ADVICE)
        seen.add((link.driver, link.leads_to))


def _check_names(known: Knowledge) -> None:
    sees = {part.see for one in known.correction.values() for part in (one.retraining, one.strength, one.load)} - {None}
    wanted: tuple[tuple[str, set[Any], Mapping[str, Any]], ...] = (
        ("finding", {one.finding for one in known.measure.values()} - {None}, known.finding),
        ("finding", {name for one in known.heading.values() for name in one.findings}, known.finding),
        ("finding", {*known.load, *known.correction}, known.finding),
        ("domain", {one.domain for one in known.measure.values()}, known.domain),
        ("domain", {one.domain for one in known.finding.values()}, known.domain),
        ("measure", {one.taken_from for one in known.measure.values()} - {None}, known.measure),
        ("tissue", {name for one in known.load.values() for name in one.weights}, known.tissue),
        ("correction", sees, known.correction),
        ("dose", {one.retraining.dose for one in known.correction.values()} - {None}, known.dose),
        ("pain limit", {one.profile for one in known.tissue.values()}, known.pain_limit),
        ("tissue", {*known.exclusion.tissues, *known.bone_screen.tissues}, known.tissue),
        ("finding", set(known.exclusion.findings), known.finding),
        ("stage", set(STAGES) ^ set(known.stage), {}),
    )
    for what, names, there in wanted:
        if lost := names - set(there):
            raise UnknownEntry(f"A {what} is named that is not there: {', '.join(sorted(lost))}.", _ADVICE)
    for name in known.correction:
        _check_ends(known, name)


def _check_ends(known: Knowledge, name: str) -> None:
    for kind in ("retraining", "strength", "load"):
        passed, at = set(), name
        while (following := getattr(known.correction[at], kind).see) is not None:
            passed.add(at)
            at = following
            if at in passed:
                raise UnusableKnowledge(f"The {kind} of {name} leads round in a circle.", _ADVICE)


def _check_circles(known: Knowledge) -> None:
    """Two findings may lead to each other (the stronger way holds); a longer circle would have no root."""
    follow: dict[str, list[str]] = {}
    both = {(link.driver, link.leads_to) for link in known.link}
    for driver, end in both:
        if (end, driver) not in both:
            follow.setdefault(driver, []).append(end)
    done: set[str] = set()

    def walk(at: str, way: tuple[str, ...]) -> None:
        if at in way:
            raise UnusableKnowledge(f"Links lead round in a circle: {', '.join((*way, at))}.", _ADVICE)
        if at not in done:
            for end in follow.get(at, ()):
                walk(end, (*way, at))
            done.add(at)

    for start in follow:
        walk(start, ())


def _cited_in(part: BaseModel) -> set[str]:
    return {name for one in _parts(part) for kind in ("sources", "against") for name in getattr(one, kind, ())}


def _parts(part: BaseModel) -> Iterator[BaseModel]:
    yield part
    for name in type(part).model_fields:
        value = getattr(part, name)
        inside = value.values() if isinstance(value, dict) else value if isinstance(value, tuple) else (value,)
        for one in inside:
            if isinstance(one, BaseModel):
                yield from _parts(one)


def knowledge_from(*texts: str) -> Knowledge:
    """Clinical knowledge written as TOML, checked whole.

    Parameters
    ----------
    texts : str
        The text of each file; a heading may stand in one of them only.

    Raises
    ------
    UnusableKnowledge
        If one is no TOML, lacks something, or contradicts itself; ``UnknownEntry``, ``UnknownReference`` and
        ``LinkToNothing`` name the commonest slips.
    """
    whole: dict[str, Any] = {}
    for text in texts:
        try:
            read = tomllib.loads(text)
        except tomllib.TOMLDecodeError as error:
            raise UnusableKnowledge(f"The clinical knowledge is no TOML: {error}.", _ADVICE) from None
        if twice := whole.keys() & read.keys():
            raise UnusableKnowledge(f"Written in two files: {', '.join(sorted(twice))}.", _ADVICE)
        whole |= read
    try:
        return Knowledge.model_validate(whole)
    except ValidationError as error:
        first = error.errors()[0]
        where = ".".join(str(part) for part in first["loc"]) or "the whole"
        kind = UnknownEntry if first["type"] == "extra_forbidden" else UnusableKnowledge
        raise kind(f"The clinical knowledge is wrong at {where}: {first['msg']}.", _ADVICE) from None


@cache
def default_knowledge() -> Knowledge:
    """The knowledge that ships with loadmon; read from disk once a process."""
    try:
        texts = [data_file("knowledge", name).read_text(encoding="utf-8") for name in FILES]
    except (OSError, UnicodeDecodeError):
        raise UnusableKnowledge("The clinical knowledge cannot be read.", "Install loadmon again.") from None
    return knowledge_from(*texts)
