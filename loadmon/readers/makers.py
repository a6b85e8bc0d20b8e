"""Names of makers and apps: they stand where a person's name could stand, and are nobody's."""

from __future__ import annotations

import re

from loadmon.readers.recording import hashed_serial
from loadmon.readers.sport_words import spelt

_LISTED = """
    adidas amazfit android apple bosch bryton casio coros decathlon edge endomondo enduro epix fenix fitbit fitotrack
    forerunner garmin geonaute golden cheetah goldencheetah google gpsies gpslogger healthfit hexoskin honor huawei igpsport
    instinct ios iphone iqo2 kinomap komoot lezyne locus magene mapmyrun mapmywalk mapmyride movescount nike nurvv
    onelap openstreetmap opentracks oruxmaps outdooractive peloton polar polarflow rouvy rungap rungps runalyze runkeeper
    runna runtastic runnerup samsung shealth sigma sporttracks sportstracker stages strava stryd suunto tacx tomtom
    trainerroad trainingpeaks umap venu vivoactive wahoo elemnt wikiloc withings xoss xiaomi mi zepp zwift ambit peak
"""
MAKERS = frozenset(_LISTED.split())
"""Single words, without case."""
_CONNECT = re.compile(r"\b(connect|iq|gps|app|export(ed|er)?|creator|data|converter|watch)\b")


def is_maker(words: str) -> bool:
    """True for the name of a watch, its maker or an app, alone or with what they call their products.

    Parameters
    ----------
    words : str
        As a file tells it, such as ``Garmin Connect`` or ``StravaGPX``.
    """
    text = spelt(words)
    bare = _CONNECT.sub(" ", re.sub(r"(gpx|tcx|fit)\b", " ", text))
    parts = [part for part in re.split(r"[^\w]+|\d+", bare) if part]
    return not parts or parts[0] in MAKERS or all(part in MAKERS for part in parts)


def _made_up() -> set[int]:
    digits = "1234567890" * 2
    counting = {int(digits[:n]) for n in range(1, 11)} | {int(digits[9::-1][:n] or 0) for n in range(1, 11)}
    return (
        counting
        | {int(d * n) for d in "123456789" for n in range(1, 11)}
        | set(range(100))
        | {2**32 - 1, 2**32 - 2, 2**31 - 1}
    )


MADE_UP = frozenset(hashed_serial(number) for number in _made_up()) - {None}
"""Fingerprints of serial numbers that no watch has: apps and converters write 1, 12345 or 1111111111 for everybody."""
