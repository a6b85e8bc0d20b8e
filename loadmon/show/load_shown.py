"""The loads a person may look at on the history page: which column, in which unit, under which words."""

from __future__ import annotations

from dataclasses import dataclass

from loadmon.load.kind import DISTANCE, EFFORT, MOVING, POINTS, STEPS, TRIMP, LoadKind
from loadmon.units import Units


@dataclass(frozen=True, slots=True)
class ShownLoad:
    """One way to say how much was run, as the screen says it.

    Parameters
    ----------
    key : str
        On the choice; also what is remembered.
    title : str
        Of its panel.
    kind : LoadKind
        What is added up.
    card, noun : str
        Key of its card in ``metric_cards``; what a run may lack.
    unit_words : str
        Of the axis; empty for the reader's unit of length.
    divisor : float
        Inside units in one of the shown; 0 for the reader's unit of length.
    """

    key: str
    title: str
    kind: LoadKind
    card: str
    noun: str
    unit_words: str = ""
    divisor: float = 0.0

    def unit(self, units: Units) -> str:
        """The shown unit: ``km``, ``min``, ``points``."""
        return self.unit_words or units.length

    def per(self, units: Units) -> float:
        """How much of the inside unit makes one of the shown."""
        return self.divisor or units.metres


SHOWN: dict[str, ShownLoad] = {
    shown.key: shown
    for shown in (
        ShownLoad("distance", "Distance a day", DISTANCE, "distance", "distance"),
        ShownLoad("minutes", "Moving time a day", MOVING, "minutes", "moving time", "min", 60.0),
        ShownLoad("points", "Load points a day", POINTS, "points", "load", "points", 1.0),
        ShownLoad("effort", "Effort × minutes a day", EFFORT, "effort", "effort", "AU", 1.0),
        ShownLoad("heart-rate load", "Heart-rate load a day", TRIMP, "TRIMP", "heart-rate load", "TRIMP", 1.0),
        ShownLoad("steps", "Running steps a day", STEPS, "steps a day", "number of steps", "steps", 1.0),
    )
}
"""By key, the one that is shown unless chosen otherwise first."""
