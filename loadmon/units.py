"""The only place where units change: SI inside, kilometres or miles and pace on the screen."""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from enum import StrEnum

METRES_PER_KILOMETRE = 1000.0
METRES_PER_MILE = 1609.344
CENTIMETRES_PER_METRE = 100.0
SEMICIRCLES_TO_DEGREES = 180.0 / 2**31
NOTHING = "–"


class UnitSystem(StrEnum):
    """Which length a user reads distances and paces in."""

    METRIC = "km"
    IMPERIAL = "mi"


@dataclass(frozen=True, slots=True)
class Units:
    """Turns inside values into the words and numbers one user reads.

    Every method gives "–" for a missing value: missing is never shown as zero.
    """

    system: UnitSystem = UnitSystem.METRIC

    @property
    def metres(self) -> float:
        """Metres in one of the user's units of length."""
        return METRES_PER_KILOMETRE if self.system is UnitSystem.METRIC else METRES_PER_MILE

    @property
    def length(self) -> str:
        """Short name of the unit of length: ``km`` or ``mi``."""
        return self.system.value

    def distance_value(self, metres: float | None) -> float | None:
        """Metres as a number in the user's unit, for charts; None stays None."""
        return None if is_missing(metres) else float(metres) / self.metres  # type: ignore[arg-type]

    def distance(self, metres: float | None, decimals: int = 1) -> str:
        """Metres in words: ``12.3 km``."""
        value = self.distance_value(metres)
        return NOTHING if value is None else f"{value:,.{decimals}f} {self.length}"

    def pace(self, speed_mps: float | None) -> str:
        """Speed as minutes and seconds for one unit of length: ``5:04 /km``."""
        if is_missing(speed_mps) or speed_mps <= 0.1:  # type: ignore[operator]
            return NOTHING
        seconds = round(self.metres / float(speed_mps))  # type: ignore[arg-type]
        return f"{seconds // 60}:{seconds % 60:02d} /{self.length}"

    def pace_minutes(self, speed_mps: float | None) -> float | None:
        """Speed as decimal minutes for one unit of length, for charts; None below walking speed."""
        if is_missing(speed_mps) or speed_mps <= 0.1:  # type: ignore[operator]
            return None
        return self.metres / float(speed_mps) / 60.0  # type: ignore[arg-type]

    def speed_of_pace(self, words: str) -> float | None:
        """Minutes and seconds for one unit of length, as people write them (``4:30``), as speed; None if they are none."""
        found = re.fullmatch(r"\s*(\d{1,2})\s*[:.'′]\s*([0-5]\d)\s*[\"″]?\s*(?:(?:min)?\s*/\s*(?:km|mi))?\s*", words)
        seconds = 60 * int(found[1]) + int(found[2]) if found else 0
        return self.metres / seconds if seconds else None


def is_missing(value: float | None) -> bool:
    """True for None and NaN: a value nobody measured."""
    return value is None or (isinstance(value, float) and math.isnan(value))


def duration(seconds: float | None) -> str:
    """Seconds in words: ``1 h 05 min``, ``42 min``, ``35 s``."""
    if is_missing(seconds):
        return NOTHING
    if seconds < 60:  # type: ignore[operator]
        return f"{seconds:.0f} s"
    minutes = round(seconds / 60.0)  # type: ignore[operator]
    return f"{minutes // 60} h {minutes % 60:02d} min" if minutes >= 60 else f"{minutes} min"


def clock(seconds: float | None) -> str:
    """Seconds as a stopwatch shows them: ``1:05:09`` or ``42:10``."""
    if is_missing(seconds):
        return NOTHING
    whole = round(seconds)  # type: ignore[arg-type]
    hours, rest = divmod(whole, 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}" if hours else f"{rest // 60}:{rest % 60:02d}"


def steps(steps_per_minute: float | None) -> str:
    """Cadence of both feet in words: ``168 spm``."""
    return NOTHING if is_missing(steps_per_minute) else f"{steps_per_minute:.0f} spm"


def heart_rate(beats_per_minute: float | None) -> str:
    """Heart rate in words: ``148 bpm``."""
    return NOTHING if is_missing(beats_per_minute) else f"{beats_per_minute:.0f} bpm"


def signed_percent(percent: float | None) -> str:
    """A change in words with its sign: ``+12 %``, ``−8 %``."""
    if is_missing(percent):
        return NOTHING
    return f"{'+' if percent > 0 else '−' if percent < 0 else '±'}{abs(percent):.0f} %"  # type: ignore[operator, arg-type]


def plural(count: int, noun: str) -> str:
    """A number with its noun: ``1 run``, ``1,200 runs``."""
    return f"{count:,} {noun}{'' if count == 1 else 's'}"


def strides_to_steps(strides_per_minute: float) -> float:
    """One foot's cadence (as watches store it) to steps of both feet a minute."""
    return 2.0 * strides_per_minute
