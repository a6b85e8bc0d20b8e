"""A look at a file before it is read: whose it is, by everything that tells, and whether it is there already."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

from loadmon.intake.batch import Batch
from loadmon.intake.plan import Offer
from loadmon.intake.whose import resolve
from loadmon.readers.marks import marks_of
from loadmon.refusal import NoOwner
from loadmon.store import sessions, waiting
from loadmon.store.imports import FileReport, Outcome


@dataclass(frozen=True, slots=True)
class Look:
    """What one import looks at in each of its files.

    Parameters
    ----------
    batch : Batch
        The import, with what was known when it began.
    watches : mapping of fingerprint to runner
        As a mapping file tells.
    """

    batch: Batch
    watches: Mapping[str, str]

    def into(self, offer: Offer, data: bytes) -> Offer:
        """The offer with what its bytes say of its owner, and so with whose it is."""
        clues = offer.clues.with_marks(marks_of(data))
        return replace(offer, owner=resolve(offer.owner, clues, self.batch.knowledge, self.watches), clues=clues)

    def there_already(self, offer: Offer, sha256: str, size: int, athlete_id: int | None) -> FileReport | None:
        """The line of a file that an earlier import took in or asked about; None for one that is new.

        A file that waits and whose owner is told by now comes in like a new one.
        """
        if sha256 not in self.batch.there:
            return None
        runner = offer.owner.name
        with self.batch.store.read() as conn:
            found = sessions.known(conn, [sha256]).get(sha256)
            is_theirs = found is not None and (runner is None or found.athlete_id == athlete_id)
            asked_in = None if is_theirs or (found is None and runner is not None) else waiting.asked_in(conn, sha256)
        path = offer.member.path
        if asked_in is not None:
            words = f"The same file waits already: import {asked_in} asks whose it is."
            advice = "Say it on the page or with loadmon assign."
            line = FileReport(path, Outcome.NO_OWNER, sha256, size, reason=NoOwner.name, detail=words, advice=advice)
            self.batch.duplicates.go_on([line])
            return line
        if found is None:
            return None
        holder = self.batch.name_of(found.athlete_id)
        words = f"The same file is there already: a session of {holder}."
        if not is_theirs:
            words += f" It stays with {holder}; if it is {runner}'s, move it there (loadmon assign --session)."
        told_by = None if runner is None else offer.owner.told_by
        whose = found.athlete_id if runner is None else athlete_id
        return FileReport(path, Outcome.DUPLICATE, sha256, size, whose, detail=words, told_by=told_by)
