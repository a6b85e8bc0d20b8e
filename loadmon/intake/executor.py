"""Where files are read: in this process, in processes beside it, or on a Dask cluster, by one kind of address."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from typing import Any

from loadmon.intake.file_readers import FileReaders
from loadmon.intake.lanes import Lanes
from loadmon.refusal import NotFound

CLUSTERS = ("tcp", "tls")
"""Kinds of address at which a Dask scheduler listens."""


class SerialExecutor(FileReaders):
    """Does the work at once in this process; for tests and debuggers: nothing shields it from a bad file."""

    def submit(self, fn: Callable[..., Any], /, *args: Any, **kwargs: Any) -> Future[Any]:
        """Run ``fn`` now and hand its result back as a finished future."""
        future: Future[Any] = Future()
        try:
            future.set_result(fn(*args, **kwargs))
        except Exception as fault:  # noqa: BLE001  a future carries whatever was raised
            future.set_exception(fault)
        return future


def open_executor(where: str) -> FileReaders:
    """An executor for an address.

    Parameters
    ----------
    where : str
        ``serial://``, ``process://N`` with N worker processes, or a Dask scheduler's ``tcp://host:port`` or
        ``tls://host:port``.

    Raises
    ------
    NotFound
        For an address of another kind.
    WorkersUnavailable
        If there is no cluster at the address, or its workers do not read files as this loadmon does.
    """
    kind, _, rest = where.partition("://")
    if kind == "serial":
        return SerialExecutor()
    if kind == "process" and rest.isdigit() and int(rest) > 0:
        return Lanes(int(rest))
    if kind in CLUSTERS and ":" in rest:
        from loadmon.intake.cluster import Cluster  # Dask is paid for by those who have one

        return Cluster(where)
    raise NotFound(f"There is no way to run work at '{where}'.", "Use serial://, process://4 or tcp://host:8786.")


@contextlib.contextmanager
def kept_warm(where: str) -> Iterator[None]:
    """Start the processes of an address now and keep them until the end: the first files find them at work."""
    kind, _, rest = where.partition("://")
    if kind != "process":
        yield
        return
    with Lanes(int(rest)) as lanes:
        lanes.open()
        yield
