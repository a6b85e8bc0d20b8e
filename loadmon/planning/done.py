"""What was run on a day, as a watch saw it or the runner told it."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

import numpy as np

from loadmon.planning.bouts import Bout
from loadmon.planning.ladder import RUN, WALK
from loadmon.planning.pain_log import PainEntry
from loadmon.planning.planned_run import PlannedRun

BOUTS_VERSION = 2
"""Raised whenever the bouts of a stream are found differently: what was found before is then found anew."""


@dataclass(frozen=True, slots=True)
class Done:
    """What was done on a day: bouts of running, their seconds in all, and metres where they are known.

    Where nothing tells running and walking apart ``run_s`` is all of the time out, and ``middle_run_s`` is 0. A run that the
    runner told of, as no watch recorded it, is one of these; without a length ``run_s`` is 0, too.
    """

    day: date
    run_s: float
    walk_s: float
    runs: int
    middle_run_s: float
    run_m: float | None = None
    told: bool = False

    @property
    def is_apart(self) -> bool:
        """True where running and walking were told apart."""
        return self.middle_run_s > 0.0

    @property
    def is_open(self) -> bool:
        """True of a run that was told without a length."""
        return self.told and not self.run_s

    def running_s(self, planned: PlannedRun) -> float:
        """Seconds of running beside a planned run: of time out its share of running, of a run without a length all of it."""
        if self.is_open:
            return planned.run_s
        return self.run_s if self.is_apart else self.run_s * planned.run_s / planned.total_s


def done_of(day: date, found: tuple[Bout, ...], run_m: float | None = None) -> Done:
    """A day's bouts in sums."""
    running = [bout.seconds for bout in found if bout.kind == RUN]
    walking = sum(bout.seconds for bout in found if bout.kind == WALK)
    middle = float(np.median(running)) if running else 0.0
    return Done(day, sum(running), walking, len(running), middle, run_m)


def together(parts: list[Done]) -> Done:
    """Several recordings of one day as one."""
    metres = [part.run_m for part in parts]
    known = [one for one in metres if one is not None]
    return Done(
        parts[0].day,
        sum(part.run_s for part in parts),
        sum(part.walk_s for part in parts),
        sum(part.runs for part in parts),
        max(part.middle_run_s for part in parts),
        sum(known) if len(known) == len(metres) else None,
    )


def with_told(done: Iterable[Done], entries: Iterable[PainEntry]) -> list[Done]:
    """What was recorded, and beside it the runs that were told without a watch on days without a recording; by day.

    Parameters
    ----------
    done : iterable of Done
        One a day.
    entries : iterable of PainEntry
        Of one runner.
    """
    by_day = {one.day: one for one in done}
    out_s: dict[date, float] = {}
    for entry in entries:
        if entry.without_recording and (entry.day not in by_day or not by_day[entry.day].runs):
            out_s[entry.day] = max(out_s.get(entry.day, 0.0), entry.out_s or 0.0)
    by_day |= {day: Done(day, seconds, 0.0, 1, 0.0, told=True) for day, seconds in out_s.items()}
    return [one for _, one in sorted(by_day.items())]
