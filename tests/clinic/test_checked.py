"""What an assessment cannot say: impossible values and contradicting sides, each a named, friendly answer."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from loadmon.clinic.assessment import Assessment, Circumstances, RecentLoad, Symptom
from loadmon.clinic.checked import (
    ContradictorySides,
    ImpossibleValue,
    Unfinished,
    UnknownMeasure,
    checked_assessment,
    problems_of,
)
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
            ContradictorySides,
            "weaker than the other",
        ),
        (
            an_assessment(
                measured("knee_flexion_ic_deg", 45.0, "left"), measured("peak_knee_flexion_deg", 40.0, "left")
            ),
            ImpossibleValue,
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
