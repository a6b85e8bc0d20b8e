"""Severity, the graph and what follows from it, in small made cases."""

from __future__ import annotations

import math
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadmon.clinic.assessment import Assessment, Person, RecentLoad, Symptom
from loadmon.clinic.at_risk import volume_multiplier
from loadmon.clinic.graph import graph_of
from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.reasoning import reason
from loadmon.clinic.severity import evidence_of, expected_cadence_spm, severity
from loadmon.clinic.told import steps
from tests.clinic.made import an_assessment, measured

KNOWN = default_knowledge()
DROP = ("contralateral_pelvic_drop", "left")


def test_severity_is_straight_between_its_limits() -> None:
    told = [severity(v, (4.0, 6.0, 9.0), "high") for v in (3.0, 4.0, 5.0, 6.0, 7.5, 9.0, 12.0)]
    assert told == pytest.approx([0.0, 0.0, 0.25, 0.5, 0.75, 1.0, 1.0])
    told = [severity(v, (40.0, 35.0, 29.0), "low") for v in (45.0, 40.0, 35.0, 32.0, 29.0, 10.0)]
    assert told == pytest.approx([0.0, 0.0, 0.5, 0.75, 1.0, 1.0])


@given(st.floats(-30, 60), st.floats(0, 10))
def test_a_worse_value_never_counts_less(value: float, more: float) -> None:
    for measure in KNOWN.measure.values():
        if measure.limits and measure.worse:
            worse = value + more if measure.worse == "high" else value - more
            assert severity(worse, measure.limits, measure.worse) >= severity(value, measure.limits, measure.worse)


def test_expected_cadence_is_that_of_the_knowledge() -> None:
    assert expected_cadence_spm(3.04, 1.75) == pytest.approx(165.0)
    assert expected_cadence_spm(2.8, 1.78) == pytest.approx(165 - 8 * 0.24 - 1.5)


def test_what_was_not_measured_is_unknown_and_what_cannot_be_judged_says_why() -> None:
    told, not_judged = evidence_of(an_assessment(measured("cadence_spm", 150.0), speed_mps=None), KNOWN)
    assert told == []
    assert [one.measure for one in not_judged] == ["cadence_deficit_spm"]
    assert "speed" in not_judged[0].reason
    _, fast = evidence_of(an_assessment(measured("gct_ms", 320.0, method="watch"), speed_mps=4.0), KNOWN)
    assert "2.6 to 3.4" in fast[0].reason
    graph = graph_of(an_assessment(measured("cpd_deg", 3.0, "left")), KNOWN)
    assert DROP in graph.absent
    assert graph.measured_sides("contralateral_pelvic_drop") == {"left"}
    assert graph.measured_sides("crossover") == frozenset()


def test_a_method_that_is_trusted_less_may_leave_a_finding_below_what_counts() -> None:
    filmed = an_assessment(measured("cpd_deg", 6.2, "left"))
    seen = an_assessment(measured("cpd_deg", 6.2, "left", "self_report"))
    assert DROP in graph_of(filmed, KNOWN).present
    assert DROP in graph_of(seen, KNOWN).absent


def test_a_driver_of_the_other_leg_explains_nothing_that_belongs_to_one() -> None:
    drop = measured("cpd_deg", 9.0, "left")
    other = an_assessment(drop, measured("hip_abductor_lsi_pct", 75.0, "right", "physical_test"))
    told = reason(other, KNOWN)
    assert {one.node.key for one in told.primary} == {DROP, ("hip_abductor_deficit", "right")}
    same = reason(an_assessment(drop, measured("hip_abductor_lsi_pct", 75.0, "left", "physical_test")), KNOWN)
    assert [one.way for one in same.compensations] == [(("hip_abductor_deficit", "left"), DROP)]


def test_of_two_findings_that_lead_to_each_other_the_stronger_way_holds() -> None:
    narrow = measured("step_width_cm", 1.0)
    told = graph_of(an_assessment(narrow, measured("cpd_deg", 9.0, "left")), KNOWN).links
    ways = {(one.driver[0], one.leads_to[0]) for one in told}
    assert ("contralateral_pelvic_drop", "crossover") in ways
    assert ("crossover", "contralateral_pelvic_drop") not in ways
    weak = graph_of(an_assessment(measured("step_width_cm", 0.0), measured("cpd_deg", 6.0, "left")), KNOWN).links
    assert ("crossover", "contralateral_pelvic_drop") in {(one.driver[0], one.leads_to[0]) for one in weak}


def test_a_link_for_one_side_only_needs_one_side_only() -> None:
    uneven = measured("gct_balance_dev_pp", 2.4, method="watch")
    weak = [measured("heel_raise_reps", 8.0, side, "physical_test") for side in ("left", "right")]
    one = reason(an_assessment(uneven, weak[0]), KNOWN)
    assert [c.node.finding for c in one.compensations] == ["gct_asymmetry"]
    both = reason(an_assessment(uneven, *weak), KNOWN)
    assert both.compensations == ()
    assert [node.finding for node in both.unexplained] == ["gct_asymmetry"]


def test_a_sign_is_never_primary_and_its_driver_is_tested_before_it_is_named() -> None:
    told = reason(an_assessment(measured("heel_off_pct_stance", 40.0, "right")), KNOWN)
    assert told.primary == told.contributing == ()
    assert [(one.driver, one.side) for one in told.test_next] == [("restricted_dorsiflexion", "right")]
    assert told.test_next[0].measures == ("wblt_deg", "wblt_cm")
    words = " ".join(step.words for step in steps(told, KNOWN))
    assert "No driver is named" in words
    assert "Test next: knee to wall: shin angle or knee to wall: distance, right." in words


def test_a_driver_within_three_quarters_of_the_strongest_is_primary_too() -> None:
    impaired = [
        measured("wblt_deg", 29.0, "left", "physical_test"),
        measured("heel_raise_reps", 8.0, "left", "physical_test"),
    ]
    assert {d.node.finding for d in reason(an_assessment(*impaired), KNOWN).primary} == {
        "restricted_dorsiflexion", "calf_capacity_deficit",
    }  # fmt: skip
    heel = measured("heel_off_pct_stance", 38.0, "left")
    told = reason(an_assessment(*impaired, heel), KNOWN)
    assert [d.node.finding for d in told.primary] == ["restricted_dorsiflexion"]
    assert [d.node.finding for d in told.contributing] == ["calf_capacity_deficit"]
    assert "Part of: Poor load distribution and foot strike. founding article" in " ".join(
        steps(told, KNOWN)[0].evidence
    )


def test_tissues_rank_by_what_loads_them_and_volume_multiplies() -> None:
    sore = Symptom("iliotibial_band", "left", 4.0)
    one = an_assessment(measured("cpd_deg", 9.0, "left"), symptoms=(sore,))
    first = reason(one, KNOWN).tissues[0]
    assert (first.tissue, first.side, first.sore) == ("iliotibial_band", "left", True)
    assert first.index == pytest.approx(1.0 + 0.8 * 0.9)
    assert volume_multiplier(RecentLoad()) == 1.0
    assert volume_multiplier(RecentLoad(40_000.0)) == 1.0
    assert volume_multiplier(RecentLoad(80_000.0, spike_band="moderate")) == pytest.approx(1.5 * 1.25)
    more = reason(an_assessment(measured("cpd_deg", 9.0, "left"), symptoms=(sore,), load=RecentLoad(80_000.0)), KNOWN)
    assert more.tissues[0].index == pytest.approx(1.5 * first.index)


def test_what_a_sore_tissue_adds_is_shown_and_the_sum_is_the_index() -> None:
    sore = Symptom("iliotibial_band", "left", 4.0)
    told = reason(an_assessment(measured("cpd_deg", 9.0, "left"), symptoms=(sore,)), KNOWN)
    step = next(one for one in steps(told, KNOWN) if one.part == "Tissues that take the load")
    assert step.words == "Distal iliotibial band, left: index 1.7, sore."
    shown = [float(found) for line in step.evidence for found in re.findall(r"adds (\d\.\d\d)", line)]
    assert shown[0] == 1.0
    assert sum(shown) * told.multiplier == pytest.approx(told.tissues[0].index, abs=0.01)


def test_the_sore_leg_is_named_and_its_driver_stands_first() -> None:
    both = (measured("cpd_deg", 10.0, "right"), measured("cpd_deg", 8.0, "left"))
    left = reason(an_assessment(*both, symptoms=(Symptom("iliotibial_band", "left", 1.0),)), KNOWN)
    assert [one.node.side for one in left.primary] == ["left", "right"]
    words = [one.words for one in steps(left, KNOWN) if one.part == "Primary driver"]
    assert "and it loads what is sore" in words[0]
    assert "on the other leg than what is sore" in words[1]
    one_leg = reason(
        an_assessment(measured("cpd_deg", 10.0, "right"), symptoms=(Symptom("achilles", "left", 1.0),)), KNOWN
    )
    told = {(one.tissue, one.side) for one in one_leg.tissues}
    assert ("achilles", "left") in told
    heavy = (
        measured("cpd_deg", 12.0, "right"),
        measured("hip_adduction_2d_deg", 25.0, "right"),
        measured("knee_window", "crossed", "right", "visual_only"),
    )
    found = reason(an_assessment(*heavy, symptoms=(Symptom("iliotibial_band", "left", 1.0),)), KNOWN).tissues
    sides = [one.side for one in found if one.tissue == "iliotibial_band"]
    assert sides == ["right", "left"]
    assert [one.sore for one in found if one.tissue == "iliotibial_band"] == [False, True]


def test_of_several_sore_tissues_each_is_sore_and_counts() -> None:
    sore = (Symptom("iliotibial_band", "left", 2.0), Symptom("achilles", "right", 2.0))
    told = reason(an_assessment(measured("cpd_deg", 9.0, "left"), symptoms=sore), KNOWN)
    assert {(one.tissue, one.side) for one in told.tissues if one.sore} == {
        ("iliotibial_band", "left"), ("achilles", "right"),
    }  # fmt: skip
    assert told.primary[0].match == pytest.approx(KNOWN.load["contralateral_pelvic_drop"].weights["iliotibial_band"])


def test_a_tissue_that_both_legs_load_alike_is_told_once_and_a_driver_by_what_it_loads_most() -> None:
    low = reason(an_assessment(measured("cadence_spm", 150.0)), KNOWN).tissues
    assert {one.side for one in low} == {"both"}
    sore = (Symptom("iliotibial_band", "left", 2.0), Symptom("gluteal_tendon", "left", 2.0))
    told = reason(an_assessment(measured("cpd_deg", 9.0, "left"), symptoms=sore), KNOWN)
    weights = KNOWN.load["contralateral_pelvic_drop"].weights
    assert weights["gluteal_tendon"] < weights["iliotibial_band"]
    assert told.primary[0].match == weights["iliotibial_band"]


def test_what_was_tested_on_one_leg_is_asked_of_the_other_and_one_open_test_makes_its_driver_provisional() -> None:
    drops = (measured("cpd_deg", 9.0, "left"), measured("heel_off_pct_stance", 40.0, "right"))
    told = reason(an_assessment(*drops), KNOWN)
    asked = {(one.driver, one.side) for one in told.test_next}
    assert {("hip_abductor_deficit", "left"), ("restricted_dorsiflexion", "right")} <= asked
    (driver,) = told.primary
    assert told.is_provisional(driver)
    strong = measured("hip_abductor_lsi_pct", 98.0, "left", "physical_test")
    tested = reason(an_assessment(*drops, strong), KNOWN)
    assert not tested.is_provisional(tested.primary[0])
    assert [(one.driver, one.side) for one in tested.test_next] == [("restricted_dorsiflexion", "right")]


def test_a_test_is_asked_for_on_the_legs_on_which_it_is_open() -> None:
    weak = measured("hip_abductor_lsi_pct", 75.0, "left", "physical_test")
    narrow, drops = measured("step_width_cm", 1.0), measured("cpd_deg", 9.0, "right")
    assert ("hip_abductor_deficit", "both") in asked(an_assessment(narrow))  # may come from either hip
    assert "hip_abductor_deficit" not in {driver for driver, _ in asked(an_assessment(narrow, weak))}  # it is there
    assert ("hip_abductor_deficit", "right") in asked(an_assessment(drops, weak))  # of this leg nobody knows


def asked(one: Assessment) -> set[tuple[str, str]]:
    return {(test.driver, test.side) for test in reason(one, KNOWN).test_next}


def test_every_step_is_told_with_its_evidence_and_its_label() -> None:
    one = an_assessment(
        measured("cpd_deg", 8.5, "left"),
        measured("hip_abductor_lsi_pct", 75.0, "left", "physical_test"),
        measured("modified_thomas_deg", -8.0, "left", "physical_test"),
        measured("hip_extension_run_deg", 3.0, "left"),
        person=Person(height_m=1.75),
        load=RecentLoad(spike_band="large"),
    )
    told = steps(reason(one, KNOWN), KNOWN)
    assert [step.part for step in told[:2]] == ["Primary driver", "Primary driver"]
    drop = next(
        step for step in told if step.words.startswith("Contralateral pelvic drop, left is likely a compensation")
    )
    assert "Hip abductor strength / control deficit, left → Contralateral pelvic drop, left" in drop.words
    rests = " ".join(drop.evidence)
    assert "Pelvic drop: 8.5°, 2-D video; usual 4, flag 6, severe 9: evidence 0.82." in rests.replace("0.83", "0.82")
    assert "loadmon convention: Bramah" in rests
    assert "founding article" in rests
    extension = next(step for step in told if step.words.startswith("Reduced hip extension in running, left"))
    assert any("Against this link: source read: Schache" in line for line in extension.evidence)
    assert any("running volume multiplies" in step.words for step in told)
    assert not [w for step in told for w in ("danger", "will be injured", "risk score") if w in step.words]


@given(
    st.lists(
        st.sampled_from([n for n, m in KNOWN.measure.items() if m.taken_from is None and m.possible]), unique=True, min_size=1
    ),
    st.randoms(use_true_random=False),
)  # fmt: skip
def test_whatever_was_measured_the_reasoning_keeps_its_rules(names: list[str], random) -> None:  # type: ignore[no-untyped-def]
    values = []
    for name in names:
        low, high = KNOWN.measure[name].possible or (0.0, 1.0)
        side = "both" if KNOWN.measure[name].sides == "whole" else random.choice(("left", "right", "both"))
        values.append(measured(name, random.uniform(low, high), side))
    told = reason(an_assessment(*values), KNOWN)
    kinds = {name: one.kind for name, one in KNOWN.finding.items()}
    rooted = {one.node.key for one in (*told.primary, *told.contributing)}
    explained = {one.node.key for one in told.compensations}
    assert not {key for key in rooted if kinds[key[0]] == "sign"}
    assert not {key for key in explained if kinds[key[0]] == "impairment"}
    assert not rooted & explained
    assert rooted | explained | {node.key for node in told.unexplained} == set(told.graph.present)
    assert all(one.root in rooted for one in told.compensations)
    assert all(math.isfinite(one.index) and one.index > 0 for one in told.tissues)
    assert not {one.driver for one in told.test_next} & {name for name, side in told.graph.present if side == "both"}
    assert steps(told, KNOWN)
