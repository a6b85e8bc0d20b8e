"""One line of a correction plan: a sentence that knows where it comes from."""

from __future__ import annotations

from typing import Self


class PlanLine(str):
    """A sentence and its source.

    Parameters
    ----------
    text : str
    source : str
        How far it was checked and where it comes from, as ``names.source_words`` tells it; empty of what was measured or told.
    label : str, optional
        How far it was checked, in a word or two; what stands before the source's colon unless told otherwise.
    """

    __slots__ = ("label", "source")
    source: str
    label: str

    def __new__(cls, text: str, source: str = "", label: str | None = None) -> Self:
        line = super().__new__(cls, text)
        line.source = source
        line.label = source.partition(":")[0] if label is None else label
        return line


def source_of(line: str) -> str:
    """Where a line comes from; empty where it says nothing but what was measured or told."""
    return line.source if isinstance(line, PlanLine) else ""


def label_of(line: str) -> str:
    """How far a line was checked, in a word or two; empty where it has no source."""
    return line.label if isinstance(line, PlanLine) else ""
