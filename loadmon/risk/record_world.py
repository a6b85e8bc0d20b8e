"""Made clubs that are lived day by day: runs, check-ins and injuries, as a store would hand them to the builder of features."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import timedelta

import numpy as np
import pandas as pd

from loadmon.days import day_of_number
from loadmon.injury import Injury
from loadmon.risk.design import Design, Record
from loadmon.risk.prior import Floats
from loadmon.risk.windows import Whole
from loadmon.timeline import timeline

FIRST_DAY = 19_002
"""A Monday (10 January 2022) as a day number."""
_OFTEN, _WEEK = 0.55, 7
_OF_LOAD, _OF_FATIGUE = 0.6, 0.2
"""What a step of the last week's distance, and of how tired it left the runner, does to the log-odds of a signal club."""


@dataclass(frozen=True, slots=True, eq=False)
class RecordWorld:
    """A club whose days were made, and how likely an injury truly was.

    Parameters
    ----------
    record : Record
        What a store would hold of it.
    push : array of shape (runners, weeks)
        The log-odds each week truly had above its middle: what nobody can beat. All 0 in a club by chance.
    """

    record: Record
    push: Floats

    def oracle(self, rows: Design) -> Floats:
        """The true push of each row."""
        week = (rows.instant - FIRST_DAY) // _WEEK
        found: Floats = self.push[rows.athlete - 1, np.minimum(week, self.push.shape[1] - 1)]
        return found

    def with_other_days(self, first: int, last: int) -> Record:
        """The same record but for the days from ``first`` to ``last``: longer, harder, quicker runs and worse check-ins."""
        runs, told = self.record.runs.copy(), _table(self.record.wellness).copy()
        during = [
            (table["local_day"].to_numpy() >= _stamp(first)) & (table["local_day"].to_numpy() <= _stamp(last))
            for table in (runs, told)
        ]
        for name in ("distance_m", "effort", "median_cadence_spm", "median_stance_time_s"):
            runs.loc[during[0], name] *= 1.7
        runs.loc[during[0], "moving_s"] *= 1.3  # by another factor than the distance: speed changes, too
        told.loc[during[1], ["sleep", "fatigue"]] = 5.0
        return replace(self.record, timeline=timeline(runs, today=day_of_number(self.last)), runs=runs, wellness=told)

    def with_another_future(self, day: int) -> Record:
        """The same record up to ``day``, and from its morning on another one, in which everybody is injured within a week."""
        begins = day_of_number(day)
        injuries = [
            one if one.returned is None or one.returned < begins else replace(one, returned=None)
            for one in self.record.injuries
            if one.onset < begins
        ]
        everyone = range(1, len(self.push) + 1)
        injuries += [Injury(who, day_of_number(day + who % _WEEK), None, "knee") for who in everyone]
        return replace(self.with_other_days(day, self.last), injuries=tuple(injuries))

    @property
    def last(self) -> int:
        """The last day of the record, as a day number."""
        return FIRST_DAY + int(self.push.shape[1]) * _WEEK - 1


def record_world(seed: int, *, signal: bool, runners: int = 400, weeks: int = 70, rate: float = 0.035) -> RecordWorld:
    """A club over some weeks; an injury ends the day's run early and the running for weeks.

    Parameters
    ----------
    seed : int
    signal : bool
        False for a club in which injuries come by chance alone.
    runners, weeks : int
    rate : float
        New injuries a runner and week.
    """
    random = np.random.default_rng([seed, 11, int(signal)])
    days = weeks * _WEEK
    level = np.exp(random.normal(np.log(8.0), 0.3, runners))
    metres = 1000.0 * level[:, None] * random.gamma(6.0, 1.0 / 6.0, (runners, days))
    metres *= np.where(random.random((runners, days)) < 0.03, 1.9, 1.0)
    metres[random.random((runners, days)) > _OFTEN] = 0.0
    tired = random.normal(0.0, 1.0, (runners, days))
    push, hurt = np.zeros((runners, weeks)), np.zeros((runners, days), dtype=np.bool_)
    injuries: list[Injury] = []
    well_from = np.zeros(runners, dtype=np.int64)
    for week in range(weeks):
        day = week * _WEEK
        if signal and week:
            push[:, week] = _pushed(metres[:, day - _WEEK : day], tired[:, day - _WEEK : day], level)
        odds = np.log(rate / _WEEK) - 0.5 * (_OF_LOAD**2 + _OF_FATIGUE**2) * signal + push[:, week]
        for now in range(day, day + _WEEK):
            struck = (random.random(runners) < np.exp(odds)) & (well_from <= now)
            for who in np.flatnonzero(struck).tolist():
                back = min(now + int(random.integers(7, 29)), days)
                metres[who, now] *= 0.4
                metres[who, now + 1 : back] = 0.0
                tired[who, now:back] += 1.0
                hurt[who, now], well_from[who] = True, back + 1
                onset = day_of_number(FIRST_DAY + now)
                injuries.append(Injury(who + 1, onset, onset + timedelta(days=back - now), "shin"))
    runs, told = _runs(random, metres, tired), _wellness(random, tired)
    last = day_of_number(FIRST_DAY + days - 1)
    record = Record(
        timeline(runs, today=last), runs, tuple(injuries), wellness=told,
        diary=dict.fromkeys(range(1, runners + 1), FIRST_DAY),
    )  # fmt: skip
    return RecordWorld(record, push)


def _pushed(metres: Floats, tired: Floats, level: Floats) -> Floats:
    """What the last week does to the next one's log-odds."""
    usual = 1000.0 * level * _OFTEN * _WEEK
    load = np.log1p(metres.sum(axis=1) / 1000.0) - np.log1p(usual / 1000.0)
    found: Floats = _OF_LOAD * np.clip(load / 0.35, -2.5, 2.5) + _OF_FATIGUE * tired.mean(axis=1) * np.sqrt(_WEEK)
    return found


def _runs(random: np.random.Generator, metres: Floats, tired: Floats) -> pd.DataFrame:
    """A session for every day with a distance; every other runner's watch measures gait."""
    who, day = np.nonzero(metres)
    count, measured = len(who), who % 2 == 0
    length = metres[who, day]
    start = _stamps(FIRST_DAY + day)
    return pd.DataFrame(
        {
            "athlete_id": who.astype(np.int64) + 1,
            "session_id": np.arange(count, dtype=np.int64) + 1,
            "start_utc": pd.Series(start + np.timedelta64(7, "h")).dt.tz_localize("UTC"),
            "local_day": start,
            "is_running": True,
            "excluded": False,
            "distance_m": length,
            "moving_s": length / (2.9 + 0.2 * random.normal(size=count)).clip(2.0, 4.0),
            "timer_s": length / 2.9,
            "steps": length * 0.9,
            "walk_steps": np.nan,
            "effort": np.clip(5.0 + tired[who, day], 0.0, 10.0),
            "median_cadence_spm": np.where(measured, 165.0 + 6.0 * random.normal(size=count), np.nan),
            "median_stance_time_s": np.where(measured, 0.25 + 0.01 * random.normal(size=count), np.nan),
        }
    )


def _wellness(random: np.random.Generator, tired: Floats) -> pd.DataFrame:
    """Check-ins of three runners in four, on most days."""
    told = random.random(tired.shape) < 0.7
    told[3::4] = False
    who, day = np.nonzero(told)
    return pd.DataFrame(
        {
            "athlete_id": who.astype(np.int64) + 1,
            "local_day": _stamps(FIRST_DAY + day),
            "sleep": 2.5 + random.normal(size=len(who)),
            "fatigue": 2.5 + tired[who, day],
        }
    )


def _stamps(days: Whole) -> np.ndarray:
    return np.asarray(days, dtype=np.int64).astype("datetime64[D]").astype("datetime64[us]")


def _stamp(day: int) -> np.datetime64:
    return np.datetime64(day_of_number(day), "us")


def _table(found: pd.DataFrame | None) -> pd.DataFrame:
    assert found is not None
    return found
