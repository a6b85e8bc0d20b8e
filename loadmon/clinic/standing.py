"""What still stands from earlier assessments: a stop that nobody has cleared, and soreness that was not asked about again."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime

from loadmon.clinic.assessment import Assessment, Symptom, overlap
from loadmon.clinic.knowledge import Knowledge
from loadmon.clinic.stop_signs import stop_signs
from loadmon.days import day_words
from loadmon.refusal import Refusal

LEAST_NAME = 2
Past = tuple[Assessment, datetime]
"""An assessment, and the instant at which it was finished."""


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
    at : datetime | None
        When it was given, aware: it does not clear what was written down only later; None where the day alone counts.
    role : str | None
        As what, such as ``physician``; None where it was written down before anybody asked.
    """

    by: str
    day: date
    at: datetime | None = None
    role: str | None = None


class ImpossibleClearance(Refusal):
    """A clearance that names nobody, or a day on which it cannot have been given."""

    name = "impossible clearance"


def checked_clearance(one: Cleared, stopped: date, today: date) -> Cleared:
    """A clearance as it may be kept.

    Parameters
    ----------
    one : Cleared
    stopped : date
        The day of the assessment that stopped running.
    today : date
        The runner's own day.

    Raises
    ------
    ImpossibleClearance
        As its name says.
    """
    by = " ".join(one.by.split())
    if len(by) < LEAST_NAME:
        raise ImpossibleClearance("Nobody is named who cleared running.", "Write down the clinician's name.")
    if not one.role:
        raise ImpossibleClearance(f"As what {by} cleared running is left open.", "Choose it beside the name.")
    if not stopped <= one.day <= today:
        raise ImpossibleClearance(
            f"Running was stopped on {day_words(stopped)}: it is cleared on that day or later, and not ahead.",
            "Give the day on which it was cleared.",
        )
    return replace(one, by=by)


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


def standing(now: Past, earlier: Iterable[Past], clearances: Iterable[Cleared], known: Knowledge) -> Standing:
    """What of earlier assessments holds on at this one.

    Parameters
    ----------
    now : (Assessment, datetime)
        With the instant at which it was finished.
    earlier : iterable of (Assessment, datetime)
        Those before it, the oldest first.
    clearances : iterable of Cleared
        Wherever they were written down.
    known : Knowledge
    """
    past, given = list(earlier), sorted(clearances, key=lambda one: one.day)

    def clears(one: Past) -> Cleared | None:
        (assessment, finished) = one
        day = assessment.circumstances.day
        return next((c for c in given if c.day >= day and (c.at is None or c.at > finished)), None)

    sore: list[StillSore] = []
    for one, _ in past:
        sore = [left for left in sore if not _asked(left.symptom, one)]
        sore += [StillSore(symptom, one.circumstances.day) for symptom in one.symptoms]
    stopped = [
        StillStopped(one.circumstances.day, one.circumstances.assessor, words)
        for one, finished in reversed(past)
        if (words := stop_signs(one, known)) and clears((one, finished)) is None
    ]
    told = now[0]
    return Standing(told, tuple(one for one in sore if not _asked(one.symptom, told)), tuple(stopped), clears(now))


def cleared_words(one: Cleared) -> str:
    """Who let somebody run again: ``cleared by Dr Mora (physician) on 9 March 2026``."""
    return f"cleared by {one.by}{f' ({one.role})' if one.role else ''} on {day_words(one.day)}"


def stopped_words(one: StillStopped) -> str:
    """A stop that still holds: ``stopped on 2 March 2026 by Dr Osei, not cleared (…)``."""
    return f"stopped on {day_words(one.day)} by {one.by}, not cleared ({'; '.join(one.words)})"


def _asked(symptom: Symptom, later: Assessment) -> bool:
    told = ((one.tissue, one.side) for one in later.symptoms)
    return any(tissue == symptom.tissue and overlap(side, symptom.side) for tissue, side in (*told, *later.gone))
