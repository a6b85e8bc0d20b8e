"""What still stands from earlier assessments: a stop that nobody has cleared, and soreness that was not asked about again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from loadmon.clinic.assessment import Assessment, Symptom, overlap
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.stop_signs import stop_signs
from loadmon.days import day_words


@dataclass(frozen=True, slots=True)
class StillStopped:
    """A stop of an earlier assessment: its day, who found it, and what."""

    day: date
    by: str
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class StillSore:
    """Soreness as it was told on an earlier day; nobody has asked since, or said that it is gone."""

    symptom: Symptom
    day: date


@dataclass(frozen=True, slots=True)
class Cleared:
    """A named person let somebody run again.

    Parameters
    ----------
    by : str
    day : date
        It clears what was found on that day or before.
    """

    by: str
    day: date


@dataclass(frozen=True, slots=True)
class Standing:
    """An assessment and what stands beside it.

    Parameters
    ----------
    told : Assessment
        As it was finished.
    sore : tuple of StillSore
    stopped : tuple of StillStopped
        The latest first.
    cleared : Cleared | None
        The first clearance of that day or since.
    """

    told: Assessment
    sore: tuple[StillSore, ...] = ()
    stopped: tuple[StillStopped, ...] = ()
    cleared: Cleared | None = None

    @property
    def whole(self) -> Assessment:
        """The assessment with what is still sore: limits and exclusions hold for that too."""
        return replace(self.told, symptoms=(*self.told.symptoms, *(one.symptom for one in self.sore)))

    def said_on(self, symptom: Symptom) -> date | None:
        """The earlier day on which a soreness was told; None where it is of this assessment."""
        return next((one.day for one in self.sore if one.symptom is symptom), None)


def standing(
    now: Assessment, earlier: Iterable[Assessment], clearances: Iterable[Cleared], known: Knowledge
) -> Standing:
    """What of earlier assessments holds on at this one.

    Parameters
    ----------
    now : Assessment
    earlier : iterable of Assessment
        Those before it, the oldest first.
    clearances : iterable of Cleared
        Wherever they were written down.
    known : Knowledge
    """
    past, cleared = list(earlier), sorted(clearances, key=lambda one: one.day)
    sore: list[StillSore] = []
    for one in past:
        sore = [left for left in sore if not _asked(left.symptom, one)]
        sore += [StillSore(symptom, one.circumstances.day) for symptom in one.symptoms]
    stopped = [
        StillStopped(one.circumstances.day, one.circumstances.assessor, words)
        for one in reversed(past)
        if (words := stop_signs(one, known)) and not any(c.day >= one.circumstances.day for c in cleared)
    ]
    return Standing(
        told=now,
        sore=tuple(one for one in sore if not _asked(one.symptom, now)),
        stopped=tuple(stopped),
        cleared=next((one for one in cleared if one.day >= now.circumstances.day), None),
    )


def stopped_words(one: StillStopped) -> str:
    """A stop that still holds: ``stopped on 2 March 2026 by Dr Osei, not cleared (…)``."""
    return f"stopped on {day_words(one.day)} by {one.by}, not cleared ({'; '.join(one.words)})"


def _asked(symptom: Symptom, later: Assessment) -> bool:
    told = ((one.tissue, one.side) for one in later.symptoms)
    return any(tissue == symptom.tissue and overlap(side, symptom.side) for tissue, side in (*told, *later.gone))
