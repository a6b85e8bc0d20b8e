"""A Dask cluster that reads files: it is sent bytes, never paths, and hands back what a process beside us would.

Dask's protocol runs whatever code it is sent, on workers and clients alike: name a scheduler only inside a network of your
own (``tcp://``), or with certificates on both sides (``tls://``, set up as Dask's manual says).
"""

from __future__ import annotations

import contextlib
import logging
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import CancelledError, Future
from concurrent.futures.process import BrokenProcessPool
from typing import Any

from loadmon.intake import afar
from loadmon.intake.file_readers import FileReaders
from loadmon.refusal import WorkersUnavailable

log = logging.getLogger(__name__)

FILES_A_CALL = 24
"""A call to a cluster costs 3 to 7 ms and reading a small file 4 ms: so many files share one call."""
CALLS_A_THREAD = 3
ANSWERS_WITHIN_S = 10.0
"""How long a scheduler may take to answer."""
PEOPLED_WITHIN_S = 30.0
"""How long its first worker may take to come: starting one takes some seconds."""
DESERTED_S = 30.0
"""How long the cluster may be without any worker in the middle of an import; a fallen one is soon back."""
LOOK_S = 2.0


class Cluster(FileReaders):
    """The executor of a Dask cluster.

    Parameters
    ----------
    address : str
        Of its scheduler, ``tcp://host:8786`` or ``tls://host:8786``.

    Raises
    ------
    WorkersUnavailable
        If no scheduler answers, it has no workers, or one of them is of another version than this loadmon.
    """

    files_a_call = FILES_A_CALL

    def __init__(self, address: str) -> None:
        try:
            from distributed import Client
        except ModuleNotFoundError as why:
            raise WorkersUnavailable(
                "Dask, which reads files on other machines, is not installed.",
                "Install it with: pip install 'loadmon[cluster]'",
            ) from why
        self._address = address
        self._looked = self._peopled = time.monotonic()
        try:
            self._client = Client(address, timeout=ANSWERS_WITHIN_S, set_as_default=False)
        except (OSError, ValueError, TimeoutError) as why:
            raise self._out_of_reach() from why
        try:
            self._must_have_workers()
            self._must_be_of_our_version()
            self.calls = CALLS_A_THREAD * max(1, sum(self._nthreads().values()))
            self._executor = self._client.get_executor(pure=False)
        except BaseException:
            self._close()
            raise

    def read(self, reader: Callable[..., Any], files: Sequence[Any]) -> Future[Any]:
        """Have the files of one call read on a worker; a list of what became of each."""
        sent = [afar.Sent(file.data, file.name, file.home_zone, file.allowed_s) for file in files]
        return self.submit(afar.read_together, afar.version(), reader, sent)

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Have ``fn`` called on a worker.

        A call whose workers ended under it, one after the other, ends as ``BrokenProcessPool``, as in a pool of processes;
        one that the cluster lost as ``WorkersUnavailable``.
        """
        ours: Future[Any] = Future()
        try:
            theirs = self._executor.submit(fn, *args, **kwargs)
        except RuntimeError as why:
            raise self._lost() from why
        theirs.add_done_callback(lambda done: self._arrived(done, ours))
        return ours

    def look_after(self) -> None:
        """See whether anything can still come back.

        Raises
        ------
        WorkersUnavailable
            If the scheduler is gone, or every worker has been for half a minute.
        """
        now = time.monotonic()
        if now - self._looked < LOOK_S:
            return
        self._looked = now
        if self._nthreads():
            self._peopled = now
        elif now - self._peopled > DESERTED_S:
            raise self._no_workers()

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Leave the cluster; it goes on for others."""
        with contextlib.suppress(Exception):  # it may be gone already
            self._executor.shutdown(wait=wait and not cancel_futures)
        self._close()

    def _arrived(self, done: Future[Any], ours: Future[Any]) -> None:
        from distributed.scheduler import KilledWorker

        if done.cancelled():
            ours.set_exception(self._lost())
            return
        fault = done.exception()
        if fault is None:
            ours.set_result(done.result())
        elif isinstance(fault, KilledWorker):
            ours.set_exception(BrokenProcessPool("the workers that read this have ended"))
        elif isinstance(fault, CancelledError | OSError | TimeoutError):
            ours.set_exception(self._lost())
        elif isinstance(fault, ImportError | AttributeError):  # a worker that came later, and has no loadmon as ours
            ours.set_exception(self._of_another_version("?"))
        else:
            ours.set_exception(fault)

    def _must_have_workers(self) -> None:
        try:
            self._client.wait_for_workers(1, timeout=PEOPLED_WITHIN_S)
        except TimeoutError as why:
            raise self._no_workers() from why
        except (OSError, CancelledError) as why:
            raise self._out_of_reach() from why

    def _must_be_of_our_version(self) -> None:
        try:
            found = self._client.run(afar.version, on_error="return")
        except Exception as why:  # whatever a worker without loadmon answers
            raise self._of_another_version("without loadmon") from why
        ours = afar.version()
        for theirs in found.values():
            if theirs != ours:
                raise self._of_another_version(theirs if isinstance(theirs, str) else "without loadmon")

    def _nthreads(self) -> dict[str, int]:
        if self._client.status != "running":
            raise self._lost()
        try:
            return dict(self._client.nthreads())
        except (OSError, CancelledError, TimeoutError, AttributeError) as why:
            raise self._lost() from why

    def _close(self) -> None:
        with contextlib.suppress(Exception), _quiet():
            self._client.close(timeout=2.0)

    def _out_of_reach(self) -> WorkersUnavailable:
        return WorkersUnavailable(
            f"No Dask scheduler answers at {self._address}.",
            "Start it or correct LOADMON_SCHEDULER, then import again: what is in already is skipped.",
        )

    def _no_workers(self) -> WorkersUnavailable:
        return WorkersUnavailable(
            f"The Dask scheduler at {self._address} has no workers.",
            "Start some with: dask worker ADDRESS, then import again: what is in already is skipped.",
        )

    def _lost(self) -> WorkersUnavailable:
        return WorkersUnavailable(
            f"The Dask cluster at {self._address} was lost while it read files.",
            "What had come back is kept; see that the cluster runs, and import again to go on.",
        )

    def _of_another_version(self, theirs: str) -> WorkersUnavailable:
        return WorkersUnavailable(
            f"A worker of the Dask cluster at {self._address} is {theirs}, and this is {afar.version()}.",
            "Install the same loadmon on every worker, start them anew, and import again.",
        )


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Dask logs every connection that ends while it is being closed."""
    theirs = logging.getLogger("distributed")
    level = theirs.level
    theirs.setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        theirs.setLevel(level)
