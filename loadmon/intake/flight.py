"""Files on their way through the readers: a few at a time, each once more and alone if it took a worker down.

A file that is read for ever takes its worker down as well: by the hand of the deadline.
"""

from __future__ import annotations

import logging
import time
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from loadmon.correction import CorrectionKind
from loadmon.faults import log_fault
from loadmon.intake.decode import Decoded, decode, fault_of
from loadmon.intake.executor import end_now, is_up, open_executor, prove, workers_of
from loadmon.intake.plan import Offer
from loadmon.repair import ACTING

log = logging.getLogger(__name__)

BYTES_IN_FLIGHT = 64 * 2**20
FILES_PER_WORKER = 4
ALLOWED_S = 60.0
ALLOWED_S_PER_MB = 10.0
"""How long reading one file may take. The slowest real file takes under 2 s; a file made to be slow takes for ever."""
_MOST_FALLS = 2
PATIENCE_S = 0.2
"""How long to wait for a file before the caller gets to tell how far it is."""


@dataclass(slots=True)
class Reading:
    """A file on its way: what it is, its bytes and fingerprint, since when, and how often reading it ended a worker."""

    offer: Offer
    data: bytes
    sha256: str
    home_zone: str | None
    falls: int = 0
    since: float | None = None
    overdue: bool = False
    rules: frozenset[CorrectionKind] = ACTING
    """Which rules correct by themselves what is read."""

    @property
    def allowed_s(self) -> float:
        """How long reading it may take."""
        return ALLOWED_S + ALLOWED_S_PER_MB * len(self.data) / 2**20

    def set_off(self) -> None:
        """It is handed to a worker; its time begins when that worker takes it up."""
        self.since, self.overdue = None, False

    def check(self, now: float) -> bool:
        """True from the moment at which reading it has taken longer than allowed."""
        self.since = now if self.since is None else self.since
        self.overdue = now - self.since > self.allowed_s
        return self.overdue


def fly(
    workers: str, following: Callable[[], Reading | None], more: Callable[[], bool]
) -> Generator[tuple[Reading, Decoded] | None, None, None]:
    """Read files side by side and hand each back as soon as it is done, in no fixed order.

    Parameters
    ----------
    workers : str
        Address of the executor.
    following : callable
        The next file to read, or None if the next one needs no reading (known, refused).
    more : callable
        Whether there is a next one.

    Raises
    ------
    WorkersUnavailable
        If no worker can be started at all.

    Yields
    ------
    (Reading, Decoded) | None
        None every fifth of a second while nothing is done, so that the caller can tell how far it is.
    """
    flying: dict[Future[Decoded], Reading] = {}
    again: deque[Reading] = deque()
    executor: Executor | None = None
    most = FILES_PER_WORKER * workers_of(workers)
    try:
        while more() or again or flying:
            while (more() or again) and _has_room(flying, again, most):
                reading = again.popleft() if again else following()
                if reading is None:
                    yield None
                    continue
                reading.set_off()
                executor, future = _submit(workers, executor, reading)
                flying[future] = reading
            finished, _ = wait(flying, timeout=PATIENCE_S, return_when=FIRST_COMPLETED)
            for future in finished:
                reading = flying.pop(future)
                decoded = _landed(future, reading)
                if decoded is not None:
                    yield reading, decoded
                    continue
                if executor is not None:
                    executor.shutdown(wait=False)
                    executor = None
                again.append(reading)
            if executor is not None and _any_overdue(executor, flying):
                end_now(executor)  # every file in the air falls; each flies again alone, the stuck one to its end
            if not finished:
                yield None
    finally:
        if executor is not None:
            if flying:  # nobody waits for them any more, and one of them might never end
                end_now(executor)
            executor.shutdown(wait=True, cancel_futures=True)


def _landed(future: Future[Decoded], reading: Reading) -> Decoded | None:
    """What became of a file; None if its worker ended under it for the first time, and it has to fly again."""
    try:
        return future.result()
    except BrokenProcessPool:
        reading.falls += 1
        if reading.falls < _MOST_FALLS:
            return None
        return _took_too_long(reading) if reading.overdue else _ENDED_ITS_WORKER
    except Exception as fault:  # noqa: BLE001  it is logged, without its message
        # decode() tells everything in words; what comes here is a result that could not travel, or no memory
        log_fault(log, "a reader's answer did not arrive", fault)
        return fault_of(fault)


def _any_overdue(executor: Executor, flying: dict[Future[Decoded], Reading]) -> bool:
    """Whether a file has been with a worker for longer than it may.

    A pool takes one file more than it has workers; that one waits with the clock running. It is no harm: it flies again.
    """
    if not is_up(executor):
        return False
    now = time.monotonic()
    late = [reading.check(now) for future, reading in flying.items() if future.running()]  # every clock has to begin
    return any(late)


def _has_room(flying: dict[Future[Decoded], Reading], again: deque[Reading], most: int) -> bool:
    """Whether one more file may set off; one that may have ended a worker goes quite alone."""
    if again or any(reading.falls for reading in flying.values()):
        return not flying
    return len(flying) < most and sum(len(reading.data) for reading in flying.values()) < BYTES_IN_FLIGHT


def _submit(workers: str, executor: Executor | None, reading: Reading) -> tuple[Executor, Future[Decoded]]:
    arguments = (reading.data, reading.offer.member.name, reading.home_zone, reading.rules)
    if executor is not None:
        try:
            return executor, executor.submit(decode, *arguments)
        except BrokenProcessPool:
            executor.shutdown(wait=False)
    executor = open_executor(workers)
    if reading.falls:
        prove(executor)  # a file is blamed only for ending a worker that had worked
    return executor, executor.submit(decode, *arguments)


_ENDED_ITS_WORKER = Decoded(
    refusal="reader fault",
    detail="Reading this file ended the process that read it, twice.",
    advice="The file is unharmed; please report it, and import the rest as usual.",
)


def _took_too_long(reading: Reading) -> Decoded:
    return Decoded(
        refusal="took too long",
        detail=f"Reading this file took longer than {reading.allowed_s:.0f} s, twice, and was ended.",
        advice="The file is unharmed; please report it, and import the rest as usual.",
        seconds=reading.allowed_s,
    )
