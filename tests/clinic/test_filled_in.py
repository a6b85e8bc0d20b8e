"""An assessment back in the form: whole, to put it right; or what does not depend on speed, for a second look."""

from __future__ import annotations

from dataclasses import replace

import pytest

from loadmon.clinic.answers import assessment_of, sides_of, tidied
from loadmon.clinic.assessment import Person, RecentLoad, Symptom
from loadmon.clinic.checked import problems_of
from loadmon.clinic.compared import looked_otherwise
from loadmon.clinic.filled_in import filled_in, provoking_answers
from loadmon.clinic.knowledge import default_knowledge
from tests.clinic.made import DAY, an_assessment, measured, vignettes
from tests.clinic.made import assessment_of as assessment_of_case

KNOWN = default_knowledge()
WHOLE = an_assessment(
    replace(measured("cadence_spm", 168.0, method="observed"), watch=171.0),
    measured("vertical_oscillation_cm", 9.5, method="watch"),
    measured("cpd_deg", 6.0, "left"),
    measured("knee_window", "crossed", "right", "visual_only"),
    measured("wblt_deg", 41.0, "left", "physical_test"),
    person=Person(15, 1.78, True, True, "Dr Osei"),
    symptoms=(Symptom("tibia", "left", 3.0, 0.0, None, True), Symptom("lumbar", "both", 1.0)),
    red_flags=("a swollen, hot calf",),
    load=RecentLoad(25_300.0, -12.0, "small"),
    note="Walks without pain.",
)
TEST = measured("wblt_deg", 41.0, "left", "physical_test")


def test_the_second_look_keeps_what_stands_still_and_leaves_gait_open() -> None:
    easy = an_assessment(
        measured("cadence_spm", 168.0),
        measured("cpd_deg", 6.0, "left"),
        measured("running_pain_nrs", 2.0, "left", "self_report"),
        TEST,
        person=Person(31, 1.78, True, False),
        symptoms=(Symptom("tibia", "left", 3.0, 0.0, None, True), Symptom("lumbar", "both", 1.0)),
        red_flags=("a swollen, hot calf",),
        load=RecentLoad(25_000.0, 12.0, "small"),
    )
    seen = replace(easy.circumstances, provoking_speed_mps=4.0, pain_during=2.0, surface="treadmill", slope_pct=1.0)
    easy = replace(easy, circumstances=seen)
    other = assessment_of(provoking_answers(easy, KNOWN), 1, KNOWN, DAY)
    assert other.measured == (TEST,)
    assert (other.person, other.symptoms, other.red_flags, other.load) == (
        easy.person, easy.symptoms, easy.red_flags, easy.load,
    )  # fmt: skip
    now = other.circumstances
    assert (now.day, now.assessor, now.speed_mps, now.surface, now.slope_pct) == (DAY, "Dr Osei", 4.0, "treadmill", 1.0)
    assert now.at_provoking_speed
    assert (now.pain_during, now.steps_averaged) == (None, None)
    assert not easy.circumstances.at_provoking_speed
    assert looked_otherwise(easy, other) == "Measured at 3 and 4 m/s."
    assert problems_of(other, KNOWN, today=DAY) == []


@pytest.mark.parametrize("name", ["whole", *vignettes()])
def test_what_is_put_back_into_the_form_makes_the_same_assessment(name: str) -> None:
    seen = replace(
        WHOLE.circumstances, provoking_speed_mps=4.0, slope_pct=-1.0, surface="overground", shoes="own trainers",
        frames_per_second=120, fatigue="tired", pain_during=0.0,
    )  # fmt: skip
    one = replace(WHOLE, circumstances=seen) if name == "whole" else assessment_of_case(vignettes()[name])
    again = assessment_of(tidied(filled_in(one, KNOWN), KNOWN), 1, KNOWN, DAY)
    assert replace(again, measured=()) == replace(one, measured=())
    told = [
        replace(value, side=side)
        for value in one.measured
        for side in (sides_of(KNOWN.measure[value.measure]) if value.side == "both" else (value.side,))
    ]
    assert sorted(again.measured, key=str) == sorted(told, key=str)
