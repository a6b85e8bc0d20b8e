"""A cited threshold: its value, where it comes from, and what it cannot say."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

EVIDENCE_VERSION = "2026-11"
"""Changes whenever a value or a source below changes; shown with the list of thresholds."""


class Grade(StrEnum):
    """How a threshold came to be."""

    STUDY = "study"
    """The source text was read and states the value."""
    MEMORY = "quoted from memory"
    """Known from the literature but not checked against the text."""
    CONVENTION = "loadmon convention"
    """A product rule of ours without a direct source."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One threshold a clinician could question.

    Parameters
    ----------
    name : str
        What it is, in the field's words.
    value : float
        In ``unit``.
    unit : str
        SI or plain unit.
    grade : Grade
        Where the value comes from.
    source : str
        Author, year and DOI; ``"loadmon convention"`` where it is ours.
    caveat : str
        What it cannot say, in one sentence.
    """

    name: str
    value: float
    unit: str
    grade: Grade
    source: str
    caveat: str


OURS = "loadmon convention"
