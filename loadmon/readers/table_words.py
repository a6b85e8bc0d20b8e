"""What the words above a table's columns mean, in English and German, and in the exports of well-known services."""

from __future__ import annotations

import re
from collections.abc import Iterable

from loadmon.readers.table_grid import Cell

_WORDS: dict[str, str] = {
    "date": "activity date|date|datum|workout day|aktivitätsdatum|day|tag|start date|startdatum|date time|datum uhrzeit|timestamp",
    "time": "start time|startzeit|uhrzeit|time of day|clock time|clock|start|beginn|begin|time start",
    "duration": (
        "elapsed time|duration|dauer|time|zeit|total time|gesamtzeit|verstrichene zeit|time total|laufzeit|trainingszeit|"
        "workout time|elapsed|s|minutes|minuten|min|total duration|trainingsdauer|timer time"
    ),
    "moving": "moving time|zeit in bewegung|bewegungszeit|moving",
    "distance": (
        "distance|distanz|strecke|km|kilometer|kilometers|kilometre|kilometres|miles|mi|mile|meilen|total distance|"
        "gesamtdistanz|entfernung|umfang|dist|meters|metres|meter"
    ),
    "sport": "activity type|aktivitätstyp|aktivitätsart|sport|sportart|workout type|type|typ|art|discipline|disziplin|kind",
    "mean_heart_rate": (
        "avg hr|average heart rate|avg heart rate|mean heart rate|ø hf|ø herzfrequenz|durchschnittliche herzfrequenz|"
        "mittlere herzfrequenz|heart rate average|pulse avg|avg hf|mittlere hf|durchschnittspuls|ø puls|puls|hr avg|"
        "heart rate|herzfrequenz|hr|hf|bpm|avg bpm|average hr|mean hr|pulse"
    ),
    "max_heart_rate": (
        "max hr|max heart rate|maximum heart rate|max hf|maximale herzfrequenz|max herzfrequenz|heart rate max|"
        "pulse max|maximalpuls|max puls|maxpuls|hr max|max bpm|maximum hr"
    ),
    "cadence": (
        "avg run cadence|average cadence|avg cadence|mean cadence|cadence average|ø schrittfrequenz laufen|"
        "durchschnittliche trittfrequenz|durchschnittliche schrittfrequenz|ø schrittfrequenz|schrittfrequenz|cadence|"
        "kadenz|spm|steps min"
    ),
    "ascent": (
        "total ascent|elevation gain|ascent|anstieg gesamt|positiver höhenunterschied|höhenzunahme|höhenmeter|hm|"
        "anstieg|aufstieg|elev gain|climb|elevation|gain"
    ),
    "effort": (
        "perceived exertion|rpe|effort|anstrengung|empfundene anstrengung|gefühlte anstrengung|subjektive anstrengung|"
        "belastungsempfinden|cr10|cr 10|borg|borg cr10|exertion"
    ),
    "name": (
        "activity name|name der aktivität|title|titel|name|bezeichnung|workout|description|beschreibung|comment|comments|"
        "kommentar|bemerkung|notes|note|notiz|notizen|session"
    ),
    "shoes": "activity gear|shoes|shoe|schuhe|schuh|laufschuhe|gear|aktivitätsausrüstung|ausrüstung|equipment",
    "runner": "runner|athlete|läufer|läuferin|athlet|athletin|athlete name|runner name|sportler|sportlerin|spieler|player",
    "file": "filename|file name|dateiname",
}  # fmt: skip
RANK: dict[str, dict[str, int]] = {
    field: {word: rank for rank, word in enumerate(words.split("|"))} for field, words in _WORDS.items()
}
"""For each field the words that name it, with their rank: the first is the surest."""
_NAMES = frozenset().union(*RANK.values())

_UNITS: dict[str, str] = {
    "m": "m", "meter": "m", "meters": "m", "metre": "m", "metres": "m",
    "km": "km", "kilometer": "km", "kilometers": "km", "kilometre": "km", "kilometres": "km", "kms": "km",
    "mi": "mi", "mile": "mi", "miles": "mi", "meilen": "mi", "meile": "mi",
    "ft": "ft", "feet": "ft", "fuß": "ft",
    "s": "s", "sec": "s", "secs": "s", "second": "s", "seconds": "s", "sek": "s", "sekunden": "s",
    "min": "min", "mins": "min", "minute": "min", "minutes": "min", "minuten": "min",
    "h": "h", "hr": "h", "hrs": "h", "hour": "h", "hours": "h", "std": "h", "stunden": "h",
    "h:mm": "hm", "hh:mm": "hm", "h:min": "hm", "mm:ss": "ms", "m:ss": "ms", "min:sec": "ms", "min:s": "ms",
}  # fmt: skip
UNITS_OF = {
    "duration": ("s", "min", "h", "hm", "ms"),
    "moving": ("s", "min", "h", "hm", "ms"),
    "distance": ("m", "km", "mi"),
    "ascent": ("m", "ft"),
}
"""Units that each field can have; other fields have one only."""

LONGEST_NAME = 200
"""Letters of a column's name; a longer cell is a text, and hostile ones are long."""

SUMS = re.compile(
    r"(?i)^\W*(total|sum|summe|gesamt|insgesamt|average|avg|mean|durchschnitt|mittel|schnitt|ø|σ|∑|max|min)\b|^[øσ∑]"
)
"""What stands at the head of a row of sums below a table."""


def heading(cell: Cell) -> str:
    """A column's name without its unit, case and signs: ``DistanceInMeters`` and ``Distance (m)`` are ``distance``."""
    if not isinstance(cell, str) or len(cell) > LONGEST_NAME:
        return ""
    whole = _spelt(cell)
    bare = _spelt(re.sub(r"[(\[][^)\]]*[)\]]", " ", cell))
    return next((name for name in (whole, bare, _unitless(bare)) if name in _NAMES), _unitless(bare))


def _spelt(name: str) -> str:
    return " ".join(re.sub(r"[^\wø]+|_", " ", re.sub(r"(?<=[a-zäöü])(?=[A-Z])", " ", name).casefold()).split())


def _unitless(name: str) -> str:
    words = name.split()
    if len(words) > 1 and words[-1] in _UNITS:
        words.pop()
        if words[-1] == "in" and len(words) > 1:
            words.pop()
    return " ".join(words)


def unit_of(cell: Cell) -> str | None:
    """The unit that a column's name tells, as in ``UNITS_OF``; None if it tells none."""
    if not isinstance(cell, str) or len(cell) > LONGEST_NAME:
        return None
    for part in re.findall(r"[(\[]([^)\]]*)[)\]]", cell):
        if unit := _unit(part):
            return unit
    words = re.sub(r"[^\w:]+|_", " ", re.sub(r"(?<=[a-zäöü])(?=[A-Z])", " ", cell)).casefold().split()
    return _UNITS.get(words[-1]) if words else None


def _unit(text: str) -> str | None:
    return _UNITS.get(text.strip().casefold().rstrip("."))


def known(cells: Iterable[Cell]) -> int:
    """How many different fields the names in a row tell."""
    names = {heading(cell) for cell in cells} - {""}
    return sum(any(name in ranks for name in names) for ranks in RANK.values())


def service_of(names: Iterable[Cell]) -> str | None:
    """The service whose export has these columns; None for a table of somebody's own."""
    found = {heading(name) for name in names}
    for service, marks in (
        ("Strava", {"activity date", "activity name", "filename"}),
        ("Strava", {"aktivitätsdatum", "name der aktivität", "aktivitätsart"}),
        ("Garmin Connect", {"activity type", "favorite", "title"}),
        ("Garmin Connect", {"aktivitätstyp", "favorit", "titel"}),
        ("TrainingPeaks", {"workout day", "time total", "distance"}),
        ("Runalyze", {"sportid", "s", "pulse avg"}),
    ):
        if marks <= found:
            return service
    return None
