"""From which day on a diary is kept: before it, that nothing is written down says nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from loadmon.risk.windows import Looks, Whole

LEAST_RUNNERS = 2
"""A club's diary is one from the day by which so many runners stand in it: one old injury, remembered, opens it for nobody else."""
NEVER = 1 << 40


def diary_begins(
    entries: Iterable[tuple[int, int]], athletes: Iterable[int], injuries: Iterable[tuple[int, int]] = ()
) -> dict[int, int]:
    """The first day of each runner's diary: of their own first entry, or of the club's where that is earlier.

    An injury is often remembered years later, and that nothing else of those years was written down says nothing. So it opens
    a diary only where runs were recorded by then, and no runner's own before the club's; pain and check-ins are told on the day.

    A club's diary is told as one. With own entries alone nobody who was never hurt would be in it, and the club would look
    more often injured than it is.

    Parameters
    ----------
    entries : iterable of (runner, day number)
        Pain and check-ins of the whole club.
    athletes : iterable of int
        Whose first day is asked for; who has none is left out.
    injuries : iterable of (runner, day number)
        Injuries of the whole club that began on the day of the runner's first recorded run or later.
    """
    own = _first(entries)
    hurt = _first(injuries)
    first = sorted(min(own.get(who, NEVER), hurt.get(who, NEVER)) for who in own.keys() | hurt.keys())
    club = first[LEAST_RUNNERS - 1] if len(first) >= LEAST_RUNNERS else NEVER
    alone = hurt if club == NEVER else {}
    found = {who: min(own.get(who, NEVER), alone.get(who, NEVER), club) for who in athletes}
    return {who: day for who, day in found.items() if day < NEVER}


def _first(entries: Iterable[tuple[int, int]]) -> dict[int, int]:
    found: dict[int, int] = {}
    for who, day in entries:
        found[who] = min(day, found.get(who, day))
    return found


def days_kept(looks: Looks, begins: Mapping[int, int]) -> Whole:
    """For how many days before each look the diary had been kept; 0 or less where it had not begun.

    The entry that opens a diary lies before the days that count, or every diary would begin with what it was begun for.
    """
    who, code = np.unique(looks.athlete, return_inverse=True)
    first = np.array([begins.get(one, NEVER) for one in who.tolist()], dtype=np.int64)
    return looks.instant - first[code]
