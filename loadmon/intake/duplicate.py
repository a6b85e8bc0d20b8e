"""The same bytes twice in one import: the second file follows the first, whatever becomes of it."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from loadmon.intake.plan import Offer
from loadmon.intake.question import asked, claimed
from loadmon.store.imports import FileReport, Outcome
from loadmon.store.squad import name_key

_THERE = (Outcome.IMPORTED, Outcome.DUPLICATE)


@dataclass(frozen=True, slots=True)
class Twin:
    """Another file with the bytes of one that is being read already."""

    offer: Offer
    size: int
    athlete_id: int | None


@dataclass(slots=True)
class Duplicates:
    """Which bytes an import has met, and what became of the first file that held them.

    A second empty file is as empty as the first and is told so; only the twin of a file that was stored is "there
    already". So a twin waits until its first has been read.

    Parameters
    ----------
    batch_id : int
        The import's number.
    name_of : callable
        A runner's name by number: a twin that is offered as another runner's is no mere duplicate.
    """

    batch_id: int
    name_of: Callable[[int], str]
    twins: dict[str, Twin] = field(default_factory=dict)
    _became: dict[str, FileReport | None] = field(default_factory=dict)
    _waiting: dict[str, list[Twin]] = field(default_factory=lambda: defaultdict(list))

    def go_on(self, lines: Iterable[FileReport]) -> None:
        """Know again what an earlier attempt at this import has met."""
        for line in lines:
            if line.sha256 and line.outcome is not Outcome.DUPLICATE:
                first = self._became.get(line.sha256)
                if first is None or line.outcome is Outcome.IMPORTED:
                    self._became[line.sha256] = line

    def has_met(self, sha256: str) -> bool:
        """True if this import has read these bytes, or is about to."""
        return sha256 in self._became

    def is_first(self, sha256: str) -> bool:
        """True for the first file with these bytes; from then on it counts as met."""
        if sha256 in self._became:
            return False
        self._became[sha256] = None
        return True

    def line(self, sha256: str, twin: Twin) -> FileReport | None:
        """The twin's line of report, or None while its first is being read: then ``ended`` gives it."""
        first = self._became[sha256]
        if first is None:
            self._waiting[sha256].append(twin)
            return None
        return self._following(first, twin)

    def ended(self, first: FileReport) -> list[FileReport]:
        """What became of the first file with some bytes; the lines of the twins that waited for it."""
        if first.sha256 is None:
            return []
        self._became[first.sha256] = first
        return [self._following(first, twin) for twin in self._waiting.pop(first.sha256, [])]

    def _following(self, first: FileReport, twin: Twin) -> FileReport:
        offer, path = twin.offer, twin.offer.member.path
        holder = self.name_of(first.athlete_id) if first.athlete_id is not None else None
        if first.outcome in _THERE and holder and offer.owner.name and name_key(holder) != name_key(offer.owner.name):
            self.twins[path] = twin
            return claimed(first, offer, twin.size, holder, self.batch_id)
        if first.outcome in _THERE:
            words = f"The same file is there already: “{first.path}” of this import."
            told_by = offer.owner.told_by if offer.owner.name else None
            return FileReport(
                path, Outcome.DUPLICATE, first.sha256, twin.size, twin.athlete_id, detail=words, told_by=told_by
            )
        if first.outcome is Outcome.NO_OWNER and offer.owner.name is None:
            self.twins[path] = twin
            return asked(dataclasses.replace(first, size=twin.size, read_s=None), offer, self.batch_id)
        return dataclasses.replace(first, path=path, athlete_id=twin.athlete_id, read_s=None)
