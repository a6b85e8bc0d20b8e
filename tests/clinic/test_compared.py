"""Two assessments: a change is one only beyond the smallest detectable difference, of values measured alike."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadmon.clinic.assessment import Assessment
from loadmon.clinic.compared import Change, compared, unlike_besides
from loadmon.clinic.knowledge import default_knowledge
from tests.clinic.made import an_assessment, measured

KNOWN = default_knowledge()


def change_of(before: object, now: object, name: str = "cpd_deg", side: str = "left") -> tuple[Change, str | None]:
    rows = compared(before, now, KNOWN)  # type: ignore[arg-type]
    row = next(row for row in rows if (row.measure, row.side) == (name, side))
    return row.change, row.towards


@pytest.mark.parametrize(
    ("before", "now", "change", "towards"),
    [
        (8.0, 5.3, Change.NOT_TOLD_APART, None),
        (8.0, 5.2, Change.NOT_TOLD_APART, None),
        (8.0, 5.1, Change.CHANGED, "better"),
        (4.0, 7.5, Change.CHANGED, "worse"),
    ],
)
def test_only_beyond_the_smallest_detectable_difference(
    before: float, now: float, change: Change, towards: str | None
) -> None:
    one, other = (an_assessment(measured("cpd_deg", value, "left")) for value in (before, now))
    assert change_of(one, other) == (change, towards)


@given(st.floats(-10, 25), st.floats(-10, 25))
def test_forwards_and_backwards_say_the_same(first: float, second: float) -> None:
    one, other = (an_assessment(measured("cpd_deg", value, "left")) for value in (first, second))
    there, back = change_of(one, other), change_of(other, one)
    assert there[0] == back[0]
    assert {there[1], back[1]} in ({None}, {"better", "worse"})
    assert (there[0] is Change.CHANGED) == (abs(second - first) > 2.8)


@pytest.mark.parametrize("method", ["video_2d", "visual_only"])
@pytest.mark.parametrize("steps", [None, 3, 7])
def test_the_limit_of_video_over_seven_steps_holds_for_nothing_else(method: str, steps: int | None) -> None:
    pair = [an_assessment(measured("cpd_deg", value, "left", method)) for value in (8.0, 3.0)]
    one, other = (replace(a, circumstances=replace(a.circumstances, steps_averaged=steps)) for a in pair)
    known = method == "video_2d" and steps == 7
    assert change_of(one, other)[0] is (Change.CHANGED if known else Change.NO_LIMIT_KNOWN)
    fewer = replace(other, circumstances=replace(other.circumstances, steps_averaged=6))
    assert change_of(one, fewer)[0] is Change.NO_LIMIT_KNOWN  # the mean of too few steps on either day is enough


def test_what_was_not_measured_alike_is_not_compared() -> None:
    one = an_assessment(measured("cpd_deg", 9.0, "left"))
    assert change_of(one, an_assessment(measured("cpd_deg", 3.0, "left", "visual_only")))[0] is Change.NOT_ALIKE
    faster = replace(one, circumstances=replace(one.circumstances, speed_mps=3.5))
    assert change_of(one, faster)[0] is Change.NOT_ALIKE
    test = [
        an_assessment(measured("wblt_deg", v, "left", "physical_test"), speed_mps=s)
        for v, s in ((30.0, 3.0), (40.0, 4.0))
    ]
    assert change_of(*test, name="wblt_deg") == (Change.CHANGED, "better")  # nobody runs for it


def test_words_missing_values_and_measures_of_unknown_precision() -> None:
    before = an_assessment(measured("knee_window", "crossed", "left"), measured("step_width_cm", 1.0))
    now = an_assessment(
        measured("knee_window", "open", "left"), measured("step_width_cm", 6.0), measured("cpd_deg", 3.0, "left")
    )
    assert change_of(before, now, "knee_window")[0] is Change.OTHER_ANSWER
    assert change_of(before, now, "step_width_cm", "both")[0] is Change.NO_LIMIT_KNOWN
    assert change_of(before, now)[0] is Change.ONLY_NOW
    assert change_of(now, before)[0] is Change.ONLY_BEFORE


def looked(value: float | str = 9.0, name: str = "cpd_deg", **changes: Any) -> Assessment:
    one = an_assessment(measured(name, value, "left"))
    return replace(one, circumstances=replace(one.circumstances, **changes))


@pytest.mark.parametrize(
    ("before", "now", "why"),
    [
        ({"surface": "treadmill"}, {"surface": "overground"}, "Measured on a treadmill and overground."),
        ({"slope_pct": 0.0}, {"slope_pct": -6.0}, "Measured at a slope of 0 and \N{MINUS SIGN}6 %."),
        ({"slope_pct": 5.0}, {}, "One was measured on a slope, and that of the other was not told."),
    ],
)
def test_another_surface_or_slope_is_not_alike(before: dict[str, Any], now: dict[str, Any], why: str) -> None:
    for first, second in (((9.0, "cpd_deg"), (3.0, "cpd_deg")), (("crossed", "knee_window"), ("open", "knee_window"))):
        (row,) = compared(looked(*first, **before), looked(*second, **now), KNOWN)
        assert (row.change, row.why) == (Change.NOT_ALIKE, why)


@pytest.mark.parametrize(
    "told", [{"surface": "treadmill", "slope_pct": 1.0}, {"slope_pct": 0.0}, {"surface": "overground"}]
)
def test_what_is_alike_or_not_told_may_be_compared(told: dict[str, Any]) -> None:
    near = told | ({"slope_pct": told["slope_pct"] + 1.0} if "slope_pct" in told else {})
    for now in (told, near, {}):
        (row,) = compared(looked(9.0, **told), looked(3.0, **now), KNOWN)
        assert row.change is Change.CHANGED


def test_other_shoes_and_fatigue_are_said_beside_what_changed() -> None:
    told = unlike_besides(looked(shoes="Old Trainers", fatigue="fresh"), looked(shoes="racers", fatigue="exhausted"))
    assert "shoes (Old Trainers, then racers); fatigue (fresh, then exhausted)" in told
    assert unlike_besides(looked(shoes="Old  trainers"), looked(shoes="old trainers")) == ""
    assert "surface (treadmill, then not told)" in unlike_besides(looked(surface="treadmill"), looked())
    assert "slope (told of one only)" in unlike_besides(looked(slope_pct=0.0), looked())
