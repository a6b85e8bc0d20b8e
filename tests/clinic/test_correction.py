"""The target cadence with its cap and exclusions, faded sessions, strength stages, and when running stops first."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadmon.clinic.assessment import Assessment, Measured, Person, RecentLoad, Symptom
from loadmon.clinic.cadence_target import (
    CAP_PCT,
    CadenceTarget,
    NoCadence,
    TargetBeyondCap,
    cadence_target,
    raised,
)
from loadmon.clinic.correction_plan import CorrectionPlan, correction_plan
from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.plan_words import plan_text
from loadmon.clinic.reasoning import reason
from loadmon.clinic.retraining import schedule
from loadmon.clinic.strength import dose_words
from tests.clinic.made import an_assessment, measured

KNOWN = default_knowledge()
LOW, QUICK = measured("cadence_spm", 150.0), measured("cadence_spm", 180.0)
USUAL = measured("cadence_spm", 168.0)
OVERSTRIDES = measured("tibia_angle_ic_deg", 12.0)
DROPS = measured("cpd_deg", 9.0, "left")
WEAK_CALF = measured("heel_raise_reps", 8.0, "left", "physical_test")


def target(*values: Measured, sore: str | None = None) -> CadenceTarget:
    symptoms = (Symptom(sore, "left", 2.0),) if sore else ()
    told = cadence_target(reason(an_assessment(*values, symptoms=symptoms), KNOWN), KNOWN)
    assert told is not None
    return told


def plan(assessment: Assessment) -> CorrectionPlan:
    return correction_plan(reason(assessment, KNOWN), KNOWN)


@pytest.mark.parametrize(
    ("values", "sore", "pct"),
    [
        ((LOW,), None, 7.5),
        ((LOW, OVERSTRIDES), None, 7.5),
        ((LOW,), "achilles", 5.0),
        ((LOW, WEAK_CALF), None, 5.0),
        ((USUAL, OVERSTRIDES), None, 5.0),
        ((USUAL, OVERSTRIDES), "plantar_fascia", 0.0),
        ((USUAL, DROPS), None, 5.0),
        ((USUAL,), "tibia", 5.0),
        ((QUICK, DROPS), "patellofemoral_joint", 0.0),
        ((USUAL,), "calf", 0.0),
        ((USUAL,), None, 0.0),
    ],
)
def test_the_rule_of_the_target(values: tuple[Measured, ...], sore: str | None, pct: float) -> None:
    told = target(*values, sore=sore)
    assert told.change_pct == pct
    assert told.changes == (pct > 0)
    assert told.target_spm == round(told.now_spm * (1 + pct / 100) + 1e-9)


def test_without_a_cadence_there_is_no_target_and_the_plan_says_so() -> None:
    one = an_assessment(DROPS)
    assert cadence_target(reason(one, KNOWN), KNOWN) is None
    assert "No cadence was measured" in plan_text(plan(one), KNOWN)


@given(st.floats(100, 240), st.floats(0, CAP_PCT))
def test_no_target_is_ever_beyond_its_cap(now: float, pct: float) -> None:
    assert raised(now, pct, "").target_spm <= now * (1 + CAP_PCT / 100) + 1e-6


def test_a_clinician_may_choose_within_the_cap_only() -> None:
    assert raised(160.0, 10.0, "").target_spm == 176
    for pct in (-1.0, 10.5):
        with pytest.raises(TargetBeyondCap, match="0 to 10%"):
            raised(160.0, pct, "")
    with pytest.raises(NoCadence):
        raised(float("nan"), 5.0, "")


def test_feedback_fades_and_the_block_lasts_as_long_as_the_studies() -> None:
    sessions = schedule("faded_feedback_8", KNOWN)
    shares = [one.feedback_share for one in sessions]
    assert len(sessions) == 8
    assert shares[:4] == [1.0] * 4
    assert shares == sorted(shares, reverse=True)
    assert 175 <= sum(one.minutes for one in sessions) <= 200
    assert sessions[4].feedback_minutes == pytest.approx(26 * 0.75)


def test_a_sore_achilles_tendon_takes_soft_landing_out() -> None:
    told = plan(an_assessment(USUAL, OVERSTRIDES, symptoms=(Symptom("achilles", "left", 2.0),)))
    assert "Land softly - make no sound" in told.retraining.left_out
    assert "Land softly - make no sound" not in told.retraining.cues
    assert KNOWN.exclusion.text.rstrip(".") in plan_text(told, KNOWN)
    healthy = plan(an_assessment(USUAL, OVERSTRIDES))
    assert healthy.retraining.left_out == ()
    assert "Land softly - make no sound" in healthy.retraining.later[0]


def test_where_quicker_steps_are_not_the_way_the_target_does_not_say_so() -> None:
    sore = (Symptom("achilles", "left", 2.0),)
    assert "usually by cadence" in str(KNOWN.retraining_of("overstriding").target)
    for one in (an_assessment(USUAL, OVERSTRIDES, symptoms=sore), an_assessment(OVERSTRIDES)):
        assert plan(one).retraining.target == "tibia vertical (0-4°) at loading, foot closer to the hips"
    assert (
        plan(an_assessment(USUAL, OVERSTRIDES)).retraining.target
        == "cadence 176 steps a minute at the same speed (+5%)"
    )


def test_cadence_that_only_helps_waits_beside_two_drivers_of_which_one_has_a_target() -> None:
    weak = measured("hip_abductor_lsi_pct", 78.0, "left", "physical_test")
    foot = measured("navicular_drop_mm", 14.0, "right", "physical_test")
    told = plan(an_assessment(USUAL, DROPS, weak, foot, measured("rearfoot_eversion_deg", 16.0, "right")))
    assert {one.node.finding for one in told.reasoning.primary} == {"hip_abductor_deficit", "foot_control_deficit"}
    assert (told.retraining.by_cadence, told.retraining.of) == (False, ("hip_abductor_deficit", "left"))
    assert told.retraining.later == ("cadence 176 steps a minute at the same speed (+5%)",)


def test_cues_name_an_outcome_and_those_of_the_body_are_kept_apart() -> None:
    told = plan(an_assessment(USUAL, DROPS))
    assert "Keep daylight between your knees" in told.retraining.cues
    assert told.retraining.cues_inside == ("Squeeze the buttock as you land",)
    assert "Squeeze" not in plan_text(told, KNOWN)


def test_strength_comes_in_three_stages_each_exercise_once() -> None:
    told = plan(an_assessment(DROPS, measured("hip_abductor_lsi_pct", 75.0, "left", "physical_test")))
    assert [one.stage for one in told.strength] == ["isolated", "functional", "running_specific"]
    exercises = [exercise for one in told.strength for exercise, _ in one.exercises]
    assert len(exercises) == len(set(exercises)) >= 9
    assert dose_words(KNOWN.stage["isolated"]) == "3 a week, 2–3 × 12–15, 2-3 repetitions left, weeks 1–3"


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"symptoms": (Symptom("tibia", "left", 3.0, bony_tenderness=True),)}, "tender on one spot"),
        ({"symptoms": (Symptom("patellofemoral_joint", "left", 6.0),)}, "6/10"),
        ({"symptoms": (Symptom("hip_joint", "left", 1.0),)}, "named clearance"),
        ({"red_flags": ("a swollen, hot calf",)}, "swollen, hot calf"),
    ],
)
def test_running_stops_where_it_must_and_nothing_hops_before(changes: dict[str, object], why: str) -> None:
    told = plan(an_assessment(LOW, **changes))
    text = plan_text(told, KNOWN)
    assert told.stops
    assert why in text
    assert "Stop running for now" in text
    assert "clinician_clearance" in told.load.blocked_until
    assert "pogo" not in text
    assert "Keep running" not in text


@pytest.mark.parametrize("age", [12, 15, None])
def test_under_sixteen_or_of_unknown_age_nothing_is_given_before_a_clinician_is_named(age: int | None) -> None:
    one = an_assessment(LOW, person=Person(age, 1.75))
    told = plan(one)
    text = plan_text(told, KNOWN)
    assert told.withheld
    assert not told.stops
    assert told.load.blocked_until == ("clinician_clearance",)
    assert (told.cadence, told.strength, told.retraining.sessions) == (None, (), ())
    assert "A named clinician decides before anything is begun: " in text
    assert "Cadence, retraining, strength, look again\n- Not given before a clinician is named who goes along." in text
    for never in ("Keep running", "161", "sessions", "steps a minute", "Re-film", "heel raise"):
        assert never not in text, never
    named = plan(replace(one, person=replace(one.person, clinician="Dr Osei")))
    assert not named.withheld
    assert len(named.retraining.sessions) == 8
    assert "Dr Osei, clinician, goes along and decides" in plan_text(named, KNOWN)
    assert plan(replace(one, person=replace(one.person, clinician=" "))).withheld


def test_from_sixteen_on_nobody_has_to_go_along() -> None:
    told = plan(an_assessment(LOW, person=Person(16, 1.6)))
    assert not told.withheld
    assert told.load.blocked_until == ()
    assert "goes along" not in plan_text(told, KNOWN)


def test_what_stops_a_young_runner_is_said_all_the_same() -> None:
    text = plan_text(plan(an_assessment(LOW, person=Person(14), red_flags=("a swollen, hot calf",))), KNOWN)
    assert "A named clinician decides" in text
    assert "Stop running for now" in text


def test_volume_is_cut_where_pain_is_above_what_its_tissue_may_have() -> None:
    def volume(tissue: str, pain: float, band: str) -> str:
        sore = (Symptom(tissue, "left", pain),)
        return plan(an_assessment(USUAL, symptoms=sore, load=RecentLoad(spike_band=band))).load.volume

    assert "30-40%" in volume("patellofemoral_joint", 4.0, "moderate")
    assert "20-30%" in volume("patellofemoral_joint", 4.0, "reference")
    assert "before the jump" in volume("achilles", 4.0, "small")
    assert "stays as it is" in volume("achilles", 4.0, "reference")


def test_whatever_is_found_each_finding_can_be_told_how_to_correct() -> None:
    for finding in KNOWN.correction:
        assert KNOWN.retraining_of(finding).target or KNOWN.retraining_of(finding).rule
        strength, load = KNOWN.strength_of(finding), KNOWN.load_of(finding)
        assert strength.rule or (strength.isolated and strength.functional and strength.running_specific)
        assert load.rule or (load.volume and load.intensity and load.terrain and load.cross_training)


def test_a_cadence_is_not_called_low_of_a_runner_whose_height_nobody_told() -> None:
    unknown = plan(an_assessment(LOW, person=Person(33)))
    assert not unknown.reasoning.has("low_cadence")
    assert [one.reason for one in unknown.reasoning.graph.not_judged] == [
        "Cadence is judged for speed and height, and the height was not told."
    ]
    assert unknown.cadence is not None
    assert not unknown.cadence.changes
    assert "Whether it is low was not judged. Cadence is judged for speed and height" in plan_text(unknown, KNOWN)
    assert plan(an_assessment(LOW, person=Person(33, 1.75))).reasoning.has("low_cadence")
    assert not plan(an_assessment(LOW, person=Person(33, 2.0))).reasoning.has("low_cadence")


def test_no_feedback_moves_load_to_a_sore_tendon_and_no_beat_is_given_where_cadence_stays() -> None:
    strides = an_assessment(measured("tibia_angle_ic_deg", 13.0), measured("cadence_spm", 172.0))
    free = correction_plan(reason(strides, KNOWN), KNOWN).retraining
    sore = replace(strides, symptoms=(Symptom("achilles", "right", 2.0),))
    kept = correction_plan(reason(sore, KNOWN), KNOWN)
    assert "metronome" in free.feedback
    assert {"metronome", "footfall sound"} <= set(KNOWN.retraining_of("overstriding").feedback)
    assert kept.cadence is not None
    assert not kept.cadence.changes
    assert kept.retraining.feedback == ("side-view live video",)
