"""A runner's limits and measures in words: what each is for, how it is written, and what cannot be meant."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from loadmon.athlete import THRESHOLD_RANGES, Athlete, Threshold
from loadmon.show.words import day_of_year
from loadmon.store.squad import NotAValue
from loadmon.units import CENTIMETRES_PER_METRE, Units


@dataclass(frozen=True, slots=True)
class Limit:
    """One kind of limit on the screen.

    Parameters
    ----------
    name : str
        As a runner calls it.
    unit : str
        ``bpm``, ``W``, ``kg`` or ``cm``; ``pace`` for minutes and seconds a kilometre or mile.
    needed_for : str
        What cannot be told without it.
    """

    name: str
    unit: str
    needed_for: str


LIMITS: dict[str, Limit] = {
    "max_heart_rate_bpm": Limit("Maximum heart rate", "bpm", "load from heart rate"),
    "rest_heart_rate_bpm": Limit("Resting heart rate", "bpm", "load from heart rate"),
    "threshold_heart_rate_bpm": Limit(
        "Threshold heart rate", "bpm", "load from heart rate without a stand-in for the threshold"
    ),
    "threshold_speed_mps": Limit("Threshold pace", "pace", "load from pace; what can be held for about an hour"),
    "mass_kg": Limit("Body mass", "kg", "leg stiffness"),
    "height_m": Limit("Height", "cm", "leg stiffness, and the first guess of cadence"),
    "leg_length_m": Limit("Leg length", "cm", "leg stiffness; taken from height where it was not measured"),
    "critical_power_w": Limit("Critical power", "W", "load from power"),
    "first_threshold_heart_rate_bpm": Limit(
        "Heart rate at the first threshold", "bpm", "Lucia's TRIMP; measured in a laboratory, never estimated"
    ),
    "second_threshold_heart_rate_bpm": Limit(
        "Heart rate at the second threshold", "bpm", "Lucia's TRIMP; measured in a laboratory, never estimated"
    ),
}
"""Every kind of limit, in the order of the page."""

ORDERED = (
    ("rest_heart_rate_bpm", "max_heart_rate_bpm"),
    ("rest_heart_rate_bpm", "threshold_heart_rate_bpm"),
    ("threshold_heart_rate_bpm", "max_heart_rate_bpm"),
    ("rest_heart_rate_bpm", "first_threshold_heart_rate_bpm"),
    ("first_threshold_heart_rate_bpm", "second_threshold_heart_rate_bpm"),
    ("second_threshold_heart_rate_bpm", "max_heart_rate_bpm"),
    ("leg_length_m", "height_m"),
)
"""Pairs of which the second is always above the first."""


def written(kind: str, value: float, units: Units) -> str:
    """A limit's value as a runner writes it: ``188 bpm``, ``4:30 /km``, ``176 cm``."""
    unit = LIMITS[kind].unit
    if unit == "pace":
        return units.pace(value)
    shown = value * CENTIMETRES_PER_METRE if unit == "cm" else value
    return f"{shown:.1f}".removesuffix(".0") + f" {unit}"


def value_of(kind: str, told: float | str | None, units: Units) -> float:
    """What somebody gave for a limit, in SI units.

    Parameters
    ----------
    kind : str
        A key of ``LIMITS``.
    told : float | str | None
        A number in the unit of the page, or for a pace minutes and seconds.

    Raises
    ------
    NotAValue
        If nothing was given, or what was given is no such value of a person.
    """
    limit = LIMITS[kind]
    if told is None or told == "":
        raise NotAValue(f"{limit.name} has been left empty.", "Give the value, then add it.")
    if isinstance(told, str):
        speed = units.speed_of_pace(told)
        if speed is None:
            raise NotAValue(f"“{told}” is no pace.", f"Write minutes and seconds for one {units.length}, such as 4:30.")
        value = speed
    else:
        value = told / CENTIMETRES_PER_METRE if limit.unit == "cm" else float(told)
    low, high = THRESHOLD_RANGES[kind]
    if not low <= value <= high:
        ends = (high, low) if limit.unit == "pace" else (low, high)
        least, most = (written(kind, end, units) for end in ends)
        raise NotAValue(
            f"{written(kind, value, units)} is no {_small(limit.name)} that a person has.",
            f"It lies between {least} and {most}; look at the number and its unit.",
        )
    return value


def day_of(told: date | None) -> date:
    """The day from which a limit holds; ``NotAValue`` if it was left empty."""
    if told is None:
        raise NotAValue("The day has been left empty.", "Give the day it was measured; it holds from then on.")
    return told


def refuse_impossible(athlete: Athlete, new: Threshold, today: date, units: Units) -> None:
    """Say no to a limit that begins in the future, or that contradicts another one which holds at the same time.

    Raises
    ------
    NotAValue
        With the other limit and the day from which it holds.
    """
    if new.valid_from > today:
        raise NotAValue(
            f"{day_of_year(new.valid_from)} lies in the future.", "Give the day it was measured; it holds from then on."
        )
    later = [t.valid_from for t in athlete.thresholds if t.kind == new.kind and t.valid_from > new.valid_from]
    until = min(later, default=date.max)
    for low, high in ORDERED:
        if new.kind in (low, high):
            other = high if new.kind == low else low
            for held in _holding(athlete, other, new.valid_from, until):
                if (held.value <= new.value) if other == high else (held.value >= new.value):
                    raise _contradiction(new, held, "above" if other == low else "below", units)


def _holding(athlete: Athlete, kind: str, first: date, until: date) -> list[Threshold]:
    """The limits of a kind that hold at any time from ``first`` to before ``until``."""
    known = sorted((t for t in athlete.thresholds if t.kind == kind), key=lambda t: t.valid_from)
    before = [t for t in known if t.valid_from <= first][-1:]
    return before + [t for t in known if first < t.valid_from < until]


def _contradiction(new: Threshold, held: Threshold, must_be: str, units: Units) -> NotAValue:
    mine, theirs = _small(LIMITS[new.kind].name), _small(LIMITS[held.kind].name)
    return NotAValue(
        f"{written(new.kind, new.value, units)} is not {must_be} the {theirs} of {written(held.kind, held.value, units)} "
        f"that holds from {day_of_year(held.valid_from)}.",
        f"Correct the {mine}, or take the {theirs} back first if that one is wrong.",
    )


def _small(name: str) -> str:
    return name[:1].lower() + name[1:]
