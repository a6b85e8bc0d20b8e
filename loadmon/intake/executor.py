"""Where files are read: in this process, in a pool of processes, behind one ``concurrent.futures.Executor``."""

from __future__ import annotations

import importlib
import multiprocessing
import os
import signal
import threading
from collections.abc import Callable
from concurrent.futures import Executor, Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from loadmon.refusal import NotFound, WorkersUnavailable


class SerialExecutor(Executor):
    """Does the work at once in this process; for tests and debuggers: nothing shields it from a bad file."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run ``fn`` now and hand its result back as a finished future."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as fault:  # noqa: BLE001  a future carries whatever was raised
            future.set_exception(fault)
        return future


class ProcessExecutor(ProcessPoolExecutor):
    """A pool of processes that can be ended at once, whatever they are in the middle of."""

    def __init__(self, workers: int) -> None:
        # spawned, not forked: threads of the database and of the page server would be copied in the middle of their work
        super().__init__(workers, multiprocessing.get_context("spawn"), _begin_worker)
        self._first = self.submit(os.getpid)

    @property
    def is_up(self) -> bool:
        """True once the first process has loaded what it needs and works."""
        return self._first.done()

    def wait_until_up(self) -> None:
        """Return once the first process works; raises ``BrokenProcessPool`` if it ended instead."""
        self._first.result()

    def end_now(self) -> None:
        """Kill every process; what they were doing ends as ``BrokenProcessPool``."""
        processes: dict[int, Any] = getattr(self, "_processes", None) or {}
        for process in list(processes.values()):
            process.kill()


def end_now(executor: Executor) -> None:
    """End whatever an executor is doing, where it can be ended; in this very process nothing can."""
    if isinstance(executor, ProcessExecutor):
        executor.end_now()


def is_up(executor: Executor) -> bool:
    """True once an executor works on what it was given; starting processes takes a few seconds."""
    return not isinstance(executor, ProcessExecutor) or executor.is_up


def prove(executor: Executor) -> None:
    """Wait until an executor works at all, so that what ends it later is what it was given.

    Raises
    ------
    WorkersUnavailable
        If its processes end before they have done anything.
    """
    if not isinstance(executor, ProcessExecutor):
        return
    try:
        executor.wait_until_up()
    except BrokenProcessPool as fault:
        executor.shutdown(wait=False)
        raise WorkersUnavailable(
            "The processes that read files end before they begin.",
            "Set LOADMON_SCHEDULER=serial to read in one process, import again, and report what the log says.",
        ) from fault


def open_executor(where: str) -> Executor:
    """An executor for an address.

    Parameters
    ----------
    where : str
        ``serial://`` or ``process://N`` with N worker processes.

    Raises
    ------
    NotFound
        For an address of another kind.
    """
    kind, _, rest = where.partition("://")
    if kind == "serial":
        return SerialExecutor()
    if kind == "process" and rest.isdigit() and int(rest) > 0:
        return ProcessExecutor(int(rest))
    raise NotFound(f"There is no way to run work at '{where}'.", "Use serial:// or process://4.")


def workers_of(where: str) -> int:
    """How many files an address reads at a time."""
    rest = where.partition("://")[2]
    return int(rest) if rest.isdigit() else 1


def _begin_worker() -> None:
    """Warm a worker up, and end it when its parent is gone (a killed parent would leave it running for ever)."""
    os.environ["OMP_NUM_THREADS"] = "1"
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl+C goes to every process at once; the parent decides
    parent = multiprocessing.parent_process()
    if parent is not None:
        threading.Thread(target=_end_with, args=(parent,), daemon=True).start()
    for name in ("loadmon.facts", "loadmon.readers", "loadmon.readers.fit", "loadmon.store.packed"):
        importlib.import_module(name)  # paid once here instead of within the first file


def _end_with(parent: Any) -> None:
    parent.join()
    os._exit(1)
