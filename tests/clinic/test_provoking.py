"""Values at the provoking speed: an assessment of its own, begun with what does not depend on speed."""

from __future__ import annotations

from dataclasses import replace

from loadmon.clinic.answers import assessment_of
from loadmon.clinic.assessment import Person, RecentLoad, Symptom
from loadmon.clinic.checked import problems_of
from loadmon.clinic.compared import looked_otherwise
from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.provoking import provoking_answers
from tests.clinic.made import DAY, an_assessment, measured

KNOWN = default_knowledge()
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
