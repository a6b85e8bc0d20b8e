"""What a fit knew: the injuries it was taught and since when, so that what was written down later, or taken back, is seen."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from loadmon.risk.design import Design
from loadmon.risk.outcome import HORIZON, RETURNING


@dataclass(frozen=True, slots=True, eq=False)
class KnownThen:
    """The injuries and weeks that a fit was made from.

    Parameters
    ----------
    injuries : frozenset of (runner, day number of the onset)
    begins : mapping of runner to day number
        The first week of each that was in it.
    last : int
        Day number of the last week that was in it.
    """

    injuries: frozenset[tuple[int, int]]
    begins: dict[int, int]
    last: int

    @classmethod
    def of(cls, rows: Design) -> KnownThen:
        """What labelled rows hold."""
        begins: dict[int, int] = {}
        for who, day in zip(rows.athlete.tolist(), rows.instant.tolist(), strict=True):
            begins[who] = min(day, begins.get(who, day))
        return cls(_injuries(rows), begins, int(rows.instant.max(initial=-1)))

    def plain(self) -> dict[str, Any]:
        """As it is kept beside a fit; it never leaves the club with one."""
        return {"injuries": sorted(map(list, self.injuries)), "begins": sorted(map(list, self.begins.items())), "last": self.last}  # fmt: skip

    @classmethod
    def from_plain(cls, held: dict[str, Any] | None) -> KnownThen | None:
        """The same as it was kept; None of a fit that was kept without it."""
        if held is None:
            return None
        return cls(
            frozenset((int(who), int(day)) for who, day in held["injuries"]),
            {int(who): int(day) for who, day in held["begins"]},
            int(held["last"]),
        )


@dataclass(frozen=True, slots=True)
class Changed:
    """How a diary differs from what a fit knew: injuries since its last week, earlier ones written down later, taken back."""

    since: int
    earlier: int
    taken_back: int

    @property
    def new(self) -> int:
        """Injuries it did not know."""
        return self.since + self.earlier

    @property
    def words(self) -> str:
        """All of it in a few words."""
        told = f"{self.since} since its last week, {self.earlier} from before, written down later"
        return f"{told}; {self.taken_back} taken back" if self.taken_back else told


def changed(design: Design, then: KnownThen) -> Changed:
    """Count what the rows of today hold that a fit did not know, and what it knew that the diary holds no more.

    An onset that was put right by less than three weeks is the same injury.
    """
    now, all_now = _injuries(design.labelled), _injuries(design)
    new = {one for one in now if not _near(one, then.injuries)}
    since = sum(day >= then.last + HORIZON for _, day in new)
    gone = sum(not _near(one, all_now) for one in then.injuries)
    return Changed(since, len(new) - since, gone)


def as_known(rows: Design, then: KnownThen) -> Design:
    """Today's labelled rows as the fit could know them: its weeks alone, healthy where an injury was written down later."""
    first = np.array([then.begins.get(who, then.last + 1) for who in rows.athlete.tolist()], dtype=np.int64)
    was = (rows.instant >= first) & (rows.instant <= then.last)
    hurt = np.array([day >= 0 and _near((who, day), then.injuries) for who, day in _pairs(rows)], dtype=np.bool_)
    return replace(rows, outcome=(hurt & (rows.outcome > 0)).astype(np.float64)).rows(was)


def _injuries(rows: Design) -> frozenset[tuple[int, int]]:
    return frozenset((who, day) for who, day in _pairs(rows) if day >= 0)


def _near(one: tuple[int, int], many: frozenset[tuple[int, int]]) -> bool:
    return one in many or any((one[0], one[1] + by) in many for by in range(-RETURNING + 1, RETURNING))


def _pairs(rows: Design) -> list[tuple[int, int]]:
    return list(zip(rows.athlete.tolist(), rows.onset.tolist(), strict=True))
