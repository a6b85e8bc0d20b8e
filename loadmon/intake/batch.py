"""What an import has read, on its way into the store: a few files a transaction, each with its line of report."""

from __future__ import annotations

import dataclasses
import logging
import time
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, IntegrityError

from loadmon.athlete import Athlete
from loadmon.faults import log_fault
from loadmon.intake.decode import Decoded, refused
from loadmon.intake.duplicate import Duplicates
from loadmon.intake.flight import Reading
from loadmon.intake.report import line_for
from loadmon.intake.telling import with_told
from loadmon.refusal import Refusal
from loadmon.store import Store, Viewer, imports, sessions, squad
from loadmon.store.imports import FileReport, Outcome
from loadmon.store.originals import Original
from loadmon.store.same_day import count_once
from loadmon.store.squad import name_key

log = logging.getLogger(__name__)

FILES_A_TRANSACTION = 25
SECONDS_A_TRANSACTION = 2.0

_NOT_STORED = Decoded(
    refusal="store fault",
    detail="The file was read, but what it holds could not be stored.",
    advice="The file is unharmed; please report it, and import it again after an update.",
)


@dataclass
class Batch:
    """One import's files on their way into the store.

    Parameters
    ----------
    store : Store
        Where they go.
    number : int
        The import's number in the store.
    is_sample : bool
        Marks runners made by this import as the sample squad.
    """

    store: Store
    number: int
    is_sample: bool
    duplicates: Duplicates = field(default_factory=Duplicates)
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    session_count: int = 0
    files_done: int = 0
    _athletes: dict[str, Athlete] = field(default_factory=dict)
    _reported: set[str] = field(default_factory=set)
    _waiting: list[tuple[Reading, Decoded]] = field(default_factory=list)
    _lines: list[FileReport] = field(default_factory=list)
    _stored_at: float = field(default_factory=time.perf_counter)

    def begin(self, offered: Collection[str] = ()) -> None:
        """Learn who is known, and what an earlier attempt at this import has done.

        Parameters
        ----------
        offered : collection of str
            Paths of the files at hand: those whose bytes could not be had in an earlier attempt are tried again.
        """
        viewer = Viewer.everyone()
        with self.store.write() as conn:
            imports.forget_unreadable(conn, self.number, offered)
            self._athletes = {name_key(a.name): a for a in squad.athletes(conn, viewer)}
            before = imports.reports(conn, viewer, self.number)
        self._reported = set(before["path"])
        self.outcomes.update(Outcome(outcome) for outcome in before["outcome"])
        self.session_count = int(before["sessions"].sum())

    def has_reported(self, path: str) -> bool:
        """True for a file whose fate an earlier attempt has written down already."""
        return path in self._reported

    def athlete(self, name: str | None) -> Athlete | None:
        """The runner of this name, if the store has them."""
        return self._athletes.get(name_key(name)) if name else None

    def name_of(self, athlete_id: int) -> str:
        """A runner's name for a sentence."""
        return next((a.name for a in self._athletes.values() if a.id == athlete_id), "another runner")

    def note(self, line: FileReport, *, is_file: bool = True) -> None:
        """Keep the line of a file of which nothing is stored; ``is_file`` is False for what was not counted as one."""
        self._lines.append(line)
        self.outcomes[line.outcome] += 1
        self.files_done += is_file

    def add(self, reading: Reading, decoded: Decoded) -> None:
        """Take over a file that was read."""
        self._waiting.append((reading, with_told(reading, decoded)))
        self.files_done += 1

    @property
    def is_due(self) -> bool:
        """True when enough has come together, or waited long enough, for a transaction."""
        late = time.perf_counter() - self._stored_at > SECONDS_A_TRANSACTION
        return late or len(self._waiting) + len(self._lines) >= FILES_A_TRANSACTION

    def write(self) -> None:
        """Store what was read so far, and its lines of report, together or not at all.

        Raises
        ------
        StoreUnavailable
            If the store cannot be written; what was written before stays.
        """
        self._stored_at = time.perf_counter()
        if not self._waiting and not self._lines:
            return
        for reading, decoded in self._waiting:
            if decoded.sessions:
                self.store.originals.keep(reading.data, reading.sha256)
        with self.store.write() as conn:
            fresh = [self._one(conn, reading, decoded) for reading, decoded in self._waiting]
            twins = [line for first in fresh for line in self.duplicates.ended(first)]
            imports.add_reports(conn, self.number, [*self._lines, *fresh, *twins])
        self._let_go([line for line in fresh if line.outcome is Outcome.REFUSED])
        self.outcomes.update(line.outcome for line in [*fresh, *twins])
        self.session_count += sum(line.sessions for line in fresh)
        self.files_done += len(twins)
        self._waiting, self._lines = [], []

    def _one(self, conn: Connection, reading: Reading, decoded: Decoded) -> FileReport:
        """Store one file's sessions, all or none, and give back its line of report."""
        try:
            with conn.begin_nested():
                return self._store(conn, reading, decoded)
        except Refusal as refusal:
            return self._line(reading, refused(refusal), None)
        except (DataError, IntegrityError, OverflowError, UnicodeError) as fault:
            # A value no database takes must not cost the other files of this transaction theirs.
            log_fault(log, "a file could not be stored", fault)
            return self._line(reading, _NOT_STORED, None)

    def _store(self, conn: Connection, reading: Reading, decoded: Decoded) -> FileReport:
        name = reading.offer.owner.name or ""
        athlete = self.athlete(name)
        if athlete is None and decoded.sessions:
            # A runner appears with their first readable file: nobody is added by a damaged one.
            athlete = squad.add_athlete(conn, name, is_sample=self.is_sample)
        line = self._line(reading, decoded, athlete)
        if athlete is None or not decoded.sessions:
            return line
        original = Original(reading.sha256, len(reading.data), decoded.format)
        stored = [sessions.save_packed(conn, athlete.id, self.number, p, original) for p in decoded.sessions]
        for number, packed in zip(stored, decoded.sessions, strict=True):
            if number is not None:
                count_once(conn, athlete.id, number, packed)
        self._athletes[name_key(athlete.name)] = athlete
        if any(session_id is not None for session_id in stored):
            return line
        words = "The same file was stored by another import just now."
        return dataclasses.replace(line, outcome=Outcome.DUPLICATE, sessions=0, detail=words)

    @staticmethod
    def _line(reading: Reading, decoded: Decoded, athlete: Athlete | None) -> FileReport:
        return line_for(
            reading.offer.member.path,
            decoded,
            athlete_id=athlete.id if athlete else None,
            size=len(reading.data),
            sha256=reading.sha256,
        )

    def _let_go(self, lines: list[FileReport]) -> None:
        """Remove the kept bytes of files that could not be stored after all, unless they belong to somebody."""
        fingerprints = [line.sha256 for line in lines if line.sha256 and line.sha256 in self.store.originals]
        if fingerprints:
            with self.store.read() as conn:
                needed = sessions.known(conn, fingerprints)
            for sha256 in fingerprints:
                if sha256 not in needed:
                    self.store.originals.remove(sha256)
