"""Which sport a file's numbers and words mean."""

from __future__ import annotations

from loadmon.session import Sport

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
    """The sport behind the word or number in a GPX ``<type>`` or a TCX ``Sport`` attribute.

    Nothing said is ``Sport.UNKNOWN``; a word that is not known is ``Sport.OTHER``: it was told, and it is not running.
    """
    text = (word or "").strip().lower().replace("_", " ").replace("-", " ")
    if not text or text in ("unknown", "generic", "uncategorized", "gps", "track"):
        return Sport.UNKNOWN
    if text in STRAVA_NUMBERS:
        return STRAVA_NUMBERS[text]
    if "run" in text or "jog" in text:
        for part, sport in (
            ("trail", Sport.TRAIL_RUN),
            ("treadmill", Sport.TREADMILL_RUN),
            ("indoor", Sport.TREADMILL_RUN),
            ("virtual", Sport.VIRTUAL_RUN),
            ("track", Sport.TRACK_RUN),
        ):
            if part in text:
                return sport
        return Sport.RUN
    for part, sport in (
        ("treadmill", Sport.TREADMILL_RUN),
        ("walk", Sport.WALK),
        ("hik", Sport.HIKE),
        ("cycl", Sport.RIDE),
        ("bik", Sport.RIDE),
        ("ride", Sport.RIDE),
        ("swim", Sport.SWIM),
        ("strength", Sport.STRENGTH),
    ):
        if part in text:
            return sport
    return Sport.OTHER


def on_foot(sport: Sport) -> bool:
    """True where cadence is counted in steps: running, walking and hiking."""
    return sport.is_running or sport in (Sport.WALK, Sport.HIKE)
