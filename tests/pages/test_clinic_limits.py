"""The page Assessment: limits that a clinician sets, by name and reason, and taken back."""

from __future__ import annotations

from streamlit.testing.v1 import AppTest

from loadmon.show import clinic_state
from tests.clinic.made import an_assessment, measured
from tests.made_team import STEADY
from tests.pages.conftest import Open, well, words
from tests.pages.test_clinic import PAGE, Home, keep, open_for, press
from tests.pages.test_runner import box


def test_limits_are_set_by_name_and_reason_refused_in_words_and_taken_back(home: Home, open_page: Open) -> None:
    home("team")
    keep(STEADY, an_assessment(measured("cpd_deg", 6.5, "left")))
    at = open_for(open_page, assessment="draft")
    box(at, "selectbox", "Measure").set_value("cpd_deg")
    at = well(at.run())
    assert box(at, "number_input", "Flag").value == 6.0
    box(at, "number_input", "Flag").set_value(7.0)
    at = press(at, "Set these limits")
    assert "**Who sets it, or why, was left open.**" in words(at)
    box(at, "text_input", "Set by").set_value("Dr Osei")
    box(at, "text_input", "Reason or source").set_value("my own runners")
    at = press(at, "Set these limits")
    assert (
        "Pelvic drop: 4, 7, 9. Set by Dr Osei on 17 May 2026: my own runners. As loadmon brings it: 4, 6, 9."
        in words(at)
    )
    (limit,) = clinic_state.own_thresholds().values()
    assert limit.limits == (4.0, 7.0, 9.0)
    at = press(at, "Undo")
    assert clinic_state.own_thresholds() == {}
    assert "Holds no more: taken back" in words(at)


def test_limits_are_set_before_anybody_runs_here_and_loadmons_own_come_back(home: Home, open_page: Open) -> None:
    home("empty")
    at = open_page(PAGE)
    box(at, "selectbox", "Measure").set_value("cpd_deg")
    at = well(at.run())
    for flag in (7.0, 8.0):
        box(at, "number_input", "Flag").set_value(flag)
        box(at, "text_input", "Set by").set_value("Dr Osei")
        box(at, "text_input", "Reason or source").set_value(f"my own runners, {flag:g}")
        at = well(press_any(at, "Set these limits").run())
    assert "Pelvic drop: 4, 8, 9. Set by Dr Osei" in words(at)
    assert "my own runners, 7. As loadmon brings it: 4, 6, 9. Holds no more: replaced later." in words(at)
    at = well(press_any(at, "Back to loadmon's own").run())
    assert clinic_state.own_thresholds() == {}
    assert "Loadmon's own limits of pelvic drop hold again." in words(at)
    at = well(press_any(at, "Undo").run())
    assert [one.limits for one in clinic_state.own_thresholds().values()] == [(4.0, 8.0, 9.0)]


def press_any(at: AppTest, label: str) -> AppTest:
    next(button for button in at.main.button if button.label == label).click()
    return at
