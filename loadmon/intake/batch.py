"""What an import has read, on its way into the store: a few files a transaction, each with its line of report."""

from __future__ import annotations

import dataclasses
import logging
import time
from collections import Counter
from collections.abc import Callable, Collection
from dataclasses import dataclass, field

from sqlalchemy import Connection
from sqlalchemy.exc import DataError, IntegrityError

from loadmon.athlete import Athlete
from loadmon.correction import CorrectionKind
from loadmon.faults import log_fault
from loadmon.intake import twins
from loadmon.intake.choices import Choices
from loadmon.intake.decode import Decoded, refused
from loadmon.intake.duplicate import THERE, Duplicates, there_already
from loadmon.intake.flight import Reading
from loadmon.intake.knowledge import knowledge
from loadmon.intake.question import asked, waiting_file
from loadmon.intake.report import line_for
from loadmon.intake.telling import with_told
from loadmon.intake.whose import Knowledge
from loadmon.refusal import Refusal
from loadmon.repair import ACTING
from loadmon.store import Store, Viewer, imports, preferences, sessions, squad, undo, waiting
from loadmon.store.fingerprints import Fingerprints
from loadmon.store.imports import FileReport, Outcome
from loadmon.store.insert_new import insert_new
from loadmon.store.originals import Original
from loadmon.store.packed import plain
from loadmon.store.saving import Saving
from loadmon.store.schema import OriginalRow
from loadmon.store.squad import name_key
from loadmon.store.waiting import WaitingFile

log = logging.getLogger(__name__)

FILES_A_TRANSACTION = 25
SECONDS_A_TRANSACTION = 2.0
_UNFIT = (DataError, IntegrityError, OverflowError, UnicodeError)
"""What a database says of a value that it does not take."""

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
    knowledge : Knowledge
        What told owners apart when the import began.
    rules : frozenset of CorrectionKind
        Which rules correct by themselves what is read.
    holds : callable
        Whether the import is still in this process's hand, asked in every transaction.
    is_lost : bool
        True once it was not: the import ends without another word.
    there : Fingerprints
        Which files may be in the store already, as of the last transaction.
    whose : dict
        By path, whose each file is that was reported so far.
    asked : set of str
        Paths of the files about which somebody has to decide.
    """

    store: Store
    number: int
    is_sample: bool
    duplicates: Duplicates = field(init=False)
    knowledge: Knowledge = field(default_factory=Knowledge)
    rules: frozenset[CorrectionKind] = ACTING
    whose: dict[str, str] = field(default_factory=dict)
    asked: set[str] = field(default_factory=set)
    holds: Callable[[Connection], bool] = lambda _: True
    is_lost: bool = False
    there: Fingerprints = field(default_factory=Fingerprints)
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    session_count: int = 0
    files_done: int = 0
    _athletes: dict[str, Athlete] = field(default_factory=dict)
    _reported: set[str] = field(default_factory=set)
    _waiting: list[tuple[Reading, Decoded]] = field(default_factory=list)
    _lines: list[FileReport] = field(default_factory=list)
    _held: dict[str, WaitingFile] = field(default_factory=dict)
    _asked_about: set[str] = field(default_factory=set)
    _stored_at: float = field(default_factory=time.perf_counter)

    def __post_init__(self) -> None:
        self.duplicates = Duplicates(self.asks_in, self.name_of)

    @property
    def asks_in(self) -> int | None:
        """The import that asks whose files are that nobody is told for."""
        return self.number

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
            self.rules = preferences.rules(conn)
            self.knowledge = knowledge(conn, self.number, is_sample=self.is_sample)
            self.there.learn(conn)
        self._reported = set(before["path"])
        self.outcomes.update(Outcome(outcome) for outcome in before["outcome"])
        self.session_count = int(before["sessions"].sum())
        self._remember(done := imports.lines_of(before))
        self.duplicates.go_on(done)

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
                self.keep(reading)
        with self.store.write() as conn:
            self.is_lost = not self.is_mine(conn)
            if not self.is_lost:
                fresh, twins, lines, came_in = self._into(conn)
        if self.is_lost:
            self._drop()
            return
        self._remember(lines)
        self.let_go([line for line in fresh if line.outcome is Outcome.REFUSED])
        self.outcomes.update(line.outcome for line in [*fresh, *twins])
        self.session_count += sum(line.sessions for line in fresh)
        self.files_done += len(twins)
        if came_in:
            self.outcomes.update({Outcome.NO_OWNER: -len(came_in), Outcome.DUPLICATE: len(came_in)})
            self.outcomes = +self.outcomes  # nothing is told of an outcome that no file has
            self.asked.difference_update(came_in)
        self._waiting, self._lines = [], []
        self._held, self.duplicates.twins = {}, {}

    def is_mine(self, conn: Connection) -> bool:
        """False once the import was undone or put away, or somebody else has it in hand: nothing more may be stored."""
        return imports.is_open(conn, self.number) and self.holds(conn)

    def _into(self, conn: Connection) -> tuple[list[FileReport], list[FileReport], list[FileReport], list[str]]:
        """Store what waits; the lines of what was read, of their twins, of all, and the paths that are asked about no more."""
        self._meet(conn)
        self.there.learn(conn)
        for reading, decoded in self._waiting:
            if decoded.sessions:
                self.keep(reading)  # an undo may have removed it since; while this transaction is open none can
        fresh = self._all(conn)
        twins = [line for first in fresh for line in self.duplicates.ended(first)]
        lines = [*self._lines, *fresh, *twins]
        self._asked_about.update(line.sha256 for line in lines if line.outcome is Outcome.NO_OWNER and line.sha256)
        self.report(conn, lines)
        return fresh, twins, lines, self._ask_no_more(conn, fresh)

    def _drop(self) -> None:
        undo.remove_unnamed(self.store, [reading.sha256 for reading, _ in self._waiting])
        self._waiting, self._lines = [], []
        self._held, self.duplicates.twins = {}, {}

    def _meet(self, conn: Connection) -> None:
        """The runners as they are at this moment: an undo may have taken some out since the import began."""
        self._athletes = {name_key(a.name): a for a in squad.athletes(conn, Viewer.everyone())}
        there = {athlete.id for athlete in self._athletes.values()}
        self._lines = [
            line if line.athlete_id is None or line.athlete_id in there else dataclasses.replace(line, athlete_id=None)
            for line in self._lines
        ]

    def gone_since(self) -> set[str]:
        """Paths of files that were told to be there already and are not any more, as another import was undone meanwhile.

        Their lines of report are taken back: they have to be read after all.
        """
        with self.store.write() as conn:
            paths = imports.take_back_unfounded(conn, self.number) if self.is_mine(conn) else set()
        self._reported -= paths
        self.outcomes.update({Outcome.DUPLICATE: -len(paths)})
        self.files_done -= len(paths)
        return paths

    def _remember(self, lines: list[FileReport]) -> None:
        for line in lines:
            runner = (line.about or {}).get("runner") or (line.athlete_id and self.name_of(line.athlete_id))
            if runner:
                self.whose[plain(line.path)] = runner
            if line.outcome is Outcome.NO_OWNER:
                self.asked.add(plain(line.path))
                self._asked_about.update({line.sha256} if line.sha256 else ())

    def report(self, conn: Connection, lines: list[FileReport]) -> None:
        """Write down what became of files; those that nobody is told for wait from now on."""
        imports.add_reports(conn, self.number, lines)
        self.let_wait(conn, lines)

    def let_wait(self, conn: Connection, lines: list[FileReport]) -> None:
        """Let files wait that were read and that nobody is told for, with what is needed to take them in."""
        twins = self.duplicates.twins
        held = [waiting_file(line, twins[line.path].offer) for line in lines if line.path in twins]
        waiting.hold(conn, self.number, [*self._held.values(), *held])

    def _ask_no_more(self, conn: Connection, fresh: list[FileReport]) -> list[str]:
        """What was asked about before the same bytes came in as somebody's is a mere duplicate; the paths of those files."""
        settled = []
        for line in fresh:
            is_told = line.athlete_id is not None or "runner" in (line.about or {})
            if line.sha256 in self._asked_about and line.outcome in THERE and is_told:
                for number, path, size in waiting.lines_of(conn, self.number, line.sha256):
                    waiting.settle(conn, number, there_already(path, line, size))
                    settled.append(path)
        return settled

    def starts_of(self, names: set[str | None]) -> list[float]:
        """When the sessions of these runners began, in Unix seconds."""
        whose = [athlete.id for athlete in map(self.athlete, names) if athlete is not None]
        with self.store.read() as conn:
            # as read: a list knows nothing of a clock that was put right since
            return sessions.starts_as_read(conn, Viewer.everyone(), whose)

    def has_any_of(self, names: set[str | None]) -> bool:
        """True where one of these runners is there."""
        return any(self.athlete(name) is not None for name in names)

    def end(self, choices: Choices) -> None:
        """Everything is read: see to second recordings of one run, as was decided of these files and of their runners."""
        viewer = Viewer.everyone()
        with self.store.read() as conn:
            touched = imports.runners_of(conn, self.number)
            chosen = imports.sessions_of(conn, self.number, choices.with_twins())
        for path, numbers in chosen.items():
            with self.store.write() as conn:
                twins.decide(conn, viewer, numbers, choices.twin(path) or "")
        twins.settle(self.store, touched)

    def keep(self, reading: Reading) -> None:
        """Keep a file's bytes as they came."""
        self.store.originals.keep(reading.data, reading.sha256)

    def _all(self, conn: Connection) -> list[FileReport]:
        """Store every file that waits, together; where one of them cannot be stored, each by itself."""
        try:
            with conn.begin_nested():
                saving = Saving(conn, self.number)
                lines = [self._store(conn, saving, reading, decoded) for reading, decoded in self._waiting]
                saving.finish()
                return lines
        except (Refusal, *_UNFIT):
            self._meet(conn)  # runners made meanwhile are gone with the rest
            self._held = {}
            return [self._one(conn, reading, decoded) for reading, decoded in self._waiting]

    def _one(self, conn: Connection, reading: Reading, decoded: Decoded) -> FileReport:
        """Store one file's sessions, all or none, and give back its line of report."""
        try:
            with conn.begin_nested():
                saving = Saving(conn, self.number)
                line = self._store(conn, saving, reading, decoded)
                saving.finish()
                return line
        except Refusal as refusal:
            return self.line(reading, refused(refusal), None)
        except _UNFIT as fault:
            # A value no database takes must not cost the other files of this transaction theirs.
            log_fault(log, "a file could not be stored", fault)
            self._meet(conn)
            return self.line(reading, _NOT_STORED, None)

    def _store(self, conn: Connection, saving: Saving, reading: Reading, decoded: Decoded) -> FileReport:
        if decoded.sessions and reading.offer.owner.name is None:
            return self.hold(conn, reading, decoded)
        return self.store_one(conn, saving, reading, decoded)

    def must_not_mix(self, athlete: Athlete | None) -> None:
        """Refuse a real file for a sample runner, and the other way round: they may have come in since the import began.

        Raises
        ------
        NameTaken
        """
        if athlete is not None and athlete.is_sample is not self.is_sample:
            whose = "the sample squad" if athlete.is_sample else "your own squad"
            raise squad.NameTaken(
                f"There is a runner called {athlete.name} in {whose} already.",
                "Rename the folder, or name another runner.",
            )

    def store_one(self, conn: Connection, saving: Saving, reading: Reading, decoded: Decoded) -> FileReport:
        """Store what was read of one file; gives back its line of report."""
        name = reading.offer.owner.name or ""
        athlete = self.athlete(name)
        self.must_not_mix(athlete)
        if athlete is None and decoded.sessions:
            # A runner appears with their first readable file: nobody is added by a damaged one.
            athlete = squad.add_athlete(conn, name, is_sample=self.is_sample, introduced_by=self.number)
        line = self.line(reading, decoded, athlete)
        if athlete is None or not decoded.sessions:
            return line
        original = Original(reading.sha256, len(reading.data), decoded.format)
        stored = [saving.add(athlete.id, packed, original) for packed in decoded.sessions]
        self._athletes[name_key(athlete.name)] = athlete
        if any(session_id is not None for session_id in stored):
            return line
        words = "The same file was stored by another import just now."
        return dataclasses.replace(line, outcome=Outcome.DUPLICATE, sessions=0, detail=words)

    def hold(self, conn: Connection, reading: Reading, decoded: Decoded) -> FileReport:
        """Let a file wait that nobody is told for; gives back its line of report."""
        line = self.ask(reading, decoded)
        if line.outcome is Outcome.NO_OWNER:
            original = Original(reading.sha256, len(reading.data), decoded.format)
            insert_new(conn, OriginalRow, dataclasses.asdict(original))
            self._held[line.path] = waiting_file(line, reading.offer, decoded)
        return line

    def ask(self, reading: Reading, decoded: Decoded) -> FileReport:
        """The line of report of a file that nobody is told for, unless the same bytes have come in meanwhile."""
        first = self.duplicates.came_in(reading.sha256)
        if first is not None:
            return there_already(reading.offer.member.path, first, len(reading.data))
        return asked(self.line(reading, decoded, None), reading.offer, self.asks_in)

    @staticmethod
    def line(reading: Reading, decoded: Decoded, athlete: Athlete | None) -> FileReport:
        """The line of report of a file that was read; one that has an owner tells what files of theirs carry."""
        offer = reading.offer
        line = line_for(
            offer.member.path,
            decoded,
            athlete_id=athlete.id if athlete else None,
            size=len(reading.data),
            sha256=reading.sha256,
            told_by=offer.owner.told_by if offer.owner.name else None,
        )
        is_told = offer.owner.name is not None and decoded.sessions
        return dataclasses.replace(line, about={"clues": offer.clues.plain()}) if is_told else line

    def let_go(self, lines: list[FileReport]) -> None:
        """Remove the kept bytes of files that could not be stored after all, unless they belong to somebody."""
        undo.remove_unnamed(self.store, [line.sha256 for line in lines if line.sha256])
