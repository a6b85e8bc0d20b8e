"""How far an import is, on standard error: what a command gives back stays alone on standard output."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator

from rich.console import Console
from rich.progress import BarColumn, TextColumn
from rich.progress import Progress as RichProgress

from loadmon.intake.onlooker import Onlooker
from loadmon.intake.progress import Progress

console = Console(stderr=True)


class Bar(Onlooker):
    """Shows an import as a bar with rate and time left."""

    def __init__(self, shown: RichProgress) -> None:
        self._shown = shown
        self._task = shown.add_task("Reading", total=1.0)

    def tell(self, progress: Progress) -> None:
        """Draw the bar anew."""
        self._shown.update(self._task, completed=progress.share, description=progress.sentence())


@contextlib.contextmanager
def bar(shown: bool = True) -> Iterator[Bar]:
    """A bar while something is done; nothing is drawn where nobody looks (a pipe, a log)."""
    columns = (TextColumn("{task.description}", markup=False), BarColumn(), TextColumn("{task.percentage:>3.0f} %"))
    with RichProgress(*columns, console=console, disable=not shown or not console.is_terminal) as drawn:
        yield Bar(drawn)
