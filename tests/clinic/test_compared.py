"""Two assessments: a change is one only beyond the smallest detectable difference, of values measured alike."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from loadmon.clinic.compared import Change, compared
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
