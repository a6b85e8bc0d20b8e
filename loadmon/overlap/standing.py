"""Of sessions that lie together, which count: told by what they hold and what was decided, never by the order they came in."""

from __future__ import annotations

from collections import Counter, defaultdict, deque
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property

import numpy as np
import pandas as pd

from loadmon.overlap.contents import contents
from loadmon.overlap.decided import Choice, Decided, Default
from loadmon.overlap.same_day import same_day
from loadmon.overlap.together import MOST_APART, Lie, Places, Spans, spans, together


class Why(StrEnum):
    """Why one of two sessions counts, or both do."""

    CHOSEN = "chosen"
    BOTH = "both"
    RICHER = "richer"
    LONGER = "longer"
    """It goes on for longer and holds more of the run."""
    PARTS = "parts"
    """Several recordings make up the long one: what holds more by the minute counts."""
    SPORT = "sport"
    """The other names no sport."""
    ROOF = "roof"
    """Under a roof a satellite receiver tells hardly any distance."""
    EARLIER = "earlier"
    TABLE = "table"
    """A table's row gives way to a file."""


@dataclass(frozen=True, slots=True)
class Pair:
    """Two sessions of which at most one counts, unless somebody decided otherwise; all by their places in the table.

    ``one`` is the longer, or the file; ``winner`` is None where both count as far as this pair goes.
    """

    one: int
    other: int
    share: float
    lie: Lie
    winner: int | None
    why: Why

    @property
    def loser(self) -> int | None:
        """The one that gives way."""
        return None if self.winner is None else self.one + self.other - self.winner


@dataclass(frozen=True, slots=True)
class Standing:
    """Which sessions count.

    Parameters
    ----------
    pairs : list of Pair
        By place in the table.
    instead : dict of int to int
        For each session that does not count, the one that counts in its place; all others count.
    rank : dict of int to int
        The order of those that share their time with another, the richest first.
    """

    pairs: list[Pair]
    instead: dict[int, int]
    rank: dict[int, int]


def standing(runs: pd.DataFrame, decided: Decided) -> Standing:
    """Which of a table's sessions count (see ``same_run``)."""
    if len(runs) < 2:
        return Standing([], {}, {})
    return _Settling(runs, decided).settle()


@dataclass
class _Settling:
    runs: pd.DataFrame
    decided: Decided

    def settle(self) -> Standing:
        seen = spans(self.runs)
        athlete = self.runs["athlete_id"].to_numpy()
        near = together(athlete, seen, lambda: self.marks)
        pairs = [
            (one, other, share, Lie(lie))
            for one, other, share, lie in zip(
                near.one.tolist(), near.other.tolist(), near.share.tolist(), near.lie.tolist(), strict=True
            )
        ]
        rank, rich = self._ranked(sorted({place for pair in pairs for place in pair[:2]}))
        decide = _Decide(self, seen, rank, rich, _parts(pairs, seen, rank, rich))
        by_time = [found for pair in pairs if (found := decide.of(*pair)) is not None]
        instead = _kernel(by_time, rank)
        by_day = self._by_day(seen, instead, decide)
        for pair in by_day:
            if pair.winner is not None and pair.loser is not None:
                instead[pair.loser] = pair.winner
        return Standing([*by_time, *by_day], _that_count(instead), rank)

    def _by_day(self, seen: Spans, instead: dict[int, int], decide: _Decide) -> list[Pair]:
        if not seen.timeless.any() or "local_day" not in self.runs:
            return []
        counts = np.ones(len(self.runs), dtype=bool)
        counts[list(instead)] = False
        near = same_day(self.runs, counts, self.marks)
        found = (
            decide.of(one, other, np.nan, Lie.DAY)
            for one, other in zip(near.one.tolist(), near.other.tolist(), strict=True)
        )
        return [pair for pair in found if pair is not None]

    @cached_property
    def marks(self) -> Places:
        """An order of the sessions by their files' fingerprints; by number only where there are none."""
        return _order(self.runs)

    def _ranked(self, places: list[int]) -> tuple[dict[int, int], dict[int, int]]:
        """The order of these sessions, the richest first, and how rich each is."""
        few = self.runs.iloc[places]
        held = contents(few, self.decided.borrowed)
        rich, samples = held["richness"].to_numpy(), held["samples"].to_numpy()
        start = few["start_utc"].to_numpy("datetime64[us]").astype(np.int64)
        order = np.lexsort((_order(few), start, -samples, -rich))
        rank = {places[place]: nth for nth, place in enumerate(order.tolist())}
        return rank, dict(zip(places, rich.tolist(), strict=True))


def _order(runs: pd.DataFrame) -> Places:
    marks = runs["mark"] if "mark" in runs else runs["session_id"]
    return np.unique(marks.to_numpy(), return_inverse=True)[1].astype(np.int64)


class _Decide:
    """What holds between two sessions, by what was decided and by what they hold."""

    def __init__(
        self, of: _Settling, seen: Spans, rank: dict[int, int], rich: dict[int, int], parts: dict[int, bool]
    ) -> None:
        self.decided, self.rank, self.rich, self.parts = of.decided, rank, rich, parts
        self.metres, self.running = seen.metres.tolist(), seen.running.tolist()
        self.untold, self.indoor = seen.untold.tolist(), seen.indoor.tolist()
        self.ids = of.runs["session_id"].tolist()
        self.athlete = of.runs["athlete_id"].tolist()
        self.batch = of.runs["batch_id"].tolist() if "batch_id" in of.runs else None

    def of(self, one: int, other: int, share: float, lie: Lie) -> Pair | None:
        """The pair with what holds; None where these are two runs."""
        if lie is Lie.PIECE and one not in self.parts:
            return None
        choice = self.decided.choice(self.ids[one], self.ids[other])
        default = self.decided.default(self.athlete[one])
        if choice in (Choice.FIRST, Choice.SECOND):
            first, second = sorted((one, other), key=lambda place: int(self.ids[place]))
            return Pair(one, other, share, lie, first if choice is Choice.FIRST else second, Why.CHOSEN)
        if choice is Choice.BOTH or (choice is None and default is Default.BOTH):
            return Pair(one, other, share, lie, None, Why.BOTH)
        skips = choice is None and default is Default.SKIP
        return Pair(one, other, share, lie, *self._by_content(one, other, lie, skips=skips))

    def _by_content(self, one: int, other: int, lie: Lie, *, skips: bool) -> tuple[int, Why]:
        if lie is Lie.DAY:
            return one, Why.TABLE
        metres = self.metres
        if lie is Lie.PART and one not in self.parts and (metres[one] > 0 or not metres[other] > 0):
            return one, Why.LONGER
        if skips and self.batch is not None and self.batch[one] != self.batch[other]:
            return min(one, other, key=lambda place: self.batch[place]), Why.EARLIER  # type: ignore[index]
        if one in self.parts and lie in (Lie.PART, Lie.PIECE):
            return (one if self.parts[one] else other), Why.PARTS
        untold = self.untold
        if untold[one] != untold[other] and self.running[one] != self.running[other]:
            return (other if untold[one] else one), Why.SPORT
        roof = self._under_a_roof(one, other)
        if roof is not None:
            return roof, Why.ROOF
        return (one if self.rank[one] < self.rank[other] else other), Why.RICHER

    def _under_a_roof(self, one: int, other: int) -> int | None:
        """The treadmill's recording, where a receiver beside it tells much less of a distance."""
        if self.indoor[one] == self.indoor[other]:
            return None
        inside, outside = (one, other) if self.indoor[one] else (other, one)
        return inside if self.metres[outside] < (1 - MOST_APART) * self.metres[inside] else None


def _parts(
    pairs: Sequence[tuple[int, int, float, Lie]], seen: Spans, rank: dict[int, int], rich: dict[int, int]
) -> dict[int, bool]:
    """Long recordings that several shorter ones make up together; True where the long one is the richer."""
    lying: dict[int, list[int]] = defaultdict(list)
    beside: dict[int, set[int]] = defaultdict(set)
    for one, other, _, lie in pairs:
        if lie is not Lie.SAME:
            lying[one].append(other)
    if not lying:
        return {}
    for one, other, _, _ in pairs:
        beside[one].add(other)
        beside[other].add(one)
    found = {}
    for whole, within in lying.items():
        chosen: list[int] = []
        for place in sorted(within, key=rank.__getitem__):
            if not beside[place].intersection(chosen):
                chosen.append(place)
        if len(chosen) < 2:
            continue
        of_whole, of_parts = _sums(whole, chosen, seen)
        if abs(of_whole - of_parts) <= MOST_APART * max(of_whole, of_parts):
            lasted = seen.elapsed[chosen]
            mean = float(np.dot([rich[place] for place in chosen], lasted) / lasted.sum())
            gap = rich[whole] - mean
            # as rich as its parts, one recording counts as the one run it was; where it stood still for long, they do
            found[whole] = gap > 1e-9 or (abs(gap) <= 1e-9 and not seen.wide[whole])
    return found


def _sums(whole: int, chosen: list[int], seen: Spans) -> tuple[float, float]:
    """The distance, where it is told of all, else the time of a recording and of its parts together."""
    if (seen.metres[[whole, *chosen]] > 0).all():
        return float(seen.metres[whole]), float(seen.metres[chosen].sum())
    lasted = np.where(np.isnan(seen.timer), seen.elapsed, seen.timer)
    return float(lasted[whole]), float(lasted[chosen].sum())


def _kernel(pairs: Sequence[Pair], rank: dict[int, int]) -> dict[int, int]:
    """For each session that gives way, the one that counts instead.

    A session counts unless one that counts stands before it. Where decisions go round in a circle, the richest counts.
    """
    before = [(pair.winner, pair.one + pair.other - pair.winner) for pair in pairs if pair.winner is not None]
    met = Counter(place for pair in before for place in pair)
    instead = {loser: winner for winner, loser in before if met[winner] == met[loser] == 1}  # two, and no third
    losers: dict[int, list[int]] = defaultdict(list)
    winners: dict[int, list[int]] = defaultdict(list)
    several = [(winner, loser) for winner, loser in before if instead.get(loser) != winner]
    for winner, loser in sorted(several, key=lambda pair: (rank[pair[0]], rank[pair[1]])):
        losers[winner].append(loser)
        winners[loser].append(winner)
    ordered = sorted(losers.keys() | winners.keys(), key=rank.__getitem__)
    still_open = {place: len(winners[place]) for place in ordered}
    free = deque(place for place in ordered if not still_open[place])
    counts: set[int] = set()
    for richest in ordered:
        if richest not in counts and richest not in instead:
            free.append(richest)
        while free:
            place = free.popleft()
            if place in counts or place in instead:
                continue
            counts.add(place)
            for loser in losers[place]:
                if loser in instead and rank[instead[loser]] < rank[place]:
                    continue
                is_new = loser not in instead
                instead[loser] = place
                if is_new:
                    free.extend(_freed(losers[loser], still_open))
            for winner in winners[place]:  # all of them out already, unless a circle was broken here
                if winner not in instead:
                    instead[winner] = place
                    free.extend(_freed(losers[winner], still_open))
    return instead


def _freed(losers: list[int], still_open: dict[int, int]) -> list[int]:
    """Those before whom nobody stands any more, now that the one who stood before these is out."""
    for loser in losers:
        still_open[loser] -= 1
    return [loser for loser in losers if not still_open[loser]]


def _that_count(instead: dict[int, int]) -> dict[int, int]:
    """The same with the session that counts in the end, where one that stood for another is itself a second recording."""
    found = {}
    for number, last in instead.items():
        end, met = last, {number}
        while end in instead and end not in met:
            met.add(end)
            end = instead[end]
        found[number] = end
    return found
