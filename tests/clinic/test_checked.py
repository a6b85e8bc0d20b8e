"""What an assessment cannot say: impossible values and contradicting sides, each a named, friendly answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from loadmon.clinic.assessment import Assessment, Circumstances, Measured, RecentLoad, Symptom
from loadmon.clinic.checked import (
    ContradictorySides,
    ImpossibleValue,
    Unfinished,
    UnknownMeasure,
    checked_assessment,
    problems_of,
)
from loadmon.clinic.contradict import ContradictoryValues, contradictions
from loadmon.clinic.knowledge import default_knowledge
from loadmon.refusal import Refusal
from tests.clinic.made import DAY, an_assessment, measured

KNOWN = default_knowledge()


@pytest.mark.parametrize(
    ("assessment", "refusal", "words"),
    [
        (an_assessment(measured("cpd_deg", 85.0, "left")), ImpossibleValue, "Pelvic drop of 85.0 ° cannot be"),
        (an_assessment(measured("cpd_deg", float("nan"), "left")), ImpossibleValue, "cannot be"),
        (an_assessment(measured("knee_window", "ajar", "left")), ImpossibleValue, "open, touching, crossed"),
        (an_assessment(measured("knee_window", 1.0, "left")), ImpossibleValue, "open, touching, crossed"),
        (an_assessment(measured("cpd_deg", "much", "left")), ImpossibleValue, "within -10 to 25"),
        (an_assessment(measured("step_width_cm", 4.0, "left")), ContradictorySides, "whole runner"),
        (an_assessment(measured("cpd_deg", 4.0, "inner")), ContradictorySides, "neither left, right nor both"),
        (
            an_assessment(measured("cpd_deg", 4.0, "left"), measured("cpd_deg", 7.0, "left")),
            ContradictorySides,
            "twice of one side",
        ),
        (
            an_assessment(measured("cpd_deg", 4.0, "both"), measured("cpd_deg", 7.0, "left")),
            ContradictorySides,
            "both sides together",
        ),
        (
            an_assessment(
                measured("hip_abductor_lsi_pct", 80.0, "left", "physical_test"),
                measured("hip_abductor_lsi_pct", 85.0, "right", "physical_test"),
            ),
            ContradictoryValues,
            "weaker than the other",
        ),
        (
            an_assessment(
                measured("knee_flexion_ic_deg", 45.0, "left"), measured("peak_knee_flexion_deg", 40.0, "left")
            ),
            ContradictoryValues,
            "more at contact than at its peak",
        ),
        (an_assessment(measured("cadence_deficit_spm", 9.0)), UnknownMeasure, "Nobody enters"),
        (an_assessment(measured("cpd_deg", 4.0, "left", "guess")), UnknownMeasure, "guess"),
        (an_assessment(measured("cadence_spm", 165.0), speed_mps=33.0), ImpossibleValue, "The speed of 33 m/s"),
        (an_assessment(symptoms=(Symptom("tail", "left"),)), UnknownMeasure, "tail"),
        (an_assessment(symptoms=(Symptom("tibia", ""),)), Unfinished, "the side was left open"),
        (an_assessment(symptoms=(Symptom("lumbar", "left"),)), ContradictorySides, "no side"),
        (an_assessment(symptoms=(Symptom("tibia", "left", 11.0),)), ImpossibleValue, "Pain of 11"),
        (an_assessment(symptoms=(Symptom("tibia", "left", 1.0),) * 2), ContradictorySides, "twice"),
        (
            an_assessment(symptoms=(Symptom("achilles", "both", 3.0), Symptom("achilles", "left", 7.0))),
            ContradictorySides,
            "Achilles tendon: sore on both sides together is told, and on one by itself",
        ),
        (an_assessment(red_flags=("bad mood",)), UnknownMeasure, "warning signs"),
        (an_assessment(load=RecentLoad(spike_band="huge")), ImpossibleValue, "huge"),
        (an_assessment(), Unfinished, "Nothing was measured"),
        (
            Assessment(1, Circumstances(DAY, " "), measured=(measured("cadence_spm", 165.0),)),
            Unfinished,
            "Nobody is named",
        ),
    ],
)
def test_what_cannot_be_meant_has_a_name_and_a_sentence(
    assessment: Assessment, refusal: type[Refusal], words: str
) -> None:
    with pytest.raises(refusal) as raised:
        checked_assessment(assessment, KNOWN, today=DAY)
    assert words in str(raised.value)
    assert raised.value.advice.endswith(".")


def test_a_form_hears_of_everything_at_once() -> None:
    one = an_assessment(
        measured("cpd_deg", 85.0, "left"), measured("step_width_cm", 4.0, "left"), symptoms=(Symptom("tail", "left"),)
    )
    late = replace(one, circumstances=replace(one.circumstances, day=DAY + timedelta(days=1)))
    named = [problem.name for problem in problems_of(late, KNOWN, today=DAY)]
    assert named == ["impossible value", "impossible value", "contradictory sides", "unknown measure"]


def test_what_can_be_meant_stays_as_it_is() -> None:
    one = an_assessment(measured("cpd_deg", 4.0, "left"), measured("cpd_deg", 7.0, "right"))
    assert checked_assessment(one, KNOWN, today=DAY) is one


def strength(left: float | None, right: float | None, name: str = "hip_abductor_lsi_pct") -> tuple[Measured, ...]:
    pair = (("left", left), ("right", right))
    return tuple(measured(name, value, side, "physical_test") for side, value in pair if value is not None)


FORCE = "hip_abductor_force_pct_bw"
KNEE_TO_WALL = (measured("wblt_deg", 45.0, "left", "physical_test"), measured("wblt_cm", 2.0, "left", "physical_test"))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        (strength(110.0, 120.0), "stronger than the other's"),
        (strength(75.0, 105.0), "75 % left and 105 % right"),
        ((*strength(75.0, None), *strength(35.0, 22.0, FORCE)), "forces of 35 and 22 make 159 %"),
        (KNEE_TO_WALL, "Knee to wall, left: 45° and 2 cm do not go together"),
        (
            (measured("cadence_spm", 168.0), measured("step_length_m", 2.0)),
            "168 steps a minute of 2 m make 5.6 m/s, and the speed is told as 2.8 m/s",
        ),
    ],
)
def test_two_values_that_contradict_each_other_are_asked_about(values: tuple[Measured, ...], words: str) -> None:
    (found,) = problems_of(an_assessment(*values, speed_mps=2.8), KNOWN, today=DAY)
    assert isinstance(found, ContradictoryValues)
    assert words in found.what
    assert "open" in found.advice


@pytest.mark.parametrize(
    "values",
    [
        strength(80.0, 125.0),
        strength(80.0, 120.0),
        strength(100.0, 100.0),
        (*strength(75.0, None), *strength(22.0, 30.0, FORCE)),
        (*strength(75.0, None), *strength(22.0, None, FORCE)),
        (KNEE_TO_WALL[0], replace(KNEE_TO_WALL[1], side="right")),
        (KNEE_TO_WALL[0], replace(KNEE_TO_WALL[1], value=10.0)),
        (measured("cadence_spm", 168.0), measured("step_length_m", 1.05)),
        (measured("step_length_m", 2.0),),
    ],
)
def test_values_that_go_together_are_left_alone(values: tuple[Measured, ...]) -> None:
    assert list(contradictions(an_assessment(*values, speed_mps=2.8), KNOWN)) == []


def test_step_and_cadence_are_not_compared_with_a_speed_that_nobody_told() -> None:
    values = measured("cadence_spm", 168.0), measured("step_length_m", 2.0)
    assert list(contradictions(an_assessment(*values, speed_mps=None), KNOWN)) == []
