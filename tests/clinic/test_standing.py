"""What stands from earlier assessments: a stop until it is cleared, soreness and its exclusions until somebody says it is gone."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from loadmon.clinic.answers import assessment_of, gone_key
from loadmon.clinic.assessment import Assessment, Symptom
from loadmon.clinic.checked import ContradictorySides, checked_assessment
from loadmon.clinic.correction_plan import CorrectionPlan, correction_plan
from loadmon.clinic.filled_in import filled_in
from loadmon.clinic.knowledge import default_knowledge
from loadmon.clinic.plan_words import plan_text
from loadmon.clinic.reasoning import reason
from loadmon.clinic.standing import Cleared, ImpossibleClearance, Past, checked_clearance, standing
from loadmon.clinic.written import from_plain, to_plain
from tests.clinic.made import DAY, an_assessment, measured

KNOWN = default_knowledge()
STRIDES = (measured("cadence_spm", 168.0), measured("tibia_angle_ic_deg", 12.0))
ACHILLES = Symptom("achilles", "left", 2.0)
SHIN = Symptom("tibia", "left", 3.0, bony_tenderness=True)


def on(weeks: int, **changes: object) -> Past:
    one = an_assessment(*STRIDES, **changes)
    day = DAY + timedelta(weeks=weeks)
    noon = datetime.combine(day, datetime.min.time(), UTC) + timedelta(hours=12)
    return replace(one, circumstances=replace(one.circumstances, day=day)), noon


def plan(now: Past, *earlier: Past, cleared: tuple[Cleared, ...] = ()) -> CorrectionPlan:
    beside = standing(now, earlier, cleared, KNOWN)
    return correction_plan(reason(beside.whole, KNOWN), KNOWN, beside=beside)


def test_a_stop_holds_at_the_next_assessment_until_somebody_has_cleared_it() -> None:
    first, second = on(0, red_flags=("a swollen, hot calf",)), on(3)
    told = plan(second, first)
    assert told.stops
    assert "stopped on 2 March 2026 by Dr Osei, not cleared (a swollen, hot calf)" in plan_text(told, KNOWN)
    assert told.load.blocked_until == ("clinician_clearance",)
    late = Cleared("Dr Mora", DAY + timedelta(days=8))
    assert checked_clearance(Cleared("Dr Mora", DAY, role="physician"), DAY, DAY).day == DAY  # on the very day
    assert not plan(second, first, cleared=(late,)).stops
    assert plan(second, first, cleared=(Cleared("Dr Mora", DAY - timedelta(days=1)),)).stops


def test_the_assessment_that_stopped_says_who_cleared_it_and_how_running_begins_again() -> None:
    told = plan(on(0, symptoms=(SHIN,)), cleared=(Cleared("Dr Mora", DAY + timedelta(days=40)),))
    text = plan_text(told, KNOWN)
    assert not told.stops
    assert "Stopped that day; cleared by Dr Mora on 11 April 2026." in text
    assert "by the steps of a return-to-run plan" in text
    assert "Keep running" not in text
    assert "0/10 pain while running" in text  # the limit of bone stays


def test_a_clearance_given_before_a_stop_was_written_down_does_not_clear_it() -> None:
    first, second = on(0, symptoms=(SHIN,)), on(3)
    early = Cleared("Dr Mora", DAY, first[1] - timedelta(hours=1))
    assert plan(second, first, cleared=(early,)).stops
    assert not plan(second, first, cleared=(replace(early, at=first[1] + timedelta(hours=1)),)).stops


def test_soreness_that_was_not_asked_again_keeps_its_exclusions() -> None:
    told = plan(on(3), on(0, symptoms=(ACHILLES,)))
    text = plan_text(told, KNOWN)
    assert told.cadence is not None
    assert not told.cadence.changes
    assert told.cadence_sessions == ()
    assert "Achilles tendon, left (said on 2 March 2026, not asked since)" in text
    assert "Land softly" not in "".join(told.retraining.cues)
    assert told.load.profile == "tendon"


@pytest.mark.parametrize(
    ("now", "raised"),
    [
        (on(3, gone=(("achilles", "left"),)), True),
        (on(3, gone=(("achilles", "both"),)), True),
        (on(3, gone=(("achilles", "right"),)), False),
        (on(3, gone=(("calf", "left"),)), False),
    ],
)
def test_it_is_gone_once_somebody_says_so_of_that_leg(now: Past, raised: bool) -> None:
    told = plan(now, on(0, symptoms=(ACHILLES,)))
    assert told.cadence is not None
    assert told.cadence.changes == raised


def test_what_was_said_to_be_gone_stays_gone_and_what_is_asked_again_is_of_today() -> None:
    first, second = on(0, symptoms=(ACHILLES,)), on(1, gone=(("achilles", "left"),))
    assert standing(on(2), (first, second), (), KNOWN).sore == ()
    again = standing(on(2, symptoms=(replace(ACHILLES, pain_running=1.0),)), (first,), (), KNOWN)
    assert again.sore == ()
    assert again.whole == again.told


def test_bone_that_was_sore_and_cleared_is_carried_with_its_limit_and_does_not_stop_again() -> None:
    cleared = (Cleared("Dr Mora", DAY + timedelta(days=2)),)
    told = plan(on(3), on(0, symptoms=(SHIN,)), cleared=cleared)
    assert not told.stops
    assert told.load.profile == "bone_low_risk"


def test_gone_is_asked_kept_and_goes_back_into_the_form() -> None:
    answers = {gone_key("achilles", "left"): True, "day": DAY.isoformat()}
    one = assessment_of(answers, 1, KNOWN, DAY)
    assert one.gone == (("achilles", "left"),)
    assert from_plain(to_plain(one)) == one
    assert filled_in(one, KNOWN)[gone_key("achilles", "left")] is True
    older: dict[str, object] = to_plain(one)
    del older["gone"]
    assert from_plain(older).gone == ()
    both: Assessment = an_assessment(*STRIDES, symptoms=(ACHILLES,), gone=(("achilles", "left"),))
    with pytest.raises(ContradictorySides, match="as sore and as gone"):
        checked_assessment(both, KNOWN, today=DAY)


@pytest.mark.parametrize(
    ("by", "day", "role"),
    [
        ("", DAY, "physician"), ("x", DAY, "physician"), ("Dr Mora", DAY - timedelta(days=1), "physician"),
        ("Dr Mora", date(2026, 4, 2), "physician"), ("Dr Mora", DAY, None),
    ],
)  # fmt: skip
def test_a_clearance_needs_a_name_a_role_and_a_day_on_which_it_can_have_been_given(
    by: str, day: date, role: str | None
) -> None:
    with pytest.raises(ImpossibleClearance):
        checked_clearance(Cleared(by, day, role=role), DAY, date(2026, 4, 1))
