"""The nouns of a made-up squad: a person, their habits, where they live and what happens to them.

Times are told from today (so many days ago; in a course, days before 0), so that the same stories end today,
whichever day that is.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

import numpy as np

from loadmon.athlete import Threshold
from loadmon.report.activity import Watch

Course = tuple[tuple[float, float], ...]
"""A line through (day, value) points, day 0 today and -7 a week ago; level before the first and after the last."""


def course_value(course: Course, days_ago: float) -> float:
    """The value of a course on a day: straight lines between its points."""
    return float(np.interp(-days_ago, [day for day, _ in course], [value for _, value in course]))


class Kind(StrEnum):
    """What kind of run was meant."""

    EASY = "easy"
    RECOVERY = "recovery"
    LONG = "long"
    TEMPO = "tempo"
    INTERVALS = "intervals"
    HILLS = "hills"
    RUN_WALK = "run-walk"


@dataclass(frozen=True, slots=True)
class Place:
    """A made-up spot on the map: loops round it are computed, nobody ever ran them.

    ``ascent_m_per_km`` is how hilly its loops are; ``zone`` the IANA zone its clocks show.
    """

    name: str
    lat_deg: float
    lon_deg: float
    altitude_m: float
    ascent_m_per_km: float
    zone: str
    has_track: bool = False


@dataclass(frozen=True, slots=True)
class Habit:
    """One fixed appointment of the week: weekday (Monday 0), local hour, kind, kilometres."""

    weekday: int
    hour: float
    kind: Kind
    km: float


@dataclass(frozen=True, slots=True)
class Stay:
    """Days spent elsewhere, first to last (days ago, both included); ``hills`` turns easy runs into climbs."""

    first: int
    last: int
    place: Place
    hills: bool = False


@dataclass(frozen=True, slots=True)
class Extra:
    """One run outside the habits; it replaces whatever was planned that day."""

    days_ago: int
    hour: float
    kind: Kind
    km: float


@dataclass(frozen=True, slots=True)
class Ailment:
    """An injury in days ago: onset and full return."""

    onset: int
    returned: int | None
    area: str
    side: str
    note: str


@dataclass(frozen=True, slots=True)
class Person:
    """Everything that decides how one made-up runner's files come out.

    Speeds in m/s, heart rates in beats a minute, cadence in steps a minute at 3.0 m/s on the flat, with
    ``cadence_slope`` steps a minute more for each m/s.
    """

    name: str
    story: str
    home: Place
    watch: Watch
    week: tuple[Habit, ...]
    threshold_mps: float
    max_hr: int
    rest_hr: int
    cadence: float
    mass_kg: float
    height_m: float
    file_format: str = "fit"
    cadence_slope: float = 8.0
    volume: Course = ((0, 1.0),)
    cadence_shift: Course = ((0, 0.0),)
    rhythm: tuple[float, ...] = (1.0, 1.03, 1.06, 0.82)
    """Share of the usual distance week by week: three up and one to recover."""
    skips: float = 0.07
    second_watch: Watch | None = None
    second_watch_kind: Kind = Kind.LONG
    treadmill_months: tuple[int, ...] = ()
    calm: tuple[tuple[int, int], ...] = ()
    """Spans (first, last in days ago) in which fast runs are run easily."""
    stays: tuple[Stay, ...] = ()
    extras: tuple[Extra, ...] = ()
    ailments: tuple[Ailment, ...] = ()
    without_watch: tuple[tuple[int, int, str], ...] = ()
    stance_s: float = 0.250
    oscillation_m: float = 0.086
    balance_left_pct: float = 50.0
    sex: str | None = None
    tells_effort: bool = False


@dataclass(frozen=True, slots=True)
class SampleInjury:
    """An injury of a sample runner, as ``Injury`` but without the store's number for the runner."""

    onset: date
    returned: date | None
    area: str
    side: str
    note: str


@dataclass(frozen=True, slots=True)
class UnknownDays:
    """Days declared missing, first to last, with the reason in words."""

    first: date
    last: date
    reason: str


@dataclass(frozen=True, slots=True)
class SampleRunner:
    """One runner of the sample squad, as intake needs to know them.

    Parameters
    ----------
    name, squad, story : str
        The name is also the folder in the team archive; the story is one sentence.
    time_zone : str
        IANA zone of home.
    device : str
        Watch and file format in words.
    file_format : str
        ``fit``, ``gpx`` or ``tcx``.
    thresholds : tuple of Threshold
        Heart rates, threshold speed, mass and height, valid from before the first run.
    sex : str | None
        As told for the formulas of heart-rate load; None where it was not told.
    tells_effort : bool
        True for who answers after each run how hard it was.
    injuries, unknown_days
        What the runner reported.
    """

    name: str
    squad: str
    story: str
    time_zone: str
    device: str
    file_format: str
    thresholds: tuple[Threshold, ...]
    sex: str | None = None
    tells_effort: bool = False
    injuries: tuple[SampleInjury, ...] = ()
    unknown_days: tuple[UnknownDays, ...] = ()
