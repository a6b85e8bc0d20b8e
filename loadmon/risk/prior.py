"""What the literature is taken to say before a club's own injuries are known: read once, checked whole."""

from __future__ import annotations

import hashlib
from functools import cache
from pathlib import Path
from typing import Annotated, Any, Literal, Self

import numpy as np
from numpy.typing import NDArray
from pydantic import BaseModel, ConfigDict, Field, model_validator

from loadmon import evidence
from loadmon.evidence import Evidence
from loadmon.paths import data_file
from loadmon.refusal import Refusal
from loadmon.shipped import checked, text_of

Floats = NDArray[np.float64]
Positive = Annotated[float, Field(gt=0)]
OURS_SOURCE = "ours"
GROUPS = ("load", "gait", "history", "check-in", "person")


WHAT = "priors of the risk model"


class UnusablePrior(Refusal):
    """The file of priors is missing, damaged, or says something no model can use."""

    name = "unusable prior"


class _Part(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", allow_inf_nan=False)


class FeaturePrior(_Part):
    """One feature: in which unit it is told, how it is scaled, and what the literature says of it."""

    group: Literal["load", "gait", "history", "check-in", "person"]
    label: str
    unit: str
    centre: float
    scale: Positive
    mean: float
    sd: Positive
    grade: Literal["A", "B", "C", "D"]
    sources: Annotated[tuple[str, ...], Field(min_length=1)]

    @model_validator(mode="after")
    def _sources_known(self) -> Self:
        for name in self.sources:
            if name != OURS_SOURCE and not isinstance(getattr(evidence, name, None), Evidence):
                raise ValueError(f"no evidence is called {name}")
        return self

    @property
    def citations(self) -> tuple[str, ...]:
        """The sources as they are printed."""
        told = (evidence.OURS if name == OURS_SOURCE else getattr(evidence, name).source for name in self.sources)
        return tuple(dict.fromkeys(told))


class Prior(_Part):
    """Everything that stands before a club's own injuries: features in their order, base rate, and how far to trust it."""

    version: str
    base_rate: Annotated[float, Field(gt=0, lt=1)]
    intercept_sd: Positive
    trust: Annotated[tuple[Annotated[float, Field(ge=0, le=1)], ...], Field(min_length=1)]
    width: Annotated[tuple[Positive, ...], Field(min_length=1)]
    feature: Annotated[dict[str, FeaturePrior], Field(min_length=1)]

    @property
    def names(self) -> tuple[str, ...]:
        """Features in the order in which every array has them."""
        return tuple(self.feature)

    @property
    def mean(self) -> Floats:
        """Prior means of the log-odds, one a feature."""
        return self._column("mean")

    @property
    def sd(self) -> Floats:
        """Prior spreads of the log-odds, one a feature."""
        return self._column("sd")

    @property
    def centre(self) -> Floats:
        """What a feature is told against, in its own unit."""
        return self._column("centre")

    @property
    def scale(self) -> Floats:
        """One step of a feature, in its own unit."""
        return self._column("scale")

    def scaled(self, values: Any) -> Floats:
        """Features in steps from their centre; what is missing lies at the centre.

        Parameters
        ----------
        values : array of shape (rows, features)
            In the features' own units, NaN for missing.
        """
        return scaled(np.asarray(values, dtype=np.float64), self.centre, self.scale)

    def fingerprint(self) -> str:
        """SHA-256 of every number above: which priors a fit was made with."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest()

    def _column(self, name: str) -> Floats:
        return np.array([getattr(one, name) for one in self.feature.values()], dtype=np.float64)


def scaled(values: Floats, centre: Floats, scale: Floats) -> Floats:
    """Values in steps from their centre, at most 4 either way; a missing one lies at the centre."""
    steps = np.clip((values - centre) / scale, -4.0, 4.0)
    return np.where(np.isnan(steps), 0.0, steps)


def prior_from(text: str) -> Prior:
    """Priors written as TOML, checked whole.

    Raises
    ------
    UnusablePrior
        If it is no TOML, lacks a number, or says something that contradicts itself.
    """
    return checked(text, Prior, WHAT, UnusablePrior)


def read_prior(path: Path) -> Prior:
    """The priors in a file, as ``prior_from`` reads them."""
    return prior_from(text_of(path, WHAT, UnusablePrior))


@cache
def default_prior() -> Prior:
    """The priors that ship with loadmon; read from disk once a process."""
    return read_prior(data_file("model", "prior.toml"))
