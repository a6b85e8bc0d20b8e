"""A run's tissue load in one sentence: "10 km, hilly: 16 Achilles-km, 9 knee-km", with the interval and what made it so."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

import numpy as np

from loadmon import evidence
from loadmon.tissue.coefficients import Coefficients
from loadmon.tissue.course import MOSTLY_WALKED
from loadmon.tissue.loads import TissueLoads
from loadmon.tissue.makeup import MakeUp
from loadmon.tissue.quantiles import quantiles_of
from loadmon.units import Units

Direction = Literal["more", "less", "uncertain", "alike"]
NOT_DAMAGE = "mostly walked: load is told, damage is not"
LIKE_USUAL = "much like your usual running"
_MOST_TOLD = 3


@dataclass(frozen=True, slots=True)
class ToldTissue:
    """One tissue of one run, ready for the screen; metres of level running at the runner's own speed.

    Parameters
    ----------
    tissue, name, kilometres : str
    grade : str
    damage_m : float
    low_m, high_m : float | None
        10th and 90th percentile; None without draws.
    direction : str
        ``"uncertain"`` where the interval reaches to both sides of the distance, else ``"alike"`` where all of it lies within
        a tenth of it, else ``"more"`` or ``"less"``.
    is_small : bool
        True where all of the interval lies within a tenth of the distance, to whichever side.
    """

    tissue: str
    name: str
    kilometres: str
    grade: str
    damage_m: float
    low_m: float | None
    high_m: float | None
    direction: Direction
    is_small: bool

    def words(self, units: Units, *, interval: bool = False) -> str:
        """``16 Achilles-km``, with ``(12 to 22)`` if asked for."""
        number = _number(self.damage_m, units)
        reach = ""
        if interval and self.low_m is not None and self.high_m is not None:
            reach = f" ({_number(self.low_m, units)} to {_number(self.high_m, units)})"
        return f"{number} {self.kilometres}-{units.length}{reach}"


def told_tissues(made: MakeUp, drawn: TissueLoads | None, coefficients: Coefficients, run: int = 0) -> list[ToldTissue]:
    """Every tissue of a run, the most damaged against its distance first.

    Parameters
    ----------
    made : MakeUp
    drawn : TissueLoads | None
        Of the same run, by draws, as its ``run``-th.
    coefficients : Coefficients
    run : int
    """
    told = []
    for place, (tissue, one) in enumerate(coefficients.tissue.items()):
        damage = float(made.damage_m[place])
        low, _, high = (None,) * 3 if drawn is None else quantiles_of(drawn.damage_m[:, place, run]).tolist()
        ends = np.array([damage] if low is None or high is None else [low, high]) / made.distance_m - 1.0
        is_small = bool((np.abs(ends) < evidence.TISSUE_ALIKE.value).all())
        direction: Direction = "alike" if is_small else "more" if damage > made.distance_m else "less"
        # first of all: an interval that holds the distance says nothing of a direction, however small
        if ends.min() < 0.0 < ends.max():
            direction = "uncertain"
        told.append(ToldTissue(tissue, one.name, one.kilometres, one.grade, damage, low, high, direction, is_small))
    return sorted(told, key=lambda one: -one.damage_m)


def reasons(made: MakeUp, tissues: list[str]) -> list[str]:
    """What made it so, the strongest first: causes that changed one of these tissues by 5 % or more, and by a quarter of the
    strongest."""
    places = [made.tissues.index(name) for name in tissues]
    strength = {name: float(np.abs(values[places]).max(initial=0.0)) for name, values in made.causes.items()}
    least = max(np.log1p(evidence.DIRECTION_SHARE.value), 0.25 * max(strength.values()))
    return sorted((name for name, size in strength.items() if size >= least), key=lambda name: -strength[name])


def cause_words(made: MakeUp, cause: str) -> str:
    """A cause as it is said of the run."""
    words = {
        "speed": "fast" if made.faster > 0 else "slow",
        "hills": "uphill" if made.climbed > 0.02 else "downhill" if made.climbed < -0.02 else "hilly",
        "cadence": "in quick steps" if made.quicker > 0 else "in long steps",
        "surface": "on another surface than your reference runs",
        "technique": "with another technique than in your reference weeks",
        "mass": "with another body mass than in your reference weeks",
        "walking": "partly walked",
    }
    return words[cause]


def run_sentence(
    made: MakeUp,
    drawn: TissueLoads | None,
    coefficients: Coefficients,
    units: Units | None = None,
    *,
    walk_fraction: float = 0.0,
    interval: bool = False,
) -> str:
    """A run in one sentence, e.g. ``10.0 km, hilly: 16 Achilles-km, 9 knee-km.``

    Parameters
    ----------
    made : MakeUp
    drawn : TissueLoads | None
        Of the same run, for the interval.
    coefficients : Coefficients
    units : Units | None
        Kilometres if not given.
    walk_fraction : float
        Above ``MOSTLY_WALKED`` damage is not told.
    interval : bool
        Also tell the 10th and 90th percentile.
    """
    units = units or Units()
    distance = units.distance(made.distance_m)
    if walk_fraction > MOSTLY_WALKED:
        return f"{distance}, {NOT_DAMAGE}."
    told = [one for one in told_tissues(made, drawn, coefficients) if one.grade != "D" and not one.is_small]
    more = [one for one in told if one.damage_m > made.distance_m]
    less = [one for one in reversed(told) if one.damage_m < made.distance_m]
    # the one that took most and the one that took least; a second of the stronger side if there is room
    picked = [*more[:2], *less[: _MOST_TOLD - len(more[:2])]] if more else less[:_MOST_TOLD]
    if not picked:
        return f"{distance}, {LIKE_USUAL}: every tissue took about its distance."
    because = [cause_words(made, cause) for cause in reasons(made, [one.tissue for one in picked])]
    parts = [
        one.words(units, interval=interval) + (" (direction uncertain)" if one.direction == "uncertain" else "")
        for one in picked
    ]
    return f"{', '.join((distance, *because[:2]))}: {', '.join(parts)}."


def _number(metres: float, units: Units) -> str:
    value = metres / units.metres
    return f"{value:.0f}" if value >= 3 else f"{value:.1f}"
