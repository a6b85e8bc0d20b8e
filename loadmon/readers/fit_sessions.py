"""The legs of a FIT file: one for an ordinary activity, several for a triathlon, each with its time window."""

from __future__ import annotations

import math
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import numpy.typing as npt

from loadmon.readers import fit_profile as profile
from loadmon.readers.limits import MAX_FIT_LEGS
from loadmon.readers.recording import Column, Lap
from loadmon.refusal import TooLarge
from loadmon.session import DeviceTotals

Rows = list[dict[int, Any]]


@dataclass(slots=True)
class Leg:
    """One session message (or, without any, the whole file): its window in Unix seconds, its sport, its totals."""

    first_s: float = -math.inf
    next_s: float = math.inf
    sport: int | None = None
    sub_sport: int | None = None
    totals: DeviceTotals = field(default_factory=DeviceTotals)
    strides_per_min: float | None = None
    declared: bool = True

    @property
    def covers_all(self) -> bool:
        """True for the only leg of a file."""
        return math.isinf(self.first_s) and math.isinf(self.next_s)

    @property
    def sub_sport_word(self) -> str | None:
        """The protocol's word for the sub-sport; ``generic`` says nothing."""
        if not self.sub_sport:
            return None
        from fitparse.profile import FIELD_TYPES

        return str(FIELD_TYPES["sub_sport"].values.get(self.sub_sport, f"sub-sport {self.sub_sport}"))

    def holds(self, unix_s: Column) -> npt.NDArray[np.bool_]:
        """Which samples fall into the window."""
        return (unix_s >= self.first_s) & (unix_s < self.next_s)

    def contains(self, at_s: float, *, end_included: bool = False) -> bool:
        """True if an instant falls into the window."""
        return self.first_s <= at_s < self.next_s or (end_included and at_s == self.next_s)


def legs_of(small: dict[int, Rows], unix_s: Column) -> list[Leg]:
    """Split by the session messages' start times; samples before the first belong to the first.

    A session message repeated with the same start (some watches write a summary twice) is one leg, the last counts.

    Raises
    ------
    TooLarge
        More legs than anybody does in one go.
    """
    by_start: dict[float, Leg] = {}
    for row in small[profile.SESSION]:
        leg = _leg(row)
        start = _seconds(row.get(2))
        by_start[-math.inf if start is None else start] = leg
    if not by_start:
        return [_undeclared(small)]
    last = float(np.nanmax(unix_s))
    starts = sorted(start for start in by_start if start <= last) or [min(by_start)]
    if len(starts) == 1:
        return [by_start[starts[0]]]
    if len(starts) > MAX_FIT_LEGS:
        words = f"The file holds {len(starts):,} sports one after the other, which no watch records."
        raise TooLarge(words, "Export the activity from the watch again.")
    for index, start in enumerate(starts):
        leg = by_start[start]
        leg.first_s = start if index else -math.inf
        leg.next_s = starts[index + 1] if index + 1 < len(starts) else math.inf
    return [by_start[start] for start in starts]


def without_samples(rows: Rows, legs: list[Leg]) -> int:
    """How many sports the session messages tell of that no leg is, as they begin behind the last sample."""
    return max(len({row.get(2) for row in rows}) - len(legs), 0)


def laps_of(rows: Rows) -> list[Lap]:
    """The laps as declared; one without a start time is left out."""
    laps = []
    for row in rows:
        start = _seconds(row.get(2))
        if start is not None:
            laps.append(
                Lap(
                    start_s=start,
                    elapsed_s=_scaled(row.get(7), 1000),
                    timer_s=_scaled(row.get(8), 1000),
                    distance_m=_scaled(row.get(9), 100),
                    mean_heart_rate_bpm=_scaled(row.get(15)),
                    max_heart_rate_bpm=_scaled(row.get(16)),
                    strides_per_min=_strides(row.get(17), row.get(80)),
                    ascent_m=_scaled(row.get(21)),
                )
            )
    return laps


def _leg(row: dict[int, Any]) -> Leg:
    return Leg(
        sport=row.get(5),
        sub_sport=row.get(6),
        totals=DeviceTotals(
            distance_m=_scaled(row.get(9), 100),
            elapsed_s=_scaled(row.get(7), 1000),
            timer_s=_scaled(row.get(8), 1000),
            moving_s=_scaled(row.get(59), 1000),
            ascent_m=_scaled(row.get(22)),
            mean_heart_rate_bpm=_scaled(row.get(16)),
            max_heart_rate_bpm=_scaled(row.get(17)),
        ),
        strides_per_min=_strides(row.get(18), row.get(92)),
    )


def _undeclared(small: dict[int, Rows]) -> Leg:
    """No summary (the file breaks off): the sport message or a lap may still tell what it was."""
    for kind, number, sub in ((profile.SPORT, 0, 1), (profile.LAP, 25, 39)):
        for row in small[kind]:
            if isinstance(row.get(number), int):
                return Leg(sport=row[number], sub_sport=row.get(sub), declared=False)
    return Leg(declared=False)


def _seconds(stamp: Any) -> float | None:
    return float(stamp + profile.EPOCH_S) if isinstance(stamp, int) and stamp >= profile.ABSOLUTE_FROM else None


def _scaled(value: Any, scale: float = 1.0) -> float | None:
    return value / scale if isinstance(value, (int, float)) else None


def _strides(cadence: Any, fraction: Any) -> float | None:
    whole = _scaled(cadence)
    return None if whole is None else whole + (_scaled(fraction, 128) or 0.0)
