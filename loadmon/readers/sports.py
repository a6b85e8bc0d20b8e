"""Which sport a file's numbers and words mean."""

from __future__ import annotations

from loadmon.readers.sport_words import NOTHING_TOLD, spelt, sport_in_words
from loadmon.session import Sport

SPORT_NOT_TOLD = "sport not told"
SPORT_NOT_KNOWN = "sport not known"
"""Oddities of sessions whose sport is unknown: nothing is told, or a word that is not known."""
_FIT: dict[int, Sport] = {
    1: Sport.RUN,
    2: Sport.RIDE,
    5: Sport.SWIM,
    11: Sport.WALK,
    17: Sport.HIKE,
    21: Sport.RIDE,
}
_FIT_RUN_SUB: dict[int, Sport] = {
    1: Sport.TREADMILL_RUN,
    3: Sport.TRAIL_RUN,
    4: Sport.TRACK_RUN,
    45: Sport.TREADMILL_RUN,
    58: Sport.VIRTUAL_RUN,
}
_TREADMILL, _STRENGTH, _INDOOR_CYCLING, _SPIN = 1, 20, 6, 5
_GENERIC, _FITNESS_EQUIPMENT, _ALL = 0, 4, 254

STRAVA_NUMBERS: dict[str, Sport] = {"1": Sport.RIDE, "4": Sport.HIKE, "9": Sport.RUN, "10": Sport.WALK}
"""Strava's GPX export writes its own number where others write a word."""


def fit_sport(sport: int | None, sub_sport: int | None) -> Sport:
    """The sport behind a FIT file's two numbers; ``generic`` tells nothing and stays unknown."""
    if sport is None or sport in (_GENERIC, _ALL):
        return Sport.TREADMILL_RUN if sub_sport == 45 else Sport.UNKNOWN
    if sport == 1:
        return _FIT_RUN_SUB.get(sub_sport or 0, Sport.RUN)
    if sub_sport == _STRENGTH:
        return Sport.STRENGTH
    if sport == _FITNESS_EQUIPMENT:
        if sub_sport in (_TREADMILL, 45):
            return Sport.TREADMILL_RUN
        if sub_sport in (_INDOOR_CYCLING, _SPIN):
            return Sport.RIDE
    return _FIT.get(sport, Sport.OTHER)


def told_sport(word: str | None) -> Sport:
    """The sport behind the word or number in a GPX ``<type>``, a TCX ``Sport`` attribute or a table.

    Nothing said, and a word that is not known, are ``Sport.UNKNOWN``: a word of a language that loadmon does not speak
    is not "something else than running". What ``unknown_word`` gives is the word that was not known.
    """
    return STRAVA_NUMBERS.get((word or "").strip()) or sport_in_words(word)


def unknown_word(word: str | None) -> str | None:
    """The word as it was told, where it tells a sport that is not known; None where nothing is told or it is known."""
    told = " ".join((word or "").split())[:40]
    return told if spelt(told) not in NOTHING_TOLD and told_sport(told) is Sport.UNKNOWN else None


def on_foot(sport: Sport) -> bool:
    """True where cadence is counted in steps: running, walking and hiking."""
    return sport.is_running or sport in (Sport.WALK, Sport.HIKE)
