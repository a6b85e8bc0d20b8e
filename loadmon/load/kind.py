"""Kinds of load: which column of the timeline is added up, and below what a ratio of it means nothing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from loadmon import evidence
from loadmon.evidence import Evidence
from loadmon.refusal import Refusal


class LoadNotInTable(Refusal):
    """A kind of load is asked for that the table of days does not hold."""

    name = "load not in table"


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
    source : str
        Column of the sessions that the days add up.
    """

    name: str
    column: str
    complete: str
    unit: str
    floor: Evidence
    source: str

    def known_in(self, timeline: pd.DataFrame) -> bool:
        """True if the table of days holds this kind of load."""
        return self.column in timeline

    def of(self, timeline: pd.DataFrame) -> NDArray[np.float64]:
        """Load a day, in ``unit``; 0 where nothing is known, which ``unknown_days`` tells from rest.

        Raises
        ------
        LoadNotInTable
            If the timeline was built from sessions without this kind of load.
        """
        if not self.known_in(timeline):
            raise LoadNotInTable(
                f"These days hold no {self.name}.", "Choose another kind of load, or read the sessions with theirs."
            )
        load: NDArray[np.float64] = np.nan_to_num(timeline[self.column].to_numpy(dtype=np.float64))
        return load


DISTANCE = LoadKind("distance", "distance_m", "distance_complete", "m", evidence.CHRONIC_FLOOR_M_PER_WEEK, "distance_m")
MOVING = LoadKind("moving minutes", "moving_s", "moving_complete", "s", evidence.CHRONIC_FLOOR_S_PER_WEEK, "moving_s")
EFFORT = LoadKind(
    "effort × minutes", "effort_au", "effort_complete", "au", evidence.CHRONIC_FLOOR_AU_PER_WEEK, "effort_au"
)
POINTS = LoadKind(
    "load points", "points", "points_complete", "points", evidence.CHRONIC_FLOOR_POINTS_PER_WEEK, "points"
)
TRIMP = LoadKind(
    "heart-rate load", "trimp", "trimp_complete", "trimp", evidence.CHRONIC_FLOOR_TRIMP_PER_WEEK, "trimp_banister"
)
STEPS = LoadKind("steps", "steps", "steps_complete", "steps", evidence.CHRONIC_FLOOR_STEPS_PER_WEEK, "steps")

KINDS: tuple[LoadKind, ...] = (DISTANCE, MOVING, EFFORT, POINTS, TRIMP, STEPS)
"""Every kind there is, in the order in which they are offered."""

FROM_SESSION_LOADS: tuple[LoadKind, ...] = (EFFORT, POINTS, TRIMP)
"""Kinds that the days hold only where the sessions bring them."""


def kinds_in(timeline: pd.DataFrame) -> tuple[LoadKind, ...]:
    """The kinds of load a table of days holds, in the order in which they are offered."""
    return tuple(kind for kind in KINDS if kind.known_in(timeline))
