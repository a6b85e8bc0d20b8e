"""Files on their way through the readers: some at a time, each once more and alone if it took a worker down.

A file that is read for ever takes its worker down as well: by the hand of the deadline.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from loadmon.correction import CorrectionKind
from loadmon.faults import log_fault
from loadmon.intake.decode import Decoded, decode, fault_of
from loadmon.intake.executor import open_executor
from loadmon.intake.file_readers import FileReaders
from loadmon.refusal import WorkersUnavailable
from loadmon.repair import ACTING

if TYPE_CHECKING:
    from loadmon.intake.plan import Offer  # a cluster's worker, which flies files too, plans nothing

log = logging.getLogger(__name__)

BYTES_IN_FLIGHT = 64 * 2**20
BYTES_A_CALL = 4 * 2**20
ALLOWED_S = 60.0
ALLOWED_S_PER_MB = 10.0
"""How long reading one file may take. The slowest real file takes under 2 s; a file made to be slow takes for ever."""
_MOST_FALLS = 2
PATIENCE_S = 0.2
"""How long to wait for a file before the caller gets to tell how far it is."""

Reader = Callable[[bytes, str, str | None], Decoded]


class InTheAir:
    """What a flight knows of a file: what is read, for how long it may be, and how often that ended a worker."""

    data: bytes
    name: str
    home_zone: str | None
    allowed_s: float
    falls: int = 0
    since: float | None = None
    overdue: bool = False

    def set_off(self) -> None:
        """It is handed to a worker; its time begins when that worker takes it up."""
        self.since, self.overdue = None, False

    def check(self, now: float) -> bool:
        """True from the moment at which reading it has taken longer than allowed."""
        self.since = now if self.since is None else self.since
        self.overdue = now - self.since > self.allowed_s
        return self.overdue


@dataclass
class Reading(InTheAir):
    """A file on its way: what it is, its bytes and fingerprint."""

    offer: Offer
    data: bytes
    sha256: str
    home_zone: str | None
    rules: frozenset[CorrectionKind] = ACTING
    """Which rules correct by themselves what is read."""

    def __post_init__(self) -> None:
        self.name = self.offer.member.name
        self.allowed_s = ALLOWED_S + ALLOWED_S_PER_MB * len(self.data) / 2**20


Flies = TypeVar("Flies", bound=InTheAir)


def fly(
    workers: str,
    following: Callable[[], Flies | None],
    more: Callable[[], bool],
    reader: Reader | None = None,
) -> Generator[tuple[Flies, Decoded] | None, None, None]:
    """Read files side by side and hand each back as soon as it is done, in no fixed order.

    Parameters
    ----------
    workers : str
        Address of the executor.
    following : callable
        The next file to read, or None if the next one needs no reading (known, refused).
    more : callable
        Whether there is a next one.
    reader : callable | None
        What reads one; ``decode`` if not given.

    Raises
    ------
    WorkersUnavailable
        If no worker can be started or reached at all, or all of them are lost.

    Yields
    ------
    (Reading, Decoded) | None
        None for every file that needs no reading, and every fifth of a second while nothing is done, so that the caller
        can tell how far it is.
    """
    flight = _Flight[Flies](workers, reader or decode)
    try:
        while flight.is_under_way or more():
            while flight.has_room:
                if flight.again:
                    flight.set_off([flight.again.popleft()])
                elif flight.is_gathered:
                    flight.set_off_gathered()
                elif more():
                    file = following()
                    if file is None:
                        yield None
                    else:
                        flight.gathered.append(file)
                elif flight.gathered:
                    flight.set_off_gathered()
                else:
                    break
            landed = flight.landed()
            yield from landed
            if not landed:
                yield None
    finally:
        flight.close()


@dataclass
class _Flight(Generic[Flies]):
    """The files in the air, those that wait to fly again, and those gathered for the next call."""

    workers: str
    reader: Reader
    executor: FileReaders | None = None
    flying: dict[Future[Any], list[Flies]] = field(default_factory=dict)
    again: deque[Flies] = field(default_factory=deque)
    gathered: list[Flies] = field(default_factory=list)

    @property
    def is_under_way(self) -> bool:
        return bool(self.flying or self.again or self.gathered)

    @property
    def is_gathered(self) -> bool:
        """Whether enough files for one call have come together."""
        if not self.gathered:
            return False
        many = len(self.gathered) >= self._readers.files_a_call
        return many or sum(len(file.data) for file in self.gathered) >= BYTES_A_CALL

    @property
    def has_room(self) -> bool:
        """Whether one more call may set off; a file that may have ended a worker goes quite alone."""
        if not self.flying:
            return True
        suspects = self.again or any(file.falls for files in self.flying.values() for file in files)
        if suspects and not self._readers.blames_one:
            return False
        held = sum(len(file.data) for files in self.flying.values() for file in files)
        return len(self.flying) < self._readers.calls and held < BYTES_IN_FLIGHT

    def set_off(self, files: list[Flies]) -> None:
        for file in files:
            file.set_off()
        self.flying[self._readers.read(self.reader, files)] = files

    def set_off_gathered(self) -> None:
        together, self.gathered = self.gathered, []
        self.set_off(together)

    def landed(self) -> list[tuple[Flies, Decoded]]:
        """What has come back within a moment; deadlines are looked after where nothing has, and where much has."""
        finished, _ = wait(self.flying, timeout=PATIENCE_S, return_when=FIRST_COMPLETED)
        found: list[tuple[Flies, Decoded]] = []
        for future in finished:
            found += self._came_back(future, self.flying.pop(future))
        self._end_overdue()
        if self.flying and not finished:
            self._readers.look_after()
        return found

    def close(self) -> None:
        if self.executor is None:
            return
        if self.flying:  # nobody waits for them any more, and one of them might never end
            self.executor.end_all()
        self.executor.shutdown(wait=True, cancel_futures=True)

    @property
    def _readers(self) -> FileReaders:
        """Opened with the first file: an import of nothing but known files needs none."""
        if self.executor is None:
            self.executor = open_executor(self.workers)
        return self.executor

    def _came_back(self, future: Future[Any], files: list[Flies]) -> list[tuple[Flies, Decoded]]:
        """What became of the files of a call; nothing for those that have to fly again."""
        try:
            answer = future.result()
        except WorkersUnavailable:
            raise
        except BrokenProcessPool:
            return self._fell(files)
        except Exception as fault:  # noqa: BLE001  it is logged, without its message
            # decode() tells everything in words; what comes here is a result that could not travel, or no memory
            log_fault(log, "a reader's answer did not arrive", fault)
            if len(files) > 1:
                return self._fell(files)
            return [(files[0], fault_of(fault))]
        return list(zip(files, [answer] if isinstance(answer, Decoded) else answer, strict=True))

    def _fell(self, files: list[Flies]) -> list[tuple[Flies, Decoded]]:
        """Their worker ended under them: each flies again alone, and one that has done so already is refused."""
        given_up: list[tuple[Flies, Decoded]] = []
        for file in files:
            file.falls += 1
            if file.falls < _MOST_FALLS:
                self.again.append(file)
            else:
                given_up.append((file, _took_too_long(file) if file.overdue else _ENDED_ITS_WORKER))
        return given_up

    def _end_overdue(self) -> None:
        now = time.monotonic()
        for future, files in self.flying.items():
            if future.running() and files[0].check(now):
                self._readers.end(future)


_ENDED_ITS_WORKER = Decoded(
    refusal="reader fault",
    detail="Reading this file ended the process that read it, twice.",
    advice="The file is unharmed; please report it, and import the rest as usual.",
)


def _took_too_long(file: InTheAir) -> Decoded:
    return Decoded(
        refusal="took too long",
        detail=f"Reading this file took longer than {file.allowed_s:.0f} s, twice, and was ended.",
        advice="The file is unharmed; please report it, and import the rest as usual.",
        seconds=file.allowed_s,
    )
