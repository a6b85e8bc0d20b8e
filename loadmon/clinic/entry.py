"""The entries the clinical knowledge is made of: a source, a measure, a finding, a link, a tissue, a correction."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from loadmon.tissue.coefficient import Part, Sources

Label = Literal["V", "M", "S", "X"]
"""V the source was read, M quoted from memory, S as the founding article has it, X a loadmon convention."""
Share = Annotated[float, Field(ge=0, le=1)]
Span = tuple[float, float]
Limits = tuple[float, float, float]
Texts = tuple[str, ...]


class Cited(Part):
    """Anything that says how far it was checked, and where it comes from."""

    label: Label
    sources: Sources


class Reference(Part):
    """One study, article or convention."""

    citation: str
    label: Label
    doi: str | None = None
    doi_from_memory: bool = False
    says: str | None = None


class Measure(Cited):
    """One thing a clinician measures or sees, and what it speaks for."""

    name: str
    domain: str
    unit: str | None = None
    sides: Literal["each", "whole"]
    """Whether it is told of one leg, or of the whole runner."""
    finding: str | None = None
    """What it speaks for; None where it is recorded beside the rest and never weighed."""
    limits: Limits | None = None
    """Evidence 0, a half and 1."""
    worse: Literal["high", "low"] | None = None
    words: dict[str, Share] | None = None
    """Answers in words, and the severity of each."""
    weight: Share = 1.0
    plane: str | None = None
    event: str | None = None
    smallest_detectable: Annotated[float, Field(gt=0)] | None = None
    taken_from: str | None = None
    """The measure of which this one is told; nobody enters it by itself."""
    possible: Span | None = None
    valid_speed_mps: Span | None = None
    watch: str | None = None
    """The fact of a run that a watch tells it by."""
    watch_factor: float = 1.0
    help: str | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _whole(self) -> Self:
        if (self.words is None) == (self.possible is None):
            raise ValueError("a measure is told either in words or as a number within what is possible")
        if (self.limits is None) != (self.worse is None):
            raise ValueError("limits need a direction in which it gets worse, and only they do")
        if self.finding and not (self.limits or self.words):
            raise ValueError("a measure that speaks for a finding needs limits or words")
        if self.limits and not in_order(self.limits, self.worse or "high"):
            raise ValueError("limits are out of order")
        if self.possible and self.possible[0] >= self.possible[1]:
            raise ValueError("what is possible ends before it begins")
        return self


def in_order(limits: Limits, worse: str) -> bool:
    """True where usual, flag and severe follow each other towards what is worse."""
    usual, flag, severe = limits if worse == "high" else tuple(-limit for limit in limits)
    return usual < flag < severe


class FindingEntry(Part):
    """What measures may show."""

    name: str
    kind: Literal["impairment", "fault", "sign"]
    domain: str


class Link(Cited):
    """That one finding may lead to another, and how far it explains it."""

    driver: str
    leads_to: str
    weight: Annotated[float, Field(gt=0, le=1)]
    side: Literal["same", "any"]
    one_sided_only: bool = False
    against: Texts = ()
    """Sources that found otherwise: they are told wherever the link is."""
    note: str | None = None


class TissueEntry(Part):
    """A tissue, and the profile by which its return to running goes."""

    name: str
    kind: str
    profile: str
    sides: bool
    everyday: Annotated[Texts, Field(min_length=1)]
    """What people call it, by which it is found in a list."""


class TissueLoad(Cited):
    """Which tissues take the load of a finding, weights of 1."""

    weights: dict[str, Share]
    why: str | None = None


class Retraining(Part):
    """What a runner tries to do otherwise while running."""

    see: str | None = None
    rule: str | None = None
    target: str | None = None
    cues: Texts = ()
    cues_inside: Texts = ()
    """Cues that name a part of the body: only where somebody asks for them."""
    feedback: Texts = ()
    dose: str | None = None
    expected: str | None = None
    caution: str | None = None


class Strength(Part):
    """Exercises in three stages."""

    see: str | None = None
    rule: str | None = None
    isolated: Texts = ()
    functional: Texts = ()
    running_specific: Texts = ()


class LoadChange(Part):
    """How running is changed meanwhile, instead of forbidden."""

    see: str | None = None
    rule: str | None = None
    volume: str | None = None
    intensity: str | None = None
    terrain: str | None = None
    cross_training: str | None = None


class Correction(Cited):
    """How one finding is corrected."""

    retraining: Retraining
    strength: Strength
    load: LoadChange
    caution: str | None = None


class Dose(Cited):
    """How many sessions of retraining, how long, and with how much feedback each."""

    sessions: int
    weeks: tuple[int, int]
    per_week: tuple[int, int]
    run_minutes: tuple[float, ...]
    feedback_share: tuple[Share, ...]
    retention_days: tuple[int, ...]
    rule: str
    success: str
    note: str | None = None

    @model_validator(mode="after")
    def _even(self) -> Self:
        if not len(self.run_minutes) == len(self.feedback_share) == self.sessions:
            raise ValueError("minutes and feedback are told of each session")
        return self


class Stage(Cited):
    """One of the three stages of strength: how often, how much, and when it is time for the next."""

    name: str
    weeks: tuple[int, int]
    per_week: tuple[int, int]
    sets: tuple[int, int] | None = None
    repetitions: tuple[int, int] | None = None
    contacts: tuple[int, int] | None = None
    effort: str | None = None
    rule: str | None = None
    progress_when: str | None = None


class PainLimit(Cited):
    """How much pain a sore tissue may have, and on which ground it is run."""

    most: Annotated[int, Field(ge=0, le=10)]
    """Of 10, while running."""
    limit: str
    terrain: str
    last: Texts = ()
    """Words of ground and exercises that this rule has last: whatever drives the fault, they wait."""


class Exclusion(Cited):
    """Where load must not be moved to: tissues that are sore, findings, and the cues that would move it there."""

    tissues: Texts
    findings: Texts
    cues: Texts
    text: str


class Said(Cited):
    """A rule in a sentence."""

    text: str


class Heading(Cited):
    """A heading under which several findings stand together."""

    name: str
    findings: Texts
    note: str | None = None


class RedFlags(Cited):
    """Signs with which nobody runs on before they were looked at."""

    signs: Texts


class BoneScreen(Cited):
    """Where pain may be of bone, and what is asked then."""

    tissues: Texts
    look: str
    screen: str
    positive: str
