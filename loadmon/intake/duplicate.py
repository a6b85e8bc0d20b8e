"""The same bytes twice in one import: the second file follows the first, whatever becomes of it."""

from __future__ import annotations

import dataclasses
from collections import defaultdict
from dataclasses import dataclass, field

from loadmon.store.imports import FileReport, Outcome


@dataclass(frozen=True, slots=True)
class Twin:
    """Another file with the bytes of one that is being read already."""

    path: str
    size: int
    athlete_id: int | None


@dataclass(slots=True)
class Duplicates:
    """Which bytes an import has met, and what became of the first file that held them.

    A second empty file is as empty as the first and is told so; only the twin of a file that was stored is "there
    already". So a twin waits until its first has been read.
    """

    _became: dict[str, FileReport | None] = field(default_factory=dict)
    _waiting: dict[str, list[Twin]] = field(default_factory=lambda: defaultdict(list))

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
        return _following(first, twin)

    def ended(self, first: FileReport) -> list[FileReport]:
        """What became of the first file with some bytes; the lines of the twins that waited for it."""
        if first.sha256 is None:
            return []
        self._became[first.sha256] = first
        return [_following(first, twin) for twin in self._waiting.pop(first.sha256, [])]


def _following(first: FileReport, twin: Twin) -> FileReport:
    if first.outcome in (Outcome.IMPORTED, Outcome.DUPLICATE):
        words = f"The same file is there already: “{first.path}” of this import."
        return FileReport(twin.path, Outcome.DUPLICATE, first.sha256, twin.size, twin.athlete_id, detail=words)
    return dataclasses.replace(first, path=twin.path, athlete_id=twin.athlete_id, read_s=None)
