"""Taking files in: read side by side, stored in batches, one line of report for each."""

from __future__ import annotations

import contextlib
import functools
import hashlib
import time
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from loadmon.intake.batch import Batch
from loadmon.intake.choices import Choices
from loadmon.intake.decode import decode, refused
from loadmon.intake.duplicate import Twin
from loadmon.intake.flight import Reader, Reading, fly
from loadmon.intake.foresee import Rehearsal
from loadmon.intake.knowledge import at_begin, learn
from loadmon.intake.look import Look
from loadmon.intake.onlooker import Onlooker
from loadmon.intake.plan import Offer, Plan
from loadmon.intake.progress import READING, STORING, Pace, Progress
from loadmon.intake.report import line_for
from loadmon.readers.account import GARMIN_LIST
from loadmon.readers.unmatched import unmatched
from loadmon.refusal import Refusal, SourceGone, StoreUnavailable, WorkersUnavailable
from loadmon.repair import ACTING
from loadmon.store import Store, imports
from loadmon.store.imports import FileReport, Outcome
from loadmon.store.packed import plain


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
    choices: Choices | None = None,
    dry_run: bool = False,
    request: Mapping[str, Any] | None = None,
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
        ``serial://``, ``process://N`` or a Dask scheduler's ``tcp://host:port``.
    is_sample : bool
        Marks runners made by this import as the sample squad.
    batch_id : int | None
        An import that was broken off and is taken up again: files it has reported already are passed over.
    onlooker : Onlooker | None
        Hears how far it is and may call it off; what was read is kept.
    choices : Choices | None
        What was decided about single files.
    dry_run : bool
        True to look ahead only: every file is read and its line of report written, and nothing is taken in.
    request : mapping | None
        What was asked, as plain values, to be kept with a new import (``store.imports.start_batch``).

    Returns
    -------
    Imported
        Counts by outcome; the lines themselves are in the store under the batch.

    Raises
    ------
    StoreUnavailable
        If the store cannot be written (locked, full, read-only): what was committed before stays.
    SourceGone
        If the folder or archive goes away while it is read: what was read before is stored.
    WorkersUnavailable
        If nothing can read files, or nothing can any more: likewise.
    """
    looking = onlooker or Onlooker()
    with store.write() as conn:
        if batch_id is None:
            kept = dict(request or {}) | {"knew": at_begin(conn, plan.known, is_sample=is_sample)}
            batch_id = imports.start_batch(conn, what, is_sample=is_sample, planned=dry_run, request=kept)
        else:
            imports.resume_batch(conn, batch_id, planned=dry_run)
        looking.keep(conn, batch_id)
    try:
        batch = (Rehearsal if dry_run else Batch)(store, batch_id, is_sample)
        said = choices or Choices()
        return _Import(batch, said.on(plan), workers, looking, said).run()
    except BaseException as fault:
        # However it ends, no import stays "running" in the list; only a killed process cannot say so itself.
        with contextlib.suppress(StoreUnavailable), store.write() as conn:
            ended = "failed" if isinstance(fault, Exception) else "cancelled"
            imports.finish_batch(conn, batch_id, "planned" if dry_run else ended)
        raise


_MOST_GOES = 3
"""How often files are read after all that were there already when they were looked at; more would be a quarrel of two."""


@dataclass
class _Import:
    """One import under way."""

    batch: Batch
    plan: Plan
    workers: str
    onlooker: Onlooker
    choices: Choices
    offers: deque[Offer] = field(default_factory=deque)
    pace: Pace = field(default_factory=Pace)
    stopped: bool = False
    gone: SourceGone | None = None
    bytes_done: int = 0
    began: float = field(default_factory=time.perf_counter)

    @functools.cached_property
    def bytes_total(self) -> int:
        """Of all files of the plan."""
        return self.plan.bytes_total

    @property
    def look(self) -> Look:
        """What tells whose files are."""
        return Look(self.batch, self.plan.watches)

    def run(self) -> Imported:
        self.onlooker.begin(self.batch.number)
        self._begin()
        self._read_all()
        for _ in range(_MOST_GOES):
            if self.gone is not None or self.stopped or not (again := self.batch.gone_since()):
                break
            self.offers.extend(offer for offer in self.plan.offers if plain(offer.member.path) in again)
            self._read_all()
        if self.gone is not None:
            raise self.gone
        if not self.stopped:
            self._name_unmatched()
        if not self.batch.is_lost:
            self.batch.end(self.choices)
            self._finish()
        self._tell(STORING)
        seconds = time.perf_counter() - self.began
        stopped = self.stopped or self.batch.is_lost
        outcomes = {outcome: count for outcome, count in self.batch.outcomes.items() if count}
        return Imported(self.batch.number, outcomes, self.batch.session_count, seconds, stopped)

    def _read_all(self) -> None:
        try:
            with contextlib.closing(fly(self.workers, self._following, self._more, self._reader())) as flight:
                for found in flight:
                    if found is not None:
                        self.batch.add(*found)
                        self.bytes_done += found[0].offer.member.size
                    if self.batch.is_due:
                        self.batch.write()
                    self._tell(READING)
        except WorkersUnavailable:
            self.batch.write()  # what they read before they went is kept
            raise
        self._tell(STORING)
        self.batch.write()

    def _finish(self) -> None:
        with self.batch.store.write() as conn:
            if not self.batch.is_mine(conn):
                return
            if self._state() == "done" and not self.batch.is_sample:
                learn(conn, self.batch.number)
            imports.finish_batch(conn, self.batch.number, self._state())

    def _reader(self) -> Reader | None:
        """What reads a file, with the rules that this store lets act by themselves; None for the usual."""
        rules = self.batch.rules
        return None if rules == ACTING else functools.partial(decode, rules=rules)

    def _state(self) -> str:
        if isinstance(self.batch, Rehearsal):
            return "planned"
        return "cancelled" if self.stopped else "done"

    def _begin(self) -> None:
        """Leave out what an earlier attempt has done; name what could not even be looked into."""
        self.batch.begin({offer.member.path for offer in self.plan.offers})
        for offer in self.plan.offers:
            if self._is_done(offer.member.path):
                self.batch.files_done += 1
                self.bytes_done += offer.member.size
            else:
                self.offers.append(offer)
        for path in self.plan.foreign:
            if not self._is_done(path):
                self.batch.note(_foreign(path, self.plan.tables.get(path)), is_file=False)
        for problem in (*self.plan.problems, *self.plan.asides):
            if not self._is_done(problem.path):
                self.batch.note(line_for(problem.path, refused(problem.refusal)), is_file=False)

    def _name_unmatched(self) -> None:
        """A line of report for every activity of an account's own list that is no session of its runner."""
        for folder, listed in self.plan.listed.items():
            paths = [plain(offer.member.path) for offer in self.plan.offers if offer.starts is listed]
            names = {self.batch.whose.get(path) for path in paths}
            if not self.batch.asked.isdisjoint(paths) or (paths and not self.batch.has_any_of(names)):
                continue  # files of it still wait, or nothing could be taken in of anybody: each file says so itself
            for start, refusal in unmatched(listed, self.batch.starts_of(names)):
                path = f"{folder + '/' if folder else ''}{GARMIN_LIST}, {datetime.fromtimestamp(start, UTC):%Y-%m-%d %H:%M:%S}"
                if not self._is_done(path):
                    self.batch.note(line_for(path, refused(refusal)), is_file=False)
        self.batch.write()

    def _is_done(self, path: str) -> bool:
        return self.batch.has_reported(plain(path))

    def _more(self) -> bool:
        if self.offers and (self.batch.is_lost or self.onlooker.should_stop()):
            self.stopped = True
            self.offers.clear()
        return bool(self.offers)

    def _following(self) -> Reading | None:
        """The next file's bytes, if it has an owner and is not known; else its line of report is written and None."""
        offer = self.offers.popleft()
        reading = self._looked_at(offer)
        if reading is None:
            self.bytes_done += offer.member.size
        return reading

    def _looked_at(self, offer: Offer) -> Reading | None:
        path = offer.member.path
        if self.choices.skips(path):
            words = "It was left out because you said so."
            self.batch.note(FileReport(path, Outcome.SKIPPED, size=offer.member.size, detail=words))
            return None
        try:
            data = offer.member.read()
            told = self.look.into(offer, data)
            athlete = self.batch.athlete(told.owner.name)
            self.batch.must_not_mix(athlete)
        except SourceGone as gone:
            # no file is to blame: what is in the air lands, and the import ends where it can be taken up again
            self.gone = gone
            self.offers.clear()
            return None
        except Refusal as refusal:
            whose = self.batch.athlete(offer.owner.name)
            whose_id = whose.id if whose else None
            self.batch.note(line_for(path, refused(refusal), athlete_id=whose_id, size=offer.member.size))
            return None
        athlete_id = athlete.id if athlete else None
        sha256 = hashlib.sha256(data).hexdigest()
        is_told = told.owner.name is not None
        if self.batch.duplicates.has_met(sha256, is_told=is_told):
            twin = self.batch.duplicates.line(sha256, Twin(told, len(data), athlete_id))
        elif (twin := self.look.there_already(told, sha256, len(data), athlete_id)) is None:
            self.batch.duplicates.begin(sha256, is_told=is_told)
            return Reading(told, data, sha256, athlete.time_zone if athlete else None, self.batch.rules)
        if twin is not None:
            self.batch.note(twin)
        return None

    def _tell(self, phase: str) -> None:
        done = self.batch.files_done
        self.onlooker.tell(
            Progress(
                phase=phase,
                done=done,
                total=len(self.plan.offers),
                files_per_second=self.pace.note(time.perf_counter() - self.began, done),
                bytes_done=self.bytes_done,
                bytes_total=self.bytes_total,
            )
        )


def _foreign(path: str, told: Refusal | None) -> FileReport:
    """The line of a file that is no activity, with what can be done where it lists sessions all the same."""
    if told is None:
        return FileReport(path, Outcome.FOREIGN)
    return FileReport(path, Outcome.FOREIGN, reason=told.name, detail=told.what, advice=told.advice)
