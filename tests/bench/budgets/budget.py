"""What a piece of work took, held to the processor time it may take."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Measured:
    """One budget and what the work took.

    Parameters
    ----------
    name : str
    limit_s, spent_s : float
        Seconds of one processor: allowed, and taken by the quickest go.
    """

    name: str
    limit_s: float
    spent_s: float

    @property
    def ratio(self) -> float:
        """Share of the limit that was used; above 1 it is exceeded."""
        return self.spent_s / self.limit_s


def seconds(work: Callable[[], object]) -> float:
    """Processor time of this process alone: the budget is the work's, not the neighbours'."""
    begun = time.process_time()
    work()
    return time.process_time() - begun


def measured(name: str, limit_s: float, work: Callable[[], object], rounds: int = 3) -> Measured:
    """The quickest of some goes."""
    return Measured(name, limit_s, min(seconds(work) for _ in range(rounds)))


def nearest(cases: Iterable[Measured]) -> Measured:
    """The one of several cases of a budget that comes nearest to its limit, or is furthest above it."""
    return max(cases, key=lambda case: case.ratio)
