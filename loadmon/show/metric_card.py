"""One figure explained: a sentence, its formula, where it comes from and what it cannot say."""

from __future__ import annotations

from dataclasses import dataclass

from loadmon.evidence import OURS, Evidence, Grade


@dataclass(frozen=True, slots=True)
class MetricCard:
    """One figure explained.

    Parameters
    ----------
    name, meaning : str
        What it is called on the screen, and what it is in one sentence.
    formula : str
        How it is worked out, its constants drawn from ``evidence``.
    rests_on : tuple of Evidence
        The thresholds in the formula; sources and caveats are theirs.
    limits : str
        What it cannot say.
    also : tuple of str
        Further sources: author, year, DOI.
    """

    name: str
    meaning: str
    formula: str
    rests_on: tuple[Evidence, ...]
    limits: str
    also: tuple[str, ...] = ()

    @property
    def sources(self) -> str:
        """Every source once, the papers first; what is ours is called so."""
        found = dict.fromkeys((*self.also, *(_source(e) for e in self.rests_on)))
        papers = [source for source in found if source != OURS]
        return "; ".join([*papers, *([OURS] if OURS in found else [])])


def whole(found: Evidence) -> str:
    """A threshold without decimals, for a formula."""
    return f"{found.value:.0f}"


def _source(found: Evidence) -> str:
    """Where a threshold comes from, and that it was not looked up where it was not."""
    return f"{found.source} (quoted from memory)" if found.grade is Grade.MEMORY else found.source
