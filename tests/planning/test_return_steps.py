"""Grading, the step rule, caps and the gate: every worked case of the rules, exactly, and what stands before a plan."""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadmon.paths import data_file
from loadmon.planning.caps import session_cap, week_cap
from loadmon.planning.gate import (
    Clearance,
    ClearanceMissing,
    GateAnswers,
    NoFirstDay,
    NotReadyYet,
    RedFlagTold,
    UnderAge,
    checked_first_day,
    pass_gate,
)
from loadmon.planning.ladder import ladder
from loadmon.planning.pain import Grade, ImpossiblePain, RunPain, graded, rises_weekly
from loadmon.planning.progress import Standing, beginning, step
from loadmon.planning.return_rules import UnusableReturnRules, default_return_rules, return_rules_from
from tests.paths import ROOT

CASES: dict[str, Any] = json.loads((ROOT / "tests/files/return_to_run/rules.json").read_text(encoding="utf-8"))
RULES = default_return_rules()
FLAGS = ("focal_bone_pain", "leg_symptoms", "limp", "night_pain")
TODAY = date(2025, 9, 1)


@pytest.mark.parametrize("case", CASES["grading"], ids=lambda c: f"{c['profile']}-{c['expected']}")
def test_every_worked_grade(case: dict[str, Any]) -> None:
    told = case["session"]
    pain = RunPain(
        told["during"], told["after"], told["morning"], told["baseline_morning"],
        # the cases leave the time open where no limit of the tissue asks for it
        told.get("settle_min"), frozenset(flag for flag in FLAGS if told.get(flag)),
    )  # fmt: skip
    found = graded(pain, RULES.profile[case["profile"]])
    assert found.grade == case["expected"]
    assert found.reasons


@pytest.mark.parametrize("case", CASES["sequences"], ids=lambda c: c["profile"])
def test_every_worked_sequence(case: dict[str, Any]) -> None:
    profile = RULES.profile[case["profile"]]
    standing, day = Standing(1), TODAY
    for grade, expected in zip(case["grades"], case["trace"], strict=True):
        standing, done = step(standing, Grade(grade), day, profile)
        assert (done.action, done.stage_after, done.extra_rest_days) == (
            expected["action"], expected["stage_after"], expected["extra_rest_days"],
        )  # fmt: skip
        assert standing.stage == expected["stage_after"]
        day += timedelta(days=case["day_step"])


@pytest.mark.parametrize("case", CASES["caps"]["week"], ids=str)
def test_every_worked_week(case: dict[str, Any]) -> None:
    cap = week_cap(60.0 * case["prev_min"], 1000.0 * case["prev_km"], RULES.profile[case["profile"]])
    assert cap.seconds == pytest.approx(60.0 * case["cap_min"])
    assert cap.share == pytest.approx(case["pct"] / 100.0)
    assert "convention" in cap.basis


@pytest.mark.parametrize("case", CASES["caps"]["session"], ids=str)
def test_every_worked_session(case: dict[str, Any]) -> None:
    assert session_cap(60.0 * case["longest30_min"]).seconds == pytest.approx(60.0 * case["cap_min"])


def test_where_it_usually_begins_to_hurt_a_session_ends_earlier() -> None:
    itb = RULES.profile["itb"]
    assert session_cap(1800.0, itb, 2000.0).seconds == pytest.approx(1400.0)
    assert session_cap(600.0, itb, 2000.0).seconds == pytest.approx(900.0)
    assert session_cap(1800.0, RULES.profile["tendon"], 2000.0).seconds == pytest.approx(1980.0)


def test_the_ladders_hold_the_stages_of_their_tissue() -> None:
    standard, bone = ladder(RULES.profile["tendon"]), ladder(RULES.profile["bone_high_risk"])
    assert (len(standard), len(bone)) == (11, 13)
    assert standard[0].words == "8 x (1 min run, 2 min walk)"
    assert bone[0].words == "10 x (0.5 min run, 1.5 min walk)"
    assert [stage.running_s / 60 for stage in standard] == [8, 12, 16, 18, 20, 25, 24, 30, 30, 25, 30]
    assert beginning(RULES.profile["muscle"]).stage == 3


def test_what_is_not_told_yet_is_never_taken_for_no_pain() -> None:
    tendon, knee = RULES.profile["tendon"], RULES.profile["patellofemoral"]
    waiting = graded(RunPain(0, 0, None), tendon)
    assert (waiting.grade, waiting.waits_for) == (None, ("the next morning",))
    assert graded(RunPain(None, 0, 0), tendon).grade is None
    assert graded(RunPain(4, 0, None), tendon).grade is Grade.AMBER  # at once; the morning could still make it red
    knee = RULES.profile["patellofemoral"]
    assert graded(RunPain(2, 0, 0), knee).grade is Grade.GREEN  # none in the hour after: nothing is left to settle
    assert graded(RunPain(2, 1, 0), knee).waits_for == ("how long it took to settle",)
    assert graded(RunPain(5.5, None, None), tendon).grade is Grade.RED  # nothing that follows can mend this
    assert graded(RunPain(None, 7, None), tendon).grade is Grade.STOP
    assert graded(RunPain(None, None, None, flags=frozenset({"chest"})), tendon).grade is Grade.STOP
    assert "settle" in graded(RunPain(1, 1, 0), knee).waits_for[0]
    assert graded(RunPain(0, 0, 0), knee).grade is Grade.GREEN  # nothing that would have had to settle


@pytest.mark.parametrize(
    "pain",
    [RunPain(11), RunPain(-1), RunPain(1, float("nan")), RunPain(1, settle_min=-3), RunPain(flags=frozenset({"x"}))],
)
def test_pain_that_cannot_be_is_refused(pain: RunPain) -> None:
    with pytest.raises(ImpossiblePain):
        graded(pain, RULES.profile["tendon"])


def test_a_clinician_may_ask_for_more_or_fewer_greens_and_reds_far_apart_do_not_add_up() -> None:
    tendon = RULES.profile["tendon"]
    assert step(Standing(1), Grade.GREEN, TODAY, tendon, successes=1)[1].action == "ADVANCE"
    assert step(Standing(1, 1), Grade.GREEN, TODAY, tendon, successes=3)[1].action == "REPEAT"
    after = step(Standing(4), Grade.RED, TODAY, tendon)[0]
    assert step(after, Grade.RED, TODAY + timedelta(days=14), tendon)[1].action == "STOP_REVIEW"
    assert step(after, Grade.RED, TODAY + timedelta(days=15), tendon)[1].action == "REGRESS"
    stopped = step(after, Grade.STOP, TODAY, tendon)[0]
    assert step(stopped, Grade.GREEN, TODAY, tendon)[1].action == "STOP_REVIEW"  # nothing goes on by itself


def test_pain_that_rises_from_week_to_week_is_seen() -> None:
    assert rises_weekly([1.0, None, 1.5])
    assert not rises_weekly([1.0, 1.0])
    assert not rises_weekly([None, 2.0])


def answers(profile: str, **given: Any) -> GateAnswers:
    return GateAnswers(**({"met": frozenset(RULES.profile[profile].entry), "age_years": 30.0} | given))


@pytest.mark.parametrize("profile", [name for name, one in RULES.profile.items() if one.bone])
def test_bone_is_refused_without_a_named_clearance(profile: str) -> None:
    of = RULES.profile[profile]
    for clearance in (None, Clearance(" ", "physician", TODAY), Clearance("Dr Osei", "coach", TODAY)):
        with pytest.raises(ClearanceMissing):
            pass_gate(of, answers(profile, clearance=clearance), TODAY)
    with pytest.raises(ClearanceMissing, match="ahead"):
        pass_gate(of, answers(profile, clearance=Clearance("Dr Osei", "physician", TODAY + timedelta(days=1))), TODAY)
    pass_gate(of, answers(profile, clearance=Clearance("Dr Osei", "physician", TODAY)), TODAY)
    cleared = answers(profile, clearance=Clearance("Dr Osei", "physician", TODAY - timedelta(days=9)))
    with pytest.raises(ClearanceMissing, match="before this injury"):
        pass_gate(of, cleared, TODAY, onset=TODAY - timedelta(days=8))
    with pytest.raises(ClearanceMissing, match="left open"):
        pass_gate(of, answers(profile, clearance=Clearance("Dr Osei", "", TODAY)), TODAY)
    if of.clearance == "physician":
        with pytest.raises(ClearanceMissing, match="physician"):
            pass_gate(of, answers(profile, clearance=Clearance("Eva Lind", "clinician", TODAY)), TODAY)


def test_the_young_need_a_clinician_and_a_red_flag_comes_before_everything() -> None:
    of = RULES.profile["tendon"]
    pass_gate(of, answers("tendon", age_years=16.0), TODAY)
    for age in (15.9, None):
        with pytest.raises(UnderAge):
            pass_gate(of, answers("tendon", age_years=age), TODAY)
        pass_gate(of, answers("tendon", age_years=age, clearance=Clearance("Eva Lind", "clinician", TODAY)), TODAY)
    with pytest.raises(RedFlagTold, match="physician"):
        pass_gate(of, answers("tendon", red_flags=frozenset({"fever"})), TODAY)
    with pytest.raises(NotReadyYet, match="20 hops"):
        pass_gate(of, answers("tendon", met=frozenset(of.entry) - {"hops_20_3"}), TODAY)


def test_a_first_run_is_neither_over_nor_more_than_a_year_ahead() -> None:
    for days, said in ((-1, "which is over"), (366, "more than a year ahead"), (-9999, "which is over")):
        with pytest.raises(NoFirstDay, match=said):
            checked_first_day(TODAY + timedelta(days=days), TODAY)
    for days in (0, 365):
        assert checked_first_day(TODAY + timedelta(days=days), TODAY) == TODAY + timedelta(days=days)


def test_rules_that_contradict_themselves_are_refused_by_name() -> None:
    text = data_file("knowledge", "return_to_run.toml").read_text(encoding="utf-8")
    for old, new, words in (
        ('ladder = "standard"\nstart_stage', 'ladder = "ropes"\nstart_stage', "ladder"),
        ("[rule.stride_s]", "[rule.strides]", "stride"),
        ('sources = ["buist2008"]', 'sources = ["nobody"]', "cited"),
        ("amber = { during = 5, after = 5, morning = 2 }", "amber = { during = 1, after = 5, morning = 2 }", "amber"),
        ('clearance = "physician"\n', "", "clearance"),
        ("[60, 120, 8]", "[60, 0, 8]", "walking"),
        ("version", "version = [", "TOML"),
    ):
        assert old in text
        with pytest.raises(UnusableReturnRules, match=words):
            return_rules_from(text.replace(old, new))


ORDER = [Grade.GREEN, Grade.AMBER, Grade.RED, Grade.STOP]
PAIN = st.integers(0, 20).map(lambda half: half / 2)


@given(
    st.sampled_from(sorted(RULES.profile)), st.tuples(PAIN, PAIN, PAIN), st.tuples(PAIN, PAIN, PAIN),
    st.integers(0, 3), st.floats(0, 2000), st.sets(st.sampled_from(sorted(RULES.red_flag)), max_size=2),
)  # fmt: skip
def test_more_pain_never_gives_a_better_grade_and_less_told_never_a_green_one(
    name: str, one: tuple[float, ...], more: tuple[float, ...], baseline: int, settle: float, flags: set[str]
) -> None:
    profile = RULES.profile[name]
    worse = tuple(min(a + b, 10.0) for a, b in zip(one, more, strict=True))
    mild, bad = (graded(RunPain(*pain, float(baseline), settle), profile).grade for pain in (one, worse))
    assert mild is not None
    assert bad is not None
    assert ORDER.index(mild) <= ORDER.index(bad)
    for gap in range(3):
        partly = [None if place == gap else value for place, value in enumerate(one)]
        assert graded(RunPain(*partly, float(baseline), settle), profile).grade is not Grade.GREEN
    if flags:
        assert graded(RunPain(*one, float(baseline), settle, frozenset(flags)), profile).grade is Grade.STOP
