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

THERE = (Outcome.IMPORTED, Outcome.DUPLICATE)


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
    already". So a twin waits until its first has been read. A file that is told whose it is comes before one that nobody
    is told for, in whatever order they stand: what was asked about is asked no more once the same bytes have come in.

    Parameters
    ----------
    batch_id : int | None
        The number of the import that asks whose files are; None for a look ahead, which asks nothing.
    name_of : callable
        A runner's name by number: a twin that is offered as another runner's is no mere duplicate.
    twins : dict
        By path, those of the twins of late that nobody is told for, or that another runner is told for.
    """

    batch_id: int | None
    name_of: Callable[[int], str]
    twins: dict[str, Twin] = field(default_factory=dict)
    _became: dict[str, FileReport | None] = field(default_factory=dict)
    _untold: set[str] = field(default_factory=set)
    _waiting: dict[str, list[Twin]] = field(default_factory=lambda: defaultdict(list))

    def go_on(self, lines: Iterable[FileReport]) -> None:
        """Know what became of files otherwise: in an earlier attempt at this import, or because they wait already."""
        for line in lines:
            if line.sha256 and line.outcome is not Outcome.DUPLICATE:
                first = self._became.get(line.sha256)
                if first is None or line.outcome is Outcome.IMPORTED:
                    self._became[line.sha256] = line
                    (self._untold.add if line.outcome is Outcome.NO_OWNER else self._untold.discard)(line.sha256)

    def has_met(self, sha256: str, *, is_told: bool) -> bool:
        """True if this import has met these bytes; a file that is told has met none that nobody was told for."""
        return sha256 in self._became and not (is_told and sha256 in self._untold)

    def begin(self, sha256: str, *, is_told: bool) -> None:
        """Note that a file with these bytes is being read: the first of them, or the first that is told."""
        self._became[sha256] = None
        (self._untold.discard if is_told else self._untold.add)(sha256)

    def line(self, sha256: str, twin: Twin) -> FileReport | None:
        """The twin's line of report, or None while its first is being read: then ``ended`` gives it."""
        first = self._became[sha256]
        if first is None:
            self._waiting[sha256].append(twin)
            return None
        return self._following(first, twin)

    def came_in(self, sha256: str) -> FileReport | None:
        """The line of the file with these bytes that is in by now, if one is."""
        first = self._became.get(sha256)
        return first if first is not None and first.outcome in THERE else None

    def ended(self, first: FileReport) -> list[FileReport]:
        """What became of the first file with some bytes; the lines of the twins that waited for it."""
        if first.sha256 is None or (first.outcome is Outcome.NO_OWNER and first.sha256 not in self._untold):
            return []  # one that is told is on its way, and the twins follow that
        if first.outcome is Outcome.DUPLICATE and self.came_in(first.sha256):
            return []
        self._became[first.sha256] = first
        return [self._following(first, twin) for twin in self._waiting.pop(first.sha256, [])]

    def _following(self, first: FileReport, twin: Twin) -> FileReport:
        offer, path = twin.offer, twin.offer.member.path
        # of a look ahead's new runner there is no number yet, only the name
        holder = (first.about or {}).get("runner") if first.athlete_id is None else self.name_of(first.athlete_id)
        if first.outcome in THERE and holder and offer.owner.name and name_key(holder) != name_key(offer.owner.name):
            self.twins[path] = twin
            return claimed(first, offer, twin.size, holder, self.batch_id)
        if first.outcome in THERE:
            told_by = offer.owner.told_by if offer.owner.name else None
            there = there_already(path, first, twin.size)
            return dataclasses.replace(there, athlete_id=twin.athlete_id, told_by=told_by)
        if (
            first.outcome is Outcome.NO_OWNER and first.about
        ):  # one that an earlier import asks about has nothing to ask
            self.twins[path] = twin
            return asked(dataclasses.replace(first, size=twin.size, read_s=None), offer, self.batch_id)
        return dataclasses.replace(first, path=path, athlete_id=twin.athlete_id, read_s=None)


def there_already(path: str, first: FileReport, size: int | None) -> FileReport:
    """The line of a file whose bytes are in already, by another file of the same import."""
    words = f"The same file is there already: “{first.path}” of this import."
    return FileReport(path, Outcome.DUPLICATE, first.sha256, size, detail=words)
