"""The season day by day: which runs a person of the squad did, when, where and how far."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, time, timedelta
from zlib import crc32
from zoneinfo import ZoneInfo

import numpy as np

from loadmon.demo.people import Habit, Kind, Person, Place, course_value

SEASON_DAYS = 280
"""Forty weeks: a little over nine months, whichever months they are."""
LEAST_M = 1_500.0
EARLY_H, NOON_H = 5.0, 12.0
MORNING = timedelta(hours=8)
"""By so long after midnight UTC every run of the last day is over."""


def story_day(now: datetime) -> date:
    """The latest day the stories can end on without a run that still lies in the future, for an aware instant."""
    return (now.astimezone(UTC) - MORNING).date()


@dataclass(frozen=True, slots=True)
class DoneRun:
    """One run as it was done: local start, place, kind, metres, and how cadence stood against the person's usual."""

    person: Person
    start: datetime
    place: Place
    kind: Kind
    distance_m: float
    cadence_shift_spm: float
    treadmill: bool
    seed: tuple[int, ...]

    @property
    def trail(self) -> bool:
        """True on hilly ways."""
        return self.place.ascent_m_per_km > 25.0 and not self.treadmill

    @property
    def two_watches(self) -> bool:
        """True where the person wore a second watch as well."""
        return self.person.second_watch is not None and self.kind is self.person.second_watch_kind


def season(person: Person, today: date, seed: int) -> list[DoneRun]:
    """Every run of a person that reached a file, oldest first, from forty weeks ago to this morning.

    Parameters
    ----------
    person : Person
        Whose season.
    today : date
        The day the story ends. Of its own runs only the morning's are done, early (see ``story_day``).
    seed : int
        Same seed and same today give the same season.
    """
    runs: list[DoneRun] = []
    for days_ago in range(SEASON_DAYS, -1, -1):
        if any(first >= days_ago >= last for first, last, _ in person.without_watch):
            continue
        for number, habit in enumerate(_habits(person, today - timedelta(days=days_ago), days_ago)):
            run = _run(person, today, days_ago, habit, (seed, crc32(person.name.encode()), days_ago, number))
            if run is not None:
                runs.append(run)
    return runs


def _habits(person: Person, day: date, days_ago: int) -> list[Habit]:
    extra = [Habit(day.weekday(), e.hour, e.kind, e.km) for e in person.extras if e.days_ago == days_ago]
    habits = extra or [habit for habit in person.week if habit.weekday == day.weekday()]
    if days_ago == 0:
        return [replace(habit, hour=min(habit.hour, EARLY_H)) for habit in habits if habit.hour < NOON_H]
    return habits


def _run(person: Person, today: date, days_ago: int, habit: Habit, seed: tuple[int, ...]) -> DoneRun | None:
    rng = np.random.default_rng(seed)
    luck, wobble, minutes = float(rng.random()), float(rng.normal(0.0, 0.025)), float(rng.normal(0.0, 9.0))
    day = today - timedelta(days=days_ago)
    planned = any(extra.days_ago == days_ago for extra in person.extras)
    if planned:
        share = 1.0
    else:
        share = course_value(person.volume, days_ago) * person.rhythm[(day.toordinal() - 1) // 7 % len(person.rhythm)]
        if share <= 0.01 or luck < person.skips:
            return None
    stay = next((s for s in person.stays if s.first >= days_ago >= s.last), None)
    place = stay.place if stay else person.home
    kind = habit.kind
    if any(first >= days_ago >= last for first, last in person.calm) and not planned:
        kind = Kind.EASY
    if stay is not None and stay.hills:
        kind = Kind.HILLS if kind in (Kind.EASY, Kind.TEMPO, Kind.INTERVALS) else kind
    seconds = round(habit.hour * 3600.0 + float(np.clip(minutes, -20.0, 20.0)) * 60.0) + int(rng.integers(0, 60))
    # Late runs stay on the day they are meant for.
    clock = min(seconds, 86_340)
    start = datetime.combine(day, time.min, ZoneInfo(place.zone)) + timedelta(seconds=clock)
    return DoneRun(
        person=person,
        start=start,
        place=place,
        kind=kind,
        distance_m=max(LEAST_M, habit.km * 1000.0 * share * (1.0 + float(np.clip(wobble, -0.05, 0.05)))),
        cadence_shift_spm=course_value(person.cadence_shift, days_ago),
        treadmill=day.month in person.treadmill_months,
        seed=seed,
    )
