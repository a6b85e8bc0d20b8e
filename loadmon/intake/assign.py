"""Saying whose waiting files are, and moving stored sessions to the runner whose they are."""

from __future__ import annotations

import contextlib
from collections import Counter, deque
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import Connection, select

from loadmon.intake.batch import Batch
from loadmon.intake.decode import Decoded
from loadmon.intake.duplicate import Twin
from loadmon.intake.facts_anew import renew
from loadmon.intake.flight import Reading, fly
from loadmon.intake.home_clock import tell_time
from loadmon.intake.knowledge import knowledge, teachable, told_so_far
from loadmon.intake.onlooker import Onlooker
from loadmon.intake.owner import Owner, ToldBy, tidy_name
from loadmon.intake.plan import Offer
from loadmon.intake.progress import Progress
from loadmon.intake.question import Question, clues_of, is_open, key_of, questions
from loadmon.intake.telling import with_told_by_place
from loadmon.intake.twins import settle, settle_runner
from loadmon.intake.whose import WORDS, Knowledge, resolve
from loadmon.readers.member import Member
from loadmon.refusal import NotFound, Refusal
from loadmon.store import Store, Viewer, imports, owner_clues, ownership, preferences, sessions, squad, waiting
from loadmon.store import twins as stored_twins
from loadmon.store.imports import FileReport, Outcome
from loadmon.store.originals import Originals
from loadmon.store.ownership import Moved
from loadmon.store.saving import Saving
from loadmon.store.schema import ImportBatchRow
from loadmon.store.squad import NotAValue, name_key
from loadmon.store.waiting import CLAIM, WaitingFile

__all__ = ["Assigned", "Certain", "Question", "assign", "questions", "reassign"]


@dataclass(frozen=True, slots=True)
class Certain:
    """A question that is still open and that a decision just made has settled, if somebody says so: key, runner, why."""

    key: str
    runner: str
    told_by: str


@dataclass(frozen=True, slots=True)
class Assigned:
    """What came of a decision.

    Parameters
    ----------
    runner : str
        Whose the files are, as the store spells the name.
    is_new : bool
        True where the runner came into the store with them.
    outcomes : dict
        Files by what became of them.
    sessions : int
        Sessions that were stored.
    moved : int
        Sessions that were another runner's until now.
    taught : tuple of (kind, value)
        What was learnt from it.
    certain : tuple of Certain
        Other questions that are certain now; nothing was done about them.
    left : tuple of str
        Paths of files that could not be read any more; they still wait.
    """

    runner: str
    is_new: bool
    outcomes: dict[Outcome, int]
    sessions: int
    moved: int
    taught: tuple[tuple[str, str], ...]
    certain: tuple[Certain, ...]
    left: tuple[str, ...]


def assign(
    store: Store,
    what: str | Sequence[str],
    runner: str,
    *,
    batch_id: int | None = None,
    workers: str = "serial://",
    viewer: Viewer | None = None,
    onlooker: Onlooker | None = None,
) -> Assigned:
    """Take waiting files in as a runner's, in the import that offered them; what the decision teaches is kept.

    It may be broken off and given again: what is in is in, what still waits is taken in then.

    Parameters
    ----------
    store : Store
    what : str or sequence of str
        A question's key, or the paths of single files that wait.
    runner : str
        Whose they are; a name that nobody has makes a new runner.
    batch_id : int | None
        With paths: the import they are of, where several imports have such a path waiting.
    workers : str
        Address of the executor that reads the files.
    viewer : Viewer | None
        Who decides; the person at their own machine if not given.
    onlooker : Onlooker | None
        Hears how far it is.

    Raises
    ------
    NotFound
        If no such question is open, or no such file waits.
    NotAValue
        If the name holds no letter.
    NameTaken
        If a real file would become a sample runner's, or the other way round.
    StoreUnavailable
        If the store cannot be written; what was taken in before stays.
    """
    name = _name(runner)
    viewer = viewer or Viewer.everyone()
    with store.read() as conn:
        files = _meant(conn, viewer, what, batch_id)
        number = files[0].batch_id
        is_sample = bool(conn.execute(select(ImportBatchRow.is_sample).where(ImportBatchRow.id == number)).scalar())
        known = {name_key(one.name): one for one in squad.athletes(conn, Viewer.everyone())}
    there = known.get(name_key(name))
    if there is not None and there.is_sample is not is_sample:
        raise squad.NameTaken(
            f"{there.name} belongs to {'the sample squad' if there.is_sample else 'your own squad'}.",
            "Choose another name.",
        )
    work = _Assignment(store, number, is_sample, name=there.name if there else name)
    work.take_in(files, workers, onlooker or Onlooker())
    return _told(store, viewer, work, is_new=there is None)


def reassign(
    conn: Connection,
    viewer: Viewer,
    session_ids: Iterable[int],
    runner: str,
    *,
    reason: str = "",
    originals: Originals | None = None,
) -> Moved:
    """Say that stored sessions are another runner's; moving them back takes the move back.

    What is counted by runner follows by itself, and so does the local day of a session whose clock only the runner's home
    tells. ``intake.correct.take_back`` and ``put_back`` know such a move as well.

    Parameters
    ----------
    conn : Connection
        From ``Store.write()``: all of it happens, or nothing.
    viewer : Viewer
        Who says so.
    session_ids : iterable of int
    runner : str
        Whose they are; a new name makes a new runner.
    reason : str
        One sentence for the screen.
    originals : Originals | None
        The store's, for rows of tables whose start is told on the runner's clock.

    Raises
    ------
    NotFound, NameTaken, NothingToMove, NotAValue
        As ``store.ownership.reassign``.
    """
    ids = list(session_ids)
    before = {stored_twins.runner_of(conn, viewer, number) for number in ids}
    moved = ownership.reassign(conn, viewer, ids, _name(runner), reason=reason)
    renew(conn, tell_time(conn, moved.session_ids, originals))
    for athlete_id in sorted(before | {moved.athlete_id}):
        settle_runner(conn, athlete_id)
    return moved


def _name(runner: str) -> str:
    """A runner's name as it is kept; ``NotAValue`` for one without a letter."""
    name = tidy_name(runner)
    if not any(c.isalnum() for c in name):
        raise NotAValue("A runner needs a name.", "Give at least one letter.")
    return name


def _meant(conn: Connection, viewer: Viewer, what: str | Sequence[str], batch_id: int | None) -> list[WaitingFile]:
    """The waiting files that a question or some paths stand for."""
    files = [file for file in waiting.waiting(conn, viewer, batch_id) if is_open(file)]
    if isinstance(what, str):
        meant = [file for file in files if key_of(file.batch_id, file.clues["asked_by"]) == what]
        if not meant:
            raise NotFound(f"No open question is called {what}.", "loadmon assign lists those that are open.")
        return meant
    wanted = set(what)
    meant = [file for file in files if file.path in wanted]
    lost = sorted(wanted - {file.path for file in meant})
    if lost or not meant:
        raise NotFound(
            f"{lost[0] if lost else 'No file'} does not wait for a runner.", "loadmon assign lists what does."
        )
    if len({file.batch_id for file in meant}) > 1:
        raise NotFound("Files of such names wait in several imports.", "Say which import is meant.")
    return meant


@dataclass
class _Assignment(Batch):
    """Waiting files on their way into the store as one runner's: like an import, but their lines are there already."""

    name: str = ""
    files: dict[str, WaitingFile] = field(default_factory=dict)
    moved: int = 0
    left: list[str] = field(default_factory=list)
    settled: list[WaitingFile] = field(default_factory=list)
    _queue: deque[WaitingFile] = field(default_factory=deque)

    def is_mine(self, conn: Connection) -> bool:
        """The import that offered them has ended long ago; only one that was undone takes nothing more."""
        return imports.state_of(conn, self.number) != "undone"

    def take_in(self, files: list[WaitingFile], workers: str, onlooker: Onlooker) -> None:
        with self.store.read() as conn:
            self._athletes = {name_key(one.name): one for one in squad.athletes(conn, Viewer.everyone())}
            self.rules = preferences.rules(conn)
        self.files = {file.path: file for file in files}
        self._asked_about = {file.sha256 for file in files}
        self._queue.extend(files)
        with contextlib.closing(fly(workers, self._following, lambda: bool(self._queue))) as flight:
            for found in flight:
                if found is not None:
                    self.add(*found)
                if self.is_due:
                    self.write()
                onlooker.tell(Progress("Taking in", self.files_done, len(files)))
        self.write()

    def _following(self) -> Reading | None:
        """The next file's kept bytes; None for one that needs no reading."""
        file = self._queue.popleft()
        offer = Offer(
            Member(file.path, file.file_name, file.size or 0, lambda: self.store.originals.read(file.sha256)),
            Owner(self.name, ToldBy.DECISION),
            clues=clues_of(file),
        )
        athlete = self.athlete(self.name)
        if self.duplicates.has_met(file.sha256, is_told=True):
            line = self.duplicates.line(file.sha256, Twin(offer, file.size or 0, athlete.id if athlete else None))
            if line is not None:
                self.note(line)
            return None
        if file.holder is not None:
            self._claim(file)
            return None
        try:
            data = offer.member.read()
        except Refusal:
            self.left.append(file.path)
            self.files_done += 1
            return None
        self.duplicates.begin(file.sha256, is_told=True)
        return Reading(offer, data, file.sha256, athlete.time_zone if athlete else None, self.rules)

    def _claim(self, file: WaitingFile) -> None:
        """The bytes are stored: with this runner, and nothing is left to do, or with another, from whom they move."""
        self.files_done += 1
        with self.store.write() as conn:
            found = sessions.known(conn, [file.sha256]).get(file.sha256)
            if found is None or not waiting.still(conn, file.report_id):
                return
            athlete = self.athlete(self.name) or squad.add_athlete(
                conn, self.name, is_sample=self.is_sample, introduced_by=self.number
            )
            if found.athlete_id != athlete.id:
                words = f"The same file was offered as {athlete.name}'s too, and somebody said that it is."
                ids = found.session_ids
                kept = self.store.originals
                moved = reassign(conn, Viewer.everyone(), ids, athlete.name, reason=words, originals=kept)
                self.moved += len(moved.session_ids)
            words = f"The same file is there already: a session of {athlete.name}."
            line = FileReport(
                file.path, Outcome.DUPLICATE, file.sha256, file.size, athlete.id, detail=words, told_by=ToldBy.DECISION
            )
            waiting.settle(conn, file.report_id, line)
        self.settled.append(file)
        self._athletes[name_key(athlete.name)] = athlete
        self.outcomes[Outcome.DUPLICATE] += 1

    def add(self, reading: Reading, decoded: Decoded) -> None:
        """Take over a file that was read, with what its account once told of it."""
        told = self.files[reading.offer.member.path].told
        self._waiting.append((reading, with_told_by_place(reading, decoded, told)))
        self.files_done += 1

    def store_one(self, conn: Connection, saving: Saving, reading: Reading, decoded: Decoded) -> FileReport:
        """As an import does, unless somebody else has decided in between."""
        if not waiting.still(conn, self.files[reading.offer.member.path].report_id):
            return replace(self.line(reading, decoded, None), outcome=Outcome.SKIPPED, sessions=0)
        return super().store_one(conn, saving, reading, decoded)

    def report(self, conn: Connection, lines: list[FileReport]) -> None:
        """Put each line in the place of the one that waited; a file that could not be read goes on waiting."""
        for line in lines:
            file = self.files[line.path]
            if line.outcome in (Outcome.IMPORTED, Outcome.DUPLICATE):
                if waiting.still(conn, file.report_id):
                    about = {"clues": file.clues.get("clues", {})}
                    waiting.settle(conn, file.report_id, replace(line, told_by=ToldBy.DECISION, about=about))
                    self.settled.append(file)
            elif line.outcome is not Outcome.SKIPPED:
                self.left.append(line.path)

    def let_go(self, lines: list[FileReport]) -> None:
        """What still waits is kept."""


def _told(store: Store, viewer: Viewer, work: _Assignment, *, is_new: bool) -> Assigned:
    """Learn from a decision that was carried out, and look for what else is certain now."""
    athlete = work.athlete(work.name)
    taught: list[tuple[str, str]] = []
    if athlete is not None:
        settle(store, [athlete.id])
    with store.write() as conn:
        if athlete is not None and work.settled and not athlete.is_sample:
            # of bytes that were another's too it says whose one session is, and nothing of what else they carry
            files = [clues_of(file) for file in work.settled if CLAIM not in file.clues]
            learnt = [(kind.value, value) for kind, value in teachable(files, athlete, told_so_far(conn))]
            taught = [one for one in learnt if owner_clues.teach(conn, athlete.id, [one], work.number)]
        certain = _certain(conn, viewer, work.is_sample)
    return Assigned(
        work.name, is_new and athlete is not None, dict(+Counter(work.outcomes)), work.session_count, work.moved,
        tuple(taught), certain, tuple(work.left),
    )  # fmt: skip


def _certain(conn: Connection, viewer: Viewer, is_sample: bool) -> tuple[Certain, ...]:
    """Open questions all of whose files tell one runner by what is known now."""
    known = knowledge(conn, is_sample=is_sample)
    found = []
    for question in questions(conn, viewer):
        owners = {_owner_now(file, known) for file in question.files}
        if len(owners) == 1 and (only := next(iter(owners))) is not None:
            found.append(Certain(question.key, *only))
    return tuple(found)


def _owner_now(file: WaitingFile, known: Knowledge) -> tuple[str, str] | None:
    """Whose a waiting file would be if it were offered now, and what would tell; the same bytes twice tell nobody."""
    if CLAIM in file.clues:
        return None
    by_folder = (one["runner"] for one in file.clues["candidates"] if one["why"] == WORDS[ToldBy.FOLDER])
    folder = next(by_folder, None)
    told = Owner(folder, ToldBy.FOLDER) if folder else Owner(None, file.clues["why"])
    owner = resolve(told, clues_of(file), known)
    return None if owner.name is None else (owner.name, str(owner.told_by))
