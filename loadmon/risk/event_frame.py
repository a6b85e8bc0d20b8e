"""Made worlds in the frame of the best-known public data: rows only around events, and none in the weeks before an injury."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from loadmon.load.running import DAY_SPAN
from loadmon.risk.prior import Floats
from loadmon.risk.windows import EMBARGO, Looks, Tallied, Whole, against_own

CLEAR = 21
WINDOW = 7
CHANNELS = ("kilometres", "hard kilometres", "exertion", "recovery")
SIGNAL = np.array([0.40, 0.24, 0.19, -0.19])
"""What one own standard deviation of a week's mean of each channel does to the log-odds, in a world with a signal."""
Usual = Literal["embargo", "past only", "healthy rows", "none"]


@dataclass(frozen=True, slots=True, eq=False)
class EventRows:
    """Rows of a made world in which the truth is known; N rows, F features.

    Parameters
    ----------
    features : array of shape (N, F)
        Raw aggregates of 7 days, scaled to the whole table.
    athlete, day : arrays of int, N
        Ordered by both.
    label : array of N
    oracle : array of N
        The log-odds each row truly had: what nobody can beat.
    """

    features: Floats
    athlete: Whole
    day: Whole
    label: Floats
    oracle: Floats

    def with_usual(self, how: Usual = "embargo") -> Floats:
        """Raw features, and each against the runner's own rows, with its sign and without; missing ones at 0."""
        if how == "none":
            return self.features
        key = self.athlete * DAY_SPAN + self.day
        looks = Looks(self.athlete, self.day)
        opens, closes = looks.between(key, None, EMBARGO if how == "embargo" else 1)
        if (
            how == "healthy rows"
        ):  # as published: over the whole record, the future included, and only where nobody was hurt
            opens, closes = (
                np.searchsorted(self.athlete, self.athlete),
                np.searchsorted(self.athlete, self.athlete, "right"),
            )
        counted = np.where(self.label > 0, np.nan, 1.0) if how == "healthy rows" else np.ones(len(self.day))
        own = [
            against_own(column, Tallied.of(column * counted), opens, closes, 10, floor=0.05)
            for column in self.features.T
        ]
        steps = np.clip(np.nan_to_num(np.column_stack(own)), -4.0, 4.0)
        # how unusual, either way: where a usual that holds the day itself gives its label away
        return np.column_stack([self.features, steps, np.abs(steps)])

    def days_since_last(self) -> Floats:
        """The gap canary: days since the runner's last row, which in this frame tells the label."""
        gap = np.diff(self.day, prepend=self.day[:1] - 100).astype(np.float64)
        gap[np.diff(self.athlete, prepend=-1) != 0] = 100.0
        return np.minimum(gap, 100.0)

    def missing_in_28_days(self) -> Floats:
        """The canary of missing values: which of the 28 days before have a row of their own, as ones and zeros."""
        key = self.athlete * DAY_SPAN + self.day
        there = [np.isin(key - back, key) for back in range(1, 29)]
        return np.column_stack(there).astype(np.float64)


def event_rows(seed: int, *, signal: bool, athletes: int = 74, days: int = 700, rate: float = 0.01) -> EventRows:
    """A world of runners, days and injuries, kept the way the public data were.

    Parameters
    ----------
    seed : int
    signal : bool
        False for a null world: injuries come by chance alone, and every AUC that differs from one half is an artefact.
    athletes, days : int
    rate : float
        Injuries a runner and day.
    """
    random = np.random.default_rng(seed)
    daily = _daily(random, athletes, days)
    means, aggregates = _aggregates(daily)
    own = (means - means.mean(axis=1, keepdims=True)) / means.std(axis=1, keepdims=True)
    push = own @ SIGNAL if signal else np.zeros(own.shape[:2])
    odds = np.log(rate) - 0.5 * push.var() + push
    injured = random.random(odds.shape) < 1.0 / (1.0 + np.exp(-odds))
    injured[:, :WINDOW] = False
    kept_injury, kept_healthy = _kept(injured)
    who, day = np.nonzero(kept_injury | kept_healthy)
    features = aggregates[who, day]
    spread = features.std(axis=0)
    return EventRows(
        (features - features.mean(axis=0)) / np.where(spread > 0, spread, 1.0),
        who.astype(np.int64) + 1,
        day.astype(np.int64),
        kept_injury[who, day].astype(np.float64),
        odds[who, day],
    )


def _daily(random: np.random.Generator, athletes: int, days: int) -> Floats:
    """Channels a day, shape (athletes, days, channels): each runner has a level, a rhythm of weeks, and rest days."""
    level = np.exp(random.normal(0.0, 0.35, (athletes, 1, len(CHANNELS))))
    drift = np.zeros((athletes, days, len(CHANNELS)))
    shock = random.normal(0.0, 0.12, drift.shape)
    for day in range(1, days):
        drift[:, day] = 0.95 * drift[:, day - 1] + shock[:, day]
    load = level * np.exp(drift + random.normal(0.0, 0.45, drift.shape))
    rest = random.random((athletes, days)) < 0.25
    load[rest, :3] = 0.0
    load[random.random((athletes, days)) < 0.6, 1] = 0.0
    return load


def _aggregates(daily: Floats) -> tuple[Floats, Floats]:
    """Means of the 7 days before each day, and mean, highest and spread of every channel."""
    before = np.concatenate([np.repeat(daily[:, :1], WINDOW, axis=1), daily[:, :-1]], axis=1)
    seen = np.lib.stride_tricks.sliding_window_view(before, WINDOW, axis=1)
    seen = seen[:, : daily.shape[1]]
    means = seen.mean(axis=-1)
    return means, np.concatenate([means, seen.max(axis=-1), seen.std(axis=-1)], axis=-1)


def _kept(injured: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    """Injuries that stand 21 days after the last; healthy days with 21 clear days on either side."""
    days = injured.shape[1]
    count = np.concatenate([np.zeros((len(injured), 1)), np.cumsum(injured, axis=1)], axis=1)
    place = np.arange(days)
    low, high = np.maximum(place - CLEAR, 0), np.minimum(place + CLEAR + 1, days)
    before = count[:, place] - count[:, low] > 0
    around = count[:, high] - count[:, low] > 0
    whole = (place >= WINDOW + CLEAR) & (place < days - CLEAR)
    return injured & ~before & whole, ~around & whole
