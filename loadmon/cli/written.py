"""Moments, lengths and channels as people write them on a command line."""

from __future__ import annotations

import re

from loadmon.repair.channels import CHANNELS
from loadmon.store.squad import NotAValue
from loadmon.units import METRES_PER_KILOMETRE, METRES_PER_MILE

_METRES = {"km": METRES_PER_KILOMETRE, "m": 1.0, "mi": METRES_PER_MILE}


def seconds_of(words: str) -> float:
    """Seconds from the start: ``1:05:30``, ``12:30`` or ``90``.

    Raises
    ------
    NotAValue
    """
    found = re.fullmatch(r"(?:(?:(\d{1,3}):)?(\d{1,3}):)?(\d{1,6}(?:\.\d+)?)", words.strip())
    if not found:
        raise NotAValue(f"“{words[:20]}” is no moment.", "Write it as 1:05:30, 12:30 or 90 (seconds from the start).")
    hours, minutes, seconds = (float(part or 0) for part in found.groups())
    return 3600 * hours + 60 * minutes + seconds


def metres_of(words: str) -> float:
    """A length in metres: ``10.2`` (kilometres), ``10.2km``, ``6.3mi``, ``10200m``.

    Raises
    ------
    NotAValue
    """
    found = re.fullmatch(r"(\d{1,7}(?:[.,]\d+)?)\s*(km|mi|m)?", words.strip().lower())
    if not found:
        raise NotAValue(f"“{words[:20]}” is no distance.", "Write it as 10.2km, 6.3mi or 10200m.")
    return float(found[1].replace(",", ".")) * _METRES[found[2] or "km"]


def channel_of(words: str) -> str:
    """A channel by its words or its column's name.

    Raises
    ------
    NotAValue
    """
    asked = words.strip().lower().replace("-", " ").replace("_", " ")
    for name, told in CHANNELS.items():
        if asked in (told, name.replace("_", " ")):
            return name
    if ":" in words:
        return words.strip()  # a column that an app added
    raise NotAValue(f"There is no channel called “{words[:30]}”.", f"Name one of: {', '.join(CHANNELS.values())}.")
