"""How steep the ground was, as far as the file's heights can be trusted to tell."""

from __future__ import annotations

from dataclasses import dataclass

from loadmon.facts.seconds import Floats
from loadmon.load.graded_pace import heights_wrong
from loadmon.measure import ALTITUDE_SATELLITES, HEIGHTS_WRONG, INDOORS, NO_ALTITUDE
from loadmon.session import Session
from loadmon.slope import distance_and_speed, slope_along

BAROMETRIC_FORMATS = frozenset({"fit"})
"""Files whose heights count as a barometer's (loadmon convention).

A watch writes FIT, and nearly every watch that does so for running holds a barometer or corrects its heights. GPX and TCX
come out of phones and web sites as well and say nothing of how a height was had: satellites' own heights wander by
metres within a minute, which would read as slopes.
"""


@dataclass(frozen=True, slots=True)
class Ground:
    """What one session ran over.

    Parameters
    ----------
    speed_mps : array of shape (n,)
        As recorded, or made from distance where it was not.
    slope : array of shape (n,) | None
        Rise over run; None where it is not known.
    reason : str | None
        Code of ``loadmon.measure`` where the slope is not known.
    """

    speed_mps: Floats
    slope: Floats | None
    reason: str | None

    @property
    def known(self) -> bool:
        """True where speeds may be adjusted for slope."""
        return self.slope is not None


def ground_of(session: Session, columns: dict[str, Floats], indoor: bool) -> Ground:
    """The slopes of a session, or the reason why they are not known.

    Parameters
    ----------
    session : Session
    columns : dict of arrays of shape (n,)
        Its stream's columns by name.
    indoor : bool
        A treadmill's slope is not in the file.
    """
    if len(columns["t_s"]) < 2:
        return Ground(columns["speed_mps"], None, NO_ALTITUDE)
    distance, speed = distance_and_speed(columns, columns["t_s"])
    if indoor:
        return Ground(speed, None, INDOORS)
    if session.source.format not in BAROMETRIC_FORMATS:
        return Ground(speed, None, ALTITUDE_SATELLITES)
    slope = slope_along(columns, distance)
    if slope is None:
        return Ground(speed, None, NO_ALTITUDE)
    if heights_wrong(speed, slope):
        return Ground(speed, None, HEIGHTS_WRONG)
    return Ground(speed, slope, None)
