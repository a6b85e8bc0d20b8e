"""Runners under 16, or of unknown age: no plan is given before a clinician is named who goes along, as in a return to running."""

from __future__ import annotations

from collections.abc import Mapping

from loadmon import evidence
from loadmon.clinic.assessment import Person

YOUNG = int(evidence.CLINIC_YOUNG.value)
LEAST_NAME = 2
WITHHELD = "Not given before a clinician is named who goes along."


def undecided(person: Person) -> tuple[str, ...]:
    """Why a clinician has to be named before anything is begun; empty where one is, or the runner is old enough.

    Parameters
    ----------
    person : Person
    """
    if len(person.clinician.strip()) >= LEAST_NAME:
        return ()
    if person.age is None:
        return (
            "the age was not told, and may be under 16: growth plates are open then, and loadmon has no rules for them",
        )
    if person.age < YOUNG:
        return (f"under {YOUNG} years growth plates are open, and loadmon has no rules for them",)
    return ()


def goes_along(person: Person) -> str:
    """Who goes along with a young runner, or one of unknown age, in a sentence; empty where nobody has to."""
    if undecided(person) or (person.age is not None and person.age >= YOUNG):
        return ""
    return (
        f"{person.clinician.strip()}, clinician, goes along and decides: loadmon has no rules for open growth plates."
    )


def withheld(
    lines: Mapping[str, tuple[str, ...]], why: tuple[str, ...], *, said: tuple[str, ...]
) -> dict[str, tuple[str, ...]]:
    """The plan of which nothing is given yet: why, and what is said to everybody all the same.

    Parameters
    ----------
    lines : mapping of heading to lines
        The whole plan.
    why : tuple of str
        Of ``undecided``.
    said : tuple of str
        What stops running, or is asked before it goes on: of load, the first heading.
    """
    heading, *others = lines
    first = (
        f"A named clinician decides before anything is begun: {'; '.join(why)}. Give the age, or name the clinician."
    )
    return {heading: (first, *said), ", ".join(others).capitalize(): (WITHHELD,)}
