"""Files on their way through the readers: a few at a time, each once more and alone if it took a worker down."""

from __future__ import annotations

import logging
from collections import deque
from collections.abc import Callable, Generator
from concurrent.futures import FIRST_COMPLETED, Executor, Future, wait
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass

from loadmon.intake.decode import Decoded, decode, fault_of
from loadmon.intake.executor import open_executor, workers_of
from loadmon.intake.plan import Offer

log = logging.getLogger(__name__)

BYTES_IN_FLIGHT = 64 * 2**20
FILES_PER_WORKER = 4
PATIENCE_S = 0.2
"""How long to wait for a file before the caller gets to tell how far it is."""


@dataclass(slots=True)
class Reading:
    """A file on its way: what it is, its bytes and fingerprint, and how often reading it ended a worker."""

    offer: Offer
    data: bytes
    sha256: str
    home_zone: str | None
    falls: int = 0


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
                executor, future = _submit(workers, executor, reading)
                flying[future] = reading
            finished, _ = wait(flying, timeout=PATIENCE_S, return_when=FIRST_COMPLETED)
            for future in finished:
                reading = flying.pop(future)
                try:
                    decoded = future.result()
                except BrokenProcessPool:
                    if executor is not None:
                        executor.shutdown(wait=False)
                        executor = None
                    reading.falls += 1
                    if reading.falls < 2:
                        again.append(reading)
                    else:
                        yield reading, _ENDED_ITS_WORKER
                except Exception as fault:
                    # decode() tells everything in words; what comes here is a result that could not travel, or no memory
                    log.exception("a reader's answer did not arrive")
                    yield reading, fault_of(fault)
                else:
                    yield reading, decoded
            if not finished:
                yield None
    finally:
        if executor is not None:
            executor.shutdown(wait=True, cancel_futures=True)


def _has_room(flying: dict[Future[Decoded], Reading], again: deque[Reading], most: int) -> bool:
    """Whether one more file may set off; one that may have ended a worker goes quite alone."""
    if again or any(reading.falls for reading in flying.values()):
        return not flying
    return len(flying) < most and sum(len(reading.data) for reading in flying.values()) < BYTES_IN_FLIGHT


def _submit(workers: str, executor: Executor | None, reading: Reading) -> tuple[Executor, Future[Decoded]]:
    arguments = (reading.data, reading.offer.member.name, reading.home_zone)
    if executor is not None:
        try:
            return executor, executor.submit(decode, *arguments)
        except BrokenProcessPool:
            executor.shutdown(wait=False)
    executor = open_executor(workers)
    return executor, executor.submit(decode, *arguments)


_ENDED_ITS_WORKER = Decoded(
    refusal="reader fault",
    detail="Reading this file ended the process that read it, twice.",
    advice="The file is unharmed; please report it, and import the rest as usual.",
)
