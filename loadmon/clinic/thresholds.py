"""Thresholds as a clinician set them: the knowledge with other limits, and who set them, when, why, and what stood there."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date

from loadmon.clinic.entry import Limits, in_order
from loadmon.clinic.knowledge import Knowledge
from loadmon.days import day_words
from loadmon.refusal import Refusal


class ImpossibleThreshold(Refusal):
    """Limits that are out of order, outside what can be measured, or of a measure that has none."""

    name = "impossible threshold"


@dataclass(frozen=True, slots=True)
class OwnThreshold:
    """Limits of one measure as somebody set them.

    Parameters
    ----------
    measure : str
        Which of the knowledge's measures.
    limits : tuple of three float
        Usual, flag and severe, in the measure's unit.
    set_by : str
    since : date
    reason : str
        Why, in their words.
    """

    measure: str
    limits: Limits
    set_by: str
    since: date
    reason: str


def checked_threshold(own: OwnThreshold, known: Knowledge) -> OwnThreshold:
    """The threshold as it may be kept, names and reasons tidied.

    Raises
    ------
    ImpossibleThreshold
        If the measure has no limits, the three are out of order or impossible, or nobody and no reason is named.
    """
    measure = known.measure.get(own.measure)
    if measure is None or measure.limits is None or measure.worse is None or measure.possible is None:
        raise ImpossibleThreshold("This measure has no limits to be set.", "Choose one that is told in numbers.")
    low, high = measure.possible
    if not all(math.isfinite(limit) and low <= limit <= high for limit in own.limits):
        raise ImpossibleThreshold(f"{measure.name} lies within {low:g} to {high:g}.", "Check the three limits.")
    if not in_order(own.limits, measure.worse):
        way = "rise" if measure.worse == "high" else "fall"
        raise ImpossibleThreshold("The three limits are out of order.", f"They {way} from usual over flag to severe.")
    tidy = replace(own, set_by=" ".join(own.set_by.split()), reason=" ".join(own.reason.split()))
    if not tidy.set_by or not tidy.reason:
        raise ImpossibleThreshold("Who sets it, or why, was left open.", "Give your name and the reason or the source.")
    return tidy


def with_thresholds(known: Knowledge, own: Iterable[OwnThreshold]) -> Knowledge:
    """The knowledge with limits as they were set; everything else, and where the old limits came from, stays.

    Raises
    ------
    ImpossibleThreshold
        As ``checked_threshold``.
    """
    measures = dict(known.measure)
    for one in own:
        checked = checked_threshold(one, known)
        measures[one.measure] = measures[one.measure].model_copy(update={"limits": checked.limits})
    return known.model_copy(update={"measure": measures})


def threshold_words(own: OwnThreshold, known: Knowledge) -> str:
    """Where a limit comes from once somebody has set it: by whom, when, why, and what loadmon brings."""
    shipped = known.measure[own.measure].limits or ()
    before = ", ".join(f"{limit:g}" for limit in shipped)
    return f"Set by {own.set_by} on {day_words(own.since)}: {own.reason}. As loadmon brings it: {before}."
