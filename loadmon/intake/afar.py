"""What a worker of a cluster does: it reads the files of one call under the same guard as a machine of its own.

Each file is read in a process beside the worker's. One that crashes its reader or is read for ever costs that process, never
the worker; the others of its call come through.
"""

from __future__ import annotations

import multiprocessing
import os
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from loadmon import __version__
from loadmon.facts import FACTS_VERSION
from loadmon.intake.decode import Decoded
from loadmon.intake.flight import InTheAir, fly
from loadmon.intake.lanes import Lanes
from loadmon.readers.recording import READER
from loadmon.refusal import WorkersUnavailable

_kept: Lanes | None = None
"""Keeps the reading processes of a worker from one call to the next."""


@dataclass
class Sent(InTheAir):
    """A file as it is sent to a cluster: its bytes, its name for messages, and how long reading it may take."""

    data: bytes
    name: str
    home_zone: str | None
    allowed_s: float


def version() -> str:
    """What has to be the same here and on every worker, for a file to become the same rows."""
    return f"loadmon {__version__} (reader {READER}, facts {FACTS_VERSION})"


def read_together(of: str, reader: Callable[..., Decoded], files: Sequence[Sent]) -> list[Decoded]:
    """Read the files of one call, and give back what became of each in their order.

    Parameters
    ----------
    of : str
        ``version()`` of whoever asks.
    reader : callable
        ``decode``.
    files : sequence of Sent

    Raises
    ------
    WorkersUnavailable
        If this loadmon is of another version, or cannot start a process.
    """
    if of != version():
        raise WorkersUnavailable(
            f"A worker of the Dask cluster is {version()}, and this is {of}.",
            "Install the same loadmon on every worker, start them anew, and import again.",
        )
    where = _guard()
    coming = list(enumerate(files))[::-1]
    numbered = {id(file): number for number, file in coming}
    found: dict[int, Decoded] = {}
    for one in fly(where, lambda: coming.pop()[1], lambda: bool(coming), reader):
        if one is not None:
            found[numbered[id(one[0])]] = one[1]
    return [found[number] for number in range(len(files))]


def _guard() -> str:
    """The address of this worker's own reading processes, one for each of its threads; they stay for its life."""
    global _kept  # one a worker, as the worker is one a process
    if _kept is None:
        # Dask's nanny marks its workers as daemons, who may have no children lest they be orphaned; ours follow their
        # parent by themselves.
        multiprocessing.current_process()._config["daemon"] = False  # type: ignore[attr-defined]  # noqa: SLF001
        _kept = Lanes(_threads())
    return f"process://{_kept.width}"


def _threads() -> int:
    try:
        from distributed import get_worker

        return max(1, int(get_worker().state.nthreads))
    except (ImportError, ValueError, AttributeError):
        return max(1, os.cpu_count() or 1)
