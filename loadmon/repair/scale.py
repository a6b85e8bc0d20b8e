"""A distance put right: the whole recording is stretched to what was really run."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from loadmon.readers.distance import covered_m
from loadmon.repair.channels import values_of
from loadmon.repair.words import number
from loadmon.session import Session
from loadmon.units import Units

INSTEAD_OF = "instead_of_m"
"""Beside ``distance_m``: the distance that was shown when it was told, so that the factor between the two stays what it
was when a part is cut off later."""
MOST_TIMES = 1000.0
"""Metres told for kilometres are a thousand times too few: more than that is a slip, and speeds would leave all bounds."""
_WITH_SPEED = ("distance_m", "speed_mps", "step_length_m")
"""A watch makes step length of its speed and cadence, and vertical ratio of bounce and step length."""


def scaled(session: Session, params: Mapping[str, Any]) -> tuple[Session, str, int]:
    """The session with another distance; speed, step length and laps go with it.

    Returns
    -------
    tuple
        The session, what was done in a sentence, and how many samples it concerns.
    """
    told, instead = number(params, "distance_m"), number(params, INSTEAD_OF)
    if told is None or told <= 0.0:
        return session, "No distance was told, so it was left as it is.", 0
    held, declared = covered_m(values_of(session.stream, "distance_m")), session.totals.distance_m
    counted = [metres for metres in (held, declared) if metres is not None and metres > 0.0]
    if not counted:
        totals = replace(session.totals, distance_m=told)
        return replace(session, totals=totals), f"The distance is {_words(told)}; none was recorded.", 0
    now = instead if instead is not None and instead > 0.0 else counted[0]
    # which of the two was shown when it was told
    before = min(counted, key=lambda metres: abs(metres - now))
    factor = told / now
    if not 1.0 / MOST_TIMES <= factor <= MOST_TIMES:
        return (
            session,
            f"A distance {MOST_TIMES:.0f} times as long or as short is no correction, so it was left as it is.",
            0,
        )
    stream, laps = session.stream, session.laps
    fresh = {name: values_of(stream, name) * factor for name in _WITH_SPEED if session.measured(name)}
    if session.measured("vertical_ratio_pct"):
        fresh["vertical_ratio_pct"] = values_of(stream, "vertical_ratio_pct") / factor
    after = before * factor
    scaled_session = replace(
        session,
        stream=stream.assign(**fresh),
        laps=laps.assign(distance_m=laps["distance_m"] * factor) if len(laps) else laps,
        totals=replace(session.totals, distance_m=after),
    )
    what = f"The distance is {_words(after)}, {100 * factor - 100:+.1f} % against {_words(now)} as recorded."
    return scaled_session, what, len(stream) if fresh else 0


def _words(metres: float) -> str:
    return Units().distance(metres, 2)
