"""What reads files for an import: a ``concurrent.futures.Executor`` that says how it wants to be used."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from concurrent.futures import Executor, Future
from typing import Any


class FileReaders(Executor):
    """An executor that reads files; by itself it is given one at a time and can end none.

    Attributes
    ----------
    calls : int
        Calls under way at a time: enough that no worker is idle while the store is written.
    files_a_call : int
        Files handed over together.
    blames_one : bool
        True if a worker's end is told of the one file that it was reading, and of no other.
    """

    calls: int = 1
    files_a_call: int = 1
    blames_one: bool = False

    def read(self, reader: Callable[..., Any], files: Sequence[Any]) -> Future[Any]:
        """Hand files over and get what will become of them: of one, or of several a list in their order.

        Parameters
        ----------
        reader : callable
            Of a file's bytes, its name and its runner's home zone.
        files : sequence of InTheAir
            As many as ``files_a_call`` at most.
        """
        (file,) = files
        return self.submit(reader, file.data, file.name, file.home_zone)

    def end(self, future: Future[Any]) -> None:
        """End the work on one call, where it can be ended: it comes back as ``BrokenProcessPool``."""

    def end_all(self) -> None:
        """End whatever is being done for us: nobody waits for it any more."""

    def look_after(self) -> None:
        """Called while nothing comes back.

        Raises
        ------
        WorkersUnavailable
            If nothing will come back any more.
        """
