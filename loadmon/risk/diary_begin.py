"""From which day on a diary is kept: before it, that nothing is written down says nothing."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

import numpy as np

from loadmon.risk.windows import Looks, Whole

LEAST_RUNNERS = 2
"""A club's diary is one from the day by which so many runners stand in it: one old injury, remembered, opens it for nobody else."""
NEVER = 1 << 40


def diary_begins(entries: Iterable[tuple[int, int]], athletes: Iterable[int]) -> dict[int, int]:
    """The first day of each runner's diary: of their own first entry, or of the club's where that is earlier.

    A club's diary is told as one. With own entries alone nobody who was never hurt would be in it, and the club would look
    more often injured than it is.

    Parameters
    ----------
    entries : iterable of (runner, day number)
        Injuries, pain and check-ins of the whole club.
    athletes : iterable of int
        Whose first day is asked for; who has none is left out.
    """
    own: dict[int, int] = {}
    for who, day in entries:
        own[who] = min(day, own.get(who, day))
    first = sorted(own.values())
    club = first[LEAST_RUNNERS - 1] if len(first) >= LEAST_RUNNERS else NEVER
    found = {who: min(own.get(who, NEVER), club) for who in athletes}
    return {who: day for who, day in found.items() if day < NEVER}


def days_kept(looks: Looks, begins: Mapping[int, int]) -> Whole:
    """For how many days before each look the diary had been kept; 0 or less where it had not begun.

    The entry that opens a diary lies before the days that count, or every diary would begin with what it was begun for.
    """
    who, code = np.unique(looks.athlete, return_inverse=True)
    first = np.array([begins.get(one, NEVER) for one in who.tolist()], dtype=np.int64)
    return looks.instant - first[code]
