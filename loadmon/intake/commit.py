"""Taking files in: read side by side, stored in batches, one line of report for each."""

from __future__ import annotations

import dataclasses
import hashlib
import time
from collections import Counter, deque
from dataclasses import dataclass, field

from sqlalchemy import Connection

from loadmon.athlete import Athlete
from loadmon.intake.decode import Decoded, refused
from loadmon.intake.flight import Reading, fly
from loadmon.intake.onlooker import Onlooker
from loadmon.intake.plan import Offer, Plan
from loadmon.intake.progress import Pace, Progress
from loadmon.intake.report import line_for
from loadmon.refusal import NoOwner, Refusal
from loadmon.store import Store, Viewer, imports, sessions, squad
from loadmon.store.imports import FileReport, Outcome
from loadmon.store.originals import Original
from loadmon.store.squad import name_key

FILES_A_TRANSACTION = 25
SECONDS_A_TRANSACTION = 2.0


@dataclass(frozen=True, slots=True)
class Imported:
    """What became of an import: its number in the store and how many files had which outcome."""

    batch_id: int
    outcomes: dict[Outcome, int]
    sessions: int
    seconds: float
    stopped: bool

    def count(self, outcome: Outcome) -> int:
        """Files with an outcome."""
        return self.outcomes.get(outcome, 0)


def import_plan(
    store: Store,
    plan: Plan,
    *,
    what: str,
    workers: str = "serial://",
    is_sample: bool = False,
    batch_id: int | None = None,
    onlooker: Onlooker | None = None,
) -> Imported:
    """Take in every file of a plan: known ones are skipped, bad ones are named, none stops the rest.

    Parameters
    ----------
    store : Store
        Where sessions, originals and the report go.
    plan : Plan
        What to take in and whose it is.
    what : str
        Words for what was given, kept with the batch ("team.zip").
    workers : str
        ``serial://`` or ``process://N``.
    is_sample : bool
        Marks runners made by this import as the sample squad.
    batch_id : int | None
        An import that was broken off and is taken up again: files it has reported already are passed over.
    onlooker : Onlooker | None
        Hears how far it is and may call it off; what was read is kept.

    Returns
    -------
    Imported
        Counts by outcome; the lines themselves are in the store under the batch.

    Raises
    ------
    StoreUnavailable
        If the store cannot be written (locked, full, read-only): what was committed before stays.
    """
    if batch_id is None:
        with store.write() as conn:
            batch_id = imports.start_batch(conn, what, is_sample=is_sample)
    onlooker = onlooker or Onlooker()
    onlooker.begin(batch_id)
    return _Import(store, plan, batch_id, workers, is_sample, onlooker).run()


@dataclass
class _Import:
    """One import under way."""

    store: Store
    plan: Plan
    batch_id: int
    workers: str
    is_sample: bool
    onlooker: Onlooker
    offers: deque[Offer] = field(default_factory=deque)
    athletes: dict[str, Athlete] = field(default_factory=dict)
    seen: dict[str, str] = field(default_factory=dict)
    waiting: list[tuple[Reading, Decoded]] = field(default_factory=list)
    lines: list[FileReport] = field(default_factory=list)
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    session_count: int = 0
    files_done: int = 0
    pace: Pace = field(default_factory=Pace)
    stopped: bool = False
    began: float = field(default_factory=time.perf_counter)
    stored_at: float = field(default_factory=time.perf_counter)

    def run(self) -> Imported:
        self._begin()
        for found in fly(self.workers, self._following, self._more):
            if found is not None:
                self.waiting.append(found)
                self.files_done += 1
            late = time.perf_counter() - self.stored_at > SECONDS_A_TRANSACTION
            if len(self.waiting) + len(self.lines) >= FILES_A_TRANSACTION or late:
                self._store_waiting()
            self._tell()
        self._store_waiting()
        with self.store.write() as conn:
            imports.finish_batch(conn, self.batch_id, "cancelled" if self.stopped else "done")
        self._tell()
        seconds = time.perf_counter() - self.began
        return Imported(self.batch_id, dict(self.outcomes), self.session_count, seconds, self.stopped)

    def _begin(self) -> None:
        """Who is known, what an earlier attempt has done, and what could not even be looked into."""
        viewer = Viewer.everyone()
        with self.store.read() as conn:
            self.athletes = {name_key(a.name): a for a in squad.athletes(conn, viewer)}
            before = imports.reports(conn, viewer, self.batch_id)
        done = set(before["path"])
        self.outcomes.update(Outcome(outcome) for outcome in before["outcome"])
        self.session_count = int(before["sessions"].sum())
        for offer in self.plan.offers:
            if offer.member.path in done:
                self.files_done += 1
            else:
                self.offers.append(offer)
        for path in self.plan.foreign:
            if path not in done:
                self._note(FileReport(path, Outcome.FOREIGN))
        for problem in self.plan.problems:
            if problem.path not in done:
                self._note(line_for(problem.path, refused(problem.refusal)))

    def _more(self) -> bool:
        if self.offers and self.onlooker.should_stop():
            self.stopped = True
            self.offers.clear()
        return bool(self.offers)

    def _following(self) -> Reading | None:
        """The next file's bytes, if it has an owner and is not known; else its line of report is written and None."""
        offer = self.offers.popleft()
        path = offer.member.path
        athlete = self.athletes.get(name_key(offer.owner.name)) if offer.owner.name else None
        athlete_id = athlete.id if athlete else None
        try:
            if offer.owner.name is None:
                raise NoOwner(
                    f"Nothing says whose file this is: {offer.owner.told_by}.",
                    "Name the runner (--athlete NAME, or choose one on the page), or put each runner's files in a folder.",
                )
            if athlete is not None and athlete.is_sample is not self.is_sample:
                raise squad.NameTaken(
                    f"{athlete.name} is the name of {'a sample' if athlete.is_sample else 'a real'} runner already.",
                    "Rename the folder, or name another runner.",
                )
            data = offer.member.read()
        except Refusal as refusal:
            self.files_done += 1
            self._note(line_for(path, refused(refusal), athlete_id=athlete_id, size=offer.member.size))
            return None
        sha256 = hashlib.sha256(data).hexdigest()
        known = self._known(sha256)
        if known is not None:
            self.files_done += 1
            words = f"The same file is there already: {known}."
            self._note(FileReport(path, Outcome.DUPLICATE, sha256, len(data), athlete_id, detail=words))
            return None
        self.seen[sha256] = f"“{path}” of this import"
        return Reading(offer, data, sha256, athlete.time_zone if athlete else None)

    def _known(self, sha256: str) -> str | None:
        """Where a file with this fingerprint is already, in words; None if nowhere."""
        if sha256 in self.seen:
            return self.seen[sha256]
        with self.store.read() as conn:
            found = sessions.known(conn, [sha256]).get(sha256)
        if found is None:
            return None
        names = {athlete.id: athlete.name for athlete in self.athletes.values()}
        return f"a session of {names.get(found.athlete_id, 'another runner')}"

    def _store_waiting(self) -> None:
        """Store what was read so far in one transaction, with its lines of report."""
        self.stored_at = time.perf_counter()
        if not self.waiting and not self.lines:
            return
        for reading, decoded in self.waiting:
            if decoded.sessions:
                self.store.originals.keep(reading.data, reading.sha256)
        with self.store.write() as conn:
            # The lines noted so far and those of this turn go in together with what they tell of.
            fresh = [self._store_one(conn, reading, decoded) for reading, decoded in self.waiting]
            imports.add_reports(conn, self.batch_id, [*self.lines, *fresh])
        self.outcomes.update(line.outcome for line in fresh)
        self.session_count += sum(line.sessions for line in fresh)
        self.waiting = []
        self.lines = []

    def _store_one(self, conn: Connection, reading: Reading, decoded: Decoded) -> FileReport:
        """Store one file's sessions and give back its line of report."""
        name = reading.offer.owner.name or ""
        athlete = self.athletes.get(name_key(name))
        if decoded.sessions and athlete is None:
            # A runner appears with their first readable file: nobody is added by a damaged one.
            athlete = squad.add_athlete(conn, name, is_sample=self.is_sample)
            self.athletes[name_key(name)] = athlete
        size = len(reading.data)
        line = line_for(
            reading.offer.member.path,
            decoded,
            athlete_id=athlete.id if athlete else None,
            size=size,
            sha256=reading.sha256,
        )
        if athlete is None or not decoded.sessions:
            return line
        original = Original(reading.sha256, size, decoded.format)
        stored = [sessions.save_packed(conn, athlete.id, self.batch_id, p, original) for p in decoded.sessions]
        if any(session_id is not None for session_id in stored):
            return line
        words = "The same file was stored by another import just now."
        return dataclasses.replace(line, outcome=Outcome.DUPLICATE, sessions=0, detail=words)

    def _note(self, line: FileReport) -> None:
        self.lines.append(line)
        self.outcomes[line.outcome] += 1

    def _tell(self) -> None:
        self.onlooker.tell(
            Progress(
                phase="Reading",
                done=self.files_done,
                total=len(self.plan.offers),
                files_per_second=self.pace.note(time.perf_counter() - self.began, self.files_done),
            )
        )
