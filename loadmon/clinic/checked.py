"""Whether an assessment can be meant: impossible values and sides that contradict each other are named, never stored."""

from __future__ import annotations

import math
from collections.abc import Callable
from datetime import date

from loadmon.clinic.assessment import FATIGUE, SIDES, SURFACES, Assessment, Measured, Symptom, overlap
from loadmon.clinic.contradict import contradictions
from loadmon.clinic.entry import Measure
from loadmon.clinic.knowledge import Knowledge
from loadmon.load.spike import BANDS
from loadmon.refusal import Refusal

RANGES = {
    "The speed": (0.5, 8.0, "m/s"),
    "The slope": (-20.0, 20.0, "%"),
    "The frames of the video": (10.0, 1000.0, "a second"),
    "The steps averaged": (1.0, 500.0, "steps"),
    "Pain": (0.0, 10.0, "of 10"),
    "The age": (5.0, 110.0, "years"),
    "The height": (0.8, 2.6, "m"),
    "The week's distance": (0.0, 400_000.0, "m"),
    "The change of the week": (-100.0, 10_000.0, "%"),
}
"""Wide bounds against slips of the key (loadmon convention)."""


class ImpossibleValue(Refusal):
    """A value that nobody can have, or an answer that the measure does not know."""

    name = "impossible value"


class ContradictorySides(Refusal):
    """Sides that cannot both be true, or a side that a measure does not have."""

    name = "contradictory sides"


class UnknownMeasure(Refusal):
    """A measure, a method or a tissue that the clinical knowledge does not have."""

    name = "unknown measure"


class Unfinished(Refusal):
    """An assessment that cannot be finished yet: nobody is named, or nothing was measured."""

    name = "unfinished assessment"


def checked_assessment(assessment: Assessment, known: Knowledge, *, today: date) -> Assessment:
    """The assessment, if it can be meant.

    Parameters
    ----------
    assessment : Assessment
    known : Knowledge
    today : date
        The runner's own day.

    Raises
    ------
    ImpossibleValue, ContradictorySides, ContradictoryValues, UnknownMeasure
        As their names say; the first that is met.
    Unfinished
        If nobody is named who measured, or nothing was measured.
    """
    problems = problems_of(assessment, known, today=today)
    if problems:
        raise problems[0]
    if not assessment.circumstances.assessor.strip():
        raise Unfinished("Nobody is named who measured this.", "Give the name of who looked.")
    if not assessment.measured:
        raise Unfinished("Nothing was measured yet.", "Fill in at least one value, then finish.")
    return assessment


def problems_of(assessment: Assessment, known: Knowledge, *, today: date) -> list[Refusal]:
    """Everything about an assessment that cannot be meant, so that a form can name it all at once."""
    found: list[Refusal] = []

    def tried(check: Callable[[], None]) -> None:
        try:
            check()
        except Refusal as refusal:
            found.append(refusal)

    tried(lambda: _circumstances(assessment, today))
    for one in assessment.measured:
        tried(lambda one=one: _value(one, known))  # type: ignore[misc]
    tried(lambda: _sides(assessment, known))
    found += contradictions(assessment, known)
    for symptom in assessment.symptoms:
        tried(lambda symptom=symptom: _symptom(symptom, known))  # type: ignore[misc]
    tried(lambda: _signs(assessment, known))
    return found


def _circumstances(assessment: Assessment, today: date) -> None:
    seen, person, load = assessment.circumstances, assessment.person, assessment.load
    if seen.day > today:
        raise ImpossibleValue("The day of the assessment lies ahead.", "Check the date.")
    for name, value in (
        ("The speed", seen.speed_mps),
        ("The speed", seen.provoking_speed_mps),
        ("The slope", seen.slope_pct),
        ("The frames of the video", seen.frames_per_second),
        ("The steps averaged", seen.steps_averaged),
        ("Pain", seen.pain_during),
        ("The age", person.age),
        ("The height", person.height_m),
        ("The week's distance", load.weekly_m),
        ("The change of the week", load.week_change_pct),
    ):
        _within(name, value)
    for answer, among in ((seen.surface, SURFACES), (seen.fatigue, FATIGUE), (load.spike_band, BANDS)):
        if answer is not None and answer not in among:
            raise ImpossibleValue(f"The answer {answer!r} is none that is asked for.", f"Use {', '.join(among)}.")


def _within(name: str, value: float | None) -> None:
    low, high, unit = RANGES[name]
    if value is not None and not (math.isfinite(value) and low <= value <= high):
        raise ImpossibleValue(f"{name} of {value:g} {unit} cannot be.", f"It lies within {low:g} to {high:g} {unit}.")


def _value(one: Measured, known: Knowledge) -> None:
    measure = known.measure.get(one.measure)
    if measure is None or measure.taken_from is not None:
        raise UnknownMeasure(f"Nobody enters a measure called {one.measure!r}.", "Choose one of the form's.")
    if one.method not in known.confidence:
        raise UnknownMeasure(f"Nothing is measured by {one.method!r}.", f"Use {', '.join(known.confidence)}.")
    if one.side not in SIDES:
        raise ContradictorySides(f"{measure.name}: the side is neither left, right nor both.", "Choose one of them.")
    if measure.sides == "whole" and one.side != "both":
        raise ContradictorySides(f"{measure.name} is told of the whole runner, not of one leg.", "Choose both.")
    _answer(one, measure)


def _answer(one: Measured, measure: Measure) -> None:
    if measure.words is not None:
        if one.value not in measure.words:
            raise ImpossibleValue(
                f"{measure.name} cannot be {one.value!r}.", f"Choose one of {', '.join(measure.words)}."
            )
        return
    assert measure.possible is not None
    low, high = measure.possible
    number = isinstance(one.value, int | float) and not isinstance(one.value, bool)
    if not (number and math.isfinite(float(one.value)) and low <= float(one.value) <= high):
        raise ImpossibleValue(
            f"{measure.name} of {one.value} {measure.unit} cannot be.",
            f"It lies within {low:g} to {high:g} {measure.unit}: check the key, the sign and the unit.",
        )


def _sides(assessment: Assessment, known: Knowledge) -> None:
    told: dict[str, list[str]] = {}
    for one in assessment.measured:
        told.setdefault(one.measure, []).append(one.side)
    for name, sides in told.items():
        title = known.measure[name].name if name in known.measure else name
        if len(set(sides)) < len(sides):
            raise ContradictorySides(f"{title} is told twice of one side.", "Keep the value that is meant.")
        if "both" in sides and len(sides) > 1:
            raise ContradictorySides(
                f"{title} is told of both sides together and of one by itself.", "Tell it side by side, or once."
            )


def _symptom(one: Symptom, known: Knowledge) -> None:
    tissue = known.tissue.get(one.tissue)
    if tissue is None:
        raise UnknownMeasure(f"The tissue {one.tissue!r} is not known.", f"Choose one of {', '.join(known.tissue)}.")
    if not one.side:
        raise Unfinished(f"{tissue.name}: the side was left open.", "Choose left, right or both.")
    if one.side not in SIDES or (not tissue.sides and one.side != "both"):
        raise ContradictorySides(f"{tissue.name}: that is no side it has.", "Choose both.")
    for pain in (one.pain_running, one.pain_rest, one.pain_morning):
        _within("Pain", pain)


def _signs(assessment: Assessment, known: Knowledge) -> None:
    for sign in assessment.red_flags:
        if sign not in known.red_flags.signs:
            raise UnknownMeasure(f"{sign!r} is none of the warning signs.", "Choose from the list.")
    told = [(one.tissue, one.side) for one in assessment.symptoms]
    for tissue, side in assessment.gone:
        if any(tissue == other and overlap(side, where) for other, where in told if where):
            raise ContradictorySides(
                f"{known.tissue[tissue].name}: told as sore and as gone.", "Keep the one that is meant."
            )
    if len(set(told)) < len(told):
        raise ContradictorySides("A sore tissue is told twice of one side.", "Keep the entry that is meant.")
    for tissue in sorted({tissue for tissue, side in told if side == "both" and tissue in known.tissue}):
        if len([name for name, _ in told if name == tissue]) > 1:
            raise ContradictorySides(
                f"{known.tissue[tissue].name}: sore on both sides together is told, and on one by itself.",
                "Tell the two sides one by one, each with its own pain, or both once.",
            )
