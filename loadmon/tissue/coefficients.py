"""The numbers of the tissue model, each with its spread, its grade and its sources: read once, checked whole."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Annotated, Literal, Self

from pydantic import BaseModel, Field, model_validator

from loadmon.paths import data_file
from loadmon.refusal import Refusal
from loadmon.shipped import checked, text_of
from loadmon.tissue.coefficient import (
    Coefficient,
    Days,
    Exponent,
    Factor,
    GradeLetter,
    Part,
    PerDegree,
    Positive,
    Source,
    Sources,
    Treadmill,
)

Span = tuple[float, float]


WHAT = "tissue coefficients"


class UnusableCoefficients(Refusal):
    """The file of tissue coefficients is missing, damaged, or says something no model can use."""

    name = "unusable coefficients"


class TissueCoefficients(Part):
    """Everything the model knows of one tissue; the head of the data file says what each number multiplies."""

    name: str
    kilometres: str
    """The word before "-km" in a sentence: 16 Achilles-km."""
    quantity: str
    unit: Literal["BW", "index"]
    grade: GradeLetter
    peak: Coefficient
    impulse: Coefficient
    peak_speed: Coefficient
    peak_speed_squared: Coefficient
    peak_slope: Coefficient
    peak_slope_squared: Coefficient
    peak_fewer_steps: Coefficient
    peak_more_steps: Coefficient
    impulse_speed: Coefficient
    impulse_speed_squared: Coefficient
    impulse_slope: Coefficient
    impulse_slope_squared: Coefficient
    impulse_fewer_steps: Coefficient
    impulse_more_steps: Coefficient
    impulse_steps_by_speed: Coefficient
    damage_exponent: Exponent
    contact_time_weight: Annotated[float, Field(ge=0)]
    mass: Coefficient
    treadmill: Treadmill
    walking_peak: Coefficient
    days: Days


class FindingCoefficients(Part):
    """One clinical finding: factors where they were measured, else the tissues whose interval it widens, and its arrow."""

    name: str
    grade: Literal["A", "B", "C", "D", "none"]
    sources: Sources
    note: str
    factors: dict[str, Factor] = Field(default_factory=dict)
    degrees: dict[str, PerDegree] = Field(default_factory=dict)
    widens: tuple[str, ...] = ()
    sd: Annotated[float, Field(ge=0)] | None = None
    arrow: Literal["up", "down"] | None = None
    cadence_ratio: Positive | None = None


class Domain(Part):
    """Speeds (m/s), slopes (rise over run) and cadence ratios the studies cover, and where walking begins."""

    speed_mps: Span
    slope: Span
    slope_measured: Span
    cadence_ratio: Span
    walking_below_mps: Positive
    walking_below_spm: Positive


class ReferenceRunner(Part):
    """What stands in for a runner of whom nothing is known."""

    speed_mps: Positive
    height_m: Positive


class Cadence(Part):
    """Steps a minute of both feet as speed, height and slope have them."""

    at_centre_spm: Positive
    per_mps: float
    per_mps_squared: float
    centre_mps: float
    height_exponent: float
    grade: GradeLetter
    sources: Sources
    per_slope: Coefficient


class Contact(Part):
    """Seconds of a step on the ground as speed and cadence have them."""

    at_reference_s: Positive
    per_mps: float
    per_mps_squared: float
    ratio_exponent: float
    grade: GradeLetter
    sources: Sources


class Damage(Part):
    """Between which limits one step may count, and what stays the same all run may shift it."""

    step_weight: Span
    constant_factor: Span


class Widening(Part):
    """How much less is known where heights are poor or missing, or a run leaves what was studied."""

    satellite_slope_factor: Annotated[float, Field(ge=1)]
    unknown_slope_sd: Annotated[float, Field(ge=0)]
    outside_sd: Annotated[float, Field(ge=0)]
    outside_speed_mps: Positive
    outside_slope: Positive
    outside_share: Annotated[float, Field(ge=0, le=1)]


class Coefficients(Part):
    """All numbers of the tissue model."""

    version: str
    domain: Domain
    reference: ReferenceRunner
    cadence: Cadence
    contact: Contact
    damage: Damage
    widening: Widening
    tissue: Annotated[dict[str, TissueCoefficients], Field(min_length=1)]
    finding: dict[str, FindingCoefficients]
    source: dict[str, Source]

    @model_validator(mode="after")
    def _whole(self) -> Self:
        spans = [self.domain.speed_mps, self.domain.slope, self.domain.cadence_ratio]
        spans += [self.damage.step_weight, self.damage.constant_factor]
        if any(low >= high for low, high in spans):
            raise ValueError("a range ends before it begins")
        lowest = (self.domain.speed_mps[0], self.domain.cadence_ratio[0], self.damage.step_weight[0])
        if min(*lowest, self.damage.constant_factor[0]) <= 0:
            raise ValueError("a speed, a cadence ratio or a weight is not above 0")
        named = {name for one in self.finding.values() for name in (*one.factors, *one.degrees, *one.widens)}
        if lost := named - self.tissue.keys():
            raise ValueError(f"a finding names a tissue that is not there: {', '.join(sorted(lost))}")
        cited = cited_in(self)
        if cited != self.source.keys():
            odd = ", ".join(sorted(cited ^ self.source.keys()))
            raise ValueError(f"sources that are cited and not listed, or listed and not cited: {odd}")
        return self

    @property
    def tissues(self) -> tuple[str, ...]:
        """Names of the tissues in the order in which every array has them."""
        return tuple(self.tissue)


def cited_in(part: BaseModel) -> set[str]:
    """Names of every source that a part of the coefficients leans on."""
    found: set[str] = set(getattr(part, "sources", ()))
    for name in type(part).model_fields:
        value = getattr(part, name)
        inside = value.values() if isinstance(value, dict) else (value,)
        found = found.union(*(cited_in(one) for one in inside if isinstance(one, BaseModel)))
    return found


def coefficients_from(text: str) -> Coefficients:
    """Coefficients written as TOML, checked whole.

    Raises
    ------
    UnusableCoefficients
        If it is no TOML, lacks a number, or says something that contradicts itself.
    """
    return checked(text, Coefficients, WHAT, UnusableCoefficients)


def read_coefficients(path: Path) -> Coefficients:
    """The coefficients in a file, as ``coefficients_from`` reads them."""
    return coefficients_from(text_of(path, WHAT, UnusableCoefficients))


@cache
def default_coefficients() -> Coefficients:
    """The coefficients that ship with loadmon; read from disk once a process."""
    return read_coefficients(data_file("coefficients", "tissue.toml"))
