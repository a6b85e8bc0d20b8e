"""The parts the tissue coefficients are made of: a number with its spread, a power, a factor, a source."""

from __future__ import annotations

from typing import Annotated, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

GradeLetter = Literal["A", "B", "C", "D"]
"""A two or more studies, B one study, C physics or a coupled quantity, D an assumption."""
Sources = Annotated[tuple[str, ...], Field(min_length=1)]
Positive = Annotated[float, Field(gt=0)]


class Part(BaseModel):
    """What may hold nothing but what it names, and never changes."""

    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class Coefficient(Part):
    """One number with its spread (None where nobody knows it), grade and sources."""

    value: float
    sd: Annotated[float, Field(ge=0)] | None = None
    grade: GradeLetter
    sources: Sources


class Exponent(Part):
    """With which power of the peak a step damages: the lowest, the nominal and the highest that is believable."""

    low: Annotated[float, Field(ge=0)]
    nominal: float
    high: float
    grade: GradeLetter
    sources: Sources

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if not self.low <= self.nominal <= self.high:
            raise ValueError("a damage exponent's low, nominal and high are out of order")
        return self


class Treadmill(Part):
    """What a treadmill does to the peak and the impulse of a step, as factors."""

    peak: Positive
    impulse: Positive
    grade: GradeLetter
    sources: Sources


class Days(Part):
    """Days over which this tissue's short and long averages fade: conventions, no measured half-lives."""

    acute: Annotated[float, Field(ge=1)]
    chronic: Annotated[float, Field(ge=1)]
    grade: GradeLetter
    sources: Sources


class Factor(Part):
    """What a finding does to the peak and the impulse of a step of one tissue."""

    peak: Positive
    impulse: Positive
    peak_grade: GradeLetter
    impulse_grade: GradeLetter
    sd: Annotated[float, Field(ge=0)] | None = None


class PerDegree(Part):
    """What a degree of change does to the logarithm of peak and impulse, within the degrees that were studied."""

    per_degree: float
    least: float
    most: float
    grade: GradeLetter
    sd: Annotated[float, Field(ge=0)]


class Source(Part):
    """One study or convention; ``seen`` says how far it was read itself."""

    citation: str
    people: str
    tested: str
    seen: str
    doi: str | None = None
    doi_from_memory: bool = False
