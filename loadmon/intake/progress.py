"""How far an import is: files done, how fast, and how long it will take."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from loadmon.units import duration

LISTING, READING, STORING = "Looking through the files", "Reading", "Storing the last files"
"""The phases of an import."""
TOLD_FROM_BYTES = 5_000_000
"""Below, the number of files says it all."""
RECENT_S = 15.0
"""The rate is that of the last seconds: starting up, or a stretch of large files, does not spoil it for long."""


@dataclass(slots=True)
class Pace:
    """Remembers how many files were done when, for the rate of the last seconds."""

    marks: deque[tuple[float, int]] = field(default_factory=deque)

    def note(self, elapsed_s: float, done: int) -> float | None:
        """Note how many files are done by now; files a second of late, or None while that cannot be told."""
        if done == 0:
            # the clock of the rate starts with the last moment at which nothing was done: start-up is not reading
            self.marks = deque([(elapsed_s, 0)])
            return None
        self.marks.append((elapsed_s, done))
        while len(self.marks) > 2 and self.marks[1][0] < elapsed_s - RECENT_S:
            self.marks.popleft()
        first_s, first_done = self.marks[0]
        if elapsed_s - first_s < 1.0 or done == first_done:
            return None
        return (done - first_done) / (elapsed_s - first_s)


@dataclass(frozen=True, slots=True)
class Progress:
    """One moment of an import.

    Parameters
    ----------
    phase : str
        What is being done, in a few words ("Reading").
    done, total : int
        Files finished and files offered; ``total`` is 0 while it is not known.
    files_per_second : float | None
        Of late; None while that cannot be told.
    bytes_done, bytes_total : int
        The same in bytes; ``bytes_total`` is 0 where nobody counts them.
    """

    phase: str
    done: int = 0
    total: int = 0
    files_per_second: float | None = None
    bytes_done: int = 0
    bytes_total: int = 0

    @property
    def share(self) -> float:
        """Finished share between 0 and 1; 0 while the total is not known."""
        return self.done / self.total if self.total else 0.0

    @property
    def seconds_left(self) -> float | None:
        """At the rate of late, or None while that cannot be told."""
        return (self.total - self.done) / self.files_per_second if self.files_per_second else None

    def sentence(self) -> str:
        """The moment in one sentence, with rate and time left."""
        if not self.total:
            return f"{self.phase}: {self.done:,} so far" if self.done else self.phase
        words = f"{self.phase}: {self.done:,} of {self.total:,} files"
        if self.bytes_total >= TOLD_FROM_BYTES:
            words += f" ({self.bytes_done / 1e6:,.0f} of {self.bytes_total / 1e6:,.0f} MB)"
        rate = self.files_per_second
        if rate:
            words += f", {rate:,.0f} a second" if rate >= 1 else f", one every {1 / rate:.0f} s"
        left = self.seconds_left
        if left is not None and self.done < self.total:
            words += f", about {duration(max(left, 1.0))} left"
        return words
