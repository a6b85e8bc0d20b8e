"""Several sore tissues: the strictest limit holds; strong pain stops whenever it is felt; what is sore has its ground and hops last."""

from __future__ import annotations

from dataclasses import replace
from itertools import permutations

import pytest

from loadmon.clinic.assessment import Assessment, Symptom
from loadmon.clinic.correction_plan import CorrectionPlan, correction_plan
from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.plan_words import plan_lines, plan_text
from loadmon.clinic.reasoning import reason
from loadmon.clinic.sore_limits import sore_limits
from tests.clinic.made import an_assessment, measured

KNOWN = default_knowledge()
LOW, USUAL = measured("cadence_spm", 150.0), measured("cadence_spm", 168.0)
WEAK_CALF = measured("heel_raise_reps", 8.0, "left", "physical_test")
STIFF_HIP = measured("hip_extension_run_deg", 2.0, "left")


def plan(assessment: Assessment) -> CorrectionPlan:
    return correction_plan(reason(assessment, KNOWN), KNOWN)


def load(assessment: Assessment) -> str:
    return "\n".join(plan_lines(plan(assessment), KNOWN)["Load"])


@pytest.mark.parametrize("sore", permutations([Symptom("achilles", "left", 3.0), Symptom("tibia", "left", 1.0)]))
def test_beside_a_sore_tendon_a_sore_bone_keeps_its_limit_and_both_are_named(sore: tuple[Symptom, ...]) -> None:
    told = plan(an_assessment(USUAL, symptoms=sore))
    words = load(an_assessment(USUAL, symptoms=sore))
    assert told.load.profile == "bone_low_risk"
    assert told.load.blocked_until == ("no_bony_tenderness", "pain_free_walk_30min", "clinician_clearance")
    assert "Then, by the strictest limit, that of Tibia (bone and periosteum), left: bone ladder: 0/10" in words
    for name, limit in (("Tibia (bone and periosteum), left", "0/10"), ("Achilles tendon, left", "pain <=5/10")):
        (line,) = (line for line in words.splitlines() if line.startswith(f"Sore: {name}: its own limit"))
        assert limit in line


def test_beside_a_sore_tendon_the_medial_tibial_border_keeps_its_limit() -> None:
    sore = (Symptom("achilles", "left", 4.0), Symptom("medial_tibial_border", "left", 1.0))
    told, words = plan(an_assessment(USUAL, symptoms=sore)), load(an_assessment(USUAL, symptoms=sore))
    assert not told.stops
    assert told.load.profile == "mtss"
    assert "by the strictest limit, that of Medial tibial border" in words
    assert "cut volume by about 20-30%" in told.load.volume  # 4 is fine for a tendon alone, and too much here
    assert "stays as it is" in plan(an_assessment(USUAL, symptoms=sore[:1])).load.volume
    assert "strictest" not in load(an_assessment(USUAL, symptoms=sore[:1]))


def test_one_tender_spot_of_bone_makes_it_a_matter_of_bone() -> None:
    sore = (Symptom("achilles", "left", 5.0), Symptom("medial_tibial_border", "left", 1.0, bony_tenderness=True))
    assert [one.profile for one in sore_limits(sore, KNOWN)] == ["bone_low_risk", "tendon"]
    high = (Symptom("tibia", "left", 5.0, bony_tenderness=True), Symptom("hip_joint", "left", 0.0))
    assert sore_limits(high, KNOWN)[0].profile == "bone_high_risk"


@pytest.mark.parametrize(
    ("symptom", "when"),
    [
        (Symptom("achilles", "left", 2.0, 8.0, 1.0), "at rest"),
        (Symptom("achilles", "left", 2.0, 0.0, 9.0), "the next morning"),
        (Symptom("achilles", "left", 6.0), "while running"),
    ],
)
def test_strong_pain_stops_whenever_it_is_felt(symptom: Symptom, when: str) -> None:
    told = plan(an_assessment(USUAL, symptoms=(symptom,)))
    assert told.load.stop == (f"pain {when} is 6/10 or more",)
    assert "Keep running" not in plan_text(told, KNOWN)


def test_pain_told_of_no_tissue_stops_too() -> None:
    hurts = an_assessment(USUAL, measured("running_pain_nrs", 8.0, "left", "self_report"))
    assert plan(hurts).load.stop == ("pain while running is 6/10 or more",)
    meanwhile = replace(an_assessment(USUAL), circumstances=replace(hurts.circumstances, pain_during=9.0))
    assert plan(meanwhile).load.stop == ("pain while it was measured is 6/10 or more",)
    both = replace(hurts, circumstances=meanwhile.circumstances)
    assert plan(both).load.stop == ("pain while it was measured and while running is 6/10 or more",)
    assert not plan(an_assessment(USUAL, measured("running_pain_nrs", 5.0, "left", "self_report"))).stops


def test_pain_at_rest_is_the_sign_it_is_and_a_little_of_it_is_asked_about() -> None:
    assert plan(an_assessment(USUAL, symptoms=(Symptom("achilles", "left", 2.0, 3.0),))).load.stop == (
        "pain at rest is 3/10 or more",
    )
    little = plan(an_assessment(USUAL, symptoms=(Symptom("achilles", "left", 2.0, 1.0),)))
    assert not little.stops
    assert "ask whether it wakes at night" in plan_text(little, KNOWN)
    assert plan(an_assessment(USUAL, symptoms=(Symptom("achilles", "left", 2.0, 0.0),))).load.ask == ()


def test_a_weak_calf_and_a_low_cadence_say_one_thing_of_cadence() -> None:
    text = plan_text(plan(an_assessment(LOW, WEAK_CALF)), KNOWN)
    assert "150 -> 158 steps a minute" in text
    assert "do not raise cadence" not in text
    assert "after this block holds: none" not in text
    alone = plan(an_assessment(measured("cadence_spm", 172.0), WEAK_CALF))
    assert alone.retraining.sessions == ()
    assert alone.cadence is not None
    assert not alone.cadence.changes


def test_with_a_sore_tendon_no_driver_sends_anybody_uphill() -> None:
    sore = (Symptom("achilles", "left", 2.0),)
    whole = plan(an_assessment(USUAL, measured("tibia_angle_ic_deg", 12.0), STIFF_HIP, symptoms=sore))
    words = "\n".join(line for line in plan_lines(whole, KNOWN)["Load"] if line.startswith("For "))
    assert "uphill" not in words
    assert "uphill" in load(an_assessment(USUAL, measured("tibia_angle_ic_deg", 12.0)))
    for stage in whole.strength:
        assert not any("uphill" in exercise or "strides" in exercise for exercise, _ in stage.exercises)
    assert any("strides" in exercise for stage in whole.strength for exercise in stage.last)
    assert "last, once flat and easy running keeps within its limit" in plan_text(whole, KNOWN)


def test_the_third_stage_waits_until_pain_on_hopping_is_known_and_little() -> None:
    def third(*more: float) -> str:
        hops = tuple(measured("hop_pain_nrs", pain, "left", "self_report") for pain in more)
        told = plan(an_assessment(USUAL, measured("tibia_angle_ic_deg", 12.0), *hops))
        return told.strength[-1].held

    assert "not known" in third()
    assert "hurts 3/10" in third(3.0)
    assert third(2.0) == ""
    both = (measured("hop_pain_nrs", pain, side, "self_report") for pain, side in ((1.0, "left"), (4.0, "right")))
    told = plan(an_assessment(USUAL, measured("tibia_angle_ic_deg", 12.0), *both))
    assert told.strength[-1].held == "hopping on one leg hurts 4/10, and up to 2/10 may be"


def test_every_stage_is_printed_with_its_rule_and_when_the_next_may_come() -> None:
    told = plan(an_assessment(USUAL, measured("tibia_angle_ic_deg", 12.0)))
    words = "\n".join(plan_lines(told, KNOWN)["Strength"])
    for stage in KNOWN.stage.values():
        for rule in (stage.rule, stage.progress_when):
            assert rule is None or rule in words
    assert "In running (2 a week" in words
    assert "not yet, pain on hopping on one leg is not known: test it first. Then: " in words
