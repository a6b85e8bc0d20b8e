"""A bone stress injury before and a positive screen: with pain where bone may give way they stop, or are asked about first."""

from __future__ import annotations

import pytest

from loadmon.clinic.assessment import Person, Symptom
from loadmon.clinic.correction_plan import CorrectionPlan, correction_plan
from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.plan_words import plan_lines
from loadmon.clinic.reasoning import reason
from tests.clinic.made import an_assessment, measured

KNOWN = default_knowledge()
KNEE, SHIN = "patellofemoral_joint", "medial_tibial_border"


def plan(tissue: str | None, *, before: bool = False, low: bool = False, age: int = 24) -> CorrectionPlan:
    sore = (Symptom(tissue, "both" if not KNOWN.tissue[tissue].sides else "left", 2.0),) if tissue else ()
    one = an_assessment(measured("cadence_spm", 168.0), person=Person(age, 1.7, before, low), symptoms=sore)
    return correction_plan(reason(one, KNOWN), KNOWN)


def load_words(told: CorrectionPlan) -> str:
    return " ".join(plan_lines(told, KNOWN)["Load"])


@pytest.mark.parametrize("tissue", [SHIN, "plantar_fascia", "metatarsals", "hip_flexor", "hip_joint", "lumbar"])
@pytest.mark.parametrize("before", [False, True])
def test_a_positive_screen_with_pain_at_shin_foot_groin_or_back_stops(tissue: str, before: bool) -> None:
    told = plan(tissue, before=before, low=True)
    assert told.stops
    assert "screen for low energy availability was positive" in load_words(told)
    assert "Keep running" not in load_words(told)
    assert ("after a bone stress injury before" in load_words(told)) == before
    assert told.load.blocked_until[-1] == "clinician_clearance"


def test_a_bone_stress_injury_before_with_such_pain_asks_for_a_look_and_a_screen() -> None:
    told = plan(SHIN, before=True)
    assert not told.stops
    first, second = plan_lines(told, KNOWN)["Load"][:2]
    asked = first if "bone stress" in first else second
    assert "pain at medial tibial border / deep calf origin, left" in asked
    assert "one tender spot of bone" in asked
    assert "missed periods" in asked


def test_either_one_without_such_pain_is_said_and_stops_nobody() -> None:
    for tissue in (None, KNEE):
        low, before = plan(tissue, low=True), plan(tissue, before=True)
        assert not low.stops
        assert not before.stops
        assert "positive: a physician" in load_words(low)
        assert "A bone stress injury before: ask about missed periods" in load_words(before)


def test_with_neither_nothing_is_asked_and_a_young_runner_hears_of_it_too() -> None:
    assert plan(SHIN).load.ask == ()
    assert not plan(SHIN).stops
    young = plan(SHIN, before=True, age=14)
    assert young.withheld
    assert "one tender spot of bone" in load_words(young)
    assert "Keep running" not in load_words(young)
