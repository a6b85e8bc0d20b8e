"""Kinds of load: which column of the timeline is added up, and below what a ratio of it means nothing."""

from __future__ import annotations

from dataclasses import dataclass

from loadmon import evidence
from loadmon.evidence import Evidence


@dataclass(frozen=True, slots=True)
class LoadKind:
    """One way to say how much was run.

    Parameters
    ----------
    name : str
        As the label says it: ``"distance"``, ``"moving minutes"``.
    column : str
        Column of the timeline, one value a day, SI units.
    complete : str
        Column of the timeline that is False on days where a part of the value is missing.
    unit : str
        Unit of ``column``.
    floor : Evidence
        Least usual load a week for a ratio, in ``unit``.
    """

    name: str
    column: str
    complete: str
    unit: str
    floor: Evidence


DISTANCE = LoadKind("distance", "distance_m", "distance_complete", "m", evidence.CHRONIC_FLOOR_M_PER_WEEK)
MOVING = LoadKind("moving minutes", "moving_s", "moving_complete", "s", evidence.CHRONIC_FLOOR_S_PER_WEEK)
