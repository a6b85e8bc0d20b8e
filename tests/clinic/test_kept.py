"""Assessments and thresholds as plain values and back; findings in the words of the tissue ledger; own thresholds."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest

from loadmon.clinic.assessment import Person
from loadmon.clinic.for_ledger import KINDS, ledger_findings, not_told_apart
from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.reasoning import reason
from loadmon.clinic.thresholds import (
    ImpossibleThreshold,
    OwnThreshold,
    checked_threshold,
    threshold_words,
    with_thresholds,
)
from loadmon.clinic.written import (
    UnreadableAssessment,
    from_plain,
    threshold_from_plain,
    threshold_to_plain,
    to_plain,
)
from loadmon.tissue.coefficients import default_coefficients
from loadmon.tissue.found import checked_finding
from tests.clinic.made import DAY, an_assessment, assessment_of, measured, vignettes

KNOWN = default_knowledge()
OWN = OwnThreshold("cpd_deg", (5.0, 7.0, 10.0), "Dr Osei", DAY, "my own 40 runners")


def test_every_case_comes_back_as_it_was() -> None:
    for case in vignettes().values():
        one = assessment_of(case)
        assert from_plain(json.loads(json.dumps(to_plain(one)))) == one


@pytest.mark.parametrize(
    "damage", [{"shape": 99}, {"measured": [{"measure": "cpd_deg"}]}, {"person": {"mood": 1}}, {"circumstances": {}}]
)
def test_what_is_damaged_is_refused_by_name(damage: dict[str, object]) -> None:
    with pytest.raises(UnreadableAssessment):
        from_plain(to_plain(an_assessment(measured("cpd_deg", 4.0, "left"))) | damage)
    with pytest.raises(UnreadableAssessment):
        threshold_from_plain({"measure": "cpd_deg"})


def test_own_thresholds_change_the_reasoning_and_keep_where_they_come_from() -> None:
    one = an_assessment(measured("cpd_deg", 6.5, "left"))
    assert reason(one, KNOWN).has("contralateral_pelvic_drop")
    mine = with_thresholds(KNOWN, [OWN])
    assert not reason(one, mine).has("contralateral_pelvic_drop")
    assert KNOWN.measure["cpd_deg"].limits == (4.0, 6.0, 9.0)
    assert mine.measure["cpd_deg"].sources == KNOWN.measure["cpd_deg"].sources
    words = threshold_words(OWN, KNOWN)
    assert words == "Set by Dr Osei on 2 March 2026: my own 40 runners. As loadmon brings it: 4, 6, 9."
    assert threshold_from_plain(json.loads(json.dumps(threshold_to_plain(OWN)))) == OWN


@pytest.mark.parametrize(
    ("changes", "words"),
    [
        ({"measure": "knee_window"}, "no limits"),
        ({"measure": "height"}, "no limits"),
        ({"limits": (7.0, 5.0, 10.0)}, "out of order"),
        ({"limits": (5.0, 7.0, 90.0)}, "within -10 to 25"),
        ({"limits": (5.0, float("nan"), 10.0)}, "within -10 to 25"),
        ({"set_by": " "}, "left open"),
        ({"reason": ""}, "left open"),
    ],
)
def test_a_threshold_that_cannot_be_is_refused(changes: dict[str, object], words: str) -> None:
    with pytest.raises(ImpossibleThreshold, match=words):
        checked_threshold(replace(OWN, **changes), KNOWN)  # type: ignore[arg-type]


def test_limits_that_fall_are_in_order_where_less_is_worse() -> None:
    down = OwnThreshold("wblt_deg", (42.0, 36.0, 30.0), "Dr Osei", DAY, "mine")
    assert checked_threshold(down, KNOWN) == down
    with pytest.raises(ImpossibleThreshold, match="fall from usual"):
        checked_threshold(replace(down, limits=(30.0, 36.0, 42.0)), KNOWN)


def test_the_ledger_hears_of_what_it_knows_with_side_degrees_and_author() -> None:
    one = an_assessment(
        measured("cpd_deg", 8.5, "left"),
        measured("cpd_deg", 2.0, "right"),
        measured("knee_window", "crossed", "left"),
        measured("tibia_angle_ic_deg", 11.0),
        measured("anterior_pelvic_tilt_deg", 25.0),
        measured("foot_strike", "forefoot", "left"),
        measured("foot_strike", "forefoot", "right"),
        person=Person(height_m=1.75),
    )
    told = {(f.kind, f.side): f for f in ledger_findings(reason(one, KNOWN), None, KNOWN)}
    assert set(told) == {
        ("pelvic_drop", "left"), ("dynamic_knee_valgus", "left"), ("overstride", None), ("forefoot", None),
    }  # fmt: skip
    drop = told["pelvic_drop", "left"]
    assert (drop.value, drop.observed, drop.noted_by, drop.athlete_id) == (8.5, DAY, "Dr Osei", 1)
    for finding in told.values():
        assert checked_finding(finding, today=DAY + timedelta(days=1)) == finding
    assert set(KINDS.values()) <= set(default_coefficients().finding)
    assert set(KINDS) <= set(KNOWN.finding)


def test_what_was_looked_for_before_and_not_found_is_new_and_nothing_else_is_said_to_be() -> None:
    drops = an_assessment(measured("cpd_deg", 8.5, "left"), measured("foot_strike", "forefoot", "left"))
    found = reason(drops, KNOWN)
    level = reason(an_assessment(measured("cpd_deg", 3.0, "left"), measured("foot_strike", "rearfoot", "left")), KNOWN)
    nothing = reason(an_assessment(measured("cadence_spm", 170.0)), KNOWN)
    for before, always in ((None, True), (nothing, True), (found, True), (level, False)):
        assert {one.kind: one.always for one in ledger_findings(found, before, KNOWN)} == {
            "pelvic_drop": always,
            "forefoot": always,
        }


@pytest.mark.parametrize(("earlier", "told"), [(5.0, None), (4.9, None), (4.1, False), (6.9, True)])
def test_an_angle_that_changed_by_no_more_than_can_be_told_is_no_news(earlier: float, told: bool | None) -> None:
    found = reason(an_assessment(measured("cpd_deg", 7.0, "left")), KNOWN)
    before = reason(an_assessment(measured("cpd_deg", earlier, "left")), KNOWN)  # 2.8 degrees can be told apart
    always = {one.kind: one.always for one in ledger_findings(found, before, KNOWN)}
    assert always == ({} if told is None else {"pelvic_drop": told})
    quiet = not_told_apart(found, before, KNOWN)
    assert [(key, row.difference) for key, row in quiet] == (
        [(("contralateral_pelvic_drop", "left"), pytest.approx(7.0 - earlier))] if told is None else []
    )


def test_an_angle_whose_change_cannot_be_judged_is_passed_on_and_not_as_new() -> None:
    found = reason(an_assessment(measured("cpd_deg", 9.0, "left")), KNOWN)
    faster = reason(an_assessment(measured("cpd_deg", 3.0, "left"), speed_mps=4.0), KNOWN)
    assert [(one.kind, one.always) for one in ledger_findings(found, faster, KNOWN)] == [("pelvic_drop", True)]


def test_two_strikes_are_none_for_the_ledger() -> None:
    one = an_assessment(measured("foot_strike", "forefoot", "left"), measured("foot_strike", "rearfoot", "right"))
    assert ledger_findings(reason(one, KNOWN), None, KNOWN) == ()
