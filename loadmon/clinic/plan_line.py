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
    """

    __slots__ = ("source",)
    source: str

    def __new__(cls, text: str, source: str = "") -> Self:
        line = super().__new__(cls, text)
        line.source = source
        return line


def source_of(line: str) -> str:
    """Where a line comes from; empty where it says nothing but what was measured or told."""
    return line.source if isinstance(line, PlanLine) else ""
